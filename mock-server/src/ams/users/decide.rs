//! Decides on users and their departments. Reads the store, never changes it; knows no HTTP.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::model::{Link, NewUser};
use crate::ams::NAME;
use crate::ams::assumptions::{
    CallerCompany, EmailUnique, ForeignDepartment, LinkEmpty, LinkMode, OtpDefault, OtpForms,
    PreferenceUnset, RequiredFields,
};
use crate::ams::form::Form;
use crate::ams::ids::{CompanyId, DepartmentId, UserId};
use crate::ams::permission::{WRITE_USER_DEPARTMENT, WRITE_USERS};
use crate::ams::refusal::Refusal;
use crate::ams::rulebook;
use crate::ams::store::Store;
use crate::platform::moment::Moment;
use crate::platform::outbox::Mail;

const FIELDS: &[&str] = &[
    "name",
    "surname",
    "email",
    "company_id",
    "mail_otp",
    "service_number",
];

/// Decides on a new user, guide step 1.
pub(super) fn create(
    store: &Store,
    moment: &mut Moment,
    caller: UserId,
    body: Result<Map<String, Value>, Refusal>,
) -> Result<NewUser, Refusal> {
    let caller = store.allows(caller, WRITE_USERS)?;
    let body = body?;
    let mut form = Form::new(&body);
    let (name, surname) = names(&mut form, moment);
    let email = email(&mut form, store, moment);
    let mail_otp = mail_otp(&mut form, moment);
    let service_number = form.text("service_number");
    let sent_company = form.id("company_id").map(CompanyId);
    match caller.company_id {
        Some(own) => foreign_company(&mut form, moment, own),
        None if sent_company.is_none() && form.given("company_id").is_none() => {
            form.require("company_id");
        }
        None => {}
    }
    let unread = form.unread(FIELDS);
    if !form.problems.is_empty() {
        return Err(Refusal::Invalid(form.problems));
    }
    let company_id = company(store, moment, caller.company_id, sent_company)?;
    moment.warnings.extend(unread);
    mail(store, moment, company_id, &email);
    moment.applies(&rulebook::USER_RETURNS_ID);
    moment.applies(&rulebook::PROFILE);
    Ok(NewUser {
        name,
        surname,
        email,
        company_id,
        mail_otp,
        service_number,
    })
}

fn names(form: &mut Form<'_>, moment: &mut Moment) -> (String, String) {
    let mut name = |field: &'static str| {
        let missing = form.given(field).is_none();
        if missing && moment.assumes::<RequiredFields>() == RequiredFields::EmailOnly {
            return String::new();
        }
        if missing {
            form.require(field);
        }
        form.required_text(field).unwrap_or_default()
    };
    (name("name"), name("surname"))
}

fn email(form: &mut Form<'_>, store: &Store, moment: &mut Moment) -> String {
    if form.given("email").is_none() {
        moment.assumes::<RequiredFields>();
        form.require("email");
        return String::new();
    }
    let Some(email) = form.required_text("email") else {
        return String::new();
    };
    let parts = email.split_once('@');
    let plain = !email.contains(|letter: char| letter.is_whitespace() || letter.is_control());
    if !plain
        || !parts
            .is_some_and(|(user, host)| !user.is_empty() && !host.is_empty() && !host.contains('@'))
    {
        let problem = "The email must be a valid email address, such as my.email@test.net.";
        form.problems.add("email", problem);
    } else if store.knows_address(&email) && moment.assumes::<EmailUnique>() == EmailUnique::Unique
    {
        form.problems
            .add("email", "The email has already been taken.");
    }
    email
}

