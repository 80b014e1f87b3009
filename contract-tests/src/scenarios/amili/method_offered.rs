//! A method that a path does not offer is refused, with a token or without.

use serde_json::json;

use super::{forms, given};
use crate::client::Client;
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/method-offered",
    proves: &["amili.method.offered"],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let creditor = given::creditor(amili)?;
    let groups = given::groups_of(amili, &creditor)?;
    let user = given::user(amili, &[&groups.admin])?;
    let etag = given::etag(amili, "/creditors", &creditor)?;
    let offers_not = [
        ("PUT", "/creditors".to_owned()),
        ("PATCH", "/creditors".to_owned()),
        ("PUT", "/users".to_owned()),
        ("DELETE", "/users".to_owned()),
        ("PUT", "/access--groups".to_owned()),
        ("DELETE", "/access--groups".to_owned()),
        ("POST", format!("/creditors/{creditor}")),
        ("POST", format!("/users/{user}")),
        ("PUT", format!("/users/{user}")),
        ("PATCH", format!("/users/{user}")),
        ("DELETE", format!("/users/{user}")),
        ("POST", "/access--groups".to_owned()),
        ("PATCH", format!("/access--groups/{}", groups.user)),
        ("DELETE", format!("/access--groups/{}", groups.user)),
    ];
    // What a target does with a whole list, should it offer that after all, is no risk to be taken there.
    let whole_list = |path: &str| path.matches('/').count() == 1;
    let tried = offers_not
        .iter()
        .filter(|(_, path)| amili.on_mock() || !whole_list(path));
    for (method, path) in tried {
        for caller in [amili, &amili.without_token()] {
            let answer = caller
                .step(format!("{method} {path}"))
                .request(method, path)
                .json(json!({}))
                .not_own("its groups came with a creditor that this run made")
                .expect_refusal_among(&[405, 404])?;
            forms::refusal(&answer, answer.status())?;
        }
    }
    given::read(amili, "/creditors", &creditor)?.holds("/_etag", etag)?;
    given::read(amili, "/users", &user)?;
    given::groups_of(amili, &creditor)?;
    for path in ["/creditors", "/users", "/access--groups"] {
        amili.step(format!("GET {path}")).get(path).expect(200)?;
    }
    Ok(())
}
