//! Valid request bodies, as the guides print them but for the names, which are unique.

use serde_json::{Value, json};

use crate::client::{Captured, Client};
use crate::scenarios::without;
use crate::verdict::Stop;

/// What activates a creditor.
pub(super) const ACTIVATION_FIELDS: [&str; 4] = [
    "payout_details",
    "sender_address",
    "invoice_address",
    "standard_debt_description",
];

/// A creditor that is active at once.
pub(super) fn active_creditor(amili: &Client) -> Result<Value, Stop> {
    Ok(json!({
        "account": amili.account()?,
        "name": amili.unique(),
        "organization_no": amili.unique_number(),
        "is_active": true,
        "standard_debt_description": "Standard skuldbeskrivning på Konto",
        "description": "Testing",
        "sender_address": address(),
        "invoice_address": address(),
        "payout_details": { "sek": { "bankgiro": "12312312" } },
    }))
}

/// A creditor that is to be activated later.
pub(super) fn inactive_creditor(amili: &Client) -> Result<Value, Stop> {
    Ok(json!({
        "account": amili.account()?,
        "name": amili.unique(),
        "organization_no": amili.unique_number(),
        "is_active": false,
    }))
}

/// An inactive creditor outside Sweden; it says no VAT area.
pub(super) fn foreign_creditor(amili: &Client) -> Result<Value, Stop> {
    Ok(json!({
        "account": amili.account()?,
        "name": amili.unique(),
        "non_swedish_organization_no": amili.unique_number(),
        "is_active": false,
    }))
}

/// An account whose first creditor has the fields of this one, but for the account itself.
pub(super) fn account(amili: &Client, creditor: Value) -> Value {
    json!({
        "name": amili.unique(),
        "organization_no": amili.unique_number(),
        "initial_creditor_data": without(creditor, &["account"]),
    })
}

pub(super) fn address() -> Value {
    json!({
        "address_line_1": "Redaregatan 50",
        "zip_code": "25236",
        "city": "Helsingborg",
        "country": "SE",
    })
}

/// A user with these access groups.
pub(super) fn user(amili: &Client, groups: &[&Captured]) -> Result<Value, Stop> {
    let email = amili.unique_email();
    let access: Vec<_> = groups
        .iter()
        .map(|group| json!({ "access_group": group }))
        .collect();
    Ok(json!({
        "account": amili.account()?,
        "name": amili.unique(),
        "email_data": { "email": email },
        "is_enabled": true,
        "oauth_type": "google",
        "email_oauth": email,
        "data_access": access,
    }))
}
