//! What the guide says of a call to AMS: accepted, refused and by which rule, or not settled at all.
//!
//! Only reads the facts. The statuses of business errors are left as open as the guide leaves them.

use std::collections::BTreeSet;

use super::{
    Call, Caller, Company, CompanyRef, Department, Group, Permission, Person, Ref, State,
    Transition,
};
use crate::model::{Basis, Expected, Refusal, Rule, Status, documented, proposed};

const EXISTS: Rule = documented("ams.user-department.departments-exist");
const OPENS: Rule = documented("ams.permission.opens-features");
const USER_NOT_FOUND: &str = "user.002";

pub(super) fn expected(state: &State, step: &Transition) -> Expected {
    match step.caller {
        // Without a caller there is nobody of whom anything else could be asked.
        Caller::NoToken | Caller::UnknownToken => Expected::Refused(vec![Refusal::new(
            documented("ams.auth.unauthenticated"),
            Status::Is(401),
        )]),
        Caller::Person(caller) => {
            let forbidden = forbidden(state, caller, &step.call);
            let refusals = forbidden
                .into_iter()
                .chain(refusals(state, caller, &step.call))
                .collect();
            Expected::unless(
                refusals,
                acceptance(state, caller, &step.call),
                Status::Success,
            )
        }
    }
}

/// The permission that the call needs, and the rule that says so.
fn needed(call: &Call) -> (Permission, Rule) {
    match call {
        Call::CreateUser { .. } => (
            Permission::WriteUsers,
            documented("ams.user.create-permission"),
        ),
        Call::CreateDepartment { .. } => (
            Permission::WriteDepartments,
            documented("ams.department.create-permission"),
        ),
        Call::AssignDepartments { .. } => (
            Permission::WriteUserDepartment,
            documented("ams.user-department.permission"),
        ),
        Call::ListGroups { .. } => (
            Permission::ReadGroups,
            documented("ams.group.list-permission"),
        ),
        Call::AssignGroups { .. } => (
            Permission::WritePermissionUser,
            documented("ams.permission.assign-permission"),
        ),
    }
}

fn forbidden(state: &State, caller: Person, call: &Call) -> Option<Refusal> {
    let (permission, rule) = needed(call);
    if state.may(caller, permission) {
        return None;
    }
    let only_a_login = matches!(caller, Person::Made(_)) && state.groups_of(caller).is_empty();
    let rule = if only_a_login {
        documented("ams.user.login-only")
    } else {
        rule
    };
    Some(Refusal::new(rule, Status::Is(403)))
}

fn refusals(state: &State, caller: Person, call: &Call) -> Vec<Refusal> {
    match call {
        Call::CreateUser { company, missing } => {
            let missing =
                missing.map(|_| Refusal::new(proposed("ams.user.required-fields"), Status::Unfit));
            missing
                .into_iter()
                .chain(company_refusal(state, caller, *company))
                .collect()
        }
        Call::CreateDepartment { parent, .. } => {
            parent_refusal(state, caller, *parent).into_iter().collect()
        }
        Call::AssignDepartments { user, departments } => link_refusals(state, *user, departments),
        Call::ListGroups { .. } => Vec::new(),
        Call::AssignGroups { user, groups } => grant_refusals(state, caller, *user, groups),
    }
}

/// Only a caller without a company has to name one that exists.
fn company_refusal(state: &State, caller: Person, company: CompanyRef) -> Option<Refusal> {
    let named = matches!(company, CompanyRef::Named(_));
    let open = state.company(caller).is_none() && !named;
    open.then(|| Refusal::new(documented("ams.user.company-must-exist"), Status::Unfit))
}

fn parent_refusal(
    state: &State,
    caller: Person,
    parent: Option<Ref<Department>>,
) -> Option<Refusal> {
    const RULE: &str = "ams.department.parent-exists";
    match parent? {
        Ref::Unknown => Some(Refusal::new(documented(RULE), Status::Unfit)),
        Ref::Known(parent) => {
            let foreign = state
                .company(caller)
                .is_some_and(|own| state.company_of_department(parent) != Some(own));
            foreign.then(|| Refusal::new(proposed(RULE), Status::Unfit))
        }
    }
}

fn link_refusals(
    state: &State,
    user: Ref<Person>,
    departments: &[Ref<Department>],
) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    if user == Ref::Unknown {
        let rule = documented("ams.user-department.user-exists");
        refusals.push(Refusal::coded(rule, Status::Refused, USER_NOT_FOUND));
    }
    if departments.contains(&Ref::Unknown) {
        refusals.push(Refusal::new(EXISTS, Status::Unfit));
    }
    let company = user.known().and_then(|user| state.company(user));
    let elsewhere = |it: &Ref<Department>| {
        it.known()
            .is_some_and(|it| state.company_of_department(it) != company)
    };
    if user != Ref::Unknown && departments.iter().any(elsewhere) {
        refusals.push(Refusal::new(proposed(EXISTS.id), Status::Unfit));
    }
    refusals
}

