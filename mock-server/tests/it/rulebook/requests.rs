//! For each rule a request: those that refuse, one that breaks it; the others, one that they shape.

use serde_json::{Value, json};

use crate::amili::accounts::{account, partner};
use crate::amili::roles::Roles;
use crate::amili::{NOBODYS_ID, acme, acme_with, groups_of, plain_creditor, user, with};
use crate::ams::{self, add_caller};
use crate::harness::{ACCOUNT, Answer, Mock, OTHER_ACCOUNT, asking};

/// The built-in world, with an AMS user 100 who holds none of the documented permissions, as `as-100`.
pub(super) fn world() -> Mock {
    Mock::with_world(|world| add_caller(world, 100, Some(24), &["write_companies"]))
}

fn creditor(mock: &Mock, changes: Value) -> Answer {
    mock.api_user().post("/creditors", &acme_with(changes))
}

fn amili_user(mock: &Mock, group: &str) -> Answer {
    mock.api_user().post("/users", &user(&[group]))
}

/// The answer to a change of a new creditor, under this etag or its own.
fn change(mock: &Mock, etag: Option<&str>, body: &Value) -> Answer {
    let made = creditor(mock, json!({})).expect(201);
    let own = made.text_at("/_etag");
    let call = mock
        .api_user()
        .call("PATCH", &format!("/creditors/{}", made.id()));
    call.header("if-match", etag.unwrap_or(&own))
        .json(body)
        .send()
}

fn documented(mock: &Mock, place: usize, token: &str) -> Answer {
    ams::documented_calls()[place].by(&mock.ams(token))
}

fn ams_post(mock: &Mock, path: &str, body: Value) -> Answer {
    mock.manager().post(path, &body)
}

fn taken_id(mock: &Mock) -> Answer {
    let body = with(acme(), json!({ "_id": NOBODYS_ID }));
    mock.api_user().post("/creditors", &body).expect(201);
    mock.api_user().post("/creditors", &body)
}

/// A request that breaks the rule.
pub(super) type Breaking = fn(&Mock) -> Answer;

