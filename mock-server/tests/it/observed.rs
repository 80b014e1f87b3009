//! What a recording of the real API showed: its words and fields stand where no document gives any, and are
//! marked. Here the recordings are written by hand, in the form that `contract-tests run --record` writes.

use mock_server::{Clock, Observed, ObservedError, Options};
use serde_json::{Value, json};

use crate::harness::{ACCOUNT, Answer, GUIDE_TIME, Mock, answers};

const HEADER: &str =
    r#"{"schema":"1.1","target":"sandbox","time":"2026-11-20T03:17:00Z","tool":"0.1.0"}"#;
const MARK: &str = "observed.2026-11-20";

/// A line: what was asked, what the real API said, and what is known of the mock.
fn line(method: &str, path: &str, status: u16, body: Value, mock: Value) -> String {
    let api = if path.starts_with("/v2/") {
        "ams"
    } else {
        "amili"
    };
    json!({
        "caller": "the default caller",
        "mock": mock,
        "request": { "headers": {}, "method": method, "path": path, "query": {} },
        "response": { "body": body, "headers": {}, "key_order": {}, "status": status },
        "scenario": format!("{api}/seen"),
        "step": "look",
    })
    .to_string()
}

fn observed(lines: &[String]) -> Observed {
    let text = [&[HEADER.to_owned()], lines].concat().join("\n");
    Observed::parse(&text).unwrap_or_else(|fault| panic!("{fault}"))
}

fn showing(lines: &[String]) -> Mock {
    Mock::with(Options {
        observed: Some(observed(lines)),
        seed: Some(7),
        clock: Clock::parse(GUIDE_TIME).unwrap(),
        ..Options::default()
    })
}

fn error(message: &str) -> Value {
    json!({ "_status": "ERR", "_error": { "code": 401, "message": message } })
}

fn no_token(message: &str) -> String {
    let mock = json!({
        "rule": "amili.auth.token-required",
        "assumptions": ["amili.auth.refusal-text"],
        "body": error("Please provide proper credentials"),
    });
    line("GET", "/creditors", 401, error(message), mock)
}

#[track_caller]
fn is_marked(answer: &Answer, expected: bool) {
    let marked = answer.all("x-mock-assumption").contains(&MARK);
    assert_eq!(marked, expected, "{}", answer.text());
}

#[test]
fn a_refusal_is_told_in_the_words_that_were_seen() {
    let mock = showing(&[no_token("Nyckeln är ogiltig")]);
    let refused = mock.anybody().get("/creditors").expect(401);
    // As the framework writes it: ASCII alone, a blank after each sign.
    assert_eq!(
        refused.text(),
        r#"{"_status": "ERR", "_error": {"code": 401, "message": "Nyckeln \u00e4r ogiltig"}}"#
    );
    assert_eq!(refused.rule(), Some("amili.auth.token-required"));
    is_marked(&refused, true);
    // The same rule at another call says the same; another rule of the same words was not seen.
    let elsewhere = mock.anybody().get("/users").expect(401);
    assert_eq!(elsewhere.text_at("/_error/message"), "Nyckeln är ogiltig");
    let other = mock
        .amili("nobody's")
        .get("/authenticates/api-code")
        .expect(401);
    assert_eq!(
        other.text_at("/_error/message"),
        "Please provide proper credentials"
    );
    is_marked(&other, false);
}

#[test]
fn words_keep_what_they_tell() {
    let mock = showing(&[line(
        "POST",
        "/v2/admin/users/{{#create a user/id}}/department",
        404,
        json!({ "code": "department.002", "message": "No department {{assign/x}} here" }),
        json!({
            "rule": "ams.user-department.departments-exist",
            "body": { "code": "department.002", "message": "Department {{assign/x}} not found." },
        }),
    )]);
    let body = json!({ "departments": [777] });
    let refused = mock
        .manager()
        .post("/v2/admin/users/2/department", &body)
        .expect(404);
    assert_eq!(
        refused.json(),
        json!({ "code": "department.002", "message": "No department 777 here" })
    );
    is_marked(&refused, true);
}

#[test]
fn the_problem_of_a_field_is_told_in_the_same_words_for_every_field() {
    let problems = |text: &str| {
        json!({
            "_status": "ERR",
            "_error": { "code": 422, "message": "Nope", "details": { "name": text } },
            "_issues": { "name": text },
        })
    };
    let mut own = problems("required field");
    own["_error"]["message"] = "Validation failed".into();
    let mock = json!({ "rule": "amili.body.required-fields", "body": own });
    let mock = showing(&[line("POST", "/creditors", 422, problems("saknas"), mock)]);
    let refused = mock.api_user().post("/users", &json!({})).expect(422);
    assert_eq!(refused.text_at("/_issues/account"), "saknas");
    assert_eq!(refused.text_at("/_error/details/name"), "saknas");
    // That stands in Amili's own pages.
    assert_eq!(refused.text_at("/_error/message"), "Validation failed");
    is_marked(&refused, true);
}

