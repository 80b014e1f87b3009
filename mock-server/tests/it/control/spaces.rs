//! The list of spaces, and dropping one.

use serde_json::{Value, json};

use super::told;
use crate::amili::{acme, all};
use crate::harness::{Mock, list};

fn listed(mock: &Mock) -> Vec<Value> {
    let spaces = mock.anybody().get("/_mock/spaces").expect(200).json();
    list(&spaces, "/spaces").to_vec()
}

#[test]
fn spaces_are_listed_by_name_with_what_they_hold() {
    let mock = Mock::at_guide_time();
    mock.api_user()
        .in_space("b")
        .post("/creditors", &acme())
        .expect(201);
    mock.api_user().in_space("a").get("/creditors").expect(200);
    let spaces = listed(&mock);
    let names: Vec<&Value> = spaces.iter().map(|space| &space["name"]).collect();
    assert_eq!(names, ["a", "b", "default"]);
    let records = |place: usize| &spaces[place]["records"];
    assert_eq!(
        (
            &records(0)["amili"]["creditors"],
            &records(1)["amili"]["creditors"]
        ),
        (&json!(0), &json!(1))
    );
    assert_eq!(records(1)["ams"]["departments"], 4);
    assert_eq!(spaces[1]["journal"]["entries"], 1);
    assert!(spaces[1]["journal"]["bytes"].as_u64().unwrap() > acme().to_string().len() as u64);
    assert_eq!(spaces[2]["seed"], 7);
}

#[test]
fn a_space_that_is_dropped_is_made_from_the_world_again() {
    let mock = Mock::start();
    let caller = mock.api_user().in_space("a");
    caller.post("/creditors", &acme()).expect(201);
    mock.anybody()
        .call("DELETE", "/_mock/spaces/a")
        .send()
        .expect(204);
    assert_eq!(listed(&mock).len(), 1);
    told(
        &mock.anybody().call("DELETE", "/_mock/spaces/a").send(),
        404,
        "'a'",
    );
    assert!(all(&caller, "creditors").is_empty());
}
