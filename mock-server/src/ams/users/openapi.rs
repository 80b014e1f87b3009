//! What the document says of users.

use serde_json::Value;

use super::decide::FIELDS;
use crate::ams::assumptions::{
    BodyOrTarget, CallerCompany, CommonDepartment, CompanyLeftOut, CreateUserPath, EmailForm,
    EmailUnique, ForeignDepartment, LinkEmpty, LinkMode, LongestText, OtpDefault, OtpForms,
    PermissionOrTarget, PreferenceUnset, RepeatedIds, RequiredFields,
};
use crate::ams::openapi::{
    about_user, assigned, call, company, created, example, fields, filled, id, ids, missing,
    problem, switch, text_sent, with_body,
};
use crate::ams::permission::{WRITE_USER_DEPARTMENT, WRITE_USERS};
use crate::ams::rulebook;
use crate::openapi::Operation;
use crate::openapi::schema::{any_of, boolean, integer, named, object, only, or_null, text, with};
use crate::platform::assumption::{Answers, Question};

const EXAMPLE: &str = include_str!("../../../../fixtures/examples/ams-user.json");
const DEPARTMENTS: &str =
    include_str!("../../../../fixtures/examples/ams-departments-of-user.json");

/// Guide step 1.
pub(super) fn create(answers: &Answers) -> Operation {
    let call = call(
        Operation::new("createUser", "users", "Creates a login account"),
        WRITE_USERS,
        answers,
    );
    let call = with_body(call, sent(answers), example(EXAMPLE), answers);
    let call = created(call, shown(), answers);
    let left_out = problem(
        Some(&rulebook::USER_COMPANY_EXISTS),
        "company_id",
        "The company_id field is required.",
        answers,
    );
    let otp = problem(
        Some(&rulebook::MAIL_OTP),
        "mail_otp",
        "The mail_otp must be 1 (on) or 0 (off), not 2.",
        answers,
    );
    call.refuses([
        problem(None, "email", "The email field is required.", answers),
        otp,
        left_out,
        missing(
            &rulebook::USER_COMPANY_EXISTS,
            "Company 7 not found: company_id must match an existing company.",
            answers,
        ),
    ])
    .by(&[
        &rulebook::USER_RETURNS_ID,
        &rulebook::LOGIN_ENTRY,
        &rulebook::PROFILE,
        &rulebook::USER_COMPANY_OF_CALLER,
        &rulebook::MAIL_ON_CREATION,
    ])
    .assuming(&[
        CreateUserPath::ASSUMPTION,
        RequiredFields::ASSUMPTION,
        OtpDefault::ASSUMPTION,
        OtpForms::ASSUMPTION,
        EmailForm::ASSUMPTION,
        EmailUnique::ASSUMPTION,
        CallerCompany::ASSUMPTION,
        CompanyLeftOut::ASSUMPTION,
        PreferenceUnset::ASSUMPTION,
        LongestText::ASSUMPTION,
    ])
}

fn sent(answers: &Answers) -> Value {
    let required: &[&str] = match answers.to::<RequiredFields>() {
        RequiredFields::NameSurnameEmail => &["name", "surname", "email"],
        RequiredFields::EmailOnly => &["email"],
        RequiredFields::EveryField => &["name", "surname", "email", "mail_otp", "service_number"],
    };
    let form = |field: &str| match field {
        "company_id" => id(answers),
        "mail_otp" => otp(answers),
        "email" => email(answers),
        "service_number" => text_sent(answers),
        _ => filled(text_sent(answers)),
    };
    let members = FIELDS.iter().map(|field| (*field, form(field)));
    named("NewUser", fields(members, required))
}

fn email(answers: &Answers) -> Value {
    match answers.to::<EmailForm>() {
        EmailForm::Address => with(filled(text_sent(answers)), "format", "email"),
        EmailForm::AnyText => filled(text_sent(answers)),
    }
}

fn otp(answers: &Answers) -> Value {
    match answers.to::<OtpForms>() {
        OtpForms::Integers => switch(),
        OtpForms::BooleanForms => any_of([switch(), boolean(), only("0"), only("1")]),
    }
}

fn shown() -> Value {
    let form = object([
        ("id", integer()),
        ("name", text()),
        ("surname", text()),
        ("email", text()),
        ("company_id", company()),
        ("mail_otp", switch()),
        ("service_number", or_null(text())),
    ]);
    named("User", form)
}

/// Guide step 3.
pub(super) fn link(answers: &Answers) -> Operation {
    let empty = answers.to::<LinkEmpty>() == LinkEmpty::NoChange;
    let call = call(
        Operation::new("assignDepartments", "users", "Puts a user into departments"),
        WRITE_USER_DEPARTMENT,
        answers,
    );
    let call = about_user(call, &rulebook::LINK_USER_EXISTS, answers);
    let body = named("DepartmentsOfUser", ids("departments", empty, answers));
    let call = with_body(call, body, example(DEPARTMENTS), answers);
    assigned(call, "departments", answers)
        .refuses([
            problem(
                None,
                "departments",
                "The departments field is required.",
                answers,
            ),
            missing(
                &rulebook::LINK_DEPARTMENTS_EXIST,
                "Department 9 not found.",
                answers,
            ),
        ])
        .by(&[&rulebook::LINK_PATH, &rulebook::LINKS])
        .assuming(&[
            LinkMode::ASSUMPTION,
            LinkEmpty::ASSUMPTION,
            CommonDepartment::ASSUMPTION,
            ForeignDepartment::ASSUMPTION,
            PermissionOrTarget::ASSUMPTION,
            BodyOrTarget::ASSUMPTION,
            RepeatedIds::ASSUMPTION,
        ])
}
