//! `/_mock/assumptions` and `/_mock/rules`: the answers in force in one space, and each entry on its own.

use mock_server::catalogue;
use serde_json::{Value, json};

use super::told;
use crate::amili::plain_creditor;
use crate::harness::{Mock, list};

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

#[test]
fn each_rule_and_each_assumption_is_shown_alone_as_in_its_list() {
    let mock = Mock::assuming(ID, "refused");
    mock.anybody().get("/creditors").expect(401);
    for (kind, count) in [
        ("rules", catalogue::rules().len()),
        ("assumptions", catalogue::assumptions().len()),
    ] {
        let listed = mock.anybody().get(&format!("/_mock/{kind}")).json();
        let listed = list(&listed, &format!("/{kind}"));
        assert_eq!(listed.len(), count);
        for entry in listed {
            let path = format!("/_mock/{kind}/{}", entry["id"].as_str().unwrap());
            assert_eq!(mock.anybody().get(&path).expect(200).json(), *entry);
        }
    }
    let alone = |path: &str| mock.anybody().get(path).expect(200).json();
    let rule = "/_mock/rules/amili.auth.token-required";
    assert_eq!(alone(rule)["decided"], 1);
    assert_eq!(alone(&format!("/_spaces/other{rule}"))["decided"], 0);
    let assumption = format!("/_mock/assumptions/{ID}");
    assert_eq!(alone(&assumption)["answer"], "refused");
    mock.anybody()
        .put("/_mock/assumptions", &json!({ ID: "accepted" }))
        .expect(200);
    assert_eq!(alone(&assumption)["answer"], "accepted");
    let other = format!("/_spaces/other{assumption}");
    assert_eq!(alone(&other)["answer"], "refused");
}

#[test]
fn what_is_no_rule_or_assumption_is_told_with_where_they_stand() {
    let mock = Mock::start();
    let rule = mock.anybody().get("/_mock/rules/amili.zzz");
    told(
        &rule,
        404,
        "no rule is called 'amili.zzz'; GET /_mock/rules",
    );
    let assumption = mock.anybody().get(&format!("/_mock/assumptions/{ID}s"));
    told(&assumption, 404, "GET /_mock/assumptions");
    let put = mock
        .anybody()
        .put(&format!("/_mock/assumptions/{ID}"), &json!("refused"));
    told(&put, 405, "PUT");
}
