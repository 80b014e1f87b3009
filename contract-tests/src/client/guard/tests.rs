//! What requests of either API would do.

use super::*;

const OWN: &str = "69132a8bc9ea54f691cc407c";

fn wish<'a>(
    api: Api,
    method: &'a str,
    path: &'a str,
    paths: &'a BTreeMap<String, String>,
) -> Wish<'a> {
    Wish {
        api,
        space: "ct-1-1",
        method,
        path,
        body: None,
        paths,
    }
}

#[track_caller]
fn check(api: Api, method: &str, path: &str, expected: Deed) {
    let paths = BTreeMap::from([
        ("create_user".to_owned(), "/v3/24/people".to_owned()),
        ("create_department".to_owned(), "/v3/teams".to_owned()),
    ]);
    assert_eq!(wish(api, method, path, &paths).deed(), expected, "{path}");
}

fn creates(resource: &str) -> Deed {
    Deed::Creates {
        resource: resource.to_owned(),
    }
}

fn changes(api: Api, resource: &str, id: &str) -> Deed {
    Deed::Changes(Thing::new(api, "ct-1-1", resource, id))
}

#[test]
fn a_read_is_none_of_our_business() {
    for method in ["GET", "HEAD", "OPTIONS"] {
        check(Api::Amili, method, "/creditors", Deed::Reads);
        check(Api::Ams, method, "/v2/admin/users/1", Deed::Reads);
    }
    // It gives a token.
    check(Api::Amili, "POST", "/authenticates/api-code", Deed::Reads);
}

#[test]
fn a_post_to_a_list_creates() {
    check(Api::Amili, "POST", "/creditors", creates("creditors"));
    check(
        Api::Amili,
        "POST",
        "/creditors/?pretty",
        creates("creditors"),
    );
    check(Api::Ams, "POST", "/v2/admin/users", creates("users"));
    check(Api::Ams, "POST", "/v2/admin/user", creates("users"));
    check(
        Api::Ams,
        "POST",
        "/v2/admin/departments",
        creates("departments"),
    );
    check(Api::Ams, "POST", "/v3/24/people", creates("users"));
    check(Api::Ams, "POST", "/v3/teams", creates("departments"));
}

#[test]
fn whatever_names_an_id_changes_what_has_it() {
    let path = format!("/creditors/{OWN}");
    for method in ["PATCH", "PUT", "DELETE", "POST"] {
        check(
            Api::Amili,
            method,
            &path,
            changes(Api::Amili, "creditors", OWN),
        );
    }
    let users = [
        "/v2/admin/users/7/department",
        "/v2/admin/user/7/groups",
        "/v2/admin/user/7",
    ];
    for path in users {
        check(Api::Ams, "POST", path, changes(Api::Ams, "users", "7"));
    }
    check(
        Api::Ams,
        "DELETE",
        "/v2/admin/departments/7",
        changes(Api::Ams, "departments", "7"),
    );
    check(
        Api::Amili,
        "POST",
        "/media--upload/5",
        changes(Api::Amili, "media--upload", "5"),
    );
}

#[test]
fn a_list_is_changed_as_a_whole_by_any_other_method() {
    for method in ["DELETE", "PUT", "PATCH", "PURGE"] {
        check(Api::Amili, method, "/users", Deed::ChangesAll);
        check(Api::Amili, method, "/", Deed::ChangesAll);
        check(Api::Ams, method, "/v2/admin/users", Deed::ChangesAll);
        check(Api::Ams, method, "/v3/teams", Deed::ChangesAll);
    }
    let own = format!("/creditors/{OWN}");
    for stray in ["/../../users", "/%2e%2e", "\\..", "#", ";x"] {
        let path = format!("{own}{stray}");
        check(Api::Amili, "DELETE", &path, Deed::ChangesAll);
    }
}

#[test]
fn names_must_begin_as_the_run_s_names_do() {
    let paths = BTreeMap::new();
    let names = |body: &str| {
        let wish = Wish {
            body: Some(body),
            ..wish(Api::Amili, "POST", "/creditors", &paths)
        };
        wish.names()
    };
    assert_eq!(
        names(r#"{"name": "ct-1-1-4"}"#),
        Ok(vec!["ct-1-1-4".into()])
    );
    assert_eq!(names(r#"{"name": "Acme Inc"}"#), Err("Acme Inc".into()));
    let both = r#"[{"name": "ct-1-1-4"}, {"name": "Acme Inc"}]"#;
    assert_eq!(names(both), Err("Acme Inc".into()));
    // What has no name to be called by is not called by a wrong one.
    for nameless in ["{}", "{", "", "5", r#"{"name": 5}"#] {
        assert_eq!(names(nameless), Ok(Vec::new()), "{nameless}");
    }
}

#[test]
fn a_registration_adds_to_the_creditor_and_the_case_that_it_names() {
    let paths = BTreeMap::new();
    let body = format!(r#"{{"creditor": "{OWN}", "case": "{NOBODYS}", "name": "x"}}"#);
    let adds_to = |resource: &str| {
        let wish = Wish {
            body: Some(&body),
            ..wish(Api::Amili, "POST", "/x", &paths)
        };
        wish.adds_to(resource)
    };
    let creditor = Thing::new(Api::Amili, "ct-1-1", "creditors", OWN);
    assert_eq!(adds_to("creditor--payments"), [creditor]);
    assert_eq!(adds_to("users"), []);
}

#[test]
fn every_id_of_an_answer_to_a_creation_is_seen() {
    let one = r#"{"_id": "a", "_status": "OK"}"#;
    let pair = |resource: &str, id: &str| (resource.to_owned(), id.to_owned());
    assert_eq!(made(Api::Amili, "users", one), [pair("users", "a")]);
    let bulk = r#"{"_items": [{"_id": "a"}, {"_id": "b"}]}"#;
    let both = [pair("creditors", "a"), pair("creditors", "b")];
    assert_eq!(made(Api::Amili, "creditors", bulk), both);
    let case = r#"{"_id": "a", "_cases": ["b", "c"]}"#;
    let registered = [pair("x", "a"), pair("cases", "b"), pair("cases", "c")];
    assert_eq!(made(Api::Amili, "x", case), registered);
    assert_eq!(
        made(Api::Amili, "x", r#"{"_case": "b"}"#),
        [pair("cases", "b")]
    );
    assert_eq!(
        made(Api::Ams, "users", r#"{"id": 7}"#),
        [pair("users", "7")]
    );
    let wrapped = r#"{"data": {"id": 7}}"#;
    assert_eq!(made(Api::Ams, "users", wrapped), [pair("users", "7")]);
    for useless in ["", "<html>", "{}", "[]", r#"{"_id": 5}"#] {
        assert_eq!(made(Api::Amili, "users", useless), [], "{useless}");
    }
}
