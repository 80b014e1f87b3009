//! Decides on users and their departments. Reads the store, never changes it; knows no HTTP.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::fields;
use super::model::{Link, NewUser};
use crate::ams::NAME;
use crate::ams::assumptions::{
    CallerCompany, CommonDepartment, CompanyLeftOut, ForeignDepartment, LinkEmpty, LinkMode,
    PreferenceUnset,
};
use crate::ams::form::{Form, integer};
use crate::ams::ids::{CompanyId, DepartmentId, Target, UserId};
use crate::ams::order::{AboutUser, Own, admit};
use crate::ams::permission::{WRITE_USER_DEPARTMENT, WRITE_USERS};
use crate::ams::refusal::Refusal;
use crate::ams::rulebook;
use crate::ams::store::Store;
use crate::platform::moment::Moment;
use crate::platform::outbox::Mail;

/// The fields of its creation, in the order of the guide.
pub(super) const FIELDS: &[&str] = &[
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
    let own = store.allows(caller, WRITE_USERS)?.company_id;
    let mut form = Form::new(moment, body?);
    let company = match own {
        Some(own) => company_of_caller(&mut form, store, moment, own),
        None => company_named(&mut form, store, moment),
    };
    let known = company.as_ref().ok().copied();
    let new = NewUser {
        name: fields::name(&mut form, moment, "name"),
        surname: fields::name(&mut form, moment, "surname"),
        email: fields::email(&mut form, store, moment, known),
        company_id: known,
        mail_otp: fields::mail_otp(&mut form, moment),
        service_number: fields::service_number(&mut form, moment),
    };
    form.finish(moment, FIELDS).map_err(Refusal::Invalid)?;
    let company = company?;
    mail(store, moment, company, &new.email);
    moment.applies(&rulebook::USER_RETURNS_ID);
    moment.applies(&rulebook::LOGIN_ENTRY);
    moment.applies(&rulebook::PROFILE);
    Ok(new)
}

/// A caller with a company makes users of it. What becomes of another `company_id`, even one of the
/// wrong type, is an open question.
fn company_of_caller(
    form: &mut Form,
    store: &Store,
    moment: &mut Moment,
    own: CompanyId,
) -> Result<CompanyId, Refusal> {
    moment.applies(&rulebook::USER_COMPANY_OF_CALLER);
    let Some(sent) = form.given("company_id").cloned() else {
        return Ok(own);
    };
    let id = sent.as_i64().map(CompanyId);
    if id == Some(own) {
        return Ok(own);
    }
    match moment.assumes::<CallerCompany>() {
        CallerCompany::Refused => {
            let problem = format!("The company_id must be {own}, the caller's.");
            form.problems.add("company_id", problem);
        }
        CallerCompany::Checked if !id.is_some_and(|id| store.companies.contains_key(&id)) => {
            return Err(no_company(&sent));
        }
        CallerCompany::Checked | CallerCompany::Ignored => {
            let text =
                format!("company_id {sent} is ignored: the user is of company {own}, the caller's");
            moment.warns(text);
        }
    }
    Ok(own)
}

/// A caller without a company names an existing one.
fn company_named(
    form: &mut Form,
    store: &Store,
    moment: &mut Moment,
) -> Result<CompanyId, Refusal> {
    let rule = &rulebook::USER_COMPANY_EXISTS;
    let Some(sent) = form.given("company_id").cloned() else {
        if moment.assumes::<CompanyLeftOut>() == CompanyLeftOut::Invalid {
            form.problems
                .add_by(rule, "company_id", "The company_id field is required.");
        }
        return Err(no_company(&Value::Null));
    };
    let Some(id) = integer(moment, &sent).map(CompanyId) else {
        form.problems
            .add_by(rule, "company_id", "The company_id must be an integer.");
        return Err(no_company(&sent));
    };
    if !store.companies.contains_key(&id) {
        return Err(no_company(&sent));
    }
    moment.applies(rule);
    Ok(id)
}

fn no_company(sent: &Value) -> Refusal {
    Refusal::Missing {
        rule: &rulebook::USER_COMPANY_EXISTS,
        what: format!("Company {sent} not found: company_id must match an existing company."),
    }
}

/// The mail to set a password, when the company wants one.
fn mail(store: &Store, moment: &mut Moment, company: CompanyId, email: &str) {
    let company = store.companies.get(&company);
    let wanted = match company.and_then(|company| company.preferences.mails_new_users()) {
        Some(wanted) => {
            moment.applies(&rulebook::MAIL_ON_CREATION);
            wanted
        }
        None => moment.assumes::<PreferenceUnset>() == PreferenceUnset::Mail,
    };
    if wanted {
        let mail = Mail {
            time: moment.instant(),
            api: NAME.into(),
            to: email.to_owned(),
            kind: "user_account_created".into(),
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
    target: Target,
    body: Result<Map<String, Value>, Refusal>,
) -> Result<Link, Refusal> {
    let call = AboutUser {
        caller,
        permission: WRITE_USER_DEPARTMENT,
        target,
        exists: &rulebook::LINK_USER_EXISTS,
        own: Own::Open,
    };
    let admitted = admit(store, moment, call, |moment| sent(moment, body?))?;
    let (user, sent) = (admitted.user, admitted.body);
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

/// The departments that a body names.
fn sent(moment: &mut Moment, body: Map<String, Value>) -> Result<BTreeSet<DepartmentId>, Refusal> {
    let mut form = Form::new(moment, body);
    let sent = form.required_ids(moment, "departments");
    let empty = sent.is_empty() && form.problems.is_empty();
    if empty && moment.assumes::<LinkEmpty>() == LinkEmpty::Refused {
        form.problems.require("departments");
    }
    form.finish(moment, &["departments"])
        .map_err(Refusal::Invalid)?;
    Ok(sent.into_iter().map(DepartmentId).collect())
}

fn check_department(
    store: &Store,
    moment: &mut Moment,
    company: Option<CompanyId>,
    id: DepartmentId,
) -> Result<(), Refusal> {
    let department = store.departments.get(&id);
    let open = match department.map(|department| department.company_id) {
        None => false,
        Some(other) if other == company => true,
        Some(other) if other.is_none() || company.is_none() => {
            moment.assumes::<CommonDepartment>() == CommonDepartment::Common
        }
        Some(_) => moment.assumes::<ForeignDepartment>() == ForeignDepartment::Allowed,
    };
    if open {
        return Ok(());
    }
    Err(Refusal::Missing {
        rule: &rulebook::LINK_DEPARTMENTS_EXIST,
        what: format!("Department {id} not found."),
    })
}