fn grant_refusals(
    state: &State,
    caller: Person,
    user: Ref<Person>,
    groups: &[Ref<Group>],
) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    let mut refuse =
        |id, basis, code| refusals.push(Refusal::coded(Rule { id, basis }, Status::Refused, code));
    if user == Ref::Unknown {
        refuse(
            "ams.permission.user-exists",
            Basis::Documented,
            USER_NOT_FOUND,
        );
    }
    if user == Ref::Known(caller) {
        refuse(
            "ams.permission.no-self-change",
            self_change(state, caller, groups),
            "permission.010",
        );
    }
    if let Some(basis) = group_not_found(state, caller, groups) {
        refuse("ams.permission.group-exists", basis, "permission.group.002");
    }
    if let Some(basis) = more_power(state, caller, user, groups) {
        refuse("ams.permission.no-more-power", basis, "permission.011");
    }
    refusals
}

/// A list that leaves the caller what it has is not plainly a change.
fn self_change(state: &State, caller: Person, groups: &[Ref<Group>]) -> Basis {
    let held: BTreeSet<_> = state
        .groups_of(caller)
        .into_iter()
        .map(Ref::Known)
        .collect();
    let changed = held != groups.iter().copied().collect();
    if changed {
        Basis::Documented
    } else {
        Basis::Proposed
    }
}

/// A group of another company is not there for a caller with a company: a likely answer, not a documented
/// one.
fn group_not_found(state: &State, caller: Person, groups: &[Ref<Group>]) -> Option<Basis> {
    if groups.contains(&Ref::Unknown) {
        return Some(Basis::Documented);
    }
    let visible = state.visible_groups(caller, CompanyRef::LeftOut);
    let hidden = groups
        .iter()
        .filter_map(|it| it.known())
        .any(|group| !visible.contains(&group));
    hidden.then_some(Basis::Proposed)
}

/// Whether the groups, taken together, permit more than the caller may. Leaving a user what it has is not
/// plainly a grant, so that this case rests on a proposal.
fn more_power(
    state: &State,
    caller: Person,
    user: Ref<Person>,
    groups: &[Ref<Group>],
) -> Option<Basis> {
    let visible = state.visible_groups(caller, CompanyRef::LeftOut);
    let held = user
        .known()
        .map(|user| state.groups_of(user))
        .unwrap_or_default();
    let stronger: Vec<Group> = groups
        .iter()
        .filter_map(|it| it.known())
        .filter(|group| visible.contains(group) && state.exceeds(caller, *group))
        .collect();
    let granted = stronger.iter().any(|group| !held.contains(group));
    let basis = if granted {
        Basis::Documented
    } else {
        Basis::Proposed
    };
    (!stronger.is_empty()).then_some(basis)
}

/// The rule that a refusal of this sound call would break.
fn acceptance(state: &State, caller: Person, call: &Call) -> Rule {
    let bound = state.company(caller);
    let elsewhere = |company: CompanyRef| match company {
        CompanyRef::LeftOut => false,
        CompanyRef::Named(named) => bound.is_some_and(|own| own != named),
        CompanyRef::Unknown => bound.is_some(),
    };
    match call {
        Call::CreateUser { company, .. } if elsewhere(*company) => {
            documented("ams.user.company-of-caller")
        }
        Call::CreateDepartment { company, .. } if elsewhere(*company) => {
            documented("ams.department.company-of-caller")
        }
        Call::CreateDepartment { company, .. }
            if bound.is_none() && *company != CompanyRef::LeftOut =>
        {
            proposed("ams.department.company-of-caller")
        }
        // Which parents a caller without a company may name is an open question.
        Call::CreateDepartment {
            parent: Some(_), ..
        } if bound.is_none() => proposed("ams.department.parent-exists"),
        Call::CreateDepartment {
            parent: Some(_), ..
        } => documented("ams.department.parent-exists"),
        Call::ListGroups { company } if matches!(caller, Person::Api(_)) => {
            listing_rule(state, caller, *company)
        }
        Call::AssignGroups { user, groups } if !plain(state, caller, *user, groups) => {
            proposed("ams.permission.replace-all")
        }
        Call::AssignDepartments { departments, .. } if repeats(departments) => {
            proposed("ams.user-department.links")
        }
        _ if matches!(caller, Person::Made(_)) => OPENS,
        Call::AssignGroups { .. } => documented("ams.permission.replace-all"),
        Call::AssignDepartments { .. } => documented("ams.user-department.links"),
        _ => needed(call).1,
    }
}

