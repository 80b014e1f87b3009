//! The checks of a creditor that its schema cannot make. They add to a draft's problems.

use bson::{Bson, Document};

use super::schema::{DEFAULT_VAT_AREA, RESOURCE, VAT_AREAS};
use crate::amili::assumptions::{
    CreditorFormats, DuplicateCreditor, DuplicateCreditorName, NumbersInPatch,
    OrganisationNumberRequired, VatAreaMatches, VatAreas,
};
use crate::amili::rulebook;
use crate::amili::store::Store;
use crate::amili::writes::Draft;
use crate::platform::moment::Moment;

/// The fields that activation needs, in the order of the guide.
const ACTIVATION: [&str; 4] = [
    "payout_details",
    "sender_address",
    "invoice_address",
    "standard_debt_description",
];
const NUMBERS: [&str; 2] = ["organization_no", "non_swedish_organization_no"];
const SET_AT_CREATION: [&str; 2] = ["account", "agreement_template"];

/// An active creditor needs all four fields; an empty one is as good as absent.
pub(super) fn activation(moment: &mut Moment, whole: &Document, draft: &mut Draft) {
    if !whole.get_bool("is_active").unwrap_or(false) {
        moment.applies(&rulebook::INACTIVE_FIRST);
        return;
    }
    for field in ACTIVATION {
        let value = whole.get(field);
        if value.is_some_and(|value| !is_empty(value)) || draft.issues.has(field) {
            continue;
        }
        draft.issues.add(field, "required field");
        let empty_payout = value.is_some() && field == "payout_details";
        draft.rules.push(if empty_payout {
            &rulebook::PAYOUT_ACCOUNT
        } else {
            &rulebook::ACTIVATION_FIELDS
        });
    }
    if draft.issues.is_empty() {
        moment.applies(&rulebook::ACTIVATION_FIELDS);
        moment.applies(&rulebook::PAYOUT_ACCOUNT);
    }
}

/// Nothing, or nothing but empty things: `{"sek": {}}` holds no account.
fn is_empty(value: &Bson) -> bool {
    match value {
        Bson::Null => true,
        Bson::String(text) => text.is_empty(),
        Bson::Document(members) => members.values().all(is_empty),
        _ => false,
    }
}

/// The organisation number of a new creditor, where assumptions ask for one or for a new one.
pub(super) fn numbers(store: &Store, moment: &mut Moment, whole: &Document, draft: &mut Draft) {
    let given = NUMBERS
        .iter()
        .find_map(|field| Some((*field, whole.get(*field)?)));
    let Some((field, number)) = given else {
        if moment.assumes::<OrganisationNumberRequired>() == OrganisationNumberRequired::Required {
            NUMBERS
                .iter()
                .for_each(|field| draft.issues.add(field, "required field"));
        }
        return;
    };
    let creditors = store.collection(RESOURCE.name);
    let account = whole.get("account");
    let places = creditors.having(field, number).unwrap_or_default();
    let mut others = places.iter().filter_map(|place| creditors.at(*place));
    if others.any(|other| other.get("account") == account)
        && moment.assumes::<DuplicateCreditor>() == DuplicateCreditor::Refused
    {
        let number = number.as_str().unwrap_or_default();
        draft
            .issues
            .add(field, format!("value '{number}' is not unique"));
    }
}

/// The name of a new creditor, where an assumption asks for a new one.
pub(super) fn name(store: &Store, moment: &mut Moment, draft: &mut Draft) {
    let creditors = store.collection(RESOURCE.name);
    let (account, Some(name)) = (draft.document.get("account"), draft.document.get("name")) else {
        return;
    };
    let places = creditors.having("name", name).unwrap_or_default();
    let mut others = places.iter().filter_map(|place| creditors.at(*place));
    if others.any(|other| other.get("account") == account)
        && moment.assumes::<DuplicateCreditorName>() == DuplicateCreditorName::Refused
    {
        let name = name.as_str().unwrap_or_default();
        let message = format!("value '{name}' is not unique");
        draft.issues.add("name", message);
    }
}

/// The forms of the values sent, as far as assumptions ask for any.
pub(super) fn formats(moment: &mut Moment, draft: &mut Draft) {
    let text = |path: &str| {
        let mut parts = path.split('.');
        let first = draft.document.get(parts.next()?)?;
        let found = parts.try_fold(first, |value, part| value.as_document()?.get(part))?;
        found.as_str().map(str::to_owned)
    };
    let areas: Vec<(&str, String)> = ["vat_area", "case_config.vat_area"]
        .into_iter()
        .filter_map(|path| Some((path, text(path)?)))
        .collect();
    let mut problems = Vec::new();
    for (path, area) in &areas {
        let known = VAT_AREAS.contains(&area.as_str());
        if !known && moment.assumes::<VatAreas>() == VatAreas::Named {
            problems.push((*path, format!("unallowed value {area}")));
        }
    }
    let area = areas.first().map_or(DEFAULT_VAT_AREA, |(_, area)| area);
    let field = NUMBERS.iter().position(|field| text(field).is_some());
    let fits = field.is_none_or(|place| (place == 0) == (area == DEFAULT_VAT_AREA));
    if !fits && moment.assumes::<VatAreaMatches>() == VatAreaMatches::Required {
        problems.push((
            "vat_area",
            format!("does not go with {}", NUMBERS[field.unwrap_or(0)]),
        ));
    }
    for (path, length) in [
        ("organization_no", 10),
        ("sender_address.zip_code", 5),
        ("invoice_address.zip_code", 5),
    ] {
        let fits =
            |text: &str| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
        let wrong = text(path).is_some_and(|text| !fits(&text));
        if wrong && moment.assumes::<CreditorFormats>() == CreditorFormats::Checked {
            problems.push((
                path,
                format!("value does not match regex '^[0-9]{{{length}}}$'"),
            ));
        }
    }
    for (path, problem) in problems {
        draft.issues.add(path, problem);
    }
}

/// The organisation numbers of a creditor after a change: the schema has seen those sent only.
pub(super) fn numbers_stored(moment: &mut Moment, merged: &Document, draft: &mut Draft) {
    let sent = NUMBERS
        .iter()
        .filter(|field| draft.document.contains_key(field));
    let sent: Vec<&str> = sent.copied().collect();
    let both = NUMBERS.iter().all(|field| merged.contains_key(field));
    // Both sent is the schema's to refuse; none sent changes nothing.
    let [field] = sent.as_slice() else { return };
    if !both || moment.assumes::<NumbersInPatch>() == NumbersInPatch::SentOnly {
        return;
    }
    let other = NUMBERS
        .iter()
        .find(|other| *other != field)
        .copied()
        .unwrap_or_default();
    let message = format!("'{other}' must not be present with '{field}'");
    draft.issues.add(field, message);
}

/// What only a creation may set can be repeated, and not changed.
pub(super) fn set_at_creation(stored: &Document, draft: &mut Draft) {
    for field in SET_AT_CREATION {
        let sent = draft.document.get(field);
        if sent.is_some() && sent != stored.get(field) && !draft.issues.has(field) {
            draft.issues.add(field, "field is read-only");
            draft.rules.push(&rulebook::SET_AT_CREATION);
        }
    }
}