pub(super) const REFUSALS: &[(&str, Breaking)] = &[
    ("amili.auth.token-required", |mock| {
        mock.anybody().get("/creditors")
    }),
    ("amili.creditor.activation-fields", |mock| {
        creditor(mock, json!({ "sender_address": null }))
    }),
    ("amili.creditor.payout-account", |mock| {
        creditor(mock, json!({ "payout_details": { "sek": {} } }))
    }),
    ("amili.creditor.one-organisation-number", |mock| {
        creditor(mock, json!({ "non_swedish_organization_no": "1" }))
    }),
    ("amili.creditor.account-exists", |mock| {
        creditor(mock, json!({ "account": NOBODYS_ID }))
    }),
    ("amili.creditor.set-at-creation", |mock| {
        change(mock, None, &json!({ "account": OTHER_ACCOUNT }))
    }),
    ("amili.query.malformed", |mock| {
        mock.api_user()
            .get(&asking("/creditors", &[("where", "{")]))
    }),
    ("amili.user.account-exists", |mock| {
        mock.api_user()
            .post("/users", &with(user(&[]), json!({ "account": NOBODYS_ID })))
    }),
    ("amili.user.access-group-exists", |mock| {
        amili_user(mock, NOBODYS_ID)
    }),
    ("amili.user.group-of-own-account", |mock| {
        amili_user(mock, "6662fb1df4d1eaf404cb0901")
    }),
    ("amili.scope.foreign-account", |mock| {
        creditor(mock, json!({ "account": OTHER_ACCOUNT }))
    }),
    ("amili.scope.account-roles", |mock| {
        let roles = Roles::on(mock.clone());
        roles.admin().post("/creditors", &acme())
    }),
    ("amili.scope.admin-manages", |mock| {
        let roles = Roles::on(mock.clone());
        roles
            .admin()
            .post("/users", &user(&[&roles.other_groups[0]]))
    }),
    ("amili.scope.user-handles-cases", |mock| {
        let roles = Roles::on(mock.clone());
        roles.regular().post("/users", &user(&[&roles.groups[1]]))
    }),
    ("amili.account.partner-creates", |mock| {
        mock.api_user().post("/accounts", &account(json!({})))
    }),
    ("amili.account.first-creditor", |mock| {
        partner(mock).post("/accounts", &json!({ "name": "Nytt konto AB" }))
    }),
    ("amili.write.id-free", taken_id),
    ("amili.write.etag-current", |mock| {
        change(mock, Some("x"), &json!({}))
    }),
    ("amili.write.id-stays", |mock| {
        change(mock, None, &json!({ "_id": NOBODYS_ID }))
    }),
    ("amili.body.required-fields", |mock| {
        creditor(mock, json!({ "name": null }))
    }),
    ("amili.body.field-types", |mock| {
        creditor(mock, json!({ "name": 5 }))
    }),
    ("amili.body.readable", |mock| {
        mock.api_user()
            .call("POST", "/creditors")
            .body("application/json", "{")
            .send()
    }),
    ("amili.body.content-type", |mock| {
        mock.api_user()
            .call("POST", "/creditors")
            .body("text/plain", acme().to_string())
            .send()
    }),
    ("amili.path.known", |mock| mock.api_user().get("/nothing")),
    ("amili.item.exists", |mock| {
        mock.api_user().get(&format!("/creditors/{NOBODYS_ID}"))
    }),
    ("amili.method.offered", |mock| {
        mock.api_user().call("DELETE", "/creditors").send()
    }),
    ("ams.auth.unauthenticated", |mock| {
        documented(mock, 0, "nobodys-token")
    }),
    ("ams.user.create-permission", |mock| {
        documented(mock, 0, "as-100")
    }),
    ("ams.department.create-permission", |mock| {
        documented(mock, 1, "as-100")
    }),
    ("ams.user-department.permission", |mock| {
        documented(mock, 2, "as-100")
    }),
    ("ams.group.list-permission", |mock| {
        documented(mock, 3, "as-100")
    }),
    ("ams.permission.assign-permission", |mock| {
        documented(mock, 4, "as-100")
    }),
    ("ams.user.login-only", |mock| {
        documented(mock, 3, "ams-nobody")
    }),
    ("ams.user.company-must-exist", |mock| {
        mock.setup().post(
            "/v2/admin/users",
            &with(ams::user("a@test.net"), json!({ "company_id": 999 })),
        )
    }),
    ("ams.user.mail-otp", |mock| {
        ams_post(
            mock,
            "/v2/admin/users",
            with(ams::user("a@test.net"), json!({ "mail_otp": 2 })),
        )
    }),
    ("ams.department.parent-exists", |mock| {
        ams_post(
            mock,
            "/v2/admin/departments",
            json!({ "name": "x", "parent_id": 999 }),
        )
    }),
    ("ams.user-department.user-exists", |mock| {
        ams_post(
            mock,
            "/v2/admin/users/999/department",
            json!({ "departments": [1] }),
        )
    }),
    ("ams.user-department.departments-exist", |mock| {
        ams_post(
            mock,
            "/v2/admin/users/4/department",
            json!({ "departments": [1, 999] }),
        )
    }),
    ("ams.permission.no-self-change", |mock| {
        ams_post(mock, "/v2/admin/user/2/groups", json!({ "groups": [1] }))
    }),
    ("ams.permission.no-more-power", |mock| {
        ams_post(mock, "/v2/admin/user/4/groups", json!({ "groups": [3] }))
    }),
    ("ams.permission.user-exists", |mock| {
        ams_post(mock, "/v2/admin/user/999/groups", json!({ "groups": [1] }))
    }),
    ("ams.permission.group-exists", |mock| {
        ams_post(mock, "/v2/admin/user/4/groups", json!({ "groups": [999] }))
    }),
];

/// Requests that are accepted, so that every rule which shapes answers has one to shape.
pub(super) fn shape_answers(mock: &Mock) {
    let caller = mock.api_user();
    let id = caller
        .post("/creditors", &plain_creditor("Acme"))
        .expect(201)
        .id();
    let path = format!("/creditors/{id}");
    let groups = groups_of(&caller, &id);
    caller
        .post("/users", &user(&[&groups[0], &groups[1]]))
        .expect(201);
    caller.get("/access--groups?max_results=100").expect(200);
    let missing: Vec<(String, Value)> = crate::amili::ACTIVATION
        .iter()
        .map(|field| ((*field).to_owned(), acme()[*field].clone()))
        .collect();
    let mut activation: Value = missing.into_iter().collect();
    activation["is_active"] = json!(true);
    let etag = caller.get(&path).expect(200).text_at("/_etag");
    caller
        .call("PATCH", &path)
        .header("if-match", etag)
        .json(&activation)
        .send()
        .expect(200);
    let account = json!({ "account": ACCOUNT }).to_string();
    caller
        .get(&asking("/access--groups", &[("where", &account)]))
        .expect(200);
    let [user, department, link, groups, assignment] = ams::documented_calls();
    for call in [user, department, link, assignment] {
        assert!(call.by(&mock.manager()).status < 300, "{call:?}");
    }
    mock.manager()
        .get(&format!("{}?company_id=42", groups.path))
        .expect(200);
    let parent = json!({ "name": "x", "parent_id": 42 });
    mock.manager()
        .post("/v2/admin/departments", &parent)
        .expect(201);
}
