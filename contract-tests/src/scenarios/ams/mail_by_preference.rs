//! Whatever the preference is but 0, the mail is sent; as text or as a number.

use serde_json::{Value, json};

use super::{bodies, calls, world};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "ams/mail-by-preference",
    proves: &["ams.user.mail-on-creation"],
    runs_on: RunsOn::MockOnly {
        because: "no documented call can set this scene",
    },
    steps: Steps::Hold(steps),
};

fn steps(ams: &Client) -> Outcome {
    for (preference, mails) in [
        (json!(2), 1),
        (json!("1"), 1),
        (json!("0"), 0),
        (json!(0), 0),
        (json!(1), 1),
    ] {
        ams.mock()?.arrange(|state| {
            let companies = state
                .pointer_mut("/ams/companies")
                .and_then(Value::as_array_mut);
            for company in companies.into_iter().flatten() {
                if company["id"] == world::COMPANY {
                    let key = "send_email_on_user_account_created";
                    company["preferences"] = json!({ key: preference });
                }
            }
        })?;
        let body = bodies::user(ams);
        let step = format!("create a user under the preference {preference}");
        calls::create_user(ams, &step, &body).expect_success()?;
        let address = body["email"].as_str().unwrap_or_default();
        let seen = ams.mock()?.mails_to(address)?.len();
        let expected = format!("{mails} mails under the preference {preference}");
        ams.requires(seen == mails, &expected, &format!("{seen} mails"))?;
    }
    Ok(())
}
