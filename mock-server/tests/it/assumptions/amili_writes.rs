//! The answers about Amili: what is made of the fields of a body, and what stands against a write.

use serde_json::{Value, json};

use super::{Row, row};
use crate::amili::cases::case_registration;
use crate::amili::{ACTIVATION, acme, acme_with, all, groups_of, invalid, plain_creditor, with};
use crate::harness::{ACCOUNT, Answer, Mock, OTHER_ACCOUNT, world};

fn post(mock: &Mock, body: &Value) -> Answer {
    mock.api_user().post("/creditors", body)
}

/// The id of a new creditor.
fn made(mock: &Mock, body: &Value) -> String {
    post(mock, body).expect(201).id()
}

fn read(mock: &Mock, id: &str) -> Value {
    mock.api_user()
        .get(&format!("/creditors/{id}"))
        .expect(200)
        .json()
}

fn call(mock: &Mock, method: &str, id: &str) -> crate::harness::Call {
    let etag = read(mock, id)["_etag"].as_str().unwrap().to_owned();
    let call = mock.api_user().call(method, &format!("/creditors/{id}"));
    call.header("if-match", etag)
}

fn change(mock: &Mock, id: &str, body: &Value) -> Answer {
    call(mock, "PATCH", id).json(body).send()
}

fn remove(mock: &Mock, id: &str) -> Answer {
    call(mock, "DELETE", id).send()
}

/// A field that only the server writes, in a creation and in a change.
fn numbered(mock: &Mock) -> (Answer, Answer, String) {
    let id = made(mock, &acme());
    let number = json!({ "creditor_number": 7 });
    let changed = change(mock, &id, &number);
    (post(mock, &acme_with(number)), changed, id)
}

fn dated(mock: &Mock) -> (Answer, Answer) {
    let id = made(mock, &acme());
    let etag = json!({ "_etag": "x", "_created": "y", "_updated": null });
    (
        post(mock, &with(acme(), json!({ "_etag": "x" }))),
        change(mock, &id, &etag),
    )
}

/// A creditor whose address is changed in part.
fn moved(mock: &Mock) -> (Value, Answer) {
    let id = made(mock, &acme());
    let answer = change(mock, &id, &json!({ "sender_address": { "city": "Lund" } }));
    (read(mock, &id)["sender_address"].clone(), answer)
}

fn other_account(mock: &Mock) -> (Value, Answer) {
    let id = made(mock, &acme());
    let body = json!({ "account": OTHER_ACCOUNT, "name": "Bolag" });
    let answer = change(mock, &id, &body);
    (read(mock, &id), answer)
}

fn nobodys(mock: &Mock) -> Answer {
    post(mock, &acme_with(json!({ "account": null })))
}

fn bare_but_active(mock: &Mock) -> Answer {
    let body = json!({ "account": ACCOUNT, "name": "Bare", "is_active": true });
    post(mock, &body)
}

fn blank(mock: &Mock) -> Answer {
    let payout = acme_with(json!({ "payout_details": {} }));
    invalid(
        &post(mock, &payout),
        &[("payout_details", "required field")],
    );
    let blank = json!({ "sender_address": {}, "standard_debt_description": "" });
    post(mock, &acme_with(blank))
}

/// A creditor that has everything is activated by one word.
fn activated(mock: &Mock) -> Answer {
    let id = made(mock, &acme_with(json!({ "is_active": false })));
    change(mock, &id, &json!({ "is_active": true }))
}

fn stripped(mock: &Mock) -> (Value, Answer) {
    let id = made(mock, &acme());
    let answer = change(mock, &id, &json!({ "standard_debt_description": "" }));
    (read(mock, &id), answer)
}

/// The numbers of two creditors of one account and one of another.
fn numbers(mock: &Mock) -> (Vec<i64>, Answer) {
    let first = made(mock, &acme());
    let elsewhere = acme_with(json!({ "account": OTHER_ACCOUNT }));
    let other = mock.other_account();
    let elsewhere = other.post("/creditors", &elsewhere).expect(201).id();
    let answer = post(mock, &acme()).expect(201);
    let elsewhere = other
        .get(&format!("/creditors/{elsewhere}"))
        .expect(200)
        .json();
    let shown = [read(mock, &first), read(mock, &answer.id()), elsewhere];
    let numbers = shown.map(|shown| shown["creditor_number"].as_i64().unwrap());
    (numbers.to_vec(), answer)
}

fn with_case(mock: &Mock) -> Answer {
    let id = made(mock, &acme());
    made(mock, &plain_creditor("Another"));
    let case = case_registration(&id);
    mock.api_user()
        .post("/case--registrations", &case)
        .expect(201);
    remove(mock, &id)
}

