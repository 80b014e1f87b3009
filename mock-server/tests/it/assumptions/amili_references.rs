//! The answers about Amili: what is made of a body that names what is not there, or is not the caller's.

use serde_json::json;

use super::{Row, row};
use crate::amili::cases::case_registration;
use crate::amili::roles::Roles;
use crate::amili::{NOBODYS_ID, acme_with, groups_of, invalid, user};
use crate::harness::{Answer, Mock, OTHER_ACCOUNT};

fn for_stranger(mock: &Mock) -> Answer {
    let body = acme_with(json!({ "account": OTHER_ACCOUNT }));
    mock.api_user().post("/creditors", &body)
}

fn case_of_nobody(mock: &Mock) -> Answer {
    mock.api_user()
        .post("/case--registrations", &case_registration(NOBODYS_ID))
}

fn in_nobodys_group(mock: &Mock) -> Answer {
    mock.api_user().post("/users", &user(&[NOBODYS_ID]))
}

fn in_foreign_group(mock: &Mock) -> (Answer, String) {
    let elsewhere = acme_with(json!({ "account": OTHER_ACCOUNT }));
    let other = mock.other_account();
    let creditor = other.post("/creditors", &elsewhere).expect(201).id();
    let group = groups_of(&other, &creditor).remove(0);
    (mock.api_user().post("/users", &user(&[&group])), group)
}

pub(super) const ROWS: &[Row] = &[
    row("amili.scope.foreign-account-status", "403", |mock| {
        for_stranger(mock).expect(403)
    }),
    row("amili.scope.foreign-account-status", "422", |mock| {
        let answer = for_stranger(mock);
        let problem =
            format!("value '{OTHER_ACCOUNT}' must exist in resource 'accounts', field '_id'.");
        invalid(&answer, &[("account", &problem)]);
        answer
    }),
    row("amili.registration.unknown-creditor", "422", |mock| {
        let answer = case_of_nobody(mock);
        let problem =
            format!("value '{NOBODYS_ID}' must exist in resource 'creditors', field '_id'.");
        invalid(&answer, &[("creditor", &problem)]);
        answer
    }),
    row("amili.registration.unknown-creditor", "404", |mock| {
        case_of_nobody(mock).expect(404)
    }),
    row("amili.user.unknown-group", "422", |mock| {
        let answer = in_nobodys_group(mock);
        let problem =
            format!("value '{NOBODYS_ID}' must exist in resource 'access--groups', field '_id'.");
        invalid(&answer, &[("data_access.0.access_group", &problem)]);
        answer
    }),
    row("amili.user.unknown-group", "404", |mock| {
        in_nobodys_group(mock).expect(404)
    }),
    row("amili.user.foreign-group", "refused", |mock| {
        let (answer, group) = in_foreign_group(mock);
        let problem =
            format!("value '{group}' must exist in resource 'access--groups', field '_id'.");
        invalid(&answer, &[("data_access.0.access_group", &problem)]);
        answer
    }),
    row("amili.user.foreign-group", "403", |mock| {
        in_foreign_group(mock).0.expect(403)
    }),
    row("amili.user.foreign-group", "allowed", |mock| {
        // Whoever administers one creditor grants nothing elsewhere all the same.
        let roles = Roles::on(mock.clone());
        let (answer, group) = in_foreign_group(mock);
        roles.admin().post("/users", &user(&[&group])).expect(403);
        answer.expect(201)
    }),
];
