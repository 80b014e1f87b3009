//! Creditors: when they can be active, and what they hold.

use serde_json::{Value, json};

use crate::wrong::make::{asked, let_through, over_refused, shown, without};
use crate::wrong::server::{Talk, Wrong};

const POST: (&str, &str) = ("POST", "/creditors");
const PATCH: (&str, &str) = ("PATCH", "/creditors/*");

pub(super) fn all() -> Vec<Wrong> {
    [
        activation(),
        payout(),
        inactive_first(),
        numbers(),
        vat_area(),
        account(),
        later(),
        fixed(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn lacks(talk: &Talk<'_>, field: &str) -> bool {
    talk.body().get(field).is_none()
}

fn patches(talk: &Talk<'_>) -> bool {
    talk.asked.method == "PATCH"
}

fn activation() -> Vec<Wrong> {
    const RULE: &str = "amili.creditor.activation-fields";
    vec![
        let_through(RULE, "without payout_details", |talk| {
            lacks(talk, "payout_details")
        }),
        let_through(RULE, "without sender_address", |talk| {
            lacks(talk, "sender_address")
        }),
        let_through(RULE, "without invoice_address", |talk| {
            lacks(talk, "invoice_address")
        }),
        let_through(RULE, "without a description", |talk| {
            lacks(talk, "standard_debt_description")
        }),
        let_through(RULE, "with one missing", |talk| {
            let fields = [
                "payout_details",
                "sender_address",
                "invoice_address",
                "standard_debt_description",
            ];
            fields
                .into_iter()
                .filter(|field| lacks(talk, field))
                .count()
                == 1
        }),
        let_through(RULE, "with all missing", |talk| {
            lacks(talk, "payout_details")
                && lacks(talk, "sender_address")
                && lacks(talk, "invoice_address")
        }),
        let_through(RULE, "by a change", patches),
        let_through(RULE, "by a change of is_active alone", |talk| {
            patches(talk) && talk.body() == json!({ "is_active": true })
        }),
        asked(
            RULE,
            "by keeping it inactive in silence",
            POST,
            |_, body| {
                let fields = [
                    "payout_details",
                    "sender_address",
                    "invoice_address",
                    "standard_debt_description",
                ];
                if body["is_active"] == true && fields.iter().any(|field| body.get(field).is_none())
                {
                    body["is_active"] = json!(false);
                }
            },
        ),
    ]
}

fn payout() -> Vec<Wrong> {
    const RULE: &str = "amili.creditor.payout-account";
    vec![
        let_through(RULE, "no currency", |talk| {
            talk.body()["payout_details"] == json!({})
        }),
        let_through(RULE, "an empty currency", |talk| {
            talk.body()["payout_details"] != json!({})
        }),
        let_through(RULE, "two empty currencies", |talk| {
            talk.body()["payout_details"]
                .as_object()
                .is_some_and(|known| known.len() > 1)
        }),
        let_through(RULE, "by a change", patches),
    ]
}

fn inactive_first() -> Vec<Wrong> {
    const RULE: &str = "amili.creditor.inactive-first";
    vec![
        over_refused(RULE, "fields needed always", POST, 422, |talk| {
            lacks(talk, "sender_address")
        }),
        over_refused(RULE, "never inactive", POST, 422, |talk| {
            talk.body()["is_active"] == false
        }),
        over_refused(
            RULE,
            "inactive only without the fields",
            POST,
            422,
            |talk| talk.body()["is_active"] == false && !lacks(talk, "sender_address"),
        ),
        shown(RULE, "shown as active", "creditors", |creditor| {
            crate::wrong::make::replaced(creditor, "is_active", json!(true));
        }),
        shown(RULE, "is_active not shown", "creditors", |creditor| {
            without(creditor, "is_active")
        }),
        asked(RULE, "forgets the fields", POST, |_, body| {
            if body["is_active"] == false {
                without(body, "sender_address");
            }
        }),
        asked(RULE, "invents the fields", POST, |_, body| {
            if body["is_active"] == false && body.get("standard_debt_description").is_none() {
                body["standard_debt_description"] = json!("");
            }
        }),
    ]
}

fn numbers() -> Vec<Wrong> {
    const RULE: &str = "amili.creditor.one-organisation-number";
    vec![
        let_through(RULE, "while inactive", |talk| {
            talk.body()["is_active"] == false
        }),
        let_through(RULE, "while active", |talk| {
            talk.body()["is_active"] == true
        }),
        let_through(RULE, "by a change", patches),
        over_refused(RULE, "no foreign number", POST, 422, |talk| {
            !lacks(talk, "non_swedish_organization_no")
        }),
        asked(RULE, "loses the foreign number", POST, |_, body| {
            without(body, "non_swedish_organization_no");
        }),
        asked(
            RULE,
            "the foreign number as a Swedish one",
            POST,
            |_, body| {
                if let Some(number) = body.get("non_swedish_organization_no").cloned() {
                    without(body, "non_swedish_organization_no");
                    body["organization_no"] = number;
                }
            },
        ),
    ]
}

fn vat_area() -> Vec<Wrong> {
    const RULE: &str = "amili.creditor.vat-area-default";
    fn area(creditor: &mut Value, area: Value) {
        crate::wrong::make::replaced(creditor, "vat_area", area.clone());
        if let Some(config) = creditor.get_mut("case_config") {
            config["vat_area"] = area;
        }
    }
    vec![
        asked(RULE, "norway by default", POST, |_, body| {
            if body.get("vat_area").is_none() {
                body["vat_area"] = json!("norway");
            }
        }),
        shown(RULE, "always sweden", "creditors", |creditor| {
            area(creditor, json!("sweden"))
        }),
        shown(RULE, "none shown", "creditors", |creditor| {
            without(creditor, "vat_area");
            if let Some(config) = creditor.get_mut("case_config") {
                without(config, "vat_area");
            }
        }),
        shown(RULE, "null", "creditors", |creditor| {
            area(creditor, Value::Null)
        }),
        shown(RULE, "none while inactive", "creditors", |creditor| {
            if creditor["is_active"] == false {
                area(creditor, Value::Null);
            }
        }),
        shown(RULE, "in capitals", "creditors", |creditor| {
            if creditor["case_config"]["vat_area"] == "sweden" {
                area(creditor, json!("SWEDEN"));
            }
        }),
        shown(RULE, "two places, two areas", "creditors", |creditor| {
            crate::wrong::make::replaced(creditor, "vat_area", json!("eu"));
        }),
        over_refused(RULE, "no denmark", POST, 422, |talk| {
            talk.body()["vat_area"] == "denmark"
        }),
    ]
}

fn account() -> Vec<Wrong> {
    const RULE: &str = "amili.creditor.account-exists";
    vec![
        let_through(RULE, "while inactive", |talk| {
            talk.body()["is_active"] == false
        }),
        let_through(RULE, "while active", |talk| {
            talk.body()["is_active"] == true
        }),
        asked(RULE, "the caller's for an unknown one", POST, |_, body| {
            if body["account"] == "ffffffffffffffffffffffff" {
                body["account"] = json!("6662fb1df4d1eaf404cb08de");
            }
        }),
        shown(RULE, "another one shown", "creditors", |creditor| {
            crate::wrong::make::replaced(creditor, "account", json!("6662fb1df4d1eaf404cb0900"));
        }),
    ]
}

fn later() -> Vec<Wrong> {
    const RULE: &str = "amili.creditor.activate-later";
    vec![
        asked(RULE, "stays inactive", PATCH, |_, body| {
            without(body, "is_active")
        }),
        over_refused(RULE, "never", PATCH, 422, |talk| {
            talk.body()["is_active"] == true
        }),
        over_refused(RULE, "only with the fields beside", PATCH, 422, |talk| {
            talk.body() == json!({ "is_active": true })
        }),
        over_refused(RULE, "only after the fields", PATCH, 422, |talk| {
            talk.body()["is_active"] == true && !lacks(talk, "sender_address")
        }),
        asked(RULE, "loses an address", PATCH, |_, body| {
            without(body, "invoice_address")
        }),
        asked(RULE, "active as soon as all is there", PATCH, |_, body| {
            if body.get("standard_debt_description").is_some() {
                body["is_active"] = json!(true);
            }
        }),
        shown(RULE, "not shown active", "creditors", |creditor| {
            crate::wrong::make::replaced(creditor, "is_active", json!(false));
        }),
        Wrong::new(RULE, "without the fields", |talk| {
            let refusal = talk.forward();
            if !talk.is(PATCH.0, PATCH.1) || refusal.status != 422 {
                return refusal;
            }
            let accepted =
                crate::wrong::accept::accepted(talk, crate::wrong::accept::Keeping::Nothing);
            talk.alters();
            accepted.unwrap_or(refusal)
        }),
        Wrong::new(RULE, "kept although refused", |talk| {
            let refusal = talk.forward();
            if talk.is(PATCH.0, PATCH.1) && refusal.status == 422 {
                let kept = crate::wrong::accept::accepted(talk, crate::wrong::accept::Keeping::All);
                if kept.is_some() {
                    talk.alters();
                }
            }
            refusal
        }),
    ]
}

fn fixed() -> Vec<Wrong> {
    const RULE: &str = "amili.creditor.set-at-creation";
    vec![
        let_through(RULE, "another template", |talk| {
            !lacks(talk, "agreement_template")
        }),
        asked(RULE, "not even at creation", POST, |_, body| {
            without(body, "agreement_template")
        }),
        over_refused(RULE, "nothing changes", PATCH, 422, |_| true),
    ]
}
