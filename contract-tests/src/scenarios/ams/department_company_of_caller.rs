//! A department takes its company from the caller, whatever company_id says.

use serde_json::{Value, json};

use super::{bodies, calls, given, world};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/department-company-of-caller",
    proves: &["ams.department.company-of-caller"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let company = ams.company()?;
    let silent = bodies::department(ams);
    let own = with(bodies::department(ams), "company_id", json!(company));
    let foreign = with(
        bodies::department(ams),
        "company_id",
        json!(world::OTHER_COMPANY),
    );
    let unknown = with(
        bodies::department(ams),
        "company_id",
        json!(given::NO_SUCH_ID),
    );
    for body in [silent, own, foreign, unknown] {
        let asked = body.get("company_id").unwrap_or(&Value::Null);
        let step = format!("create a department, sending company_id {asked}");
        let answer = calls::create_department(ams, &step, &body).expect_success()?;
        let record = given::seen(ams, "/ams/departments", &answer)?;
        given::shows(&record, "/company_id", company)?;
    }
    Ok(())
}
