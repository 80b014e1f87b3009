//! Requests at the same time: each is carried out whole or not at all, one after the other.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::{Value, json};

use super::{add_user, id, kept_user, user};
use crate::harness::{Answer, Caller, Mock};
use crate::race::clients::at_once;

const ROUNDS: usize = 40;

fn assign(caller: &Caller, user: u64, groups: &Value) -> Answer {
    caller.post(
        &format!("/v2/admin/user/{user}/groups"),
        &json!({ "groups": groups }),
    )
}

#[test]
fn two_managers_at_once_leave_one_of_their_lists_and_never_a_mixture() {
    let mock = Mock::with_world(|world| add_user(world, 100, Some(24), &[3]));
    let managers = [mock.setup(), mock.ams("as-100")];
    let lists = [json!([1, 2]), json!([3])];
    for _ in 0..ROUNDS {
        // A third looks on: not even in between is there anything else than a list that was sent.
        let seen = at_once(3, |number| match managers.get(number) {
            Some(manager) => {
                assign(manager, 4, &lists[number]).expect(200).json()["groups"].clone()
            }
            None => kept_user(&mock, 4)["groups"].clone(),
        });
        assert_eq!(seen[..2], lists);
        assert!(
            lists.contains(&seen[2]) || seen[2] == json!([]),
            "{}",
            seen[2]
        );
        let left = kept_user(&mock, 4)["groups"].clone();
        assert!(lists.contains(&left), "{left}");
    }
}

#[test]
fn nothing_that_a_revoked_manager_begins_after_the_revocation_succeeds() {
    for _ in 0..ROUNDS / 4 {
        let mock = Mock::start();
        let revoked = AtomicBool::new(false);
        let outcomes = at_once(3, |number| {
            if number == 0 {
                assign(&mock.setup(), 2, &json!([1])).expect(200);
                revoked.store(true, Ordering::SeqCst);
                return Vec::new();
            }
            let manager = mock.manager();
            let mut seen = Vec::new();
            // Until a few requests have begun after the answer to the revocation.
            while seen.iter().filter(|(late, _)| *late).count() < 5 {
                let late = revoked.load(Ordering::SeqCst);
                let answer = assign(&manager, 4, &json!([seen.len() % 2 + 1]));
                seen.push((late, answer.status));
            }
            seen
        });
        let before = kept_user(&mock, 4)["groups"].clone();
        for (late, status) in outcomes.into_iter().flatten() {
            assert!(
                if late {
                    status == 403
                } else {
                    [200, 403].contains(&status)
                },
                "{late} {status}"
            );
        }
        assign(&mock.manager(), 4, &json!([])).expect(403);
        assert_eq!(kept_user(&mock, 4)["groups"], before);
    }
}

#[test]
fn two_who_take_each_others_power_do_not_both_succeed() {
    for _ in 0..ROUNDS / 2 {
        let mock = Mock::with_world(|world| {
            add_user(world, 100, Some(24), &[1, 2]);
            add_user(world, 101, Some(24), &[1, 2]);
        });
        let callers = [(mock.ams("as-100"), 101), (mock.ams("as-101"), 100)];
        let mut statuses = at_once(2, |number| {
            let (caller, other) = &callers[number];
            assign(caller, *other, &json!([])).status
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 403], "whoever was second had no power left");
    }
}

#[test]
fn users_made_at_once_have_ids_of_their_own_and_an_address_has_one_user() {
    let mock = Mock::start();
    let made = at_once(8, |number| {
        let each = (0..5).map(|turn| {
            let email = format!("user{number}.{turn}@test.net");
            id(&mock.manager().post("/v2/admin/users", &user(&email)))
        });
        each.collect::<Vec<_>>()
    });
    let ids: BTreeSet<u64> = made.into_iter().flatten().collect();
    assert_eq!(ids.len(), 40);
    for turn in 0..ROUNDS / 2 {
        let body = user(&format!("same{turn}@test.net"));
        let mut statuses = at_once(4, |_| mock.manager().post("/v2/admin/users", &body).status);
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 422, 422, 422]);
    }
}

#[test]
fn departments_given_at_once_are_all_kept() {
    let mock = Mock::start();
    let departments = [1, 2, 3, 42];
    at_once(departments.len(), |number| {
        let body = json!({ "departments": [departments[number]] });
        mock.manager()
            .post("/v2/admin/users/4/department", &body)
            .expect(200)
    });
    assert_eq!(kept_user(&mock, 4)["departments"], json!(departments));
}
