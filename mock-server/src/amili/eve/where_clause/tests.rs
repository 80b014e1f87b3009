//! Matching, on a few documents, and refusals.

use bson::{Bson, Document, doc, oid::ObjectId};

use super::super::dates;
use super::super::query_error::QueryError;
use super::Filter;

const ID: &str = "6662fb1df4d1eaf404cb08de";

fn id() -> Bson {
    Bson::ObjectId(ObjectId::parse_str(ID).unwrap())
}

/// Four documents, told apart by their `n`.
fn documents() -> Vec<Document> {
    let created = dates::parse("Tue, 11 Nov 2025 12:22:34 GMT").unwrap();
    vec![
        doc! { "n": 1, "name": "Acme Inc", "is_active": true, "account": id(), "_created": created,
        "sender_address": { "city": "Lund", "zip_code": "1" }, "tags": ["x", "y"] },
        doc! { "n": 2, "name": "b", "is_active": false, "amount": 5, "note": null, "tags": "x",
        "data_access": [{ "access_group": id(), "k": 1 }, { "access_group": "other", "k": 5 }] },
        doc! { "n": 3, "name": "å", "amount": 7.5, "tags": [], "case_config": {} },
        doc! { "n": 4, "amount": "7", "tags": [["x"], 3, 12], "note": "text" },
    ]
}

/// The numbers of the documents a `where` clause finds.
#[track_caller]
fn check(clause: &str, expected: &[i32]) {
    let filter = Filter::parse(clause).unwrap_or_else(|error| panic!("{clause}: {error}"));
    let found: Vec<i32> = documents()
        .iter()
        .filter(|document| filter.matches(document))
        .filter_map(|document| document.get_i32("n").ok())
        .collect();
    assert_eq!(found, expected, "{clause}");
}

#[track_caller]
fn refused(clause: &str, reason: &str) {
    match Filter::parse(clause) {
        Err(QueryError::Malformed(text)) => assert!(text.contains(reason), "{clause}: {text}"),
        other => panic!("{clause} is {other:?}"),
    }
}

#[test]
fn nothing_asked_finds_everything() {
    check("", &[1, 2, 3, 4]);
    check("{}", &[1, 2, 3, 4]);
}

