//! What the server adds to the fields of a new creditor.

use bson::{Bson, Document};

use super::schema::{CASE_CONFIG_DEFAULTS, DEFAULT_VAT_AREA, RESOURCE};
use crate::amili::assumptions::{CreditorNumbers, FilledFields, IsActiveDefault, VatAreaPlace};
use crate::amili::rulebook;
use crate::amili::store::Store;
use crate::platform::moment::Moment;

/// The documented example has 2000037.
const FIRST_NUMBER: i64 = 2_000_001;

/// Settles whether the creditor is active when the request does not say: activation depends on it.
pub(super) fn activity(moment: &mut Moment, document: &mut Document) {
    if document.contains_key("is_active") {
        return;
    }
    let active = match moment.assumes::<IsActiveDefault>() {
        IsActiveDefault::Inactive => false,
        IsActiveDefault::Active => true,
        IsActiveDefault::Absent => return,
    };
    document.insert("is_active", active);
}

/// Adds the VAT area, the settings and the number. Fields sent keep their places.
pub(super) fn fields(store: &Store, moment: &mut Moment, fields: &mut Document) {
    vat_area(moment, fields);
    if moment.assumes::<FilledFields>() == FilledFields::None {
        return;
    }
    let account = fields.get("account").cloned().unwrap_or(Bson::Null);
    let config = part(fields, "case_config");
    for (key, default) in CASE_CONFIG_DEFAULTS {
        if !config.contains_key(key) {
            config.insert(*key, default.value());
        }
    }
    let own = [
        ("default_letter_locale", Bson::from("sv")),
        ("always_use_standard_debt_description", Bson::from(false)),
        ("added_to_erp_system", Bson::from(false)),
        (
            "creditor_number",
            next_number(store, moment, account).into(),
        ),
    ];
    for (key, value) in own {
        if !fields.contains_key(key) {
            fields.insert(key, value);
        }
    }
}

/// One more than have been given, and none that a creditor of the world has.
fn next_number(store: &Store, moment: &mut Moment, account: Bson) -> i64 {
    let creditors = store.collection(RESOURCE.name);
    let overall = moment.assumes::<CreditorNumbers>() == CreditorNumbers::Overall;
    let of_account = || {
        creditors
            .having("account", &account)
            .unwrap_or_default()
            .len() as u64
    };
    let made = if overall {
        creditors.made()
    } else {
        of_account()
    };
    let made = i64::try_from(made).unwrap_or(i64::MAX);
    let is_free = |number: &i64| {
        let places = creditors.having("creditor_number", &(*number).into());
        let places = places.unwrap_or_default();
        let mut others = places.iter().filter_map(|place| creditors.at(place));
        !others.any(|other| overall || other.get("account") == Some(&account))
    };
    let mut numbers = FIRST_NUMBER.saturating_add(made)..i64::MAX;
    numbers.find(is_free).unwrap_or(i64::MAX)
}

/// The guide sets `vat_area` on the creditor; reads show it inside `case_config`.
fn vat_area(moment: &mut Moment, fields: &mut Document) {
    let sent = fields.get("vat_area").cloned();
    let config = fields.get_document("case_config").ok();
    let configured = config.and_then(|config| config.get("vat_area").cloned());
    if sent.is_none() && configured.is_none() {
        moment.applies(&rulebook::VAT_AREA_DEFAULT);
    }
    match moment.assumes::<VatAreaPlace>() {
        VatAreaPlace::CaseConfig => {
            let area = sent
                .or(configured)
                .unwrap_or_else(|| DEFAULT_VAT_AREA.into());
            part(fields, "case_config").insert("vat_area", area);
        }
        VatAreaPlace::TopLevel if sent.is_none() => {
            fields.insert("vat_area", DEFAULT_VAT_AREA);
        }
        VatAreaPlace::TopLevel => {}
    }
}

/// After a change the two places of the VAT area say the same, whichever of them the request named.
pub(super) fn changed_vat_area(moment: &mut Moment, stored: &Document, changes: &mut Document) {
    if moment.answer::<VatAreaPlace>() != VatAreaPlace::CaseConfig {
        return;
    }
    let config = changes.get_document("case_config").ok();
    let configured = config.and_then(|config| config.get("vat_area").cloned());
    match (changes.get("vat_area").cloned(), configured) {
        (Some(area), _) => {
            // A change without settings keeps them all, even where objects replace each other.
            if let (None, Ok(kept)) = (
                changes.get("case_config"),
                stored.get_document("case_config"),
            ) {
                changes.insert("case_config", kept.clone());
            }
            part(changes, "case_config").insert("vat_area", area);
        }
        (None, Some(area)) if stored.contains_key("vat_area") => {
            changes.insert("vat_area", area);
        }
        (None, _) => {}
    }
}

/// An object inside a document, made where there is none.
fn part<'a>(document: &'a mut Document, key: &str) -> &'a mut Document {
    if document.get_document(key).is_err() {
        document.insert(key, Document::new());
    }
    match document.get_mut(key) {
        Some(Bson::Document(part)) => part,
        _ => unreachable!("it has just been made"),
    }
}
