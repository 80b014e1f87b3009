//! Whether a creditor may be deleted that has cases.

use super::by_status;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::cases::scene;
use crate::scenarios::amili::given;
use crate::verdict::Answered;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/creditor-with-cases",
    proves: &["amili.delete.with-cases"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let creditor = given::creditor(amili)?;
    // Not the last of its account, which may be another reason to keep it.
    given::creditor(amili)?;
    let case = scene::case(amili, &creditor)?;
    amili
        .step("register a case")
        .post(scene::CASES, &case)
        .expect(201)?;
    let etag = given::etag(amili, "/creditors", &creditor)?;
    let answer = amili
        .step("delete the creditor")
        .delete(format!("/creditors/{creditor}"))
        .if_match(etag)
        .answer()?;
    by_status(&answer, &[(204, "allowed"), (422, "refused")])
}
