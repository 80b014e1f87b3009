//! The answers about Amili: what a new creditor holds, and what is asked of its values.

use serde_json::{Value, json};

use super::{Row, row};
use crate::amili::{acme, acme_with, all, invalid, plain_creditor, with};
use crate::harness::{ACCOUNT, Answer, Mock, OTHER_ACCOUNT};

fn post(mock: &Mock, body: &Value) -> Answer {
    mock.api_user().post("/creditors", body)
}

/// A new creditor as it is shown, beside the answer to its creation.
fn made(mock: &Mock, body: &Value) -> (Value, Answer) {
    let answer = post(mock, body).expect(201);
    let path = format!("/creditors/{}", answer.id());
    (mock.api_user().get(&path).expect(200).json(), answer)
}

/// The answer to a change of a creditor.
fn change(mock: &Mock, creditor: &Value, body: &Value) -> Answer {
    let path = format!("/creditors/{}", creditor["_id"].as_str().unwrap());
    let etag = mock.api_user().get(&path).text_at("/_etag");
    let call = mock.api_user().call("PATCH", &path);
    call.header("if-match", etag).json(body).send()
}

/// A creditor outside Sweden, with more members.
fn foreign(more: Value) -> Value {
    let body = with(
        plain_creditor("Utland"),
        json!({ "non_swedish_organization_no": "987654321" }),
    );
    with(body, more)
}

fn in_mars(mock: &Mock) -> Answer {
    post(mock, &acme_with(json!({ "vat_area": "mars" })))
}

/// The dates of a creditor and of its two groups, made at the guide's time.
fn dates(mock: &Mock) -> (Value, Vec<Value>, Answer) {
    let now = json!({ "now": crate::harness::GUIDE_TIME });
    mock.anybody().put("/_mock/clock", &now).expect(200);
    let (creditor, answer) = made(mock, &acme());
    let groups = all(&mock.api_user(), "access--groups");
    let dates = groups[2..].iter().flat_map(|group| {
        let date = |key: &str| group[key].clone();
        [date("_created"), date("_updated")]
    });
    (creditor["_created"].clone(), dates.collect(), answer)
}