/// The rule by which a list of groups shows what it shows.
pub(super) fn listing_rule(state: &State, caller: Person, filter: CompanyRef) -> Rule {
    match (state.company(caller), filter) {
        (None, _) => proposed("ams.group.general-or-company"),
        (Some(own), CompanyRef::Named(named)) if own != named => {
            documented("ams.group.company-filter-ignored")
        }
        (Some(_), CompanyRef::Unknown) => documented("ams.group.company-filter-ignored"),
        (Some(_), _) => documented("ams.group.general-or-company"),
    }
}

/// Whether the assignment is free of open questions: an empty list, repeated ids, taking away from a user
/// what is stronger than the caller.
fn plain(state: &State, caller: Person, user: Ref<Person>, groups: &[Ref<Group>]) -> bool {
    let held = user
        .known()
        .map(|user| state.groups_of(user))
        .unwrap_or_default();
    let taken = held
        .into_iter()
        .filter(|group| !groups.contains(&Ref::Known(*group)));
    let weakens = taken.into_iter().any(|group| state.exceeds(caller, group));
    !groups.is_empty() && !repeats(groups) && !weakens
}

fn repeats<T: PartialEq>(list: &[T]) -> bool {
    list.iter()
        .enumerate()
        .any(|(at, item)| list[..at].contains(item))
}

/// Whether everything named is there and the documents, or a proposed answer, tell the outcome.
pub(super) fn settled(state: &State, step: &Transition) -> bool {
    let told = match step.caller {
        Caller::NoToken | Caller::UnknownToken => true,
        Caller::Person(caller) => {
            state.made(caller)
                && state.permissions(caller).is_some()
                && told(state, caller, &step.call)
        }
    };
    told && exists(state, &step.call)
}

fn exists(state: &State, call: &Call) -> bool {
    let department = |it: &Ref<Department>| it.known().is_none_or(|it| state.department_made(it));
    match call {
        Call::CreateUser { .. } | Call::ListGroups { .. } => true,
        Call::CreateDepartment { parent, .. } => parent.as_ref().is_none_or(department),
        Call::AssignDepartments { user, departments } => {
            user.known().is_none_or(|user| state.made(user)) && departments.iter().all(department)
        }
        Call::AssignGroups { user, .. } => user.known().is_none_or(|user| state.made(user)),
    }
}

fn told(state: &State, caller: Person, call: &Call) -> bool {
    let bound = state.company(caller);
    match call {
        Call::CreateUser { .. } => true,
        Call::CreateDepartment {
            parent: Some(Ref::Known(parent)),
            ..
        } => bound.is_none() || state.company_of_department(*parent).is_some(),
        Call::CreateDepartment { .. } => true,
        Call::AssignDepartments { user, departments } => {
            linking_told(state, bound, *user, departments)
        }
        Call::ListGroups { company } => bound.is_some() || *company != CompanyRef::Unknown,
        Call::AssignGroups { user, groups } => granting_told(state, caller, *user, groups),
    }
}

/// Open: an empty list; users or departments of no company; who of another company may be linked to what is
/// there.
fn linking_told(
    state: &State,
    bound: Option<Company>,
    user: Ref<Person>,
    departments: &[Ref<Department>],
) -> bool {
    let companies: BTreeSet<_> = departments
        .iter()
        .filter_map(|it| it.known())
        .map(|it| state.company_of_department(it))
        .collect();
    let reachable =
        |company: Option<Company>| company.is_some() && (bound.is_none() || bound == company);
    let user_told = match user {
        Ref::Unknown => companies.iter().all(|company| reachable(*company)),
        Ref::Known(user) => {
            let company = state.company(user);
            let apart = companies.iter().any(|other| *other != company);
            company.is_some() && (apart || reachable(company))
        }
    };
    user_told && !departments.is_empty() && !companies.contains(&None)
}

/// Open: users beyond the caller's company; a company's group for a user elsewhere; how strong group 4 is.
fn granting_told(state: &State, caller: Person, user: Ref<Person>, groups: &[Ref<Group>]) -> bool {
    let bound = state.company(caller);
    let Ref::Known(user) = user else {
        return groups
            .iter()
            .filter_map(|it| it.known())
            .all(|group| state.measurable(caller, group));
    };
    let company = state.company(user);
    let fits =
        |group: Group| bound.is_some() || group.company().is_none_or(|of| company == Some(of));
    let within = company.is_some() && (bound.is_none() || bound == company);
    let groups_told = groups
        .iter()
        .filter_map(|it| it.known())
        .all(|group| fits(group) && state.measurable(caller, group));
    user == caller || (within && groups_told)
}
