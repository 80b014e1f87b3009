//! Step 5: permission groups of users. The list replaces; nobody changes or exceeds themselves.

use serde_json::{Value, json};

use super::{add, add_caller, add_user, coded, invalid, kept_user, refused_without_a_trace};
use crate::harness::{Answer, Caller, Mock};

fn assign(caller: &Caller, user: u64, groups: Value) -> Answer {
    caller.post(
        &format!("/v2/admin/user/{user}/groups"),
        &json!({ "groups": groups }),
    )
}

#[test]
fn the_list_given_replaces_the_list_kept() {
    let mock = Mock::start();
    // Grow, shrink, exchange, repeat, say twice, empty.
    for (sent, kept) in [
        (json!([1]), json!([1])),
        (json!([1, 2]), json!([1, 2])),
        (json!([2]), json!([2])),
        (json!([1]), json!([1])),
        (json!([1]), json!([1])),
        (json!([2, 1, 2, 2]), json!([1, 2])),
        (json!([]), json!([])),
    ] {
        let answer = assign(&mock.manager(), 4, sent).expect(200);
        assert_eq!(answer.json(), json!({ "groups": kept }));
        assert_eq!(kept_user(&mock, 4)["groups"], kept);
    }
}

#[test]
fn a_group_opens_and_closes_its_calls_at_once() {
    let mock = Mock::start();
    let nobody = mock.ams("ams-nobody");
    nobody.get("/v2/admin/permission/groups").expect(403);
    assign(&mock.manager(), 4, json!([1])).expect(200);
    nobody.get("/v2/admin/permission/groups").expect(200);
    nobody
        .post("/v2/admin/departments", &json!({ "name": "x" }))
        .expect(403);
    assign(&mock.manager(), 4, json!([2])).expect(200);
    nobody.get("/v2/admin/permission/groups").expect(403);
    nobody
        .post("/v2/admin/departments", &json!({ "name": "x" }))
        .expect(201);
    assign(&mock.manager(), 4, json!([])).expect(200);
    assert_eq!(
        nobody
            .post("/v2/admin/departments", &json!({ "name": "x" }))
            .rule(),
        Some("ams.user.login-only")
    );
}

#[test]
fn a_manager_who_lost_the_power_to_assign_assigns_no_more() {
    let mock = Mock::start();
    assign(&mock.setup(), 2, json!([1])).expect(200);
    refused_without_a_trace(
        &mock,
        || assign(&mock.manager(), 4, json!([])),
        |answer| {
            assert_eq!(
                (answer.status, answer.rule()),
                (403, Some("ams.permission.assign-permission"))
            );
        },
    );
}

#[test]
fn nobody_changes_their_own_permissions() {
    let mock = Mock::start();
    for (caller, own) in [(mock.manager(), 2), (mock.setup(), 1)] {
        for groups in [
            json!([]),
            json!([1]),
            json!([1, 2]),
            json!([3]),
            json!([1, 2, 3]),
            json!([999]),
        ] {
            refused_without_a_trace(
                &mock,
                || assign(&caller, own, groups),
                |answer| {
                    coded(
                        answer,
                        403,
                        "permission.010",
                        "ams.permission.no-self-change",
                    )
                },
            );
        }
    }
}

#[test]
fn nobody_grants_more_than_they_hold() {
    let mock = Mock::start();
    for groups in [json!([3]), json!([1, 3]), json!([1, 2, 3])] {
        refused_without_a_trace(
            &mock,
            || assign(&mock.manager(), 4, groups.clone()),
            |answer| {
                coded(
                    answer,
                    403,
                    "permission.011",
                    "ams.permission.no-more-power",
                )
            },
        );
        assign(&mock.setup(), 4, groups).expect(200);
    }
}

#[test]
fn power_is_that_of_all_groups_together() {
    let mock = Mock::with_world(|world| {
        let both = json!({ "id": 50, "name": "Both", "company_id": null, "permissions": ["read_groups", "write_users"] });
        add(world, "/ams/groups", both);
        add_caller(world, 100, Some(24), &["write_permission_user"]);
        add_user(world, 101, Some(24), &[1, 100]);
    });
    // The manager holds read_groups by one group and write_users by another.
    assign(&mock.manager(), 4, json!([50])).expect(200);
    let weak = mock.ams("as-101");
    assign(&weak, 4, json!([1])).expect(200);
    assign(&weak, 4, json!([100])).expect(200);
    for groups in [json!([50]), json!([1, 2])] {
        refused_without_a_trace(
            &mock,
            || assign(&weak, 4, groups),
            |answer| {
                coded(
                    answer,
                    403,
                    "permission.011",
                    "ams.permission.no-more-power",
                )
            },
        );
    }
}

#[test]
fn groups_that_the_user_has_already_count_too() {
    let mock = Mock::start();
    assign(&mock.setup(), 4, json!([3])).expect(200);
    refused_without_a_trace(
        &mock,
        || assign(&mock.manager(), 4, json!([1, 3])),
        |answer| {
            coded(
                answer,
                403,
                "permission.011",
                "ams.permission.no-more-power",
            )
        },
    );
    assign(&mock.manager(), 4, json!([1])).expect(200);
    assert_eq!(
        kept_user(&mock, 4)["groups"],
        json!([1]),
        "taking a stronger group away is no grant"
    );
}

#[test]
fn the_user_must_exist() {
    let mock = Mock::with_world(|world| add_user(world, 100, Some(42), &[]));
    for path in ["999", "0", "x", "-1", "2.0", "100"] {
        refused_without_a_trace(
            &mock,
            || {
                mock.manager().post(
                    &format!("/v2/admin/user/{path}/groups"),
                    &json!({ "groups": [1] }),
                )
            },
            |answer| coded(answer, 404, "user.002", "ams.permission.user-exists"),
        );
    }
    assign(&mock.setup(), 100, json!([1])).expect(200);
}

#[test]
fn every_group_must_exist_and_be_visible() {
    let mock = Mock::start();
    for groups in [
        json!([999]),
        json!([-1]),
        json!([1, 999]),
        json!([0]),
        json!([4]),
        json!([1, 4]),
    ] {
        refused_without_a_trace(
            &mock,
            || assign(&mock.manager(), 4, groups),
            |answer| {
                coded(
                    answer,
                    404,
                    "permission.group.002",
                    "ams.permission.group-exists",
                )
            },
        );
    }
}

#[test]
fn the_checks_come_in_their_order() {
    let mock = Mock::start();
    // An unknown user before an unknown group, an unknown group before too much power.
    assert_eq!(
        assign(&mock.manager(), 999, json!([999])).json()["code"],
        "user.002"
    );
    assert_eq!(
        assign(&mock.manager(), 4, json!([3, 999])).json()["code"],
        "permission.group.002"
    );
    invalid(&assign(&mock.manager(), 2, json!("x")), "groups");
    invalid(&assign(&mock.manager(), 999, json!("x")), "groups");
}

#[test]
fn the_list_must_be_a_list_of_integers() {
    let mock = Mock::start();
    for wrong in [
        Value::Null,
        json!("1"),
        json!(1),
        json!({}),
        json!(["1"]),
        json!([1.5]),
        json!([null]),
    ] {
        refused_without_a_trace(
            &mock,
            || assign(&mock.manager(), 4, wrong),
            |answer| invalid(answer, "groups"),
        );
    }
    let without = || mock.manager().post("/v2/admin/user/4/groups", &json!({}));
    refused_without_a_trace(&mock, without, |answer| invalid(answer, "groups"));
}
