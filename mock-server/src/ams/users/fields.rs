//! The fields of a new user, each with its form and the questions about it. Knows no HTTP.

use serde_json::Value;

use crate::ams::assumptions::{EmailForm, EmailUnique, OtpDefault, OtpForms, RequiredFields};
use crate::ams::form::Form;
use crate::ams::ids::CompanyId;
use crate::ams::rulebook;
use crate::ams::store::Store;
use crate::platform::moment::Moment;

use email_address::{EmailAddress, Options};

/// `name` or `surname`.
pub(super) fn name(form: &mut Form, moment: &mut Moment, field: &str) -> String {
    let missing = form.given(field).is_none();
    if missing && moment.assumes::<RequiredFields>() == RequiredFields::EmailOnly {
        return String::new();
    }
    form.required_text(moment, field).unwrap_or_default()
}

/// `service_number`.
pub(super) fn service_number(form: &mut Form, moment: &mut Moment) -> Option<String> {
    require_every(form, moment, "service_number");
    form.text(moment, "service_number")
}

/// A field that only the strictest answer wants.
fn require_every(form: &mut Form, moment: &mut Moment, field: &str) {
    let missing = form.given(field).is_none();
    if missing && moment.assumes::<RequiredFields>() == RequiredFields::EveryField {
        form.problems.require(field);
    }
}

/// `email`, the login name.
pub(super) fn email(
    form: &mut Form,
    store: &Store,
    moment: &mut Moment,
    company: Option<CompanyId>,
) -> String {
    let Some(email) = form.required_text(moment, "email") else {
        return String::new();
    };
    if !is_address(&email) && moment.assumes::<EmailForm>() == EmailForm::Address {
        let problem = "The email must be a valid email address, such as my.email@test.net.";
        form.problems.add("email", problem);
    } else if is_taken(store, moment, &email, company) {
        form.problems
            .add("email", "The email has already been taken.");
    }
    email
}

/// `name@host`, without a display name beside it.
fn is_address(text: &str) -> bool {
    let form = Options::default()
        .without_display_text()
        .without_domain_literal();
    EmailAddress::parse_with_options(text, form).is_ok()
}

fn is_taken(store: &Store, moment: &mut Moment, email: &str, company: Option<CompanyId>) -> bool {
    let mut same = store.with_address(email).peekable();
    if same.peek().is_none() {
        return false;
    }
    match moment.assumes::<EmailUnique>() {
        EmailUnique::Unique => true,
        EmailUnique::PerCompany => same.any(|user| user.company_id == company),
        EmailUnique::LetterCase => same.any(|user| user.email == email),
        EmailUnique::Repeatable => false,
    }
}

/// `mail_otp`, kept as 1 or 0.
pub(super) fn mail_otp(form: &mut Form, moment: &mut Moment) -> u8 {
    let Some(given) = form.given("mail_otp").cloned() else {
        require_every(form, moment, "mail_otp");
        return match moment.assumes::<OtpDefault>() {
            OtpDefault::Off => 0,
            OtpDefault::On => 1,
        };
    };
    let plain = match given.as_i64() {
        Some(0) => Some(0),
        Some(1) => Some(1),
        _ => None,
    };
    let other = match (&given, given.as_str()) {
        (Value::Bool(on), _) => Some(u8::from(*on)),
        (_, Some("0")) => Some(0),
        (_, Some("1")) => Some(1),
        _ => None,
    };
    let accepted = plain.or_else(|| {
        let lenient = other.is_some() && moment.assumes::<OtpForms>() == OtpForms::BooleanForms;
        other.filter(|_| lenient)
    });
    if let Some(value) = accepted {
        moment.applies(&rulebook::MAIL_OTP);
        return value;
    }
    let problem = format!("The mail_otp must be 1 (on) or 0 (off), not {given}.");
    form.problems
        .add_by(&rulebook::MAIL_OTP, "mail_otp", problem);
    0
}
