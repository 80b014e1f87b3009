//! Who calls: bearer tokens, and the permission that each documented call takes.

use serde_json::json;

use super::{PERMISSIONS, add_caller, add_user, documented_calls, refused_without_a_trace};
use crate::harness::{Answer, Caller, Mock};

#[track_caller]
fn unauthenticated(answer: &Answer) {
    assert_eq!(
        (answer.status, answer.rule()),
        (401, Some("ams.auth.unauthenticated")),
        "{}",
        answer.text()
    );
    assert!(answer.text_at("/message").starts_with("Unauthenticated"));
}

#[track_caller]
fn forbidden(answer: &Answer, rule: &str) {
    assert_eq!(
        (answer.status, answer.rule()),
        (403, Some(rule)),
        "{}",
        answer.text()
    );
    assert_eq!(answer.json(), json!({ "message": "Forbidden" }));
}

#[test]
fn without_a_valid_token_every_call_is_unauthenticated() {
    let mock = Mock::start();
    let with = |value: &str| mock.anybody().with("authorization", value);
    let strangers: [Caller; 9] = [
        mock.anybody(),
        with(""),
        with("Bearer"),
        with("Bearer "),
        with("Bearer nobodys-token"),
        with("ams-setup"),
        with("Basic ams-setup"),
        with("Bearer amili-api-user"),
        mock.amili("ams-setup"),
    ];
    for call in documented_calls() {
        for stranger in &strangers {
            refused_without_a_trace(&mock, || call.by(stranger), unauthenticated);
        }
    }
}

#[test]
fn the_name_of_the_scheme_counts_in_any_case() {
    let mock = Mock::start();
    for scheme in ["Bearer", "bearer", "BEARER"] {
        let caller = mock
            .anybody()
            .with("authorization", &format!("{scheme} ams-setup"));
        caller.get("/v2/admin/permission/groups").expect(200);
    }
}

/// For each permission a caller who holds the four others, as user 100 and on.
fn without_one(company: Option<u64>) -> Mock {
    Mock::with_world(|world| {
        for (place, missing) in (100..).zip(PERMISSIONS) {
            let others: Vec<&str> = PERMISSIONS
                .into_iter()
                .filter(|name| *name != missing)
                .collect();
            add_caller(world, place, company, &others);
        }
    })
}

#[test]
fn each_call_takes_its_own_permission_and_no_other() {
    for company in [None, Some(24)] {
        let mock = without_one(company);
        for (place, missing) in (100..).zip(PERMISSIONS) {
            let caller = mock.ams(&format!("as-{place}"));
            for call in documented_calls() {
                if call.permission == missing {
                    refused_without_a_trace(
                        &mock,
                        || call.by(&caller),
                        |answer| forbidden(answer, call.rule),
                    );
                } else {
                    assert!(call.by(&caller).status < 300, "{call:?} without {missing}");
                }
                mock.anybody()
                    .call("POST", "/_mock/reset")
                    .send()
                    .expect(204);
            }
        }
    }
}

#[test]
fn a_permission_alone_opens_its_call() {
    let mock = Mock::with_world(|world| {
        for (place, permission) in (100..).zip(PERMISSIONS) {
            add_caller(world, place, Some(24), &[permission]);
        }
    });
    for (place, call) in (100..).zip(documented_calls()) {
        assert!(
            call.by(&mock.ams(&format!("as-{place}"))).status < 300,
            "{call:?}"
        );
    }
}

#[test]
fn a_user_without_a_group_can_do_nothing() {
    let mock = Mock::with_world(|world| add_user(world, 100, None, &[]));
    for caller in [mock.ams("ams-nobody"), mock.ams("as-100")] {
        for call in documented_calls() {
            refused_without_a_trace(
                &mock,
                || call.by(&caller),
                |answer| forbidden(answer, "ams.user.login-only"),
            );
        }
    }
}

#[test]
fn the_permission_is_looked_at_before_the_body_and_the_target() {
    let mock = Mock::start();
    let reader = mock.ams("ams-reader");
    for body in ["{", "", "[]", "{}"] {
        for path in [
            "/v2/admin/users",
            "/v2/admin/departments",
            "/v2/admin/users/999/department",
            "/v2/admin/user/999/groups",
        ] {
            assert_eq!(
                reader
                    .call("POST", path)
                    .body("application/json", body)
                    .send()
                    .status,
                403,
                "{path} {body}"
            );
            assert_eq!(
                mock.anybody()
                    .call("POST", path)
                    .body("application/json", body)
                    .send()
                    .status,
                401
            );
        }
    }
}

#[test]
fn two_authorization_headers_are_no_token() {
    let mock = Mock::start();
    let path = "/v2/admin/permission/groups";
    for (first, second) in [
        ("Bearer ams-setup", "Bearer ams-setup"),
        ("Bearer ams-setup", "Basic x"),
        ("Bearer nobodys-token", "Bearer ams-setup"),
    ] {
        let call = mock.anybody().call("GET", path);
        let call = call
            .also("authorization", first)
            .also("authorization", second);
        unauthenticated(&call.send());
    }
}

#[test]
fn blanks_around_the_token_do_not_count_and_others_are_part_of_it() {
    let mock = Mock::start();
    let with = |value: &str| mock.anybody().with("authorization", value);
    let path = "/v2/admin/permission/groups";
    for value in [
        "Bearer  ams-setup",
        "Bearer ams-setup ",
        "  bearer   ams-setup",
    ] {
        with(value).get(path).expect(200);
    }
    for value in [
        "Bearer ams-setup x",
        "Bearerams-setup",
        "Bearer: ams-setup",
        "Bearer AMS-SETUP",
        "Bearer \"ams-setup\"",
        "Bearer ams-setup,ams-setup",
    ] {
        unauthenticated(&with(value).get(path));
    }
}

#[test]
fn power_goes_at_once_with_the_groups_and_comes_back_with_them() {
    let mock = Mock::start();
    let manager = mock.manager();
    let groups = |list: &[u64]| {
        let body = json!({ "groups": list });
        mock.setup()
            .post("/v2/admin/user/2/groups", &body)
            .expect(200);
    };
    groups(&[]);
    for call in documented_calls() {
        refused_without_a_trace(
            &mock,
            || call.by(&manager),
            |answer| forbidden(answer, "ams.user.login-only"),
        );
    }
    groups(&[2]);
    for call in documented_calls() {
        let status = call.by(&manager).status;
        let allowed = call.permission != "read_groups";
        // The token is the same all the time.
        assert_eq!(status < 300, allowed, "{call:?}: {status}");
    }
}
