//! What activates a creditor, and what an active one must keep. It adds to a draft's problems.

use bson::{Bson, Document};

use crate::amili::assumptions::{
    ActivationByPatch, ActivationFieldRemoved, ActivationProblems, EmptyActivationField,
};
use crate::amili::rulebook;
use crate::amili::writes::Draft;
use crate::platform::moment::Moment;

/// The fields that activation needs, in the order of the guide.
pub(super) const ACTIVATION: [&str; 4] = [
    "payout_details",
    "sender_address",
    "invoice_address",
    "standard_debt_description",
];

/// An active creditor needs all four fields; an empty one is as good as absent.
pub(super) fn check(moment: &mut Moment, whole: &Document, draft: &mut Draft) {
    if !whole.get_bool("is_active").unwrap_or(false) {
        moment.applies(&rulebook::INACTIVE_FIRST);
        return;
    }
    let missing = ACTIVATION.iter().filter(|field| !draft.issues.has(field));
    let mut missing: Vec<&str> = missing
        .filter(|field| !given(moment, whole, field))
        .copied()
        .collect();
    for field in ACTIVATION {
        if field != "payout_details" && whole.get(field).is_some_and(is_blank) {
            moment.assumes::<EmptyActivationField>();
        }
    }
    if missing.len() > 1 && moment.assumes::<ActivationProblems>() == ActivationProblems::First {
        missing.truncate(1);
    }
    for field in missing {
        draft.issues.add(field, "required field");
        let empty_payout = whole.contains_key(field) && field == "payout_details";
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

/// Whether a document has enough of a field.
fn given(moment: &Moment, document: &Document, field: &str) -> bool {
    let value = document.get(field);
    value.is_some_and(|value| fills(moment, field, value))
}

/// Whether a value is enough for activation. That payout details hold an account is documented; of the
/// others only an assumption says what an empty one counts for.
fn fills(moment: &Moment, field: &str, value: &Bson) -> bool {
    let blank_is_enough = field != "payout_details"
        && moment.answer::<EmptyActivationField>() == EmptyActivationField::Enough;
    !is_empty(value) || blank_is_enough && is_blank(value)
}

/// There, and empty.
fn is_blank(value: &Bson) -> bool {
    *value != Bson::Null && is_empty(value)
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

/// Judges a creditor after a change: the merged document must satisfy activation, as far as assumptions
/// do not ask for more or less.
pub(super) fn after_change(
    moment: &mut Moment,
    stored: &Document,
    merged: &mut Document,
    draft: &mut Draft,
) {
    let is_active = |document: &Document| document.get_bool("is_active").unwrap_or(false);
    let (was, is) = (is_active(stored), is_active(merged));
    let sent = |field: &str| draft.document.contains_key(field);
    if !was && is && !ACTIVATION.iter().all(|field| sent(field)) {
        if moment.assumes::<ActivationByPatch>() == ActivationByPatch::SentOnly {
            let mut judged = Document::clone(&draft.document);
            judged.insert("is_active", true);
            return check(moment, &judged, draft);
        }
    } else if was && is && ACTIVATION.iter().any(|field| !given(moment, merged, field)) {
        match moment.assumes::<ActivationFieldRemoved>() {
            ActivationFieldRemoved::Refused => {}
            ActivationFieldRemoved::Deactivates => {
                merged.insert("is_active", false);
            }
            ActivationFieldRemoved::Allowed => return,
        }
    }
    check(moment, merged, draft);
}
