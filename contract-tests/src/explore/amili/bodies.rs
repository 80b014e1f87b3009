//! The bodies of Amili's requests: as the guides print them, but for what a step says. Sends nothing.

use serde_json::{Value, json};

use crate::client::Client;
use crate::model::amili::{Account, NewCreditor, NewUser, OrganisationNumber};

pub(super) fn creditor(client: &Client, account: &str, new: &NewCreditor) -> Value {
    let address = json!({
        "address_line_1": "Redaregatan 50",
        "zip_code": "25236",
        "city": "Helsingborg",
        "country": "SE",
    });
    let body = json!({
        "account": account,
        "name": client.unique(),
        "organization_no": client.unique_number(),
        "non_swedish_organization_no": client.unique_number(),
        "vat_area": "norway",
        "is_active": new.active,
        "standard_debt_description": "Standard skuldbeskrivning på Konto",
        "sender_address": address,
        "invoice_address": address,
        "payout_details": { "sek": { "bankgiro": "12312312" } },
    });
    let swedish = ["organization_no"].as_slice();
    let foreign = ["non_swedish_organization_no", "vat_area"].as_slice();
    let mut left_out: Vec<&str> = new.missing.iter().map(|field| field.field()).collect();
    match new.organisation {
        OrganisationNumber::Swedish => left_out.extend(foreign),
        OrganisationNumber::Foreign => left_out.extend(swedish),
        OrganisationNumber::Both => {}
        OrganisationNumber::Neither => left_out.extend([swedish, foreign].concat()),
    }
    left_out.extend(owner_and_name(new.account, new.named));
    without(body, &left_out)
}

/// `access` names the groups by their ids; an empty list is left out.
pub(super) fn user(client: &Client, account: &str, access: &[String], new: &NewUser) -> Value {
    let email = client.unique_email();
    let groups = access.iter().map(|id| json!({ "access_group": id }));
    let body = json!({
        "account": account,
        "name": client.unique(),
        "email_data": { "email": email },
        "is_enabled": true,
        "oauth_type": "google",
        "email_oauth": email,
        "data_access": groups.collect::<Vec<_>>(),
    });
    let mut left_out = owner_and_name(new.account, new.named);
    left_out.extend(access.is_empty().then_some("data_access"));
    without(body, &left_out)
}

/// Of the fields that every document has, those left out.
fn owner_and_name(account: Account, named: bool) -> Vec<&'static str> {
    let mut left_out = Vec::new();
    left_out.extend((account == Account::LeftOut).then_some("account"));
    left_out.extend((!named).then_some("name"));
    left_out
}

fn without(mut body: Value, fields: &[&str]) -> Value {
    if let Some(members) = body.as_object_mut() {
        members.retain(|field, _| !fields.contains(&field.as_str()));
    }
    body
}
