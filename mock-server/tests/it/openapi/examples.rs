//! The examples of the documents: those of requests are what the guides print, and are of the form asked for.

use mock_server::{Answers, catalogue};
use serde_json::Value;

use super::{calls, document};
use crate::guide::{every_printed, page, printed};

#[track_caller]
fn example(name: &str) -> Value {
    let path = format!(
        "{}/../fixtures/examples/{name}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{path}: {fault}"));
    serde_json::from_str::<Value>(&text).unwrap()["value"].clone()
}

#[test]
fn the_examples_of_the_guides_are_as_printed() {
    let amili = page("amili-creditor-users-sv");
    assert_eq!(
        example("amili-creditor"),
        printed(&amili, "creditor_data =")
    );
    assert_eq!(
        example("amili-admin"),
        printed(&amili, ")admin_user_data =")
    );
    assert_eq!(example("amili-user"), printed(&amili, ")user_data ="));
    assert_eq!(
        example("amili-access-groups"),
        every_printed(&amili, "Svaret kommer att vara:")[1]
    );
    let ams = every_printed(&page("ams-first-setup"), "Example request body");
    for (name, printed) in [
        ("ams-user", &ams[0]),
        ("ams-department", &ams[1]),
        ("ams-departments-of-user", &ams[2]),
        ("ams-groups-of-user", &ams[3]),
    ] {
        assert_eq!(&example(name), printed, "{name}");
    }
}

#[test]
fn every_example_is_of_the_form_beside_it_and_tells_where_it_comes_from() {
    let mut seen = 0;
    for name in catalogue::documents() {
        let document = document(name, &Answers::default());
        for (place, call) in calls(&document) {
            let bodies = call["responses"]
                .as_object()
                .unwrap()
                .values()
                .chain(call.get("requestBody"));
            for content in bodies.filter_map(|body| body.get("content")?.get("application/json")) {
                let mut schema = content["schema"].clone();
                schema["components"] = document["components"].clone();
                let validator = jsonschema::draft202012::new(&schema).unwrap();
                let examples = content.get("examples").and_then(Value::as_object);
                for (told, example) in examples.into_iter().flatten() {
                    let faults: Vec<String> = validator
                        .iter_errors(&example["value"])
                        .map(|fault| fault.to_string())
                        .collect();
                    assert!(faults.is_empty(), "{place}, {told}: {faults:?}");
                    seen += 1;
                }
            }
            let request = call.pointer("/requestBody/content/application~1json/examples");
            for example in request
                .and_then(Value::as_object)
                .into_iter()
                .flat_map(|all| all.values())
            {
                assert!(example["summary"].is_string(), "{place}: {example}");
            }
        }
    }
    assert!(seen > 100, "{seen} examples");
}
