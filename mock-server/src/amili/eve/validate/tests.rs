//! The checks of a schema. Expected messages are those of the framework's own answers.

use bson::{Bson, Document, oid::ObjectId};

use super::super::schema::{Field, Kind};
use super::super::tests::document;
use super::super::text;
use super::{Checks, Mode, Neighbours, Unknown};

const ADDRESS: &[Field] = &[
    Field::text("city").required(),
    Field::text("zip").default_text("0"),
    Field::text("kept").read_only(),
];
const ACCESS: &[Field] = &[Field::id("access_group").refers_to("access--groups")];
const SCHEMA: &[Field] = &[
    Field::id("account").required().refers_to("accounts"),
    Field::id("parent").nullable().refers_to("accounts"),
    Field::text("name").required(),
    Field::text("swedish").excludes(&["foreign"]),
    Field::text("foreign").excludes(&["swedish"]),
    Field::text("x1").excludes(&["x2", "x3"]),
    Field::text("x2").excludes(&["x1", "x3"]),
    Field::text("x3").excludes(&["x1", "x2"]),
    Field::object("address", ADDRESS),
    Field::list("data_access", &Field::each(Kind::Object(ACCESS))).max_length(2),
    Field::object_of(
        "payout",
        &Field::each(Kind::Object(&[Field::text("bankgiro")])),
    ),
    Field::text("short").min_length(2).max_length(4).not_empty(),
    Field::text("area").allowed(&["sweden", "norway"]),
    Field::free_list("tags").allowed(&["a", "b"]),
    Field::integer("number").read_only(),
    Field::boolean("is_active").default_bool(false),
    Field::text("email").unique(),
    Field::float("rate"),
    Field::number("sum"),
    Field::date("since"),
    Field::any("anything"),
];
const KNOWN: &str = "6662fb1df4d1eaf404cb08de";
const VALID: &str = r#""account": "6662fb1df4d1eaf404cb08de", "name": "a""#;

/// One account, and one address that is in use.
struct World;

impl Neighbours for World {
    fn exists(&self, resource: &str, id: ObjectId) -> bool {
        resource == "accounts" && id.to_hex() == KNOWN
    }

    fn is_taken(&self, path: &str, value: &Bson) -> bool {
        path == "email" && value.as_str() == Some("taken")
    }
}

fn issues(body: &str, mode: Mode<'_>, unknown: Unknown) -> String {
    let checks = Checks {
        fields: SCHEMA,
        mode,
        unknown,
        neighbours: &World,
    };
    text::document(&checks.check(document(body)).issues.to_document())
}

/// The issues of a POST of these members beside the required ones.
#[track_caller]
fn check(members: &str, expected: &str) {
    let comma = if members.is_empty() { "" } else { ", " };
    let body = format!("{{{VALID}{comma}{members}}}");
    assert_eq!(
        issues(&body, Mode::Create, Unknown::Refuse),
        expected,
        "{body}"
    );
}

#[track_caller]
fn check_patch(stored: &Document, body: &str, expected: &str) {
    assert_eq!(
        issues(body, Mode::Patch { stored }, Unknown::Refuse),
        expected,
        "{body}"
    );
}