#[test]
fn words_that_a_document_gives_stay() {
    let mock = showing(&[line(
        "POST",
        "/v2/admin/user/{{#u/id}}/groups",
        404,
        json!({ "code": "user.404", "message": "Gone fishing" }),
        json!({
            "rule": "ams.permission.user-exists",
            "body": { "code": "user.002", "message": "User not found." },
        }),
    )]);
    let refused = mock
        .manager()
        .post("/v2/admin/user/900/groups", &json!({ "groups": [1] }));
    let refused = refused.expect(404);
    assert_eq!(
        refused.json(),
        json!({ "code": "user.002", "message": "User not found." })
    );
    is_marked(&refused, false);
    let rules = mock.anybody().get("/_mock/rules").json();
    let any = rules["rules"]
        .as_array()
        .unwrap()
        .iter()
        .any(|rule| rule.get("observed").is_some());
    assert!(!any, "{rules}");
}

/// A list of creditors with fields that the fake lacks.
fn richer() -> String {
    let own = json!({ "_id": "{{c/_id}}", "account": "{{c>/account}}", "name": "{{name 1}}" });
    let mut seen = own.clone();
    for (name, value) in [
        ("risk_class", json!("B")),
        ("owner", json!("{{c>/account}}")),
        (
            "contact",
            json!({ "id": "{{look/_items/0/contact/id}}", "rank": "{{#look/rank}}" }),
        ),
        ("seen", json!("{{now}}")),
        ("api_token", json!("s3cret")),
    ] {
        seen[name] = value;
    }
    let meta = json!({ "page": 1, "max_results": 25, "total": 2 });
    let listed = |item: Value, links: Option<Value>| {
        let mut list = json!({ "_items": [item], "_meta": meta });
        list["_links"] = links.unwrap_or_default();
        list
    };
    let mut mine = listed(own, None);
    mine.as_object_mut().unwrap().remove("_links");
    let seen = listed(seen, Some(json!({ "self": "creditors" })));
    line("GET", "/creditors", 200, seen, json!({ "body": mine }))
}

#[test]
fn fields_that_the_fake_lacks_are_shown_with_plausible_values() {
    let mock = showing(&[richer()]);
    let made = mock
        .api_user()
        .post("/creditors", &json!({ "name": "a", "account": ACCOUNT }));
    let id = made.expect(201).id();
    let list = mock.api_user().get("/creditors").expect(200);
    is_marked(&list, true);
    let (body, item) = (list.json(), list.json()["_items"][0].clone());
    assert_eq!(body["_links"], json!({ "self": "creditors" }));
    assert_eq!(item["risk_class"], "B");
    assert_eq!(
        item["owner"], ACCOUNT,
        "what stood for the account still does"
    );
    assert_eq!(item["seen"], item["_updated"]);
    let contact = item["contact"]["id"].as_str().unwrap();
    assert!(contact.len() == 24 && contact != id, "{contact}");
    assert!(item["contact"]["rank"].is_i64(), "{item}");
    assert!(
        !list.text().contains("{{") && !list.text().contains("s3cret"),
        "{}",
        list.text()
    );
    // The same object is shown alike, and showing it draws no id.
    assert_eq!(mock.api_user().get("/creditors").json(), body);
    let made = mock
        .api_user()
        .post("/creditors", &json!({ "name": "b", "account": ACCOUNT }));
    let mock = Mock::at_guide_time();
    let bare = mock.api_user();
    bare.post("/creditors", &json!({ "name": "a", "account": ACCOUNT }));
    let same = bare.post("/creditors", &json!({ "name": "b", "account": ACCOUNT }));
    assert_eq!(made.id(), same.id());
}

