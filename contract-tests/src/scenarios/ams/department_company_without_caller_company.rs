//! The company of a department made by a caller without one.

use serde_json::{Value, json};

use super::{bodies, calls, given, world};
use crate::client::{Answer, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/department-company-without-caller-company",
    proves: &["ams.department.company-without-caller-company"],
    runs_on: RunsOn::MockOnly {
        because: "AMS documents no way to read it back",
    },
    steps: Steps::Answer(steps),
};

fn steps(ams: &Client) -> Answered {
    let setup = ams.as_role("setup")?;
    let made = |company: i64| {
        let body = with(bodies::department(ams), "company_id", json!(company));
        let step = format!("create a department, sending company_id {company}");
        let answer = calls::create_department(&setup, &step, body).expect_success()?;
        given::seen(ams, "/ams/departments", &answer)
    };
    let (known, unknown) = (made(world::OTHER_COMPANY)?, made(given::NO_SUCH_ID)?);
    let company = |record: &Answer| record.at("/company_id").cloned().unwrap_or_default();
    match (company(&known), company(&unknown)) {
        (stored, Value::Null) if stored == world::OTHER_COMPANY => {
            Ok(Observation::Known("stored-if-known"))
        }
        (Value::Null, Value::Null) => Ok(Observation::Known("discarded")),
        _ => known.unknown("company 42 stored and an unknown one not, or neither"),
    }
}
