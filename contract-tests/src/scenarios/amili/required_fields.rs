//! A creditor and a user need an account and a name.

use serde_json::{Value, json};

use super::{bodies, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::{with, without};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/required-fields",
    proves: &["amili.body.required-fields"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let creditor = given::creditor(amili)?;
    let groups = given::groups_of(amili, &creditor)?;
    for missing in [&["account"][..], &["name"], &["account", "name"]] {
        let active = bodies::active_creditor(amili)?;
        refused(amili, "/creditors", &active, missing)?;
        let inactive = bodies::inactive_creditor(amili)?;
        refused(amili, "/creditors", &inactive, missing)?;
        let user = bodies::user(amili, &[&groups.user])?;
        refused(amili, "/users", &user, missing)?;
    }
    for list in ["/creditors", "/users"] {
        refused(amili, list, &json!({}), &["account", "name"])?;
    }
    let least = json!({ "account": amili.account()?, "name": amili.unique() });
    // An organisation number and its activity are open questions, which this is not about.
    let number = json!(amili.unique_number());
    let creditor = with(least.clone(), "organization_no", number);
    let creditor = with(creditor, "is_active", json!(false));
    given::created(amili, "a creditor needs no more", "/creditors", &creditor)?;
    let user = with(
        least,
        "data_access",
        json!([{ "access_group": groups.user }]),
    );
    given::created(amili, "a user needs no more", "/users", &user)?;
    Ok(())
}

fn refused(amili: &Client, path: &str, whole: &Value, missing: &[&str]) -> Outcome {
    let body = without(whole.clone(), missing);
    let step = amili
        .step(format!("write to {path} without {}", missing.join(", ")))
        .post(path, &body);
    // Whether a creditor is of the caller's account where none is named is an open question.
    let own = path == "/creditors" && missing.contains(&"account");
    let answer = match own && missing.len() == 1 && !strict(amili) {
        true => step.answer()?,
        false => step.expect_refusal(422)?,
    };
    if answer.status() == 201 {
        let shown = given::read(amili, path, &answer.capture("creditor", "/_id")?)?;
        return shown.holds("/account", amili.account()?);
    }
    answer.has_status(422)?;
    for field in missing {
        if !(own && missing.len() > 1 && *field == "account") {
            answer.names(field)?;
        }
    }
    for field in ["name", "organization_no", "email_oauth"] {
        if body.get(field).is_some() {
            given::absent_by(amili, path, field, &body)?;
        }
    }
    Ok(())
}

/// A mock says whether a creditor without an account is refused.
fn strict(amili: &Client) -> bool {
    let told = amili
        .mock()
        .map(|mock| mock.in_force("amili.creditor.account-unsaid"));
    told.is_ok_and(|told| told.as_deref() != Some("callers-own"))
}
