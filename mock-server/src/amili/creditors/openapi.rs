//! What the document says of creditors, and of whatever names one.

use bson::oid::ObjectId;
use serde_json::{Value, json};

use super::activation::ACTIVATION;
use super::check::DIGITS;
use super::schema::{RESOURCE, VAT_AREAS};
use crate::amili::assumptions::{
    AccountUnsaid, ActivationByPatch, ActivationFieldRemoved, ActivationProblems, CreditorFormats,
    CreditorNumbers, CreditorWithCases, DeletedGroups, DuplicateCreditor, DuplicateCreditorName,
    EmptyActivationField, FilledFields, ForeignCreditor, GroupNames, GroupRights, GroupsLag,
    InactiveCreditor, IsActiveDefault, LastCreditor, NumbersInPatch, OrganisationNumberRequired,
    SetAtCreation, UnknownCreditor, VatAreaMatches, VatAreaPlace, VatAreas,
};
use crate::amili::openapi::{self, breach, creation, invalid, invalid_by, members, refused, sent};
use crate::amili::refusal::{Refusal, Write};
use crate::amili::rulebook;
use crate::openapi::Operation;
use crate::openapi::schema::{matching, one_of_texts};
use crate::platform::assumption::{Answers, Assumption, Question};

const EXAMPLE: &str = include_str!("../../../../fixtures/examples/amili-creditor.json");

/// The questions about what every new creditor holds, whatever brings it.
const ABOUT_NEW: &[&Assumption] = &[
    IsActiveDefault::ASSUMPTION,
    FilledFields::ASSUMPTION,
    VatAreaPlace::ASSUMPTION,
    VatAreas::ASSUMPTION,
    VatAreaMatches::ASSUMPTION,
    CreditorFormats::ASSUMPTION,
    DuplicateCreditorName::ASSUMPTION,
    DuplicateCreditor::ASSUMPTION,
    OrganisationNumberRequired::ASSUMPTION,
    GroupsLag::ASSUMPTION,
    GroupRights::ASSUMPTION,
    GroupNames::ASSUMPTION,
    ActivationProblems::ASSUMPTION,
    EmptyActivationField::ASSUMPTION,
    CreditorNumbers::ASSUMPTION,
];

/// `POST /creditors`.
pub(in crate::amili) fn create(answers: &Answers) -> Operation {
    let mut body = new(answers);
    if answers.to::<AccountUnsaid>() == AccountUnsaid::Own
        && let Some(required) = body["required"].as_array_mut()
    {
        required.retain(|field| field != "account");
    }
    let operation = creation(&RESOURCE, body, Vec::new(), &[EXAMPLE], answers)
        .refuses([refused(
            Refusal::BeyondRole(&rulebook::ACCOUNT_ROLES),
            answers,
        )])
        .assuming(&[AccountUnsaid::ASSUMPTION]);
    brought(operation, "", answers)
}

/// What every call shares that brings a creditor, whose fields stand under this prefix of the body.
pub(in crate::amili) fn brought(
    operation: Operation,
    prefix: &str,
    answers: &Answers,
) -> Operation {
    let at =
        |rule, field: &str| invalid_by(rule, Write::Create, &format!("{prefix}{field}"), answers);
    operation
        .refuses([
            at(&rulebook::ACTIVATION_FIELDS, ACTIVATION[2]),
            at(&rulebook::PAYOUT_ACCOUNT, ACTIVATION[0]),
        ])
        .refuses(invalid(&RESOURCE, Write::Create, answers))
        .by(&[
            &rulebook::GROUPS_ON_CREATION,
            &rulebook::INACTIVE_FIRST,
            &rulebook::VAT_AREA_DEFAULT,
        ])
        .assuming(ABOUT_NEW)
}

/// The body of a new creditor.
pub(in crate::amili) fn new(answers: &Answers) -> Value {
    let mut body = formed(sent(&RESOURCE, true, answers), answers);
    let mut asked = vec![json!({
        "if": { "properties": { "is_active": { "const": true } }, "required": ["is_active"] },
        "then": { "required": ACTIVATION },
    })];
    if answers.to::<OrganisationNumberRequired>() == OrganisationNumberRequired::Required {
        asked.push(json!({ "anyOf": [
            { "required": ["organization_no"] },
            { "required": ["non_swedish_organization_no"] },
        ] }));
    }
    if let Some(all) = body["allOf"].as_array_mut() {
        all.extend(asked);
    }
    body
}

