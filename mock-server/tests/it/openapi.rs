//! The OpenAPI documents: what they are by the schema of OpenAPI 3.1, what they hold, and that a wrong one or
//! a wrong answer is noticed. That every other test's answers are as documented is `documented.rs`'s to say.

mod examples;
mod mistakes;

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::LazyLock;

use jsonschema::Validator;
use mock_server::{Answers, catalogue};
use serde_json::Value;

use crate::harness::{Mock, answers};

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

fn schema() -> &'static Validator {
    static SCHEMA: LazyLock<Validator> = LazyLock::new(|| {
        let text = include_str!("../schemas/openapi-3.1.json");
        let schema = serde_json::from_str(text).unwrap();
        jsonschema::draft202012::new(&schema).unwrap()
    });
    &SCHEMA
}

fn document(name: &str, answers: &Answers) -> Value {
    catalogue::openapi(name, "http://127.0.0.1:4080", answers).unwrap()
}

/// The calls of a document, each with its method and path.
fn calls(document: &Value) -> Vec<(String, &Value)> {
    let paths = document["paths"].as_object().unwrap().iter();
    let calls = paths.flat_map(|(path, item)| {
        let item = item.as_object().unwrap().iter();
        item.map(move |(method, call)| (format!("{method} {path}"), call))
    });
    calls.collect()
}

