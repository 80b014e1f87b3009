//! Plainer steps of AMS, and steps without something that was never made. Sends nothing.

use crate::explore::shrink::{renumbered, shorter_by_one};
use crate::model::ams::{
    ApiUser, Call, Caller, Company, CompanyRef, Department, Object, Person, Ref, Transition,
};

/// The step where this was never made; none if it is about that.
pub(super) fn unmade(step: &Transition, object: Object) -> Option<Transition> {
    let caller = match step.caller {
        Caller::Person(person) => Caller::Person(person_unmade(person, object)?),
        Caller::NoToken | Caller::UnknownToken => step.caller,
    };
    let call = match &step.call {
        Call::CreateDepartment { parent, company } => Call::CreateDepartment {
            parent: match parent {
                Some(parent) => Some(department_unmade(*parent, object)?),
                None => None,
            },
            company: *company,
        },
        Call::AssignDepartments { user, departments } => {
            let departments = departments.iter();
            let departments: Option<_> = departments
                .map(|department| department_unmade(*department, object))
                .collect();
            Call::AssignDepartments {
                user: target_unmade(*user, object)?,
                departments: departments?,
            }
        }
        Call::AssignGroups { user, groups } => Call::AssignGroups {
            user: target_unmade(*user, object)?,
            groups: groups.clone(),
        },
        Call::CreateUser { .. } | Call::ListGroups { .. } => step.call.clone(),
    };
    Some(Transition { caller, call })
}

fn person_unmade(person: Person, object: Object) -> Option<Person> {
    match (person, object) {
        (Person::Made(number), Object::User(Person::Made(gone))) => {
            renumbered(number, gone).map(Person::Made)
        }
        _ => Some(person),
    }
}

fn target_unmade(user: Ref<Person>, object: Object) -> Option<Ref<Person>> {
    match user {
        Ref::Known(person) => person_unmade(person, object).map(Ref::Known),
        Ref::Unknown => Some(user),
    }
}

fn department_unmade(department: Ref<Department>, object: Object) -> Option<Ref<Department>> {
    match (department, object) {
        (Ref::Known(Department::Made(number)), Object::Department(Department::Made(gone))) => {
            renumbered(number, gone).map(|number| Ref::Known(Department::Made(number)))
        }
        _ => Some(department),
    }
}

/// Steps with one thing less that is out of the ordinary.
pub(super) fn plainer(step: &Transition) -> Vec<Transition> {
    let callers = plainer_callers(step.caller).into_iter();
    let callers = callers.map(|caller| Transition {
        caller,
        call: step.call.clone(),
    });
    let calls = plainer_calls(&step.call).into_iter();
    let calls = calls.map(|call| Transition {
        caller: step.caller,
        call,
    });
    callers.chain(calls).collect()
}

/// The manager is the plainest caller, and users made come last.
fn plainer_callers(caller: Caller) -> Vec<Caller> {
    let manager = Caller::Person(Person::Api(ApiUser::Manager));
    let setup = Caller::Person(Person::Api(ApiUser::Setup));
    match caller {
        Caller::Person(Person::Api(ApiUser::Manager)) => Vec::new(),
        Caller::Person(Person::Made(_)) => vec![manager, setup],
        Caller::Person(Person::Api(_)) | Caller::NoToken | Caller::UnknownToken => vec![manager],
    }
}

fn plainer_calls(call: &Call) -> Vec<Call> {
    match call {
        Call::CreateUser { company, missing } => {
            let companies = plainer_companies(*company).into_iter();
            let companies = companies.map(|company| Call::CreateUser {
                company,
                missing: *missing,
            });
            let whole = missing.is_some().then_some(Call::CreateUser {
                company: *company,
                missing: None,
            });
            companies.chain(whole).collect()
        }
        Call::CreateDepartment { parent, company } => {
            let companies = plainer_companies(*company).into_iter();
            let companies = companies.map(|company| Call::CreateDepartment {
                company,
                parent: *parent,
            });
            let root = parent.is_some().then_some(Call::CreateDepartment {
                parent: None,
                company: *company,
            });
            companies.chain(root).collect()
        }
        Call::AssignDepartments { user, departments } => {
            let fewer = shorter_by_one(departments).into_iter();
            let fewer = fewer.map(|departments| Call::AssignDepartments {
                user: *user,
                departments,
            });
            fewer.collect()
        }
        Call::ListGroups { company } => {
            let companies = plainer_companies(*company).into_iter();
            companies
                .map(|company| Call::ListGroups { company })
                .collect()
        }
        Call::AssignGroups { user, groups } => {
            let fewer = shorter_by_one(groups).into_iter();
            // An empty list is an open question, so that it is not plainer than one group.
            let fewer = fewer.filter(|groups| !groups.is_empty());
            let fewer = fewer.map(|groups| Call::AssignGroups {
                user: *user,
                groups,
            });
            fewer.collect()
        }
    }
}

fn plainer_companies(company: CompanyRef) -> Vec<CompanyRef> {
    match company {
        CompanyRef::LeftOut => Vec::new(),
        CompanyRef::Named(Company::Home) => vec![CompanyRef::LeftOut],
        CompanyRef::Named(Company::Other) | CompanyRef::Unknown => {
            vec![CompanyRef::LeftOut, CompanyRef::Named(Company::Home)]
        }
    }
}
