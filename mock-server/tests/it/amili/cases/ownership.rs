//! Whose cases they are: who handles them, who sees them, and that a space keeps them.

use serde_json::json;

use super::{
    case_of, case_registration, crediting, foreign, invoice_registration, one_of_each, payment,
};
use crate::amili::roles::Roles;
use crate::amili::{FORBIDDEN, NOT_FOUND, all, invalid, refused, refused_without_a_trace, with};
use crate::harness::{Mock, OTHER_ACCOUNT};

#[test]
fn the_members_of_a_creditor_handle_and_see_its_cases_alone() {
    let roles = Roles::on(Mock::start());
    let own = case_of(&roles.mock, &roles.creditor);
    let other = case_of(&roles.mock, &roles.other);
    for caller in [roles.admin(), roles.regular()] {
        let registration = caller.post("/case--registrations", &case_registration(&roles.creditor));
        registration.expect(201);
        caller
            .post("/creditor--payments", &payment(&roles.creditor, &own))
            .expect(201);
        for (path, body) in [
            ("/case--registrations", case_registration(&roles.other)),
            (
                "/invoice--registrations",
                invoice_registration(&roles.other),
            ),
            ("/creditor--payments", payment(&roles.other, &other)),
            ("/creditor--creditings", crediting(&roles.other, &other)),
        ] {
            refused_without_a_trace(
                &roles.mock,
                || caller.post(path, &body),
                |answer| {
                    refused(answer, 403, FORBIDDEN);
                    assert_eq!(answer.rule(), Some("amili.scope.cases-of-own-creditor"));
                },
            );
        }
        let seen = all(&caller, "cases");
        assert!(seen.iter().all(|case| case["creditor"] == roles.creditor));
        assert_eq!(all(&caller, "customers").len(), 1);
        caller.get(&format!("/cases/{own}")).expect(200);
        refused(&caller.get(&format!("/cases/{other}")), 404, NOT_FOUND);
    }
}

#[test]
fn another_account_sees_and_pays_none_of_it() {
    let mock = Mock::start();
    let paths = one_of_each(&mock);
    for path in &paths {
        mock.api_user().get(path).expect(200);
        refused(&mock.other_account().get(path), 404, NOT_FOUND);
        let resource = path[1..].split('/').next().unwrap();
        assert!(
            all(&mock.other_account(), resource).is_empty(),
            "{resource}"
        );
    }
    let case = paths[1].trim_start_matches("/cases/");
    let theirs = with(
        payment(&foreign(&mock), case),
        json!({ "account": OTHER_ACCOUNT }),
    );
    refused_without_a_trace(
        &mock,
        || mock.other_account().post("/creditor--payments", &theirs),
        |answer| {
            let problem = format!("value '{case}' must exist in resource 'cases', field '_id'.");
            invalid(answer, &[("case", &problem)]);
        },
    );
}

#[test]
fn what_registrations_make_survives_in_the_state_of_a_space() {
    let mock = Mock::start();
    let paths = one_of_each(&mock);
    let state = mock.state();
    let control = mock.anybody();
    let read = || -> Vec<String> {
        let text = |path: &String| mock.api_user().get(path).expect(200).text();
        paths.iter().map(text).collect()
    };
    let before = read();
    control.call("POST", "/_mock/reset").send().expect(204);
    mock.api_user().get(&paths[0]).expect(404);
    control.put("/_mock/state", &state).expect(204);
    assert_eq!(read(), before);
}

#[test]
fn what_a_deleted_creditor_registered_stays() {
    let mock = Mock::start();
    let paths = one_of_each(&mock);
    let caller = mock.api_user();
    let creditor = caller.get(&paths[1]).text_at("/creditor");
    let creditor = format!("/creditors/{creditor}");
    let etag = caller.get(&creditor).text_at("/_etag");
    let deletion = caller.call("DELETE", &creditor).header("if-match", etag);
    deletion.send().expect(204);
    let state = mock.state();
    mock.anybody().put("/_mock/state", &state).expect(204);
    for path in &paths {
        caller.get(path).expect(200);
    }
    let case = caller.get(&paths[1]).json();
    assert_eq!(case.get("creditor_name"), None, "nobody has that name now");
}

#[test]
fn these_resources_take_a_key_and_neither_change_nor_go() {
    let mock = Mock::start();
    for path in one_of_each(&mock) {
        mock.anybody().get(&path).expect(401);
        for method in ["PATCH", "PUT", "DELETE"] {
            mock.api_user().call(method, &path).send().expect(405);
        }
    }
    for path in ["/cases", "/customers"] {
        mock.api_user().post(path, &json!({})).expect(405);
    }
}