/// Every object that stands where a schema stands.
fn schemas<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
    match value {
        Value::Object(members) => {
            for (key, inner) in members {
                if ["schema", "items"].contains(&key.as_str()) {
                    found.push(inner);
                }
                if !["example", "examples", "value", "default", "enum", "const"]
                    .contains(&key.as_str())
                {
                    schemas(inner, found);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| schemas(item, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// That a document is one, and that whatever it refers to is there.
#[track_caller]
fn check(name: &str, answers: &Answers) {
    let document = document(name, answers);
    let faults: Vec<_> = schema()
        .iter_errors(&document)
        .map(|fault| fault.to_string())
        .collect();
    assert!(faults.is_empty(), "{name}: {faults:#?}");
    let mut found: Vec<&Value> = document["components"]["schemas"]
        .as_object()
        .unwrap()
        .values()
        .collect();
    schemas(&document, &mut found);
    for schema in found {
        assert!(jsonschema::meta::is_valid(schema), "{name}: {schema}");
    }
    let text = document.to_string();
    for (place, _) in text.match_indices("\"$ref\":\"#") {
        let rest = &text[place + 9..];
        let pointer = rest.split('"').next().unwrap();
        assert!(
            document.pointer(pointer).is_some(),
            "{name}: nothing at {pointer}"
        );
    }
    assert!(
        !text.contains("x-component"),
        "{name}: a mark of the generator is left"
    );
}

#[test]
fn the_documents_are_openapi_3_1_whichever_answers_are_in_force() {
    for name in catalogue::documents() {
        check(name, &Answers::default());
        check(name, &Answers::framework(&catalogue::assumptions()));
    }
    // Each further answer of each question once, as many as there can be at the same time.
    let questions = catalogue::assumptions();
    let most = questions
        .iter()
        .map(|question| question.answers.len())
        .max()
        .unwrap();
    for place in 1..most {
        let mut answers = Answers::default();
        for question in &questions {
            let answer = question
                .answers
                .get(place)
                .or(question.answers.last())
                .unwrap();
            answers.choose(&questions, question.id, answer.id).unwrap();
        }
        catalogue::documents()
            .into_iter()
            .for_each(|name| check(name, &answers));
    }
}

#[test]
fn every_call_has_a_name_of_its_own_a_summary_a_known_tag_and_its_examples() {
    for name in catalogue::documents() {
        let document = document(name, &Answers::default());
        let tags = document["tags"].as_array().unwrap().iter();
        let tags: Vec<&Value> = tags.map(|tag| &tag["name"]).collect();
        let mut names = BTreeSet::new();
        for (place, call) in calls(&document) {
            assert!(
                METHODS.contains(&place.split(' ').next().unwrap()),
                "{place}"
            );
            assert!(
                names.insert(call["operationId"].as_str().unwrap()),
                "{place}: named twice"
            );
            assert!(call["summary"].is_string(), "{place}");
            assert!(
                tags.contains(&&call["tags"][0]),
                "{place}: {}",
                call["tags"]
            );
            let responses = call["responses"].as_object().unwrap();
            assert!(
                name == "control" || responses.contains_key("500"),
                "{place}"
            );
        }
    }
}

#[test]
fn every_rule_and_every_question_stands_at_a_call_and_none_that_there_is_not() {
    let mut told: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for name in catalogue::documents() {
        let document = document(name, &Answers::default());
        let mut places = vec![
            &document["x-elsewhere"]["path"],
            &document["x-elsewhere"]["method"],
        ];
        let calls = calls(&document);
        places.extend(calls.iter().map(|(_, call)| *call));
        places.extend(calls.iter().map(|(_, call)| &call["responses"]));
        for place in places {
            let members = place.as_object().unwrap().values();
            for holder in members.chain([place]) {
                for list in ["x-rules", "x-assumptions"] {
                    let ids = holder
                        .get(list)
                        .and_then(Value::as_array)
                        .into_iter()
                        .flatten();
                    told.entry(list)
                        .or_default()
                        .extend(ids.map(|id| id.as_str().unwrap().to_owned()));
                }
            }
        }
    }
    let rules: BTreeSet<String> = catalogue::rules()
        .iter()
        .map(|rule| rule.id.to_owned())
        .collect();
    let unlike = |told: &BTreeSet<String>, known: &BTreeSet<String>| {
        told.symmetric_difference(known)
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(unlike(&told["x-rules"], &rules), Vec::<String>::new());
    let questions = catalogue::assumptions();
    let questions: BTreeSet<String> = questions
        .iter()
        .map(|question| question.id.to_owned())
        .collect();
    assert_eq!(
        unlike(&told["x-assumptions"], &questions),
        Vec::<String>::new()
    );
}

#[test]
fn a_server_serves_each_document_for_its_space_and_its_answers() {
    let mock = Mock::start();
    let caller = mock.anybody().in_space("documented");
    for name in catalogue::documents() {
        let path = format!("/_mock/openapi/{name}.json");
        let served = caller.get(&path).expect(200).json();
        assert_eq!(
            served["servers"][0]["url"],
            format!("{}/_spaces/documented", mock.base_url())
        );
        assert_eq!(
            served["paths"],
            document(name, &Answers::default())["paths"],
            "{name}"
        );
    }
    let mut body = serde_json::Map::new();
    body.insert("amili.patch.if-match".to_owned(), "optional".into());
    caller.put("/_mock/assumptions", &body.into()).expect(200);
    let served = caller.get("/_mock/openapi/amili.json").expect(200).json();
    let change = &served["paths"]["/creditors/{id}"]["patch"]["responses"];
    assert_eq!(
        (change.get("412").is_some(), change.get("428")),
        (true, None)
    );
    let unknown = caller.get("/_mock/openapi/nobody.json").expect(404);
    assert!(
        unknown
            .text()
            .contains("amili.json, ams.json, control.json"),
        "{}",
        unknown.text()
    );
}

#[test]
fn the_command_prints_the_document_of_the_answers_given() {
    let printed = |arguments: &[&str]| {
        let ran = Command::new(env!("CARGO_BIN_EXE_mock-server"))
            .arg("openapi")
            .args(arguments)
            .output();
        let ran = ran.unwrap();
        assert!(
            ran.status.success(),
            "{}",
            String::from_utf8_lossy(&ran.stderr)
        );
        serde_json::from_slice::<Value>(&ran.stdout).unwrap()
    };
    for name in catalogue::documents() {
        assert_eq!(printed(&[name]), document(name, &Answers::default()));
    }
    let other = printed(&["ams", "--assume", "ams.answer.created-status=200"]);
    assert_eq!(
        other,
        document("ams", &answers("ams.answer.created-status", "200"))
    );
}