#[test]
fn equality_is_typed_and_numbers_are_one_type() {
    check(r#"{"is_active": true}"#, &[1]);
    check(r#"{"is_active": 1}"#, &[]);
    check(r#"{"is_active": "true"}"#, &[]);
    check(r#"{"amount": 5.0}"#, &[2]);
    check(r#"{"amount": 7}"#, &[]);
    check(r#"{"name": "acme inc"}"#, &[]);
    check(r#"{"nothing": "x"}"#, &[]);
}

#[test]
fn ids_and_dates_are_found_by_their_text() {
    check(&format!("{{\"account\": \"{ID}\"}}"), &[1]);
    check(&format!("{{\"account\": \"{}\"}}", ID.to_uppercase()), &[1]);
    check(
        &format!("{{\"data_access.access_group\": {{\"$in\": [\"{ID}\"]}}}}"),
        &[2],
    );
    check(
        r#"{"_created": {"$lte": "Tue, 11 Nov 2025 12:22:34 GMT"}}"#,
        &[1],
    );
    check(r#"{"_created": {"$gt": "2020-01-01"}}"#, &[]);
}

#[test]
fn null_finds_null_and_absent() {
    check(r#"{"note": null}"#, &[1, 2, 3]);
    check(r#"{"note": {"$ne": null}}"#, &[4]);
    check(r#"{"note": {"$gte": null}}"#, &[1, 2, 3]);
    check(r#"{"note": {"$gt": null}}"#, &[]);
    check(r#"{"note": {"$exists": true}}"#, &[2, 4]);
    check(r#"{"note": {"$exists": "false"}}"#, &[2, 4]);
    check(r#"{"note": {"$exists": 0}}"#, &[1, 3]);
    check(r#"{"name.x": null}"#, &[1, 2, 3, 4]);
}

/// The framework puts a new random id in its place.
#[test]
fn null_inside_a_list_finds_nothing() {
    check(r#"{"note": {"$in": [null, "text"]}}"#, &[4]);
    check(r#"{"note": {"$nin": [null]}}"#, &[1, 2, 3, 4]);
}

#[test]
fn negations_also_find_documents_without_the_field() {
    check(r#"{"name": {"$ne": "b"}}"#, &[1, 3, 4]);
    check(r#"{"name": {"$nin": ["b", "å"]}}"#, &[1, 4]);
    check(r#"{"amount": {"$not": {"$gt": 6}}}"#, &[1, 2, 4]);
}

#[test]
fn order_is_compared_within_one_type() {
    check(r#"{"amount": {"$gt": 1}}"#, &[2, 3]);
    check(r#"{"amount": {"$gt": 5, "$lt": 8}}"#, &[3]);
    check(r#"{"amount": {"$gte": ""}}"#, &[4]);
    check(r#"{"name": {"$gt": "a"}}"#, &[2, 3]);
    check(r#"{"is_active": {"$lt": true}}"#, &[2]);
}

#[test]
fn dotted_names_reach_into_objects_and_arrays() {
    check(r#"{"sender_address.city": "Lund"}"#, &[1]);
    check(r#"{"data_access.k": 5}"#, &[2]);
    check(r#"{"data_access.1.k": 5}"#, &[2]);
    check(r#"{"data_access.0.k": 5}"#, &[]);
    check(r#"{"tags.0": "x"}"#, &[1]);
    check(r#"{"tags.0.0": "x"}"#, &[4]);
}

#[test]
fn a_value_finds_an_array_that_holds_it_and_a_list_the_whole_array() {
    check(r#"{"tags": "x"}"#, &[1, 2]);
    check(r#"{"tags": ["x", "y"]}"#, &[1]);
    check(r#"{"tags": ["y", "x"]}"#, &[]);
    check(r#"{"tags": ["x"]}"#, &[4]);
    check(r#"{"tags": []}"#, &[3]);
}

#[test]
fn an_object_must_be_equal_in_the_order_of_its_keys() {
    check(
        r#"{"sender_address": {"city": "Lund", "zip_code": "1"}}"#,
        &[1],
    );
    check(
        r#"{"sender_address": {"zip_code": "1", "city": "Lund"}}"#,
        &[],
    );
    check(r#"{"sender_address": {"city": "Lund"}}"#, &[]);
    check(r#"{"case_config": {}}"#, &[3]);
    check(r#"{"sender_address": {"city": "Lund", "$gt": 1}}"#, &[]);
}

#[test]
fn arrays_have_operators_of_their_own() {
    check(r#"{"tags": {"$all": ["x"]}}"#, &[1, 2]);
    check(r#"{"tags": {"$all": ["x", "y"]}}"#, &[1]);
    check(r#"{"tags": {"$all": []}}"#, &[]);
    check(r#"{"tags": {"$in": []}}"#, &[]);
    check(r#"{"tags": {"$nin": []}}"#, &[1, 2, 3, 4]);
    check(r#"{"tags": {"$size": 2}}"#, &[1]);
    check(r#"{"tags": {"$size": 0}}"#, &[3]);
    check(
        r#"{"data_access": {"$elemMatch": {"access_group": "other", "k": 5}}}"#,
        &[2],
    );
    check(
        r#"{"data_access": {"$elemMatch": {"access_group": "other", "k": 1}}}"#,
        &[],
    );
    check(
        r#"{"data_access": {"$elemMatch": {"$or": [{"k": 1}, {"k": 2}]}}}"#,
        &[2],
    );
    check(r#"{"tags": {"$elemMatch": {"$gt": 2, "$lt": 4}}}"#, &[4]);
    check(r#"{"tags": {"$elemMatch": {"$gt": 3, "$lt": 12}}}"#, &[]);
    check(r#"{"tags": {"$gt": 3, "$lt": 12}}"#, &[4]);
    check(
        r#"{"data_access": {"$all": [{"$elemMatch": {"k": 1}}, {"$elemMatch": {"k": 5}}]}}"#,
        &[2],
    );
}

#[test]
fn logic_joins_conditions() {
    check(r#"{"$or": [{"n": 1}, {"amount": {"$gt": 6}}]}"#, &[1, 3]);
    check(
        r#"{"$and": [{"n": {"$gt": 1}}, {"n": {"$lt": 3}}], "name": "b"}"#,
        &[2],
    );
    check(r#"{"$nor": [{"n": 1}, {"n": 2}]}"#, &[3, 4]);
}

#[test]
fn types_and_remainders_are_found() {
    check(r#"{"amount": {"$type": "number"}}"#, &[2, 3]);
    check(r#"{"amount": {"$type": 2}}"#, &[4]);
    check(r#"{"amount": {"$type": ["int", "string"]}}"#, &[2, 4]);
    check(r#"{"tags": {"$type": "array"}}"#, &[1, 3, 4]);
    check(r#"{"note": {"$type": "null"}}"#, &[2]);
    check(r#"{"account": {"$type": "objectId"}}"#, &[1]);
    check(r#"{"amount": {"$mod": [4, 3]}}"#, &[3]);
}

#[test]
fn the_python_form_compares_and_joins() {
    check(r#"name=="Acme Inc" and sender_address.city=="Lund""#, &[1]);
    check("name == 'b' or (amount > 6 and n < 4)", &[2, 3]);
    check("n >= 2 and n != 3", &[2, 4]);
    check("amount == 7.5", &[3]);
    check(&format!("account == ObjectId(\"{ID}\")"), &[1]);
    check(&format!("account == \"{ID}\""), &[1]);
    check("_created >= datetime(2025, 11, 11, 12)", &[1]);
    check("name == b", &[2]);
}

#[test]
fn texts_of_no_known_form_are_refused() {
    for clause in [
        "{",
        "{name: 'x'}",
        "{'name': 'x'}",
        r#"{"name": "x",}"#,
        r#"{"n": NaN}"#,
        "name",
        "name=\"x\"",
        "not name==\"x\"",
        "name in [\"x\"]",
        "len(name)==1",
        "1 < n < 3",
        "n == -5",
        "is_active == True",
        "5 == n",
        " n == 1",
        "n == datetime(2025, 13, 1)",
        "account == ObjectId(\"x\")",
        "n == 1 2",
    ] {
        refused(clause, "where cannot be read");
    }
    refused(r#"{"": 1}"#, "empty key");
    refused(
        &format!("{}n == 1", "(".repeat(10_000)),
        "more than 64 levels",
    );
    refused(
        &format!("n == {}1", "-".repeat(10_000)),
        "more than 64 levels",
    );
}

#[test]
fn json_that_is_no_object_is_refused() {
    for clause in [
        "[]",
        "[{\"name\": \"x\"}]",
        "5",
        "0",
        "\"x\"",
        "null",
        "true",
    ] {
        refused(clause, "JSON but no object");
    }
}

#[test]
fn banned_and_unknown_operators_are_refused_at_any_depth() {
    refused(
        r#"{"name": {"$regex": "^A"}}"#,
        "$regex at \"name\", which the framework bans",
    );
    refused(r#"{"$or": [{"$where": "1"}]}"#, "bans");
    refused(
        r#"{"a": {"b": {"$foo": 1}}}"#,
        "unknown operator $foo at \"a.b\"",
    );
    refused(r#"{"$comment": "x"}"#, "unknown operator $comment");
    refused(r#"{"$jsonSchema": {}}"#, "unknown operator");
}

#[test]
fn what_the_database_refuses_is_refused_with_what_is_right() {
    for operator in ["$and", "$or", "$nor"] {
        for value in ["[]", "null", "{}", "[1]"] {
            refused(
                &format!("{{\"{operator}\": {value}}}"),
                "right is a list of objects",
            );
        }
    }
    for asked in [
        r#"{"$in": "x"}"#,
        r#"{"$nin": 1}"#,
        r#"{"$all": "x"}"#,
        r#"{"$size": "1"}"#,
        r#"{"$size": -1}"#,
        r#"{"$size": 1.5}"#,
        r#"{"$mod": [2]}"#,
        r#"{"$mod": [0, 1]}"#,
        r#"{"$mod": [2, "x"]}"#,
        r#"{"$elemMatch": 1}"#,
        r#"{"$not": 1}"#,
        r#"{"$not": {}}"#,
        r#"{"$type": "text"}"#,
        r#"{"$in": [{"$gt": 1}]}"#,
        r#"{"$all": [{"$elemMatch": {"k": 1}, "$gt": 1}]}"#,
    ] {
        refused(&format!("{{\"tags\": {asked}}}"), "right is {\"tags\": {");
    }
    refused(r#"{"n": {"$gt": 1, "x": 2}}"#, "mixes the plain key \"x\"");
    refused(r#"{"$gt": 1}"#, "in place of a field name");
    refused(r#"{"n": {"$options": "i"}}"#, "cannot stand");
    refused(r#"{"n": 99999999999999999999}"#, "64 bits");
}

#[test]
fn operators_that_are_not_imitated_are_told_apart() {
    for (clause, name) in [
        (r#"{"$expr": {"$eq": ["$a", "$b"]}}"#, "$expr"),
        (r#"{"$text": {"$search": "x"}}"#, "$text"),
        (r#"{"a": {"$near": [1, 2]}}"#, "$near"),
        (r#"{"a": {"$bitsAllSet": 1}}"#, "$bitsAllSet"),
    ] {
        let error = Filter::parse(clause).err();
        assert_eq!(
            error,
            Some(QueryError::Unmodelled(name.to_owned())),
            "{clause}"
        );
    }
}

#[test]
fn equalities_that_must_hold_are_known() {
    let clause = format!(
        "{{\"account\": \"{ID}\", \"note\": null, \"n\": {{\"$gt\": 1}}, \
         \"$and\": [{{\"a.b\": {{\"$eq\": 2}}}}], \"$or\": [{{\"c\": 1}}]}}"
    );
    let filter = Filter::parse(&clause).unwrap();
    assert_eq!(
        filter.required_equalities(),
        [("account", &id()), ("a.b", &Bson::Int32(2))]
    );
}
