//! The account and the creditor of a registration exist, and the creditor is of the account.

use serde_json::{Value, json};

use super::scene;
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::{forms, given};
use crate::scenarios::with;
use crate::verdict::{Outcome, Stop};

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/registration-owner",
    proves: &[
        "amili.registration.account-exists",
        "amili.registration.creditor-exists",
        "amili.registration.creditor-of-account",
    ],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

type Body = fn(&Client, &Captured) -> Result<Value, Stop>;

fn steps(amili: &Client) -> Outcome {
    let own = given::creditor(amili)?;
    let foreign = scene::foreign_creditor(amili)?;
    let (case, _) = scene::registered(amili, &own)?;
    let bodies: [(&str, Body); 2] = [
        (scene::CASES, scene::case),
        (scene::INVOICES, scene::invoice),
    ];
    for (path, body) in bodies {
        let other = amili.as_role("other-account")?;
        scene::leaving_nothing(&other, &foreign, || {
            scene::leaving_nothing(amili, &foreign, || {
                refused_beside(amili, path, body(amili, &foreign)?)
            })
        })?;
        scene::leaving_nothing(amili, &own, || {
            let nobodys = with(body(amili, &own)?, "account", json!(given::NO_SUCH_ID));
            refused_for(amili, path, nobodys)
        })?;
        let nobody = given::NO_SUCH_ID.into();
        scene::leaving_nothing(amili, &nobody, || {
            refused_of_nobody(amili, path, body(amili, &nobody)?)
        })?;
        amili
            .step(format!("write to {path} for one's own creditor"))
            .post(path, body(amili, &own)?)
            .expect(201)?;
    }
    settlements(amili, &own, &foreign, &case)
}

fn settlements(amili: &Client, own: &Captured, foreign: &Captured, case: &Captured) -> Outcome {
    for (path, body) in scene::settlements(amili, own, case)? {
        scene::leaving_nothing(amili, own, || {
            if body.get("account").is_some() {
                let nobodys = with(body.clone(), "account", json!(given::NO_SUCH_ID));
                refused_for(amili, path, nobodys)?;
            }
            let nobodys = with(body.clone(), "creditor", json!(given::NO_SUCH_ID));
            refused_of_nobody(amili, path, nobodys)
        })?;
        scene::leaving_nothing(amili, foreign, || {
            refused_beside(amili, path, with(body.clone(), "creditor", json!(foreign)))
        })?;
    }
    Ok(())
}

/// Whether an account that is none is refused like one that is not the caller's is an open question.
fn refused_for(amili: &Client, path: &str, body: Value) -> Outcome {
    let answer = amili
        .step(format!("write to {path} for an account that is none"))
        .post(path, body)
        .answer()?;
    let registers = [scene::CASES, scene::INVOICES].contains(&path);
    if answer.status() == 201 && !registers && !amili.on_mock() {
        let text = "this edition of settlements takes no account, an open question";
        return Err(Stop::NotObservable(text.to_owned()));
    }
    let status = if answer.status() == 403 { 403 } else { 422 };
    answer.has_status(status)?;
    forms::problem(&answer, "account")
}

/// How a creditor of another account is refused is an open question.
fn refused_beside(amili: &Client, path: &str, body: Value) -> Outcome {
    let answer = amili
        .step(format!("write to {path} for a creditor of another account"))
        .post(path, body)
        .expect_refusal_among(&[422, 403])?;
    forms::problem(&answer, "creditor")
}

/// How a creditor is refused that does not exist is an open question.
fn refused_of_nobody(amili: &Client, path: &str, body: Value) -> Outcome {
    let answer = amili
        .step(format!("write to {path} for a creditor that is none"))
        .post(path, body)
        .expect_refusal_among(&[422, 404])?;
    forms::problem(&answer, "creditor")
}
