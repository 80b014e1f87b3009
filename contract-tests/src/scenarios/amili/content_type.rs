//! A body comes as application/json.

use serde_json::json;

use super::{bodies, forms, given};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/content-type",
    proves: &["amili.body.content-type"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let creditor = given::creditor(amili)?;
    for path in ["/creditors", "/users"] {
        for content_type in [None, Some("text/plain"), Some("application/vnd.api+json")] {
            let body = match path {
                "/users" => bodies::user(amili, &[])?,
                _ => bodies::active_creditor(amili)?,
            };
            let answer = amili
                .step(format!(
                    "write to {path} with the content type {content_type:?}"
                ))
                .request("POST", path)
                .raw(content_type, &body.to_string())
                .expect_refusal_among(&[400, 415])?;
            forms::refusal(&answer, answer.status())?;
            given::absent(amili, path, &body)?;
        }
    }
    of_changes(amili, &creditor)?;
    for content_type in ["application/json", "application/json; charset=utf-8"] {
        let body = bodies::active_creditor(amili)?;
        amili
            .step(format!("write with the content type {content_type}"))
            .request("POST", "/creditors")
            .raw(Some(content_type), &body.to_string())
            .expect(201)?;
    }
    Ok(())
}

fn of_changes(amili: &Client, creditor: &Captured) -> Outcome {
    let etag = given::etag(amili, "/creditors", creditor)?;
    let change = json!({ "description": "changed" }).to_string();
    for content_type in [None, Some("text/plain")] {
        let answer = amili
            .step(format!("change it with the content type {content_type:?}"))
            .request("PATCH", format!("/creditors/{creditor}"))
            .raw(content_type, &change)
            .if_match(&etag)
            .expect_refusal_among(&[400, 415])?;
        forms::refusal(&answer, answer.status())?;
    }
    given::read(amili, "/creditors", creditor)?.holds("/_etag", etag)
}
