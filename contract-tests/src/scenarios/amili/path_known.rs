//! A path without a resource, or with an id of another form, is not found: with a token or without.

use super::{bodies, forms, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/path-known",
    proves: &["amili.path.known"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let creditor = given::creditor(amili)?.to_string();
    let groups = given::groups_of(amili, &creditor.as_str().into())?;
    let mut paths = vec![
        "/nothing".to_owned(),
        "/Creditors".to_owned(),
        "/access-groups".to_owned(),
    ];
    for resource in ["creditors", "access--groups", "users"] {
        for id in [
            "x",
            "6662fb1df4d1eaf404cb08d",
            "6662fb1df4d1eaf404cb08dee",
            "6662fb1df4d1eaf404cb08dg",
        ] {
            paths.push(format!("/{resource}/{id}"));
        }
    }
    paths.push(format!("/creditors/{}", creditor.to_uppercase()));
    for path in &paths {
        for caller in [amili, &amili.without_token()] {
            let answer = caller.step(format!("read {path}")).get(path).answer()?;
            // What no id can be is an open question.
            let malformed = path.matches('/').count() > 1 && answer.status() == 400;
            let status = if malformed { 400 } else { 404 };
            answer.has_status(status)?;
            forms::refusal(&answer, status)?;
        }
    }
    let body = bodies::active_creditor(amili)?;
    let answer = amili
        .step("write to a path without a resource")
        .post("/nothing", &body)
        .expect_refusal(404)?;
    forms::refusal(&answer, 404)?;
    for path in [
        "/creditors".to_owned(),
        format!("/creditors/{creditor}"),
        format!("/access--groups/{}", groups.admin),
    ] {
        amili.step(format!("read {path}")).get(&path).expect(200)?;
    }
    Ok(())
}
