//! Decides on departments. Reads the store, never changes it; knows no HTTP.

use serde_json::{Map, Value};

use super::model::NewDepartment;
use crate::ams::assumptions::{CompanylessDepartment, ForeignParent};
use crate::ams::form::Form;
use crate::ams::ids::{CompanyId, DepartmentId, UserId};
use crate::ams::permission::WRITE_DEPARTMENTS;
use crate::ams::refusal::Refusal;
use crate::ams::rulebook;
use crate::ams::store::Store;
use crate::platform::moment::Moment;

/// Decides on a new department, guide step 2.
pub(super) fn create(
    store: &Store,
    moment: &mut Moment,
    caller: UserId,
    body: Result<Map<String, Value>, Refusal>,
) -> Result<NewDepartment, Refusal> {
    let own_company = store.allows(caller, WRITE_DEPARTMENTS)?.company_id;
    let body = body?;
    let mut form = Form::new(&body);
    if form.given("name").is_none() {
        form.require("name");
    }
    let name = form.required_text("name").unwrap_or_default();
    let parent_id = form.id("parent_id").map(DepartmentId);
    let sent_company = form
        .given("company_id")
        .and_then(Value::as_i64)
        .map(CompanyId);
    let unread = form.unread(&["name", "parent_id", "company_id"]);
    if !form.problems.is_empty() {
        return Err(Refusal::Invalid(form.problems));
    }
    moment.warnings.extend(unread);
    if let Some(parent) = parent_id {
        check_parent(store, moment, own_company, parent)?;
    }
    Ok(NewDepartment {
        name,
        parent_id,
        company_id: company(store, moment, own_company, sent_company),
    })
}

fn check_parent(
    store: &Store,
    moment: &mut Moment,
    own_company: Option<CompanyId>,
    id: DepartmentId,
) -> Result<(), Refusal> {
    let foreign = match store.departments.get(&id) {
        Some(parent) if own_company.is_none() || parent.company_id == own_company => {
            moment.applies(&rulebook::PARENT_EXISTS);
            return Ok(());
        }
        Some(_) => moment.assumes::<ForeignParent>(),
        None => ForeignParent::NotFound,
    };
    match foreign {
        ForeignParent::Allowed => Ok(()),
        ForeignParent::NotFound => Err(Refusal::Missing {
            rule: &rulebook::PARENT_EXISTS,
            what: format!("Department {id} not found: parent_id must be an existing department."),
        }),
    }
}

/// The company comes from the caller; only a caller without one can have sent something that counts.
fn company(
    store: &Store,
    moment: &mut Moment,
    own: Option<CompanyId>,
    sent: Option<CompanyId>,
) -> Option<CompanyId> {
    if own.is_some() {
        moment.applies(&rulebook::DEPARTMENT_COMPANY_OF_CALLER);
        return own;
    }
    let sent = sent?;
    match moment.assumes::<CompanylessDepartment>() {
        CompanylessDepartment::StoredIfKnown => {
            Some(sent).filter(|id| store.companies.contains_key(id))
        }
        CompanylessDepartment::Discarded => None,
    }
}