#[test]
fn nothing_is_wrong_with_a_valid_body() {
    check("", "{}");
    check(r#""anything": {"a": [1]}, "address": {"city": "L"}"#, "{}");
}

#[test]
fn every_problem_of_a_document_is_told_in_alphabetical_order() {
    let body = r#"{"account": "abc", "name": 5, "colour": "red", "address": {"city": 1}, "swedish": "1", "foreign": "2"}"#;
    let expected = r#"{"account": "must be of objectid type", "address": {"city": "must be of string type"}, "colour": "unknown field", "foreign": "'swedish' must not be present with 'foreign'", "name": "must be of string type", "swedish": "'foreign' must not be present with 'swedish'"}"#;
    assert_eq!(issues(body, Mode::Create, Unknown::Refuse), expected);
}

#[test]
fn what_is_required_must_be_there_at_every_depth() {
    let expected = r#"{"account": "required field", "name": "required field"}"#;
    assert_eq!(issues("{}", Mode::Create, Unknown::Refuse), expected);
    check(
        r#""address": {}"#,
        r#"{"address": {"city": "required field"}}"#,
    );
}

#[test]
fn a_null_counts_as_present_and_is_refused() {
    check(
        r#""swedish": null"#,
        r#"{"swedish": "null value not allowed"}"#,
    );
    check(
        r#""foreign": "2", "swedish": null"#,
        r#"{"foreign": "'swedish' must not be present with 'foreign'", "swedish": ["'foreign' must not be present with 'swedish'", "null value not allowed"]}"#,
    );
    check(r#""parent": null"#, "{}");
}

#[test]
fn wrong_types_are_named() {
    for (field, type_name) in [
        ("rate", "float"),
        ("sum", "number"),
        ("since", "datetime"),
        ("is_active", "boolean"),
        ("address", "dict"),
        ("payout", "dict"),
        ("data_access", "list"),
        ("short", "string"),
        ("parent", "objectid"),
    ] {
        let wrong = if type_name == "string" { "5" } else { "\"x\"" };
        let expected = format!("{{\"{field}\": \"must be of {type_name} type\"}}");
        check(&format!("\"{field}\": {wrong}"), &expected);
    }
}

#[test]
fn a_wrong_type_hides_what_else_is_wrong() {
    check(
        r#""swedish": 5, "foreign": "2""#,
        r#"{"foreign": "'swedish' must not be present with 'foreign'", "swedish": "must be of string type"}"#,
    );
}

#[test]
fn several_rivals_are_all_named() {
    check(
        r#""x1": "a", "x2": "b""#,
        r#"{"x1": "'x2', 'x3' must not be present with 'x1'", "x2": "'x1', 'x3' must not be present with 'x2'"}"#,
    );
}

#[test]
fn relations_must_lead_somewhere() {
    let missing = "69132a8bc9ea54f691cc407e";
    check(
        &format!(
            "\"data_access\": [{{\"access_group\": \"{missing}\"}}, {{\"access_group\": \"x\"}}]"
        ),
        r#"{"data_access": {"0": {"access_group": "value '69132a8bc9ea54f691cc407e' must exist in resource 'access--groups', field '_id'."}, "1": {"access_group": "must be of objectid type"}}}"#,
    );
    let body = r#"{"account": null, "name": "a"}"#;
    let expected = r#"{"account": ["value 'None' must exist in resource 'accounts', field '_id'.", "null value not allowed"]}"#;
    assert_eq!(issues(body, Mode::Create, Unknown::Refuse), expected);
}

#[test]
fn lengths_emptiness_and_choices_are_checked() {
    check(r#""short": "å""#, r#"{"short": "min length is 2"}"#);
    check(r#""short": "abcde""#, r#"{"short": "max length is 4"}"#);
    check(r#""short": """#, r#"{"short": "empty values not allowed"}"#);
    check(r#""area": "mars""#, r#"{"area": "unallowed value mars"}"#);
    check(
        r#""tags": ["a", "c", "d"]"#,
        r#"{"tags": "unallowed values ('c', 'd')"}"#,
    );
    check(r#""tags": ["c"]"#, r#"{"tags": "unallowed values ('c',)"}"#);
    check(
        r#""data_access": [{}, 5, {"x": 1}]"#,
        r#"{"data_access": ["max length is 2", {"1": "must be of dict type", "2": {"x": "unknown field"}}]}"#,
    );
}

#[test]
fn objects_with_free_keys_check_each_value() {
    check(
        r#""payout": {"sek": {"bankgiro": 1}, "nok": 5, "eur": {"bankgiro": "1"}}"#,
        r#"{"payout": {"nok": "must be of dict type", "sek": {"bankgiro": "must be of string type"}}}"#,
    );
}

#[test]
fn a_taken_value_is_not_unique() {
    check(
        r#""email": "taken""#,
        r#"{"email": "value 'taken' is not unique"}"#,
    );
    check(r#""email": "free""#, "{}");
}

#[test]
fn read_only_fields_are_the_servers() {
    check(r#""number": 5"#, r#"{"number": "field is read-only"}"#);
    check(r#""number": "x""#, r#"{"number": "field is read-only"}"#);
    let stored = document(r#"{"number": 5}"#);
    check_patch(&stored, r#"{"number": 5}"#, "{}");
    check_patch(
        &stored,
        r#"{"number": 6}"#,
        r#"{"number": "field is read-only"}"#,
    );
}

/// Seen in answers of the framework: below the root it goes on after the read-only check.
#[test]
fn below_the_root_read_only_hides_nothing() {
    check(
        r#""address": {"city": "L", "kept": 5}"#,
        r#"{"address": {"kept": ["must be of string type", "field is read-only"]}}"#,
    );
}

#[test]
fn the_servers_own_fields_are_unknown_but_for_the_id() {
    let expected =
        r#"{"_created": "unknown field", "_etag": "unknown field", "_status": "unknown field"}"#;
    check(r#""_created": 1, "_etag": 1, "_status": 1"#, expected);
    check(r#""_id": "69132a8bc9ea54f691cc407c""#, "{}");
    check(r#""_id": "x""#, r#"{"_id": "must be of objectid type"}"#);
    check(
        r#""address": {"city": "L", "_id": "x"}"#,
        r#"{"address": {"_id": "unknown field"}}"#,
    );
}

#[test]
fn unknown_fields_can_be_welcome() {
    let body = format!("{{{VALID}, \"colour\": 1, \"address\": {{\"city\": \"L\", \"x\": 1}}}}");
    assert_eq!(issues(&body, Mode::Create, Unknown::Allow), "{}");
}

#[test]
fn a_patch_asks_for_no_required_field_and_sees_no_stored_rival() {
    let stored = document(r#"{"swedish": "1"}"#);
    check_patch(&stored, "{}", "{}");
    check_patch(&stored, r#"{"address": {}}"#, "{}");
    check_patch(&stored, r#"{"foreign": "2"}"#, "{}");
    check_patch(
        &stored,
        r#"{"name": 5}"#,
        r#"{"name": "must be of string type"}"#,
    );
}

#[test]
fn the_document_keeps_its_order_and_defaults_come_last() {
    let checks = Checks {
        fields: SCHEMA,
        mode: Mode::Create,
        unknown: Unknown::Refuse,
        neighbours: &World,
    };
    let body =
        document(r#"{"name": "a", "address.city": "L", "account": "6662FB1DF4D1EAF404CB08DE"}"#);
    let checked = checks.check(body);
    let expected = r#"{"name": "a", "account": "6662fb1df4d1eaf404cb08de", "address": {"city": "L", "zip": "0"}, "is_active": false}"#;
    assert!(checked.issues.is_empty());
    assert_eq!(text::document(&checked.document), expected);
}

const EITHER: &[Field] = &[
    Field::text("a").required().excludes(&["b"]),
    Field::text("b").required().excludes(&["a"]),
];

#[test]
fn rivals_that_are_both_required_mean_exactly_one() {
    for (body, expected) in [
        (r#"{"a": "x"}"#, "{}"),
        (r#"{"b": "x"}"#, "{}"),
        ("{}", r#"{"a": "required field", "b": "required field"}"#),
        (
            r#"{"a": 5}"#,
            r#"{"a": "must be of string type", "b": "required field"}"#,
        ),
        (
            r#"{"a": null}"#,
            r#"{"a": ["null value not allowed", "required field"], "b": "required field"}"#,
        ),
    ] {
        let checks = Checks {
            fields: EITHER,
            mode: Mode::Create,
            unknown: Unknown::Refuse,
            neighbours: &World,
        };
        let issues = checks.check(document(body)).issues;
        assert_eq!(text::document(&issues.to_document()), expected, "{body}");
    }
}
