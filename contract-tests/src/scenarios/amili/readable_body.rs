//! A body that is no readable JSON is refused.

use super::{bodies, forms, given};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/readable-body",
    proves: &["amili.body.readable"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let creditor = given::creditor(amili)?;
    for path in ["/creditors", "/users"] {
        let valid = match path {
            "/users" => bodies::user(amili, &[])?,
            _ => bodies::active_creditor(amili)?,
        };
        let whole = valid.to_string();
        let cut: String = whole.chars().take(whole.chars().count() - 1).collect();
        let broken = [
            ("cut short", cut.as_str()),
            ("without anything", ""),
            ("of an open brace", "{"),
            ("of plain words", "name is Acme"),
            ("with single quotes", "{'name': 'x'}"),
        ];
        for (what, text) in broken {
            let answer = amili
                .step(format!("write to {path} a body {what}"))
                .request("POST", path)
                .raw(Some("application/json"), text)
                .expect_refusal_among(&[400, 422])?;
            forms::refusal(&answer, answer.status())?;
            given::absent(amili, path, &valid)?;
        }
    }
    of_changes(amili, &creditor)?;
    let body = bodies::active_creditor(amili)?;
    amili
        .step("write a body that can be read")
        .request("POST", "/creditors")
        .raw(Some("application/json"), &body.to_string())
        .expect(201)?;
    Ok(())
}

fn of_changes(amili: &Client, creditor: &Captured) -> Outcome {
    let etag = given::etag(amili, "/creditors", creditor)?;
    for text in ["{", "{\"description\": \"changed\"", "description"] {
        let answer = amili
            .step(format!("change it by {text}"))
            .request("PATCH", format!("/creditors/{creditor}"))
            .raw(Some("application/json"), text)
            .if_match(&etag)
            .expect_refusal_among(&[400, 422])?;
        forms::refusal(&answer, answer.status())?;
    }
    given::read(amili, "/creditors", creditor)?.holds("/_etag", etag)
}
