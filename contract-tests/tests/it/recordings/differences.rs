//! What is told of a recording that was altered in a known way.

use serde_json::{Value, json};

use super::{CREATE, Pair, altered, body, lines, walked};

/// An alteration comes out as this one difference, and as nothing else.
#[track_caller]
fn differs(lines: &[Value], level: &str, kind: &str, place: &str) {
    let pair = Pair::of(super::lines(), lines);
    let (report, text, status) = pair.compared(&[]);
    let found = report["differences"].as_array().unwrap();
    let found: Vec<_> = found
        .iter()
        .map(|found| ["level", "kind", "place"].map(|key| found[key].as_str().unwrap()))
        .collect();
    assert_eq!(found, [[level, kind, place]], "{text}");
    let fails = ["behaviour", "breaking"].contains(&level);
    assert_eq!(status, u8::from(fails), "{text}");
    assert!(text.contains(&level.to_uppercase()), "{text}");
}

#[test]
fn a_field_that_is_gone_breaks_clients() {
    let lines = walked(|line| drop(body(line).remove("_etag")));
    differs(&lines, "breaking", "missing", "body /_etag");
}

#[test]
fn a_field_that_is_new_is_more_than_there_was() {
    let lines = walked(|line| drop(body(line).insert("_more".to_owned(), json!(1))));
    differs(&lines, "additive", "unexpected", "body /_more");
}

#[test]
fn a_field_of_another_type_breaks_clients() {
    let lines = walked(|line| drop(body(line).insert("_status".to_owned(), json!(true))));
    differs(&lines, "breaking", "type", "body /_status");
    // An id that was a whole number and is a text now.
    let lines = altered("ams/walk-through", "1. create a user", |line| {
        let id = body(line)["id"].as_str().unwrap().replace('#', "");
        body(line).insert("id".to_owned(), json!(id));
    });
    differs(&lines, "breaking", "type", "body /id");
}

#[test]
fn a_status_of_another_class_breaks_clients_and_one_of_the_same_is_behaviour() {
    let lines = walked(|line| line["response"]["status"] = json!(200));
    differs(&lines, "behaviour", "value", "status");
    let step = lines_of("amili/foreign-account", 403);
    let accepted = altered("amili/foreign-account", &step, |line| {
        line["response"]["status"] = json!(201);
    });
    differs(&accepted, "breaking", "value", "status");
}

/// The name of the step that was answered so.
fn lines_of(scenario: &str, status: u16) -> String {
    let found = lines()
        .iter()
        .find(|line| line["scenario"] == scenario && line["response"]["status"] == status);
    found.unwrap()["step"].as_str().unwrap().to_owned()
}

#[test]
fn another_message_is_behaviour() {
    let step = lines_of("amili/foreign-account", 403);
    let lines = altered("amili/foreign-account", &step, |line| {
        line["response"]["body"]["_error"]["message"] = json!("No.");
    });
    differs(&lines, "behaviour", "value", "body /_error/message");
}

#[test]
fn another_order_of_keys_is_cosmetic() {
    let lines = walked(|line| {
        let order = line["response"]["key_order"][""].as_array_mut().unwrap();
        order.swap(0, 1);
    });
    differs(&lines, "cosmetic", "order", "keys");
}

#[test]
fn another_order_of_a_list_is_behaviour_and_an_element_that_is_gone_breaks_clients() {
    let step = "list the access groups of the creditor";
    let items = |line: &mut Value, alter: fn(&mut Vec<Value>)| {
        alter(line["response"]["body"]["_items"].as_array_mut().unwrap());
    };
    let turned = altered("amili/walk-through", step, |line| {
        items(line, |list| list.reverse())
    });
    differs(&turned, "behaviour", "order", "body /_items");
    let gone = altered("amili/walk-through", step, |line| {
        items(line, |list| drop(list.remove(0)))
    });
    differs(&gone, "breaking", "missing", "body /_items/0");
}

#[test]
fn a_relation_that_holds_no_longer_breaks_clients() {
    let step = "list the access groups of the creditor";
    let lines = altered("amili/walk-through", step, |line| {
        line["response"]["body"]["_items"][0]["creditor"] = json!("{{elsewhere/_id}}");
    });
    differs(&lines, "breaking", "value", "body /_items/0/creditor");
}

#[test]
fn a_header_that_is_gone_is_behaviour() {
    let lines = walked(|line| {
        line["response"]["headers"]
            .as_object_mut()
            .unwrap()
            .remove("location");
    });
    differs(&lines, "behaviour", "missing", "header location");
}

#[test]
fn an_exchange_that_is_missing_breaks_clients_and_one_more_is_behaviour() {
    let is_first =
        |line: &Value| line["scenario"] == "amili/walk-through" && line["step"] == CREATE;
    let without: Vec<Value> = lines()
        .iter()
        .filter(|line| !is_first(line))
        .cloned()
        .collect();
    differs(&without, "breaking", "missing", "exchange");
    let (report, _, _) = Pair::of(&without, lines()).compared(&[]);
    assert_eq!(report["differences"][0]["level"], "behaviour");
}

#[test]
fn another_answer_to_an_open_question_is_behaviour() {
    let mut lines = lines().to_vec();
    let outcome = lines
        .iter_mut()
        .find(|line| line["scenario"] == "amili/delete-unknown" && line["verdict"].is_string());
    outcome.unwrap()["answer"] = json!("404");
    differs(&lines, "behaviour", "value", "verdict");
}

#[test]
fn what_only_one_side_has_is_said_and_not_compared() {
    let less: Vec<Value> = lines()
        .iter()
        .filter(|line| line["scenario"] != "ams/no-self-change")
        .cloned()
        .collect();
    let (report, text, status) = Pair::of(lines(), &less).compared(&["--fail-on", "any"]);
    assert_eq!((&report["differences"], status), (&json!([]), 0), "{text}");
    let skipped = &report["not_compared"][0];
    assert_eq!(skipped["scenario"], "ams/no-self-change");
    assert_eq!(skipped["because"], "only the old recording has it");
}
