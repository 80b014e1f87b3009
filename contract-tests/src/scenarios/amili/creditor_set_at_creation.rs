//! account and agreement_template of a creditor never change.

use serde_json::{Value, json};

use super::{bodies, given};
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/creditor-set-at-creation",
    proves: &["amili.creditor.set-at-creation"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

const TEMPLATE: &str = "665d9246f611f5df88245746";
const OTHER_TEMPLATE: &str = "665d9246f611f5df88245747";

fn steps(amili: &Client) -> Outcome {
    let plain = given::creditor(amili)?;
    let body = with(
        bodies::active_creditor(amili)?,
        "agreement_template",
        json!(TEMPLATE),
    );
    let step = "set the template at creation";
    let set = given::created(amili, step, "/creditors", &body)?;
    given::read(amili, "/creditors", &set)?.holds("/agreement_template", TEMPLATE)?;
    let other = amili.account_of("other-account").ok();
    for (creditor, template) in [(&plain, TEMPLATE), (&set, OTHER_TEMPLATE)] {
        let mut changes = vec![
            ("account", json!(given::NO_SUCH_ID)),
            ("agreement_template", json!(template)),
        ];
        changes.extend(other.as_deref().map(|account| ("account", json!(account))));
        for (field, value) in changes {
            unchanged(amili, creditor, field, &value)?;
        }
    }
    let path = format!("/creditors/{plain}");
    amili
        .step("change another field")
        .patch(&path, json!({ "description": "changed" }))
        .if_match(given::etag(amili, "/creditors", &plain)?)
        .expect(200)?;
    let shown = given::read(amili, "/creditors", &plain)?;
    shown.holds("/description", "changed")?;
    shown.holds("/account", amili.account()?)
}

fn unchanged(amili: &Client, creditor: &Captured, field: &str, value: &Value) -> Outcome {
    let before = given::read(amili, "/creditors", creditor)?;
    let answer = amili
        .step(format!("change {field}"))
        .patch(
            format!("/creditors/{creditor}"),
            json!({ field: value, "description": "lost" }),
        )
        .if_match(before.capture("etag", "/_etag")?)
        .answer()?;
    let after = given::read(amili, "/creditors", creditor)?;
    if answer.status() == 200 {
        // Whether it is refused or not read is an open question.
        after.holds("/description", "lost")?;
        return after.satisfies("the field as it was", |body| {
            body.get(field) == before.at(&format!("/{field}"))
        });
    }
    answer.has_status(422)?;
    answer.names(field)?;
    after.satisfies("the creditor as it was", |body| body == before.value())
}
