//! A recording of the mock altered in known ways, one at a time: each comes out at its level, with its kind, its
//! place and its rule, and as nothing else.

use serde_json::{Map, Value, json};

use mock_server::{MockServer, Options, catalogue};

use super::{Pair, altered, lines};
use crate::observed::recorded;

/// What is altered, and what the comparison must say of it: level, kind, place, first rule.
struct Case {
    what: &'static str,
    scenario: &'static str,
    step: &'static str,
    alter: fn(&mut Value),
    expected: [&'static str; 4],
}

const WALK: &str = "amili/walk-through";
const CREATE: &str = "1. create a creditor";
const READ: &str = "read /creditors/{{1. create a creditor/_id}}";
const LIST: &str = "list the access groups of the creditor";
/// The first of those that the walk is about, by name.
const OF_WALK: &str = "amili.access-group.account-level";
const SELF: &str = "ams/no-self-change";
const OWN: &str = "ams.permission.no-self-change";

fn body(line: &mut Value) -> &mut Map<String, Value> {
    line["response"]["body"].as_object_mut().unwrap()
}

fn headers(line: &mut Value) -> &mut Map<String, Value> {
    line["response"]["headers"].as_object_mut().unwrap()
}

fn items(line: &mut Value) -> &mut Vec<Value> {
    line["response"]["body"]["_items"].as_array_mut().unwrap()
}

/// `SELF` stands for the step there that is refused; it has several.
const REFUSED: &str = "give myself [999999999]";

const CASES: &[Case] = &[
    Case {
        what: "a field gone",
        scenario: WALK,
        step: CREATE,
        alter: |line| drop(body(line).remove("_etag")),
        expected: ["breaking", "missing", "body /_etag", ""],
    },
    Case {
        what: "a type changed",
        scenario: WALK,
        step: READ,
        alter: |line| drop(body(line).insert("is_active".to_owned(), json!("true"))),
        expected: ["breaking", "type", "body /is_active", ""],
    },
    Case {
        what: "a field that is null now",
        scenario: WALK,
        step: READ,
        alter: |line| drop(body(line).insert("description".to_owned(), Value::Null)),
        expected: ["breaking", "type", "body /description", ""],
    },
    Case {
        what: "a status moved within its class",
        scenario: WALK,
        step: CREATE,
        alter: |line| line["response"]["status"] = json!(200),
        expected: ["behaviour", "value", "status", ""],
    },
    Case {
        what: "a rule enforced no longer",
        scenario: SELF,
        step: REFUSED,
        alter: |line| line["response"]["status"] = json!(200),
        expected: ["breaking", "value", "status", OWN],
    },
    Case {
        what: "a rule newly enforced",
        scenario: WALK,
        step: READ,
        alter: |line| line["response"]["status"] = json!(403),
        expected: ["breaking", "value", "status", ""],
    },
    Case {
        what: "an extra field",
        scenario: WALK,
        step: READ,
        alter: |line| drop(body(line).insert("_more".to_owned(), json!(1))),
        expected: ["additive", "unexpected", "body /_more", ""],
    },
    Case {
        what: "another order of keys",
        scenario: WALK,
        step: READ,
        alter: |line| {
            line["response"]["key_order"][""]
                .as_array_mut()
                .unwrap()
                .swap(0, 1)
        },
        expected: ["cosmetic", "order", "keys", ""],
    },
    Case {
        what: "a changed text of a refusal",
        scenario: SELF,
        step: REFUSED,
        alter: |line| line["response"]["body"]["message"] = json!("No."),
        expected: ["behaviour", "value", "body /message", OWN],
    },
    Case {
        what: "a changed code of a refusal",
        scenario: SELF,
        step: REFUSED,
        alter: |line| line["response"]["body"]["code"] = json!("permission.999"),
        expected: ["behaviour", "value", "body /code", OWN],
    },
    Case {
        what: "a reordered list",
        scenario: WALK,
        step: LIST,
        alter: |line| items(line).reverse(),
        expected: ["behaviour", "order", "body /_items", ""],
    },
    Case {
        what: "an element gone",
        scenario: WALK,
        step: LIST,
        alter: |line| drop(items(line).remove(0)),
        expected: ["breaking", "missing", "body /_items/0", ""],
    },
    Case {
        what: "an element more",
        scenario: WALK,
        step: LIST,
        alter: |line| items(line).push(json!({})),
        expected: ["behaviour", "unexpected", "body /_items/2", ""],
    },
    Case {
        what: "a relation that holds no longer",
        scenario: WALK,
        step: LIST,
        alter: |line| items(line)[1]["creditor"] = json!("{{elsewhere/_id}}"),
        expected: ["breaking", "value", "body /_items/1/creditor", ""],
    },
    Case {
        what: "a date that is not now any more",
        scenario: WALK,
        step: READ,
        alter: |line| drop(body(line).insert("_updated".to_owned(), json!("{{read/_updated}}"))),
        expected: ["behaviour", "value", "body /_updated", ""],
    },
    Case {
        what: "an etag that is not the one of the creation",
        scenario: WALK,
        step: READ,
        alter: |line| drop(body(line).insert("_etag".to_owned(), json!("{{read/_etag}}"))),
        expected: ["breaking", "value", "body /_etag", ""],
    },
    Case {
        what: "a header gone",
        scenario: WALK,
        step: READ,
        alter: |line| drop(headers(line).remove("etag")),
        expected: ["behaviour", "missing", "header etag", ""],
    },
    Case {
        what: "the content type gone",
        scenario: WALK,
        step: READ,
        alter: |line| drop(headers(line).remove("content-type")),
        expected: ["breaking", "missing", "header content-type", ""],
    },
    Case {
        what: "a header more",
        scenario: WALK,
        step: READ,
        alter: |line| drop(headers(line).insert("allow".to_owned(), json!("GET"))),
        expected: ["additive", "unexpected", "header allow", ""],
    },
    Case {
        what: "a body gone",
        scenario: WALK,
        step: CREATE,
        alter: |line| {
            let response = line["response"].as_object_mut().unwrap();
            response.remove("body");
            response["key_order"] = json!({});
        },
        expected: ["breaking", "missing", "body", ""],
    },
];

#[test]
fn each_alteration_comes_out_at_its_level_with_its_kind_place_and_rule() {
    for case in CASES {
        let new = altered(case.scenario, case.step, case.alter);
        let (report, text, status) = Pair::of(lines(), &new).compared(&[]);
        let found: Vec<_> = report["differences"]
            .as_array()
            .unwrap()
            .iter()
            .map(|found| {
                let [level, kind, place] =
                    ["level", "kind", "place"].map(|key| found[key].as_str().unwrap());
                assert_eq!(found["scenario"], case.scenario, "{}", case.what);
                assert_eq!(found["step"], case.step, "{}", case.what);
                [level, kind, place, found["rules"][0].as_str().unwrap()]
            })
            .collect();
        let [level, kind, place, rule] = case.expected;
        let rule = if rule.is_empty() { OF_WALK } else { rule };
        assert_eq!(found, [[level, kind, place, rule]], "{}: {text}", case.what);
        let fails = ["behaviour", "breaking"].contains(&level);
        assert_eq!(status, u8::from(fails), "{}: {text}", case.what);
    }
}

#[test]
fn a_step_that_is_missing_is_one_difference() {
    let is_it = |line: &Value| line["scenario"] == WALK && line["step"] == READ;
    let mut without = lines().to_vec();
    without.retain(|line| !is_it(line));
    let (report, text, _) = Pair::of(lines(), &without).compared(&[]);
    let missing = lines().iter().filter(|line| is_it(line)).count();
    let found = report["differences"].as_array().unwrap();
    assert_eq!(found.len(), missing, "{text}");
    assert!(
        found
            .iter()
            .all(|it| it["level"] == "breaking" && it["place"] == "exchange")
    );
}

/// A recording of these scenarios on a mock whose users are numbered from another number on, with another seed.
fn numbered_from(next: i64, seed: u64) -> Vec<Value> {
    let mut world: Value = serde_json::from_str(catalogue::DEFAULT_WORLD).unwrap();
    let users = world["ams"]["users"].as_array_mut().unwrap();
    let mut last = users.last().unwrap().clone();
    last["id"] = json!(next - 1);
    last["email"] = json!("the.last@example.com");
    users.push(last);
    let mock = MockServer::with(Options {
        world: Some(world.to_string()),
        seed: Some(seed),
        ..Options::default()
    });
    let scenarios = [
        "amili/walk-through",
        "amili/list-meta",
        "ams/walk-through",
        "ams/answered-parents",
        "ams/id-forms",
        "ams/link-departments*",
        "ams/no-more-power",
        "ams/user-company-must-exist",
    ];
    let text = recorded(mock.unwrap().base_url(), &scenarios);
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn equal_behaviour_under_other_ids_and_dates_gives_no_difference() {
    // New departments are numbered from 43 on: here new users have the same numbers.
    let [old, new] = [(9, 1), (43, 2)].map(|(next, seed)| numbered_from(next, seed));
    let (report, text, status) = Pair::of(&old, &new).compared(&["--fail-on", "any"]);
    assert_eq!((&report["differences"], status), (&json!([]), 0), "{text}");
    assert_eq!(report["not_compared"], json!([]), "{text}");
    // And not by chance in the header alone: the lines are the same.
    assert_eq!(old[1..], new[1..]);
}
