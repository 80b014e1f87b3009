//! What the four types of access groups let their users do, as the guide's table says.

use serde_json::{Value, json};

use super::{
    FORBIDDEN, NOT_FOUND, acme, acme_with, all, groups_of, plain_creditor, refused,
    refused_without_a_trace, user,
};
use crate::harness::{Caller, Mock};

/// A mock with two creditors, and callers in groups of the first.
pub(crate) struct Roles {
    pub(crate) mock: Mock,
    pub(crate) creditor: String,
    /// Another creditor of the account.
    pub(crate) other: String,
    /// The groups of the first, `admin` before `user`.
    pub(crate) groups: Vec<String>,
    /// Those of the other.
    pub(crate) other_groups: Vec<String>,
}

impl Roles {
    pub(crate) fn on(mock: Mock) -> Self {
        let caller = mock.api_user();
        let creditor = caller.post("/creditors", &acme()).expect(201).id();
        let bolag = acme_with(json!({ "name": "Bolag" }));
        let other = caller.post("/creditors", &bolag).expect(201).id();
        Self {
            groups: groups_of(&caller, &creditor),
            other_groups: groups_of(&caller, &other),
            creditor,
            other,
            mock,
        }
    }

    /// A caller who is in these groups.
    pub(crate) fn member(&self, groups: &[&str]) -> Caller {
        let id = self
            .mock
            .api_user()
            .post("/users", &user(groups))
            .expect(201)
            .id();
        let wanted = json!({ "api": "amili", "user": id });
        let token = self
            .mock
            .anybody()
            .post("/_mock/tokens", &wanted)
            .expect(201);
        self.mock.amili(&token.text_at("/token"))
    }

    pub(crate) fn admin(&self) -> Caller {
        self.member(&[&self.groups[0]])
    }

    pub(crate) fn regular(&self) -> Caller {
        self.member(&[&self.groups[1]])
    }
}

/// That a write is refused for want of a role, by this rule.
#[track_caller]
fn beyond(roles: &Roles, caller: &Caller, path: &str, body: &Value, rule: &str) {
    refused_without_a_trace(
        &roles.mock,
        || caller.post(path, body),
        |answer| {
            refused(answer, 403, FORBIDDEN);
            assert_eq!(answer.rule(), Some(rule));
        },
    );
}

fn rename(roles: &Roles, caller: &Caller, creditor: &str) -> crate::harness::Answer {
    let path = format!("/creditors/{creditor}");
    let etag = roles
        .mock
        .api_user()
        .get(&path)
        .expect(200)
        .text_at("/_etag");
    let call = caller.call("PATCH", &path).header("if-match", etag);
    call.json(&json!({ "description": "Other" })).send()
}

#[test]
fn the_roles_of_an_account_reach_across_its_creditors() {
    let roles = Roles::on(Mock::start());
    let new_api_user = roles.member(&["6662fb1df4d1eaf404cb08e1"]);
    for caller in [
        roles.mock.api_user(),
        roles.mock.amili("amili-account-admin"),
        new_api_user,
    ] {
        caller
            .post("/creditors", &plain_creditor("New"))
            .expect(201);
        for creditor in [&roles.creditor, &roles.other] {
            rename(&roles, &caller, creditor).expect(200);
        }
        for group in [&roles.groups[0], &roles.other_groups[1]] {
            caller.post("/users", &user(&[group])).expect(201);
        }
    }
}

#[test]
fn the_admin_of_a_creditor_manages_its_users_and_settings() {
    let roles = Roles::on(Mock::start());
    for group in &roles.groups {
        roles.admin().post("/users", &user(&[group])).expect(201);
    }
    rename(&roles, &roles.admin(), &roles.creditor).expect(200);
}

#[test]
fn the_admin_of_a_creditor_manages_no_other() {
    let roles = Roles::on(Mock::start());
    let admin = roles.admin();
    let rule = "amili.scope.admin-manages";
    let (own, other) = (&roles.groups[0], &roles.other_groups[0]);
    beyond(&roles, &admin, "/users", &user(&[other]), rule);
    beyond(&roles, &admin, "/users", &user(&[own, other]), rule);
    beyond(
        &roles,
        &admin,
        "/users",
        &user(&["6662fb1df4d1eaf404cb08e0"]),
        rule,
    );
    beyond(
        &roles,
        &admin,
        "/creditors",
        &acme(),
        "amili.scope.account-roles",
    );
    let before = roles.mock.state();
    assert!([403, 404].contains(&rename(&roles, &admin, &roles.other).status));
    assert_eq!(roles.mock.state(), before);
}

#[test]
fn the_user_of_a_creditor_manages_nobody() {
    let roles = Roles::on(Mock::start());
    let regular = roles.regular();
    let rule = "amili.scope.user-handles-cases";
    for group in [&roles.groups[0], &roles.groups[1], &roles.other_groups[1]] {
        beyond(&roles, &regular, "/users", &user(&[group]), rule);
    }
    beyond(
        &roles,
        &regular,
        "/creditors",
        &acme(),
        "amili.scope.account-roles",
    );
    let before = roles.mock.state();
    for creditor in [&roles.creditor, &roles.other] {
        assert!([403, 404].contains(&rename(&roles, &regular, creditor).status));
    }
    assert_eq!(roles.mock.state(), before);
}

#[test]
fn roles_at_two_creditors_reach_both() {
    let roles = Roles::on(Mock::start());
    let both = roles.member(&[&roles.groups[0], &roles.other_groups[0]]);
    let body = user(&[&roles.groups[1], &roles.other_groups[1]]);
    both.post("/users", &body).expect(201);
    assert_eq!(all(&both, "creditors").len(), 2);
}

#[test]
fn a_user_without_a_group_writes_nothing() {
    let roles = Roles::on(Mock::start());
    let nobody = roles.member(&[]);
    let before = roles.mock.state();
    nobody.post("/creditors", &acme()).expect(403);
    nobody
        .post("/users", &user(&[&roles.groups[1]]))
        .expect(403);
    assert_eq!(roles.mock.state(), before);
}

#[test]
fn the_members_of_a_creditor_see_that_creditor() {
    let roles = Roles::on(Mock::start());
    for caller in [roles.admin(), roles.regular()] {
        let creditors = all(&caller, "creditors");
        assert_eq!(creditors.len(), 1);
        assert_eq!(creditors[0]["_id"], *roles.creditor);
        let groups = all(&caller, "access--groups");
        assert!(
            groups
                .iter()
                .all(|group| group["creditor"] == *roles.creditor)
        );
        let other = caller.get(&format!("/creditors/{}", roles.other));
        refused(&other, 404, NOT_FOUND);
    }
}
