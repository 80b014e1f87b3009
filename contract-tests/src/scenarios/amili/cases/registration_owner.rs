//! The account and the creditor of a registration exist, and the creditor is of the account.

use serde_json::{Value, json};

use super::scene;
use crate::client::{Captured, Client};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
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
    let bodies: [(&str, Body); 2] = [
        (scene::CASES, scene::case),
        (scene::INVOICES, scene::invoice),
    ];
    for (path, body) in bodies {
        let nobodys = with(body(amili, &own)?, "account", json!(given::NO_SUCH_ID));
        amili
            .step(format!("write to {path} for an account that is none"))
            .post(path, nobodys)
            .expect_error()?;
        let nobodys = body(amili, &given::NO_SUCH_ID.into())?;
        scene::refused(amili, path, &nobodys, "creditor")?;
        // How a creditor of another account is refused is an open question.
        amili
            .step(format!("write to {path} for a creditor of another account"))
            .post(path, body(amili, &foreign)?)
            .expect_error()?;
        amili
            .step(format!("write to {path} for one's own creditor"))
            .post(path, body(amili, &own)?)
            .expect(201)?;
    }
    Ok(())
}
