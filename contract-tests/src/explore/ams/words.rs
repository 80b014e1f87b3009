//! The steps and lists of AMS in words, for reports. Knows no ids but those that the built-in world has.

use crate::model::ams::{
    ApiUser, Call, Caller, Company, CompanyRef, Department, Field, Group, Look, Person, Ref,
    Transition,
};

pub(super) fn step(step: &Transition) -> String {
    let caller = caller(step.caller);
    let call = match &step.call {
        Call::CreateUser { company, missing } => {
            let missing = missing.map(|missing| format!(" without {}", field(missing)));
            let missing = missing.unwrap_or_default();
            format!("create a user{missing}{}", of_company(*company))
        }
        Call::CreateDepartment { parent, company } => {
            let parent = parent.map(|parent| format!(" under {}", department(parent)));
            let parent = parent.unwrap_or_default();
            format!("create a department{parent}{}", of_company(*company))
        }
        Call::AssignDepartments { user, departments } => {
            let departments: Vec<_> = departments.iter().map(|it| department(*it)).collect();
            format!("put {} into {}", target(*user), departments.join(", "))
        }
        Call::ListGroups { company } => {
            format!("list the permission groups{}", of_company(*company))
        }
        Call::AssignGroups { user, groups } => {
            let groups: Vec<_> = groups.iter().map(|it| group(*it)).collect();
            let groups = if groups.is_empty() {
                "no group".to_owned()
            } else {
                groups.join(", ")
            };
            format!("give {} {groups}", target(*user))
        }
    };
    format!("as {caller}, {call}")
}

pub(super) fn list(look: &Look) -> String {
    match look {
        Look::Groups {
            caller: by,
            company,
        } => format!(
            "the permission groups{} that {} sees",
            of_company(*company),
            caller(*by)
        ),
        Look::GroupsOf(user) => format!("the groups that {} holds", person(*user)),
        Look::DepartmentsOf(user) => format!("the departments that {} is in", person(*user)),
    }
}

/// The field's name on the wire.
pub(super) fn field(field: Field) -> &'static str {
    match field {
        Field::Name => "name",
        Field::Surname => "surname",
        Field::Email => "email",
    }
}

fn caller(caller: Caller) -> String {
    match caller {
        Caller::Person(user) => person(user),
        Caller::NoToken => "nobody (no token)".to_owned(),
        Caller::UnknownToken => "nobody (an unknown token)".to_owned(),
    }
}

fn person(person: Person) -> String {
    match person {
        Person::Api(ApiUser::Manager) => "the manager".to_owned(),
        Person::Api(ApiUser::Setup) => "the set-up user".to_owned(),
        Person::Api(ApiUser::Reader) => "the reader".to_owned(),
        Person::Api(ApiUser::Nobody) => "the user without groups".to_owned(),
        Person::Made(n) => format!("user {n}"),
    }
}

fn target(user: Ref<Person>) -> String {
    match user {
        Ref::Known(user) => person(user),
        Ref::Unknown => "an unknown user".to_owned(),
    }
}

fn department(department: Ref<Department>) -> String {
    match department {
        Ref::Known(Department::Given(id)) => format!("the world's department {id}"),
        Ref::Known(Department::Made(n)) => format!("department {n}"),
        Ref::Unknown => "an unknown department".to_owned(),
    }
}

fn group(group: Ref<Group>) -> String {
    let name = match group {
        Ref::Known(Group::StandardUser) => "Standard User",
        Ref::Known(Group::PowerUser) => "Power User",
        Ref::Known(Group::Admin) => "Admin",
        Ref::Known(Group::OfOtherCompany) => "a group of the other company",
        Ref::Unknown => "an unknown group",
    };
    name.to_owned()
}

fn of_company(company: CompanyRef) -> &'static str {
    match company {
        CompanyRef::LeftOut => "",
        CompanyRef::Named(Company::Home) => " of the home company",
        CompanyRef::Named(Company::Other) => " of the other company",
        CompanyRef::Unknown => " of an unknown company",
    }
}
