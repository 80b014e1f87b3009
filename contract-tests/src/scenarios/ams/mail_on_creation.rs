//! A new user gets one mail when the preference of their company is not 0, and none otherwise.

use serde_json::{Value, json};

use super::{bodies, calls, world};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::with;
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/mail-on-creation",
    proves: &["ams.user.mail-on-creation"],
    runs_on: RunsOn::MockOnly {
        because: "only a mock shows the mails that would be sent",
    },
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    let setup = ams.as_role("setup")?;
    // The built-in world: 1 for company 24, 0 for company 42.
    for (caller, company, mails) in [
        (&setup, world::COMPANY, 1),
        (&setup, world::OTHER_COMPANY, 0),
        (ams, world::COMPANY, 1),
    ] {
        let body = with(bodies::user(ams), "company_id", json!(company));
        let step = format!("create a user of company {company}");
        calls::create_user(caller, &step, &body).expect_success()?;
        got(ams, &body["email"], mails)?;
    }
    // The caller's company counts and not the one sent, unless that is refused: an open question.
    let body = with(bodies::user(ams), "company_id", json!(world::OTHER_COMPANY));
    let answer = calls::create_user(ams, "send another company", &body).answer()?;
    got(ams, &body["email"], usize::from(answer.succeeded()))?;
    let refused = with(bodies::user(ams), "mail_otp", json!(2));
    calls::create_user(ams, "a refused creation sends nothing", &refused).expect_error()?;
    got(ams, &refused["email"], 0)
}

fn got(ams: &Client, address: &Value, mails: usize) -> Outcome {
    let address = address.as_str().unwrap_or_default();
    let seen = ams.mock()?.mails_to(address)?.len();
    let expected = format!("{mails} mails to {address}");
    ams.requires(seen == mails, &expected, &format!("{seen} mails"))
}
