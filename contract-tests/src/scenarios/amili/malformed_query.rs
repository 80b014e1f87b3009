//! A query that cannot be read, or holds a banned operator, is refused.

use super::{forms, given};
use crate::client::{Answer, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/malformed-query",
    proves: &["amili.query.malformed"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    for list in ["/creditors", "/access--groups", "/users"] {
        refused(amili, list)?;
        accepted(amili, list)?;
    }
    let creditor = given::creditor(amili)?;
    for projection in ["[]", "name", "{\"name\""] {
        let answer = amili
            .step(format!("read an item with the projection {projection}"))
            .get(format!("/creditors/{creditor}"))
            .query("projection", projection)
            .answer()?;
        refusal(&answer)?;
    }
    Ok(())
}

fn refused(amili: &Client, list: &str) -> Outcome {
    let mut malformed = vec![
        ("where", "{"),
        ("where", "{\"name\": \"x\",}"),
        ("where", "{name: \"x\"}"),
        ("where", r#"{"name": {"$regex": "^A"}}"#),
        ("where", r#"{"$where": "1"}"#),
        ("where", r#"{"name": {"$nothing": 1}}"#),
        ("where", r#"{"$or": [{"name": {"$regex": "^A"}}]}"#),
        ("where", r#"{"account": {"$not": {"$regex": "^A"}}}"#),
        ("sort", "name desc"),
        ("sort", ",name"),
        ("sort", "-"),
        ("projection", "[]"),
        ("projection", "name"),
        ("projection", "{"),
    ];
    if amili.on_mock() {
        // Where the framework breaks down, the fake refuses.
        malformed.extend([("where", "[]"), ("where", "5"), ("where", "null")]);
    }
    for (key, value) in malformed {
        let answer = amili
            .step(format!("list {list} with {key}={value}"))
            .get(list)
            .query(key, value)
            .answer()?;
        refusal(&answer)?;
    }
    Ok(())
}

/// Which of the two statuses it has is an open question.
fn refusal(answer: &Answer) -> Outcome {
    let status = if answer.status() == 422 { 422 } else { 400 };
    answer.has_status(status)?;
    forms::refusal(answer, status)
}

fn accepted(amili: &Client, list: &str) -> Outcome {
    for (key, value) in [
        ("where", r#"{"name": "x"}"#),
        ("where", r#"{"name": {"$in": ["x"]}}"#),
        ("where", ""),
        ("sort", "-_created,name"),
        ("projection", r#"{"name": 1}"#),
    ] {
        let step = format!("list {list} with {key}={value}");
        amili.step(step).get(list).query(key, value).expect(200)?;
    }
    Ok(())
}
