//! The checks of a creditor that its schema cannot make. They add to a draft's problems.

use std::sync::Arc;

use bson::Document;

use super::schema::{DEFAULT_VAT_AREA, RESOURCE, VAT_AREAS};
use crate::amili::assumptions::{
    CreditorFormats, DuplicateCreditor, DuplicateCreditorName, NumbersInPatch,
    OrganisationNumberRequired, SetAtCreation, VatAreaMatches, VatAreas,
};
use crate::amili::rulebook;
use crate::amili::store::Store;
use crate::amili::writes::Draft;
use crate::platform::moment::Moment;

const NUMBERS: [&str; 2] = ["organization_no", "non_swedish_organization_no"];
/// Where a creditor may say its VAT area.
const AREAS: [&str; 2] = ["vat_area", "case_config.vat_area"];
/// What consists of so many digits, where an assumption asks for it.
pub(super) const DIGITS: [(&str, usize); 4] = [
    ("organization_no", 10),
    ("sender_address.zip_code", 5),
    ("invoice_address.zip_code", 5),
    ("agreement_address.zip_code", 5),
];
const SET_AT_CREATION: [&str; 2] = ["account", "agreement_template"];

/// The organisation number of a new creditor, where an assumption asks for one.
pub(super) fn number_given(moment: &mut Moment, draft: &mut Draft) {
    let given = NUMBERS
        .iter()
        .any(|field| draft.document.contains_key(field));
    if !given
        && moment.assumes::<OrganisationNumberRequired>() == OrganisationNumberRequired::Required
    {
        NUMBERS
            .iter()
            .for_each(|field| draft.issues.add(field, "required field"));
    }
}

/// The name and the number sent, where assumptions ask that no other creditor of the account has them.
pub(super) fn unique(store: &Store, moment: &mut Moment, whole: &Document, draft: &mut Draft) {
    let sent = |draft: &Draft, field: &str| draft.document.contains_key(field);
    let number = NUMBERS.into_iter().find(|field| sent(draft, field));
    if let Some(field) = number.filter(|field| is_repeated(store, whole, field))
        && moment.assumes::<DuplicateCreditor>() == DuplicateCreditor::Refused
    {
        not_unique(field, draft);
    }
    if sent(draft, "name")
        && is_repeated(store, whole, "name")
        && moment.assumes::<DuplicateCreditorName>() == DuplicateCreditorName::Refused
    {
        not_unique("name", draft);
    }
}

/// Whether another creditor of the account has the same value in a field.
fn is_repeated(store: &Store, whole: &Document, field: &str) -> bool {
    let creditors = store.collection(RESOURCE.name);
    let value = whole.get(field);
    let places = value.and_then(|value| creditors.having(field, value));
    let places = places.unwrap_or_default();
    let mut others = places.iter().filter_map(|place| creditors.at(place));
    others.any(|other| {
        other.get("account") == whole.get("account") && other.get("_id") != whole.get("_id")
    })
}

fn not_unique(field: &str, draft: &mut Draft) {
    let value = draft.document.get_str(field).unwrap_or_default();
    let message = format!("value '{value}' is not unique");
    draft.issues.add(field, message);
}

/// The forms of the values sent, as far as assumptions ask for any.
pub(super) fn formats(moment: &mut Moment, draft: &mut Draft) {
    let mut problems = Vec::new();
    for path in AREAS {
        let Some(area) = text(&draft.document, path) else {
            continue;
        };
        if !VAT_AREAS.contains(&area) && moment.assumes::<VatAreas>() == VatAreas::Named {
            problems.push((path, format!("unallowed value {area}")));
        }
    }
    for (path, length) in DIGITS {
        let fits =
            |text: &str| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
        let wrong = text(&draft.document, path).is_some_and(|text| !fits(text));
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

/// The VAT area against the kind of organisation number, where a request says either.
pub(super) fn area_matches(moment: &mut Moment, whole: &Document, draft: &mut Draft) {
    let sent = area_of(&draft.document);
    let mut numbers = NUMBERS.iter();
    let asked = sent.is_some() || numbers.any(|field| draft.document.contains_key(field));
    let area = sent.or_else(|| area_of(whole)).unwrap_or(DEFAULT_VAT_AREA);
    let mut numbers = NUMBERS.iter();
    let number = numbers.position(|field| text(whole, field).is_some());
    let Some(number) = number.filter(|_| asked) else {
        return;
    };
    let fits = (number == 0) == (area == DEFAULT_VAT_AREA);
    if !fits && moment.assumes::<VatAreaMatches>() == VatAreaMatches::Required {
        let message = format!("does not go with {}", NUMBERS[number]);
        draft.issues.add("vat_area", message);
    }
}

/// The VAT area that a document says.
fn area_of(document: &Document) -> Option<&str> {
    AREAS.into_iter().find_map(|path| text(document, path))
}

/// The text at a dotted path.
fn text<'a>(document: &'a Document, path: &str) -> Option<&'a str> {
    let mut parts = path.split('.');
    let first = document.get(parts.next()?)?;
    let found = parts.try_fold(first, |value, part| value.as_document()?.get(part))?;
    found.as_str()
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
pub(super) fn set_at_creation(moment: &mut Moment, stored: &Document, draft: &mut Draft) {
    for field in SET_AT_CREATION {
        let sent = draft.document.get(field);
        if sent.is_none() || sent == stored.get(field) || draft.issues.has(field) {
            continue;
        }
        if moment.assumes::<SetAtCreation>() == SetAtCreation::Ignored {
            Arc::make_mut(&mut draft.document).remove(field);
        } else {
            draft.issues.add(field, "field is read-only");
            draft.rules.push(&rulebook::SET_AT_CREATION);
        }
    }
}
