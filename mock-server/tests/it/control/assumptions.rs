//! `GET` and `PUT /_mock/assumptions`: the answers in force in one space.

use serde_json::{Value, json};

use super::told;
use crate::amili::plain_creditor;
use crate::harness::Mock;

const ID: &str = "amili.write.bulk";

fn in_force(mock: &Mock, path: &str) -> Value {
    let listed = mock.anybody().get(path).expect(200).json();
    let mut all = listed["assumptions"].as_array().unwrap().iter();
    let found = all.find(|assumption| assumption["id"] == ID);
    found.unwrap()["answer"].clone()
}

#[test]
fn an_answer_chosen_while_running_decides_from_then_on_and_in_its_space_alone() {
    let mock = Mock::start();
    let two = json!([plain_creditor("a"), plain_creditor("b")]);
    mock.api_user().post("/creditors", &two).expect(201);
    mock.anybody()
        .put("/_mock/assumptions", &json!({ ID: "refused" }))
        .expect(200);
    assert_eq!(in_force(&mock, "/_mock/assumptions"), "refused");
    mock.api_user().post("/creditors", &two).expect(400);
    assert_eq!(
        in_force(&mock, "/_spaces/other/_mock/assumptions"),
        "accepted"
    );
    mock.api_user()
        .post("/_spaces/other/creditors", &two)
        .expect(201);
    mock.anybody()
        .post("/_mock/reset", &json!(null))
        .expect(204);
    assert_eq!(in_force(&mock, "/_mock/assumptions"), "accepted");
}

#[test]
fn one_unknown_answer_changes_none() {
    let mock = Mock::start();
    let put = |body: Value| mock.anybody().put("/_mock/assumptions", &body);
    told(
        &put(json!({ ID: "refused", "amili.zzz": "x" })),
        400,
        "amili.zzz",
    );
    told(&put(json!({ ID: "perhaps" })), 400, "accepted, refused");
    told(&put(json!([ID])), 400, "amili.patch.if-match");
    assert_eq!(in_force(&mock, "/_mock/assumptions"), "accepted");
}
