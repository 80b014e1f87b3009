//! The checks of a creditor that its schema cannot make. They add to a draft's problems.

use bson::{Bson, Document};

use super::schema::RESOURCE;
use crate::amili::assumptions::{DuplicateCreditor, NumbersInPatch, OrganisationNumberRequired};
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