pub(super) const ROWS: &[Row] = &[
    row("amili.creditor.is-active-default", "absent", |mock| {
        let (bare, _) = made(mock, &plain_creditor("Acme"));
        assert_eq!(bare.get("is_active"), None);
        // It counts as inactive, so that activation asks for the fields.
        change(mock, &bare, &json!({ "is_active": true })).expect(422);
        let (ready, answer) = made(mock, &acme_with(json!({ "is_active": null })));
        assert_eq!(ready.get("is_active"), None);
        answer
    }),
    row(
        "amili.creditor.filled-fields",
        "as-in-the-example",
        |mock| {
            let (shown, answer) = made(mock, &acme());
            let config = json!({
                "vat_area": "sweden",
                "commission_excluded_vat": false,
                "payout_capital_by_invoice": true,
                "payout_interest_by_invoice": false,
                "letter_config": {},
            });
            assert_eq!(shown["case_config"], config);
            assert_eq!(shown["default_letter_locale"], "sv");
            assert_eq!(shown["always_use_standard_debt_description"], false);
            assert_eq!(shown["added_to_erp_system"], false);
            assert!(shown["creditor_number"].is_i64());
            // What is sent stays as sent.
            let own = json!({
                "name": "Bolag",
                "default_letter_locale": "en",
                "always_use_standard_debt_description": true,
                "case_config": { "payout_capital_by_invoice": false },
            });
            let (shown, _) = made(mock, &acme_with(own));
            assert_eq!(shown["default_letter_locale"], "en");
            assert_eq!(shown["always_use_standard_debt_description"], true);
            let config = with(config, json!({ "payout_capital_by_invoice": false }));
            assert_eq!(shown["case_config"], config);
            answer
        },
    ),
    row("amili.creditor.filled-fields", "none", |mock| {
        let (shown, answer) = made(mock, &acme());
        let automatic = json!({ "_id": null, "_updated": null, "_created": null, "_etag": null });
        let expected = acme_with(json!({ "case_config": { "vat_area": "sweden" } }));
        assert_eq!(with(shown, automatic), expected);
        answer
    }),
    row("amili.creditor.vat-area-place", "case-config", |mock| {
        let (silent, answer) = made(mock, &acme());
        assert_eq!(silent.get("vat_area"), None);
        assert_eq!(silent["case_config"]["vat_area"], "sweden");
        let (said, _) = made(mock, &foreign(json!({ "vat_area": "norway" })));
        assert_eq!(said["vat_area"], "norway");
        assert_eq!(said["case_config"]["vat_area"], "norway");
        let config = json!({ "case_config": { "vat_area": "eu" } });
        let (configured, _) = made(mock, &foreign(config));
        assert_eq!(configured.get("vat_area"), None);
        assert_eq!(configured["case_config"]["vat_area"], "eu");
        answer
    }),
    row("amili.creditor.vat-area-place", "top-level", |mock| {
        let (silent, answer) = made(mock, &acme());
        assert_eq!(silent["vat_area"], "sweden");
        assert_eq!(silent["case_config"].get("vat_area"), None);
        let config = json!({ "vat_area": "norway", "case_config": { "vat_area": "eu" } });
        let (both, _) = made(mock, &foreign(config));
        assert_eq!(both["vat_area"], "norway");
        assert_eq!(both["case_config"]["vat_area"], "eu");
        answer
    }),
    row("amili.creditor.vat-areas", "named", |mock| {
        for area in ["norway", "denmark", "eu"] {
            post(mock, &foreign(json!({ "vat_area": area }))).expect(201);
        }
        let config = json!({ "case_config": { "vat_area": "mars" } });
        invalid(
            &post(mock, &acme_with(config)),
            &[("case_config.vat_area", "unallowed value mars")],
        );
        let (shown, _) = made(mock, &acme());
        let changed = change(mock, &shown, &json!({ "vat_area": "mars" }));
        changed.expect(422);
        let answer = in_mars(mock);
        invalid(&answer, &[("vat_area", "unallowed value mars")]);
        answer
    }),
    row("amili.creditor.vat-areas", "any", |mock| {
        in_mars(mock).expect(201)
    }),
    row("amili.creditor.vat-area-matches", "free", |mock| {
        post(mock, &foreign(json!({}))).expect(201);
        post(mock, &acme_with(json!({ "vat_area": "norway" }))).expect(201)
    }),
    row("amili.creditor.vat-area-matches", "required", |mock| {
        let (swedish, _) = made(mock, &acme_with(json!({ "vat_area": "sweden" })));
        let (abroad, _) = made(mock, &foreign(json!({ "vat_area": "norway" })));
        let config = json!({ "case_config": { "vat_area": "eu" } });
        post(mock, &foreign(config)).expect(201);
        post(mock, &plain_creditor("Without a number")).expect(201);
        for odd in [
            foreign(json!({ "vat_area": "sweden" })),
            foreign(json!({})),
            acme_with(json!({ "case_config": { "vat_area": "eu" } })),
        ] {
            post(mock, &odd).expect(422);
        }
        // A change is judged by what becomes of the creditor.
        change(mock, &swedish, &json!({ "vat_area": "norway" })).expect(422);
        let number = json!({ "non_swedish_organization_no": "5" });
        change(mock, &abroad, &number).expect(200);
        change(mock, &abroad, &json!({ "vat_area": "denmark" })).expect(200);
        change(mock, &abroad, &json!({ "description": "x" })).expect(200);
        post(mock, &acme_with(json!({ "vat_area": "norway" }))).expect(422)
    }),
    row("amili.creditor.formats", "free", |mock| {
        let address = with(
            acme()["sender_address"].clone(),
            json!({ "zip_code": "SE-25236" }),
        );
        post(mock, &acme_with(json!({ "sender_address": address }))).expect(201);
        post(mock, &acme_with(json!({ "organization_no": "123" }))).expect(201)
    }),
    row("amili.creditor.formats", "checked", |mock| {
        let (shown, _) = made(mock, &acme());
        // Numbers from elsewhere have forms of their own.
        post(mock, &foreign(json!({ "vat_area": "eu" }))).expect(201);
        for zip_code in ["2523", "252361", "SE-25", "252 36", ""] {
            for field in ["sender_address", "invoice_address", "agreement_address"] {
                let address = with(
                    acme()["sender_address"].clone(),
                    json!({ "zip_code": zip_code }),
                );
                let problem = (
                    &*format!("{field}.zip_code"),
                    "value does not match regex '^[0-9]{5}$'",
                );
                let body = acme_with(json!({ field: address }));
                invalid(&post(mock, &body), &[problem]);
            }
        }
        change(mock, &shown, &json!({ "organization_no": "x" })).expect(422);
        let answer = post(
            mock,
            &acme_with(json!({ "organization_no": "556677-8899" })),
        );
        let problem = "value does not match regex '^[0-9]{10}$'";
        invalid(&answer, &[("organization_no", problem)]);
        answer
    }),
    row("amili.creditor.duplicate-name", "allowed", |mock| {
        post(mock, &acme()).expect(201);
        post(mock, &acme()).expect(201)
    }),
    row("amili.creditor.duplicate-name", "refused", |mock| {
        let (shown, _) = made(mock, &acme());
        let (other, _) = made(mock, &plain_creditor("Bolag"));
        let elsewhere = acme_with(json!({ "account": OTHER_ACCOUNT }));
        mock.other_account()
            .post("/creditors", &elsewhere)
            .expect(201);
        let name = json!({ "name": "Acme Inc" });
        change(mock, &shown, &name).expect(200);
        change(mock, &other, &name).expect(422);
        let answer = post(mock, &json!({ "account": ACCOUNT, "name": "Acme Inc" }));
        invalid(&answer, &[("name", "value 'Acme Inc' is not unique")]);
        answer
    }),
    row("amili.access-group.lag", "together", |mock| {
        let (creditor, groups, answer) = dates(mock);
        assert_eq!(creditor, "Tue, 11 Nov 2025 12:22:34 GMT");
        assert_eq!(groups, vec![creditor; 4]);
        answer
    }),
    row("amili.access-group.lag", "one-second-later", |mock| {
        let (creditor, groups, answer) = dates(mock);
        assert_eq!(creditor, "Tue, 11 Nov 2025 12:22:34 GMT");
        assert_eq!(groups, vec!["Tue, 11 Nov 2025 12:22:35 GMT"; 4]);
        answer
    }),
];
