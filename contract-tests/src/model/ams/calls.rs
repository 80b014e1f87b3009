//! Calls that make users and departments or list groups, and the calls that any caller may try.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::Just;
use proptest::sample::select;
use proptest::strategy::{BoxedStrategy, Strategy, Union};

use super::generate::{Calls, Kind};
use super::{
    Call, Caller, Company, CompanyRef, Department, Field, Permission, Person, Ref, State,
    Transition, grants, links,
};

const FIELDS: [Field; 3] = [Field::Name, Field::Surname, Field::Email];

/// The call by any of these callers.
pub(super) fn by(callers: Vec<Person>, call: impl Strategy<Value = Call> + 'static) -> Calls {
    if callers.is_empty() {
        return None;
    }
    let step = |(caller, call)| Transition {
        caller: Caller::Person(caller),
        call,
    };
    Some((select(callers), call).prop_map(step).boxed())
}

/// Any of these, if there are any.
pub(super) fn any_of(calls: impl Iterator<Item = BoxedStrategy<Transition>>) -> Calls {
    let calls: Vec<_> = calls.collect();
    (!calls.is_empty()).then(|| Union::new(calls).boxed())
}

/// The companies that can be named.
fn companies(state: &State) -> Vec<Company> {
    if state.offer.other_company {
        vec![Company::Home, Company::Other]
    } else {
        vec![Company::Home]
    }
}

fn named(companies: impl IntoIterator<Item = Company>) -> Vec<CompanyRef> {
    companies.into_iter().map(CompanyRef::Named).collect()
}

/// Each caller with the permission, with the companies it names when it chooses so.
fn each_caller(
    state: &State,
    permission: Permission,
    choice: impl Fn(Option<Company>) -> Vec<CompanyRef>,
) -> Vec<(Person, Vec<CompanyRef>)> {
    let callers = state.callers_with(permission).into_iter();
    let chosen = callers.map(|caller| (caller, choice(state.company(caller))));
    chosen
        .filter(|(_, companies)| !companies.is_empty())
        .collect()
}

pub(super) fn filtered_list(state: &State) -> Calls {
    let known = named(companies(state));
    let choice = |own: Option<Company>| {
        let unknown = own.map(|_| CompanyRef::Unknown);
        known.iter().copied().chain(unknown).collect()
    };
    let callers = each_caller(state, Permission::ReadGroups, choice).into_iter();
    any_of(callers.filter_map(|(caller, companies)| {
        by(
            vec![caller],
            select(companies).prop_map(|company| Call::ListGroups { company }),
        )
    }))
}

pub(super) fn user_of_kind(kind: Kind, state: &State) -> Calls {
    let all = companies(state);
    let choice = |own: Option<Company>| match (kind, own) {
        (Kind::UserOfCallersCompany, Some(own)) => {
            vec![CompanyRef::LeftOut, CompanyRef::Named(own)]
        }
        (Kind::UserOfIgnoredCompany, Some(own)) => {
            let others = named(all.iter().copied().filter(|company| *company != own));
            others.into_iter().chain([CompanyRef::Unknown]).collect()
        }
        (Kind::UserByCompanyless, None) => named(all.clone()),
        (Kind::UserWithoutCompany, None) => vec![CompanyRef::LeftOut],
        (Kind::UserOfUnknownCompany, None) => vec![CompanyRef::Unknown],
        (Kind::UserLacksField, own) => vec![sound_company(own)],
        _ => Vec::new(),
    };
    let missing = match kind {
        Kind::UserLacksField => select(FIELDS.to_vec()).prop_map(Some).boxed(),
        _ => Just(None).boxed(),
    };
    let callers = each_caller(state, Permission::WriteUsers, choice).into_iter();
    any_of(callers.filter_map(|(caller, companies)| {
        let call = (select(companies), missing.clone());
        by(
            vec![caller],
            call.prop_map(|(company, missing)| Call::CreateUser { company, missing }),
        )
    }))
}

/// What a new user's company may be called without breaking a rule.
fn sound_company(own: Option<Company>) -> CompanyRef {
    own.map_or(CompanyRef::Named(Company::Home), |_| CompanyRef::LeftOut)
}

pub(super) fn department_of_kind(kind: Kind, state: &State) -> Calls {
    let callers = state.callers_with(Permission::WriteDepartments);
    let under = |parent| Call::CreateDepartment {
        parent,
        company: CompanyRef::LeftOut,
    };
    match kind {
        Kind::RootDepartment => by(callers, Just(under(None))),
        Kind::ChildOfUnknownDepartment => by(callers, Just(under(Some(Ref::Unknown)))),
        Kind::DepartmentOfCompany => {
            let named = named(companies(state))
                .into_iter()
                .chain([CompanyRef::Unknown])
                .collect::<Vec<_>>();
            by(
                callers,
                select(named).prop_map(|company| Call::CreateDepartment {
                    parent: None,
                    company,
                }),
            )
        }
        Kind::ChildDepartment => children(state, &callers, |own, parent| {
            own.is_none() || own == parent
        }),
        Kind::ChildAcrossCompanies => children(state, &callers, |own, parent| {
            own.is_some() && parent.is_some() && own != parent
        }),
        _ => None,
    }
}

