//! The documents' own examples in their order, with the bodies as printed; only the base URL differs.

use serde_json::{Value, json};

use crate::guide::{Form, every_printed, form, page, plain, printed, same_form};
use crate::harness::{ACCOUNT, Answer, Caller, GUIDE_TIME, Mock, asking, list};

const SV: &str = "amili-creditor-users-sv";
const EN: &str = "amili-creditor-users";
const AMS: &str = "ams-first-setup";

/// The guides filter the groups by their account.
fn groups_of_account() -> String {
    let account = json!({ "account": ACCOUNT }).to_string();
    asking("/access--groups", &[("where", &account)])
}

#[track_caller]
fn is_created(answer: &Answer, printed: &Value) {
    assert_eq!(answer.status, 201, "{}", answer.text());
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(
        answer
            .header("location")
            .map(|place| place.ends_with(&answer.id())),
        Some(true)
    );
    let body = answer.json();
    assert_eq!(body["_created"], body["_updated"]);
    same_form(printed, &body);
}

/// The body that creates a user, in the group of that type.
fn user_body(page: &str, words: &str, groups: &Value, kind: &str) -> Value {
    let mut body = printed(page, words);
    let group = list(groups, "/_items")
        .iter()
        .find(|group| group["type"] == kind);
    body["data_access"][0]["access_group"] = group.unwrap()["_id"].clone();
    body
}

#[test]
fn the_swedish_walk_through_answers_as_printed() {
    let guide = page(SV);
    let answers = every_printed(&guide, "Svaret kommer att vara:");
    let [creditor, groups, admin, user] = &answers[..] else {
        panic!("the guide prints four answers");
    };
    let mock = Mock::start();
    let caller = mock.api_user();
    is_created(
        &caller.post("/creditors", &printed(&guide, "creditor_data =")),
        creditor,
    );
    let answered = caller.get(&groups_of_account()).expect(200).json();
    same_form(groups, &answered);
    let body = user_body(&guide, ")admin_user_data =", &answered, "admin");
    is_created(&caller.post("/users", &body), admin);
    let body = user_body(&guide, ")user_data =", &answered, "user");
    is_created(&caller.post("/users", &body), user);
}

#[test]
fn the_english_walk_through_answers_as_printed() {
    let guide = page(EN);
    let answers = every_printed(&guide, "Example response");
    let mock = Mock::start();
    let caller = mock.api_user();
    let sorted = |body: &Value| {
        let mut keys: Vec<String> = body.as_object().unwrap().keys().cloned().collect();
        keys.sort();
        keys
    };
    // This page prints the five keys in another order than the first one.
    let created = caller
        .post("/creditors", &printed(&guide, "creditor_data ="))
        .expect(201);
    assert_eq!(sorted(&created.json()), sorted(&answers[0]));
    let groups = caller.get(&groups_of_account()).expect(200).json();
    let shown = list(&groups, "/_items");
    let abbreviated = list(&answers[1], "/_items");
    assert_eq!(shown.len(), abbreviated.len());
    for (group, printed) in shown.iter().zip(abbreviated) {
        for (key, value) in printed.as_object().unwrap() {
            same_form(value, &group[key]);
        }
    }
    for (words, kind) in [(")admin_user_data =", "admin"), (")user_data =", "user")] {
        let created = caller
            .post("/users", &user_body(&guide, words, &groups, kind))
            .expect(201);
        assert_eq!(sorted(&created.json()), sorted(&answers[2]));
    }
}

#[track_caller]
fn set_clock(mock: &Mock, now: &str) {
    mock.anybody()
        .put("/_mock/clock", &json!({ "now": now }))
        .expect(200);
}

#[test]
fn at_the_guides_time_dates_and_the_seconds_inside_ids_are_as_printed() {
    let guide = page(SV);
    let answers = every_printed(&guide, "Svaret kommer att vara:");
    let mock = Mock::at_guide_time();
    let caller = mock.api_user();
    let as_dated = |answer: &Answer, printed: &Value| {
        assert_eq!(answer.json()["_created"], printed["_created"]);
        assert_eq!(answer.json()["_updated"], printed["_updated"]);
    };
    let creditor = caller.post("/creditors", &printed(&guide, "creditor_data ="));
    as_dated(&creditor, &answers[0]);
    assert!(creditor.id().starts_with("69132a8a"), "{}", creditor.id());
    let groups = caller.get(&groups_of_account()).json();
    set_clock(&mock, "2025-11-11T12:58:28Z");
    let admin = caller.post(
        "/users",
        &user_body(&guide, ")admin_user_data =", &groups, "admin"),
    );
    as_dated(&admin, &answers[2]);
    assert_eq!(admin.id()[..8], answers[2]["_id"].as_str().unwrap()[..8]);
    set_clock(&mock, "2025-11-11T12:59:48Z");
    let user = caller.post(
        "/users",
        &user_body(&guide, ")user_data =", &groups, "user"),
    );
    as_dated(&user, &answers[3]);
    assert_eq!(user.id()[..8], answers[3]["_id"].as_str().unwrap()[..8]);
}