#[test]
fn who_asks_for_some_fields_gets_no_others() {
    let mock = showing(&[richer()]);
    let body = json!({ "name": "a", "account": ACCOUNT });
    mock.api_user().post("/creditors", &body).expect(201);
    let some = mock
        .api_user()
        .get(r#"/creditors?projection=%7B%22name%22:1%7D"#)
        .expect(200);
    assert!(!some.text().contains("risk_class"), "{}", some.text());
    is_marked(&some, false);
}

#[test]
fn what_only_some_answers_have_is_not_added() {
    let item = |name: &str| json!({ "_items": [{ "_id": "{{c/_id}}", name: 1 }], "_meta": {} });
    let mine = json!({ "body": { "_items": [{ "_id": "{{c/_id}}" }], "_meta": {} } });
    let lines =
        ["one", "other"].map(|name| line("GET", "/creditors", 200, item(name), mine.clone()));
    assert_eq!(observed(&lines).counts(), (0, 0));
}

#[test]
fn a_field_of_every_refusal_is_one_of_all() {
    let refusal = |path: &str, status: u16, rule: &str| {
        let mine = json!({ "message": "Forbidden" });
        let mut seen = mine.clone();
        seen["trace"] = "ab".into();
        line(
            "GET",
            path,
            status,
            seen,
            json!({ "rule": rule, "body": mine }),
        )
    };
    let mock = showing(&[
        refusal(
            "/v2/admin/permission/groups",
            401,
            "ams.auth.unauthenticated",
        ),
        refusal(
            "/v2/admin/permission/groups",
            403,
            "ams.group.list-permission",
        ),
    ]);
    let unknown = mock.manager().get("/v2/nowhere").expect(404);
    assert_eq!(
        unknown.json(),
        json!({ "message": "Not Found", "trace": "ab" })
    );
    // It was seen of AMS alone.
    is_marked(&mock.api_user().get("/nowhere").expect(404), false);
}

#[test]
fn rules_and_assumptions_say_what_was_observed_and_when() {
    let mock = showing(&[no_token("Nej"), richer()]);
    let rules = mock.anybody().get("/_mock/rules").json();
    let of = |list: &Value, id: &str| {
        let found = list.as_array().unwrap().iter().find(|one| one["id"] == id);
        found.unwrap()["observed"].clone()
    };
    let seen = of(&rules["rules"], "amili.auth.token-required");
    assert_eq!(
        (&seen["id"], &seen["on"]),
        (&json!(MARK), &json!("2026-11-20"))
    );
    assert_eq!(seen["target"], "sandbox");
    assert_eq!(
        seen["texts"][0]["instead_of"],
        "Please provide proper credentials"
    );
    assert_eq!(seen["texts"][0]["text"], "Nej");
    assert_eq!(seen["texts"][0]["step"], "amili/seen: look");
    assert_eq!(of(&rules["rules"], "amili.item.exists"), Value::Null);
    let fields = rules["observed"]["fields"].as_array().unwrap();
    assert!(fields.iter().any(|field| field["field"] == "risk_class"
        && field["of"] == "GET /creditors"
        && field["place"] == "_items"));
    let assumptions = mock.anybody().get("/_mock/assumptions").json();
    let seen = of(&assumptions["assumptions"], "amili.auth.refusal-text");
    assert_eq!(seen["texts"][0]["text"], "Nej");
}

#[test]
fn chosen_answers_and_observed_words_go_together() {
    let mock = Mock::with(Options {
        observed: Some(observed(&[line(
            "GET",
            "/v2/admin/permission/groups",
            403,
            json!({ "message": "No." }),
            json!({ "rule": "ams.user.login-only", "body": { "message": "Forbidden" } }),
        )])),
        answers: answers("ams.errors.forbidden-text", "unauthorized-action"),
        ..Options::default()
    });
    // With that answer the fake does not say what it said beside the recording.
    let refused = mock
        .ams("ams-nobody")
        .get("/v2/admin/permission/groups")
        .expect(403);
    assert_eq!(refused.text_at("/message"), "This action is unauthorized.");
    is_marked(&refused, false);
    let put = json!({ "ams.errors.forbidden-text": "forbidden" });
    mock.anybody().put("/_mock/assumptions", &put).expect(200);
    let refused = mock
        .ams("ams-nobody")
        .get("/v2/admin/permission/groups")
        .expect(403);
    assert_eq!(refused.text_at("/message"), "No.");
    is_marked(&refused, true);
}

#[test]
fn a_recording_of_the_mock_itself_changes_no_byte() {
    for api in ["amili", "ams"] {
        let file = format!(
            "{}/../fixtures/recordings/{api}/mock.jsonl",
            env!("CARGO_MANIFEST_DIR")
        );
        let own = Observed::parse(&std::fs::read_to_string(file).unwrap()).unwrap();
        assert_eq!(own.counts(), (0, 0), "{api}");
    }
    let (bare, mock) = (Mock::at_guide_time(), showing(&[]));
    for path in ["/creditors", "/access--groups?pretty", "/nowhere"] {
        let [one, other] = [&bare, &mock].map(|mock| mock.api_user().get(path));
        assert_eq!(one.body, other.body);
        assert_eq!(one.headers, other.headers);
    }
}

#[track_caller]
fn check_wrong(text: &str, expected: &str) {
    let fault = Observed::parse(text).map(|_| ()).unwrap_err().to_string();
    assert!(
        fault.contains(expected) && fault.lines().count() == 1,
        "{fault}"
    );
}

#[test]
fn what_is_no_recording_is_refused_and_half_a_last_line_is_not() {
    check_wrong("", "line 1");
    check_wrong("{}", "line 1");
    check_wrong(
        r#"{"schema":"1.2"}"#,
        "schema is 1.2, and this version reads up to 1.1",
    );
    check_wrong(r#"{"schema":"2.0"}"#, "reads up to 1.1");
    check_wrong(r#"{"schema":"1.0","target":"a"}"#, "record it again");
    let whole = no_token("Nej");
    let half = &whole[..whole.len() / 2];
    check_wrong(&format!("{HEADER}\n{half}\n{whole}"), "line 2");
    let cut = Observed::parse(&format!("{HEADER}\n{whole}\n{half}")).unwrap();
    assert_eq!((cut.counts(), cut.id()), ((1, 0), MARK.to_owned()));
    assert!(matches!(
        Observed::parse("x"),
        Err(ObservedError::Header(_))
    ));
}
