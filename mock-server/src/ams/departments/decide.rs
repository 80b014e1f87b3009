//! Decides on departments. Reads the store, never changes it; knows no HTTP.

use serde_json::{Map, Value};

use super::model::NewDepartment;
use crate::ams::assumptions::{
    CommonDepartment, CompanylessDepartment, DepartmentName, DepartmentTwice, ForeignParent,
};
use crate::ams::form::{Form, integer};
use crate::ams::ids::{CompanyId, DepartmentId, UserId};
use crate::ams::permission::WRITE_DEPARTMENTS;
use crate::ams::refusal::Refusal;
use crate::ams::rulebook;
use crate::ams::store::Store;
use crate::platform::moment::Moment;

/// The fields of its creation, in the order of the guide.
pub(super) const FIELDS: &[&str] = &["name", "parent_id", "company_id"];

/// Decides on a new department, guide step 2.
pub(super) fn create(
    store: &Store,
    moment: &mut Moment,
    caller: UserId,
    body: Result<Map<String, Value>, Refusal>,
) -> Result<NewDepartment, Refusal> {
    let own = store.allows(caller, WRITE_DEPARTMENTS)?.company_id;
    let mut form = Form::new(moment, body?);
    let name = name(&mut form, moment);
    let parent_id = form.id(moment, "parent_id").map(DepartmentId);
    let company_id = company(&form, store, moment, own);
    let twice = store.knows_department(company_id, &name);
    if twice && moment.assumes::<DepartmentTwice>() == DepartmentTwice::Refused {
        form.problems
            .add("name", "The name has already been taken.");
    }
    form.finish(moment, FIELDS).map_err(Refusal::Invalid)?;
    if let Some(parent) = parent_id {
        check_parent(store, moment, own, parent)?;
        moment.applies(&rulebook::HIERARCHY);
    }
    Ok(NewDepartment {
        name,
        parent_id,
        company_id,
    })
}

fn name(form: &mut Form, moment: &mut Moment) -> String {
    let missing = form.given("name").is_none();
    if missing && moment.assumes::<DepartmentName>() == DepartmentName::Optional {
        return String::new();
    }
    form.required_text(moment, "name").unwrap_or_default()
}

fn check_parent(
    store: &Store,
    moment: &mut Moment,
    own: Option<CompanyId>,
    id: DepartmentId,
) -> Result<(), Refusal> {
    let company = store.departments.get(&id).map(|parent| parent.company_id);
    let open = match company {
        None => false,
        Some(company) if own.is_none() || company == own => true,
        Some(None) => moment.assumes::<CommonDepartment>() == CommonDepartment::Common,
        Some(Some(_)) => moment.assumes::<ForeignParent>() == ForeignParent::Allowed,
    };
    if open {
        moment.applies(&rulebook::PARENT_EXISTS);
        return Ok(());
    }
    Err(Refusal::Missing {
        rule: &rulebook::PARENT_EXISTS,
        what: format!("Department {id} not found: parent_id must be an existing department."),
    })
}

/// The company comes from the caller; only a caller without one can have sent something that counts.
fn company(
    form: &Form,
    store: &Store,
    moment: &mut Moment,
    own: Option<CompanyId>,
) -> Option<CompanyId> {
    let sent = form.given("company_id");
    let kept = match (own, sent) {
        (Some(_), _) => {
            moment.applies(&rulebook::DEPARTMENT_COMPANY_OF_CALLER);
            own
        }
        (None, None) => None,
        (None, Some(sent)) => match moment.assumes::<CompanylessDepartment>() {
            CompanylessDepartment::StoredIfKnown => integer(moment, sent)
                .map(CompanyId)
                .filter(|id| store.companies.contains_key(id)),
            CompanylessDepartment::Discarded => None,
        },
    };
    match (sent, kept) {
        (Some(sent), Some(kept)) if sent.as_i64() != Some(kept.0) => {
            moment.warns(format!(
                "company_id {sent} is discarded: the company is {kept}"
            ));
        }
        (Some(sent), None) => {
            moment.warns(format!(
                "company_id {sent} is discarded: there is no company"
            ));
        }
        (Some(_) | None, _) => {}
    }
    kept
}