/// Departments under a parent whose company fits the caller's as wanted.
fn children(
    state: &State,
    callers: &[Person],
    fits: impl Fn(Option<Company>, Option<Company>) -> bool,
) -> Calls {
    any_of(callers.iter().filter_map(|caller| {
        let own = state.company(*caller);
        let wanted = |it: &Department| fits(own, state.company_of_department(*it));
        let parents: Vec<_> = links::departments(state)
            .into_iter()
            .filter(wanted)
            .collect();
        if parents.is_empty() {
            return None;
        }
        let under = |parent| Call::CreateDepartment {
            parent: Some(Ref::Known(parent)),
            company: CompanyRef::LeftOut,
        };
        by(vec![*caller], select(parents).prop_map(under))
    }))
}

/// One call of each sort that breaks nothing but, perhaps, the caller's lack of a permission or of power.
fn sound_calls(state: &State, caller: Person) -> Vec<(Permission, BoxedStrategy<Call>)> {
    let company = sound_company(state.company(caller));
    let simple = [
        (
            Permission::ReadGroups,
            Call::ListGroups {
                company: CompanyRef::LeftOut,
            },
        ),
        (
            Permission::WriteUsers,
            Call::CreateUser {
                company,
                missing: None,
            },
        ),
        (
            Permission::WriteDepartments,
            Call::CreateDepartment {
                parent: None,
                company: CompanyRef::LeftOut,
            },
        ),
    ];
    let simple = simple.map(|(permission, call)| (permission, Just(call).boxed()));
    let link = links::sound(state, caller).map(|call| (Permission::WriteUserDepartment, call));
    let grant = grants::sound(state, caller).map(|call| (Permission::WritePermissionUser, call));
    simple.into_iter().chain(link).chain(grant).collect()
}

pub(super) fn without_permission(state: &State) -> Calls {
    let callers = state.callers().into_iter();
    any_of(callers.flat_map(|caller| {
        let lacking = sound_calls(state, caller)
            .into_iter()
            .filter(move |(needed, _)| !state.may(caller, *needed));
        lacking.filter_map(move |(_, call)| by(vec![caller], call))
    }))
}

pub(super) fn created_user_acts(state: &State) -> Calls {
    let made = state
        .callers()
        .into_iter()
        .filter(|caller| matches!(caller, Person::Made(_)));
    any_of(made.flat_map(|caller| {
        sound_calls(state, caller)
            .into_iter()
            .filter_map(move |(_, call)| by(vec![caller], call))
    }))
}

pub(super) fn unauthenticated(call: BoxedStrategy<Call>) -> BoxedStrategy<Transition> {
    let callers = select(vec![Caller::NoToken, Caller::UnknownToken]);
    (callers, call)
        .prop_map(|(caller, call)| Transition { caller, call })
        .boxed()
}

pub(super) fn anything(state: &State) -> BoxedStrategy<Transition> {
    let company = [CompanyRef::LeftOut, CompanyRef::Unknown]
        .into_iter()
        .chain(named(companies(state)));
    let company = select(company.collect::<Vec<_>>());
    let department = reference(links::departments(state));
    let person = reference(people(state));
    let group = reference(state.offer.groups.iter().copied().collect());
    let calls = Union::new([
        company
            .clone()
            .prop_map(|company| Call::ListGroups { company })
            .boxed(),
        (company.clone(), option::of(select(FIELDS.to_vec())))
            .prop_map(|(company, missing)| Call::CreateUser { company, missing })
            .boxed(),
        (option::of(department.clone()), company)
            .prop_map(|(parent, company)| Call::CreateDepartment { parent, company })
            .boxed(),
        (person.clone(), vec(department, 1..=3))
            .prop_map(|(user, departments)| Call::AssignDepartments { user, departments })
            .boxed(),
        (person, vec(group, 0..=3))
            .prop_map(|(user, groups)| Call::AssignGroups { user, groups })
            .boxed(),
    ])
    .boxed();
    by(state.callers(), calls.clone()).unwrap_or_else(|| unauthenticated(calls))
}

fn people(state: &State) -> Vec<Person> {
    let api = state.offer.callers.iter().copied().map(Person::Api);
    links::users(state)
        .into_iter()
        .chain(api.filter(|_| state.offer.api_users_as_targets))
        .collect()
}

fn reference<T: Copy + std::fmt::Debug + 'static>(known: Vec<T>) -> BoxedStrategy<Ref<T>> {
    let known = known.into_iter().map(Ref::Known).chain([Ref::Unknown]);
    select(known.collect::<Vec<_>>()).boxed()
}