/// The forms that assumptions ask for.
fn formed(mut body: Value, answers: &Answers) -> Value {
    if answers.to::<VatAreas>() == VatAreas::Named {
        set(&mut body, "vat_area", &one_of_texts(VAT_AREAS));
        set(&mut body, "case_config.vat_area", &one_of_texts(VAT_AREAS));
    }
    if answers.to::<CreditorFormats>() == CreditorFormats::Checked {
        for (path, length) in DIGITS {
            set(&mut body, path, &matching(&format!("^[0-9]{{{length}}}$")));
        }
    }
    body
}

/// Gives the member at a dotted path another form.
fn set(body: &mut Value, path: &str, form: &Value) {
    let (first, rest) = match path.split_once('.') {
        Some((first, rest)) => (first, Some(rest)),
        None => (path, None),
    };
    let Some(member) = members(body).and_then(|members| members.get_mut(first)) else {
        return;
    };
    match rest {
        Some(rest) => set(member, rest, form),
        None => *member = form.clone(),
    }
}

/// `PATCH /creditors/{id}`.
pub(super) fn change(answers: &Answers) -> Operation {
    let at = |rule, field| invalid_by(rule, Write::Change, field, answers);
    openapi::change(
        &RESOURCE,
        formed(sent(&RESOURCE, false, answers), answers),
        answers,
    )
    .refuses([
        refused(Refusal::BeyondRole(&rulebook::ADMIN_MANAGES), answers),
        at(&rulebook::SET_AT_CREATION, "account"),
        at(&rulebook::ACTIVATION_FIELDS, ACTIVATION[2]),
        at(&rulebook::PAYOUT_ACCOUNT, ACTIVATION[0]),
    ])
    .by(&[&rulebook::ACTIVATE_LATER, &rulebook::INACTIVE_FIRST])
    .assuming(&[
        SetAtCreation::ASSUMPTION,
        NumbersInPatch::ASSUMPTION,
        ActivationByPatch::ASSUMPTION,
        ActivationFieldRemoved::ASSUMPTION,
        ActivationProblems::ASSUMPTION,
        EmptyActivationField::ASSUMPTION,
        VatAreaPlace::ASSUMPTION,
        VatAreas::ASSUMPTION,
        VatAreaMatches::ASSUMPTION,
        CreditorFormats::ASSUMPTION,
        DuplicateCreditor::ASSUMPTION,
        DuplicateCreditorName::ASSUMPTION,
    ])
}

/// `DELETE /creditors/{id}`.
pub(super) fn removal(answers: &Answers) -> Operation {
    let last = answers.to::<LastCreditor>() == LastCreditor::Refused;
    let busy = answers.to::<CreditorWithCases>() == CreditorWithCases::Refused;
    let kept = |field, why| breach(None, Write::Change, field, why, answers);
    openapi::removal(&RESOURCE, answers)
        .refuses([refused(
            Refusal::BeyondRole(&rulebook::ACCOUNT_ROLES),
            answers,
        )])
        .refuses(last.then(|| kept("account", "an account has at least one creditor")))
        .refuses(busy.then(|| kept("_id", "the creditor has cases")))
        .assuming(&[
            DeletedGroups::ASSUMPTION,
            LastCreditor::ASSUMPTION,
            CreditorWithCases::ASSUMPTION,
        ])
}

/// What every call shares whose body names a creditor.
pub(in crate::amili) fn named(operation: Operation, answers: &Answers) -> Operation {
    let of_account = &rulebook::REGISTRATION_CREDITOR_OF_ACCOUNT;
    let foreign = match answers.to::<ForeignCreditor>() {
        ForeignCreditor::Invalid => invalid_by(of_account, Write::Create, "creditor", answers),
        ForeignCreditor::Forbidden => refused(Refusal::Forbidden(of_account), answers),
    };
    let unknown = Refusal::UnknownRelation(ObjectId::from_bytes([0; 12]));
    let unknown = (answers.to::<UnknownCreditor>() == UnknownCreditor::NotFound).then_some(unknown);
    operation
        .refuses([
            foreign,
            refused(
                Refusal::BeyondRole(&rulebook::CASES_OF_OWN_CREDITOR),
                answers,
            ),
        ])
        .refuses(unknown.map(|refusal| refused(refusal, answers)))
        .assuming(&[ForeignCreditor::ASSUMPTION, UnknownCreditor::ASSUMPTION])
}

/// What every registration shares: an inactive creditor gets no case.
pub(in crate::amili) fn active(operation: Operation, answers: &Answers) -> Operation {
    let rule = &rulebook::CASE_CREDITOR_ACTIVE;
    let inactive = match answers.to::<InactiveCreditor>() {
        InactiveCreditor::Invalid => invalid_by(rule, Write::Create, "creditor", answers),
        InactiveCreditor::Forbidden => refused(Refusal::Forbidden(rule), answers),
    };
    operation
        .refuses([inactive])
        .assuming(&[InactiveCreditor::ASSUMPTION])
}