fn mail_otp(form: &mut Form<'_>, moment: &mut Moment) -> u8 {
    let Some(given) = form.given("mail_otp") else {
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
    let other = match (given, given.as_str()) {
        (Value::Bool(on), _) => Some(u8::from(*on)),
        (_, Some("0")) => Some(0),
        (_, Some("1")) => Some(1),
        _ => None,
    };
    let accepted = plain.or_else(|| {
        let lenient = other.is_some() && moment.assumes::<OtpForms>() == OtpForms::BooleanForms;
        other.filter(|_| lenient)
    });
    match accepted {
        Some(value) => {
            moment.applies(&rulebook::MAIL_OTP);
            value
        }
        None => {
            let problem = format!("The mail_otp must be 1 (on) or 0 (off), not {given}.");
            form.problems
                .add_by(&rulebook::MAIL_OTP, "mail_otp", problem);
            0
        }
    }
}

/// A caller with a company: is another `company_id`, even one of the wrong type, ignored or refused?
fn foreign_company(form: &mut Form<'_>, moment: &mut Moment, own: CompanyId) {
    let sent = form.given("company_id");
    if sent.is_none() || sent.and_then(Value::as_i64) == Some(own.0) {
        return;
    }
    match moment.assumes::<CallerCompany>() {
        CallerCompany::Ignored => form.problems.forgive("company_id"),
        CallerCompany::Refused => {
            let problem = format!("The company_id must be {own}, the caller's.");
            form.problems.add("company_id", problem);
        }
    }
}

fn company(
    store: &Store,
    moment: &mut Moment,
    own: Option<CompanyId>,
    sent: Option<CompanyId>,
) -> Result<Option<CompanyId>, Refusal> {
    if own.is_some() {
        moment.applies(&rulebook::USER_COMPANY_OF_CALLER);
        return Ok(own);
    }
    match sent {
        Some(id) if store.companies.contains_key(&id) => {
            moment.applies(&rulebook::USER_COMPANY_EXISTS);
            Ok(Some(id))
        }
        _ => Err(Refusal::Missing {
            rule: &rulebook::USER_COMPANY_EXISTS,
            what: sent.map_or_else(
                || "Company not found.".to_owned(),
                |id| format!("Company {id} not found."),
            ),
        }),
    }
}

/// The mail to set a password, when the company wants one.
fn mail(store: &Store, moment: &mut Moment, company: Option<CompanyId>, email: &str) {
    let company = company.and_then(|id| store.companies.get(&id));
    let wanted = match company.and_then(|company| company.preferences.mails_new_users()) {
        Some(wanted) => {
            moment.applies(&rulebook::MAIL_ON_CREATION);
            wanted
        }
        None => moment.assumes::<PreferenceUnset>() == PreferenceUnset::Mail,
    };
    if wanted {
        let mail = Mail {
            time: moment.now,
            api: NAME,
            to: email.to_owned(),
            kind: "user_account_created",
            subject: "Set your password".to_owned(),
        };
        moment.mails(mail);
    }
}

/// Decides which departments a user is in afterwards, guide step 3: all that are sent, or none.
pub(super) fn link(
    store: &Store,
    moment: &mut Moment,
    caller: UserId,
    target: Option<UserId>,
    body: Result<Map<String, Value>, Refusal>,
) -> Result<Link, Refusal> {
    let company = store.allows(caller, WRITE_USER_DEPARTMENT)?.company_id;
    let body = body?;
    let mut form = Form::new(&body);
    let sent = form.required_ids("departments");
    let empty = sent.is_empty() && form.problems.is_empty();
    if empty && moment.assumes::<LinkEmpty>() == LinkEmpty::Refused {
        form.require("departments");
    }
    let unread = form.unread(&["departments"]);
    if !form.problems.is_empty() {
        return Err(Refusal::Invalid(form.problems));
    }
    moment.warnings.extend(unread);
    let user = target.and_then(|id| store.visible_user(id, company));
    let user = user.ok_or_else(|| Refusal::Missing {
        rule: &rulebook::LINK_USER_EXISTS,
        what: "User not found.".to_owned(),
    })?;
    let sent: BTreeSet<DepartmentId> = sent.into_iter().map(DepartmentId).collect();
    for id in &sent {
        check_department(store, moment, user.company_id, *id)?;
    }
    moment.applies(&rulebook::LINKS);
    let departments = match moment.assumes::<LinkMode>() {
        LinkMode::Adds => user.departments.union(&sent).copied().collect(),
        LinkMode::Replaces => sent,
    };
    Ok(Link {
        user: user.id,
        departments,
    })
}

fn check_department(
    store: &Store,
    moment: &mut Moment,
    company: Option<CompanyId>,
    id: DepartmentId,
) -> Result<(), Refusal> {
    let reachable = |other: Option<CompanyId>| {
        // What belongs to no company is open to every one.
        other.is_none() || company.is_none() || other == company
    };
    let foreign = match store.departments.get(&id) {
        Some(department) if reachable(department.company_id) => return Ok(()),
        Some(_) => moment.assumes::<ForeignDepartment>(),
        None => ForeignDepartment::NotFound,
    };
    match foreign {
        ForeignDepartment::Allowed => Ok(()),
        ForeignDepartment::NotFound => Err(Refusal::Missing {
            rule: &rulebook::LINK_DEPARTMENTS_EXIST,
            what: format!("Department {id} not found."),
        }),
    }
}
