//! Where the VAT area of a creditor is kept.

use serde_json::{Value, json};

use super::{bodies, given};
use crate::client::{Answer, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/creditor-vat-area-place",
    proves: &["amili.creditor.vat-area-place"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

/// What a creditor shows in `vat_area`, and what in `case_config.vat_area`.
type Places<'a> = (Option<&'a str>, Option<&'a str>);

fn steps(amili: &Client) -> Answered {
    let silent = bodies::inactive_creditor(amili)?;
    let said = bodies::foreign_creditor(amili)?;
    let said = with(said, "vat_area", json!("norway"));
    let configured = bodies::foreign_creditor(amili)?;
    let config = json!({ "vat_area": "denmark" });
    let configured = with(configured, "case_config", config);
    let mut shown = Vec::new();
    for (which, body) in [
        ("that says no VAT area", silent),
        ("that says it in vat_area", said),
        ("that says it in case_config", configured),
    ] {
        let step = format!("create a creditor {which}");
        let creditor = given::created(amili, &step, "/creditors", &body)?;
        shown.push(given::read(amili, "/creditors", &creditor)?);
    }
    let seen: Vec<Places<'_>> = shown.iter().map(places).collect();
    let in_config = [
        (None, Some("sweden")),
        (Some("norway"), Some("norway")),
        (None, Some("denmark")),
    ];
    let on_top = [
        (Some("sweden"), None),
        (Some("norway"), None),
        (Some("sweden"), Some("denmark")),
    ];
    match shown.last() {
        _ if seen == in_config => Ok(Observation::Known("case-config")),
        Some(last) if seen != on_top => {
            last.unknown("the VAT area always in case_config, or always in vat_area")
        }
        _ => Ok(Observation::Known("top-level")),
    }
}

fn places(creditor: &Answer) -> Places<'_> {
    let at = |place| creditor.at(place).and_then(Value::as_str);
    (at("/vat_area"), at("/case_config/vat_area"))
}