/// What a group shows after its creditor's name changed, and the first creation's answer.
fn renamed(mock: &Mock) -> (Value, Answer) {
    let id = made(mock, &acme());
    change(mock, &id, &json!({ "name": "Bolag" })).expect(200);
    let list = mock.api_user().get("/access--groups").expect(200);
    (list.json()["_items"][2].clone(), list)
}

/// The rights of a new group, where the account's own groups have some.
fn rights(mock: &Mock) -> (Value, Answer) {
    let edited = world(|world| {
        world["amili"]["access--groups"][0]["access_rights"] = json!({ "users": "write" });
    });
    let edited: Value = serde_json::from_str(&edited).unwrap();
    mock.anybody().put("/_mock/state", &edited).expect(204);
    let answer = post(mock, &acme()).expect(201);
    let groups = all(&mock.api_user(), "access--groups");
    (groups[2]["access_rights"].clone(), answer)
}

const READ_ONLY: &str = "field is read-only";
const REQUIRED: &str = "required field";

pub(super) const ROWS: &[Row] = &[
    row("amili.errors.details-text", "framework", |mock| {
        let answer = post(mock, &json!({ "account": ACCOUNT }));
        invalid(&answer, &[("name", REQUIRED)]);
        answer
    }),
    row("amili.errors.details-text", "as-in-the-sample", |mock| {
        let body = json!({ "account": ACCOUNT, "is_active": true, "description": 1 });
        let answer = post(mock, &body).expect(422);
        let told = answer.json();
        let details = json!({
            "description": "must be of string type",
            "invoice_address": "Invoice address is required",
            "name": "Name is required",
            "payout_details": "Payout details is required",
            "sender_address": "Sender address is required",
            "standard_debt_description": "Standard debt description is required",
        });
        assert_eq!(told["_error"]["details"], details);
        // The framework's own form keeps the framework's words.
        assert_eq!(told["_issues"]["name"], REQUIRED);
        answer
    }),
    row("amili.body.read-only-field", "refused", |mock| {
        let (created, changed, _) = numbered(mock);
        invalid(&changed, &[("creditor_number", READ_ONLY)]);
        invalid(&created, &[("creditor_number", READ_ONLY)]);
        created
    }),
    row("amili.body.read-only-field", "ignored", |mock| {
        let (created, changed, id) = numbered(mock);
        changed.expect(200);
        assert_eq!(read(mock, &id)["creditor_number"], 2_000_001);
        assert_eq!(read(mock, &created.id())["creditor_number"], 2_000_002);
        created.expect(201)
    }),
    row("amili.body.automatic-field", "refused", |mock| {
        let (created, changed) = dated(mock);
        let problem = |field| (field, "unknown field");
        let all = ["_created", "_etag", "_updated"].map(problem);
        invalid(&changed, &all);
        invalid(&created, &[problem("_etag")]);
        created
    }),
    row("amili.body.automatic-field", "ignored", |mock| {
        let (created, changed) = dated(mock);
        assert_ne!(changed.expect(200).text_at("/_etag"), "x");
        created.expect(201)
    }),
    row("amili.patch.nested", "merged", |mock| {
        let (address, answer) = moved(mock);
        let moved = with(acme()["sender_address"].clone(), json!({ "city": "Lund" }));
        assert_eq!(address, moved);
        answer.expect(200)
    }),
    row("amili.patch.nested", "replaced", |mock| {
        let (address, answer) = moved(mock);
        assert_eq!(address, json!({ "city": "Lund" }));
        let id = made(mock, &acme());
        change(mock, &id, &json!({ "vat_area": "eu" })).expect(200);
        // What a change does not name stays.
        let config = read(mock, &id)["case_config"].clone();
        assert_eq!(
            (&config["vat_area"], &config["letter_config"]),
            (&json!("eu"), &json!({}))
        );
        answer.expect(200)
    }),
    row("amili.patch.set-at-creation", "refused", |mock| {
        let (_, answer) = other_account(mock);
        invalid(&answer, &[("account", READ_ONLY)]);
        answer
    }),
    row("amili.patch.set-at-creation", "ignored", |mock| {
        let (shown, answer) = other_account(mock);
        assert_eq!(
            (&shown["account"], &shown["name"]),
            (&json!(ACCOUNT), &json!("Bolag"))
        );
        answer.expect(200)
    }),
    row("amili.creditor.account-unsaid", "refused", |mock| {
        let answer = nobodys(mock);
        invalid(&answer, &[("account", REQUIRED)]);
        answer
    }),
    row("amili.creditor.account-unsaid", "callers-own", |mock| {
        let answer = nobodys(mock).expect(201);
        assert_eq!(read(mock, &answer.id())["account"], ACCOUNT);
        answer
    }),
    row("amili.creditor.activation-problems", "every", |mock| {
        let answer = bare_but_active(mock);
        invalid(&answer, &ACTIVATION.map(|field| (field, REQUIRED)));
        answer
    }),
    row("amili.creditor.activation-problems", "first", |mock| {
        let answer = bare_but_active(mock);
        invalid(&answer, &[("payout_details", REQUIRED)]);
        answer
    }),
    row("amili.creditor.empty-activation-field", "missing", |mock| {
        let answer = blank(mock);
        let problems = ["sender_address", "standard_debt_description"];
        invalid(&answer, &problems.map(|field| (field, REQUIRED)));
        answer
    }),
    row("amili.creditor.empty-activation-field", "enough", |mock| {
        bare_but_active(mock).expect(422);
        blank(mock).expect(201)
    }),
    row("amili.creditor.activation-by-patch", "merged", |mock| {
        activated(mock).expect(200)
    }),
    row("amili.creditor.activation-by-patch", "sent-only", |mock| {
        let id = made(mock, &acme_with(json!({ "is_active": false })));
        change(mock, &id, &acme_with(json!({ "account": null }))).expect(200);
        let answer = activated(mock);
        invalid(&answer, &ACTIVATION.map(|field| (field, REQUIRED)));
        answer
    }),
    row(
        "amili.creditor.activation-field-removed",
        "refused",
        |mock| {
            let (shown, answer) = stripped(mock);
            assert_eq!(
                shown["standard_debt_description"],
                acme()["standard_debt_description"]
            );
            invalid(&answer, &[("standard_debt_description", REQUIRED)]);
            answer
        },
    ),
    row(
        "amili.creditor.activation-field-removed",
        "deactivates",
        |mock| {
            let (shown, answer) = stripped(mock);
            assert_eq!(shown["is_active"], false);
            answer.expect(200)
        },
    ),
    row(
        "amili.creditor.activation-field-removed",
        "allowed",
        |mock| {
            let (shown, answer) = stripped(mock);
            assert_eq!(shown["is_active"], true);
            answer.expect(200)
        },
    ),
    row("amili.creditor.number-sequence", "overall", |mock| {
        let (numbers, answer) = numbers(mock);
        assert_eq!(numbers, [2_000_001, 2_000_003, 2_000_002]);
        answer
    }),
    row("amili.creditor.number-sequence", "per-account", |mock| {
        let (numbers, answer) = numbers(mock);
        assert_eq!(numbers, [2_000_001, 2_000_002, 2_000_001]);
        answer
    }),
    row("amili.delete.last-creditor", "allowed", |mock| {
        let id = made(mock, &acme());
        remove(mock, &id).expect(204)
    }),
    row("amili.delete.last-creditor", "refused", |mock| {
        let first = made(mock, &acme());
        let last = made(mock, &acme());
        remove(mock, &first).expect(204);
        let answer = remove(mock, &last);
        invalid(
            &answer,
            &[("account", "an account has at least one creditor")],
        );
        assert_eq!(groups_of(&mock.api_user(), &last).len(), 2);
        answer
    }),
    row("amili.delete.with-cases", "allowed", |mock| {
        let answer = with_case(mock).expect(204);
        assert_eq!(all(&mock.api_user(), "cases").len(), 1);
        answer
    }),
    row("amili.delete.with-cases", "refused", |mock| {
        let answer = with_case(mock);
        invalid(&answer, &[("_id", "the creditor has cases")]);
        answer
    }),
    row("amili.access-group.names-follow", "follow", |mock| {
        let (group, answer) = renamed(mock);
        assert_eq!(group["creditor_name"], "Bolag");
        answer
    }),
    row("amili.access-group.names-follow", "as-created", |mock| {
        let (group, answer) = renamed(mock);
        assert_eq!(group["creditor_name"], "Acme Inc");
        assert_eq!(group.as_object().unwrap().len(), 12, "{group}");
        // What a space gives out it also takes in.
        mock.anybody()
            .put("/_mock/state", &mock.state())
            .expect(204);
        let list = mock.api_user().get("/access--groups").expect(200);
        assert_eq!(list.json()["_items"][2], group);
        answer
    }),
    row("amili.access-group.rights", "empty", |mock| {
        let (rights, answer) = rights(mock);
        assert_eq!(rights, json!({}));
        answer
    }),
    row("amili.access-group.rights", "as-account-admin", |mock| {
        let (rights, answer) = rights(mock);
        assert_eq!(rights, json!({ "users": "write" }));
        answer
    }),
];
