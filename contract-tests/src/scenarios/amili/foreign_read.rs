//! What a caller sees of accounts that its own does not cover.

use serde_json::json;

use super::given;
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::{Answered, Observation};

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/foreign-read",
    proves: &["amili.scope.foreign-read"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Answer(steps),
};

fn steps(amili: &Client) -> Answered {
    let other = amili.as_role("other-account")?;
    let creditor = given::creditor(amili)?;
    let groups = given::groups_of(amili, &creditor)?;
    let user = given::user(amili, &[&groups.admin])?;
    let mut answers = Vec::new();
    for (resource, id) in [
        ("/creditors", &creditor),
        ("/access--groups", &groups.admin),
        ("/users", &user),
    ] {
        let item = other
            .step("read an item of a foreign account")
            .get(format!("{resource}/{id}"))
            .answer()?;
        for wanted in [
            json!({ "_id": id }),
            json!({}),
            json!({ "account": amili.account()? }),
        ] {
            let list = other
                .step("list what is of a foreign account")
                .get(resource)
                .query("where", wanted)
                .query("max_results", 100)
                .query("sort", "-_created,_id")
                .expect(200)?;
            let listed = list
                .listed()
                .iter()
                .any(|item| item.get("_id") == Some(&id.0));
            answers.push((item.status(), listed, item.clone()));
        }
    }
    let all = |status: u16, listed: bool| {
        let mut answers = answers.iter();
        answers.all(|answer| answer.0 == status && answer.1 == listed)
    };
    match answers.first() {
        _ if all(404, false) => Ok(Observation::Known("invisible")),
        _ if all(200, true) => Ok(Observation::Known("visible")),
        _ if all(403, false) => Ok(Observation::Known("forbidden")),
        Some((_, _, first)) => first.unknown("the same for every resource, in lists and items"),
        None => Ok(Observation::Known("invisible")),
    }
}