#[test]
fn the_groups_of_the_account_are_those_printed_to_the_letter() {
    let guide = every_printed(&page(SV), "Svaret kommer att vara:");
    let mock = Mock::start();
    let caller = mock.api_user();
    caller
        .post("/creditors", &printed(&page(SV), "creditor_data ="))
        .expect(201);
    let answered = caller.get(&groups_of_account()).expect(200);
    for group in &list(&guide[1], "/_items")[..2] {
        // The framework writes a blank after each comma and colon.
        let members = group.as_object().unwrap().iter();
        let members: Vec<String> = members
            .map(|(key, value)| format!("\"{key}\": {value}"))
            .collect();
        let text = format!("{{{}}}", members.join(", "));
        assert!(
            answered.text().contains(&text),
            "{text}\nis not in\n{}",
            answered.text()
        );
    }
}

#[test]
fn the_groups_of_a_creditor_come_with_it_and_follow_it() {
    let mock = Mock::at_guide_time();
    let caller = mock.api_user();
    let creditor = caller
        .post("/creditors", &printed(&page(SV), "creditor_data ="))
        .expect(201);
    let groups = caller.get(&groups_of_account()).json();
    for (group, kind) in list(&groups, "/_items")[2..].iter().zip(["admin", "user"]) {
        assert_eq!(group["type"], kind);
        assert_eq!(group["name"], kind);
        assert_eq!(group["creditor"], *creditor.id());
        assert_eq!(group["_created"], "Tue, 11 Nov 2025 12:22:34 GMT");
        assert_eq!(form(group["_etag"].as_str().unwrap()), Form::Hex(32));
        assert!(group["_id"].as_str().unwrap() > creditor.id().as_str());
    }
}

/// The five bodies of the AMS guide, in its order.
fn setup_bodies() -> [Value; 4] {
    let bodies = every_printed(&page(AMS), "Example request body");
    bodies.try_into().expect("the guide prints four bodies")
}

#[track_caller]
fn sets_up(mock: &Mock, caller: &Caller) {
    let [user, department, departments, groups] = setup_bodies();
    let user = caller.post("/v2/admin/users", &user).expect(201).json();
    let user = user["id"].as_u64().expect("an integer id");
    let made = caller
        .post("/v2/admin/departments", &department)
        .expect(201)
        .json();
    assert_eq!(made["parent_id"], 42);
    let path = format!("/v2/admin/users/{user}/department");
    caller.post(&path, &departments).expect(200);
    let seen = caller.get("/v2/admin/permission/groups").expect(200).json();
    let seen: Vec<&Value> = seen
        .as_array()
        .unwrap()
        .iter()
        .map(|group| &group["id"])
        .collect();
    assert!(
        seen.contains(&&json!(1)) && seen.contains(&&json!(2)),
        "{seen:?}"
    );
    caller
        .post(&format!("/v2/admin/user/{user}/groups"), &groups)
        .expect(200);
    let state = mock.state();
    let kept = list(&state, "/ams/users")
        .iter()
        .find(|kept| kept["id"] == user)
        .unwrap();
    let email = json!("my.email@test.net");
    assert_eq!(
        (&kept["email"], &kept["company_id"], &kept["mail_otp"]),
        (&email, &json!(24), &json!(1))
    );
    assert_eq!(
        (&kept["departments"], &kept["groups"]),
        (&json!([1, 2, 3]), &json!([1, 2]))
    );
}

#[test]
fn the_five_steps_of_the_first_setup_are_accepted_from_a_caller_without_a_company() {
    let mock = Mock::start();
    sets_up(&mock, &mock.setup());
}

#[test]
fn the_five_steps_of_the_first_setup_are_accepted_from_a_caller_with_a_company() {
    let mock = Mock::start();
    sets_up(&mock, &mock.manager());
}

#[test]
fn the_paths_called_here_are_those_of_the_guides() {
    let ams = plain(&page(AMS));
    for path in [
        "POST /v2/admin/users/{userId}/department",
        "GET /v2/admin/permission/groups",
        "POST /v2/admin/user/{userId}/groups",
    ] {
        assert!(ams.contains(path), "{path}");
    }
    for path in ["/creditors'", "/users'", "/access--groups?where="] {
        assert!(
            page(SV).contains(&format!("https://api-sandbox.amili.se{path}")),
            "{path}"
        );
    }
    assert_eq!(GUIDE_TIME, "2025-11-11T12:22:34Z");
}
