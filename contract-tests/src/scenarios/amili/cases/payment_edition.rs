//! Which edition of the pages about payments and creditings is in force.

use serde_json::{Value, json};

use super::scene;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::amili::given;
use crate::scenarios::{with, without};
use crate::verdict::{Answered, Observation};

pub(in crate::scenarios::amili) static SCENARIO: Scenario = Scenario {
    name: "amili/payment-edition",
    proves: &["amili.payment.edition"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let creditor = given::creditor(amili)?;
    let (case, _) = scene::registered(amili, &creditor)?;
    let with_account = scene::crediting_with_account(amili, &creditor, &case)?;
    let without_account = without(with_account.clone(), &["account"]);
    let write = |step: &str, body| amili.step(step).post(scene::CREDITINGS, body).answer();
    let given = write("credit, naming the account", &with_account)?;
    let left_out = write("credit without naming the account", &without_account)?;
    match (given.status(), left_out.status()) {
        (201, 201) => account_counts(amili, with_account),
        (201, 422) => Ok(Observation::Known("older")),
        (422, 201) => Ok(Observation::Known("newer")),
        _ => given.unknown("one of the two, or both, accepted"),
    }
}

/// Both are accepted, too, where the newer edition is in force and nothing reads what only the server writes:
/// then an account that does not exist is as good as any.
fn account_counts(amili: &Client, body: Value) -> Answered {
    let answer = amili
        .step("credit, naming an account that does not exist")
        .post(
            scene::CREDITINGS,
            with(body, "account", json!(given::NO_SUCH_ID)),
        )
        .answer()?;
    match answer.status() {
        403 | 422 => Ok(Observation::Known("either")),
        201 => Ok(Observation::Known("newer")),
        _ => answer.unknown("a refusal of the account, or a crediting that ignores it"),
    }
}
