//! Calls that put users into departments.

use proptest::sample::{select, subsequence};
use proptest::strategy::{BoxedStrategy, Strategy};

use super::calls::{any_of, by};
use super::generate::{Calls, Kind};
use super::{Call, Company, Department, Permission, Person, Ref, State, Transition};

/// The departments that can be named.
pub(super) fn departments(state: &State) -> Vec<Department> {
    let given = Department::GIVEN.into_iter().map(Department::Given);
    let given = given.filter(|_| state.offer.departments);
    given
        .chain((0..state.departments.len()).map(Department::Made))
        .collect()
}

/// The users that the walk made.
pub(super) fn users(state: &State) -> Vec<Person> {
    (0..state.users.len()).map(Person::Made).collect()
}

/// The users made that are within the caller's reach, but for the caller.
pub(super) fn targets(state: &State, caller: Person) -> Vec<Person> {
    let own = state.company(caller);
    let reachable =
        |user: &Person| *user != caller && (own.is_none() || own == state.company(*user));
    users(state).into_iter().filter(reachable).collect()
}

fn of_company(state: &State, wanted: impl Fn(Company) -> bool) -> Vec<Ref<Department>> {
    let of = |it: &Department| state.company_of_department(*it).is_some_and(&wanted);
    departments(state)
        .into_iter()
        .filter(of)
        .map(Ref::Known)
        .collect()
}

fn some_of(departments: Vec<Ref<Department>>) -> BoxedStrategy<Vec<Ref<Department>>> {
    let most = departments.len().min(3);
    subsequence(departments, 1..=most).boxed()
}

fn link(
    user: Ref<Person>,
    departments: impl Strategy<Value = Vec<Ref<Department>>> + 'static,
) -> BoxedStrategy<Call> {
    departments
        .prop_map(move |departments| Call::AssignDepartments { user, departments })
        .boxed()
}

/// A link that breaks nothing but, perhaps, the caller's lack of the permission.
pub(super) fn sound(state: &State, caller: Person) -> Option<BoxedStrategy<Call>> {
    let user = targets(state, caller).into_iter().next_back()?;
    let own = of_company(state, |company| Some(company) == state.company(user));
    (!own.is_empty()).then(|| link(Ref::Known(user), some_of(own)))
}

pub(super) fn of_kind(kind: Kind, state: &State) -> Calls {
    let callers = state
        .callers_with(Permission::WriteUserDepartment)
        .into_iter();
    any_of(callers.flat_map(|caller| links_by(kind, state, caller)))
}

fn links_by(kind: Kind, state: &State, caller: Person) -> Vec<BoxedStrategy<Transition>> {
    let users = match kind {
        Kind::LinkDepartments | Kind::LinkRepeated | Kind::LinkUnknownDepartment => {
            targets(state, caller)
        }
        Kind::LinkAcrossCompanies => users(state),
        Kind::LinkUnknownUser => return to_unknown_user(state, caller).into_iter().collect(),
        _ => Vec::new(),
    };
    let links = users
        .into_iter()
        .filter_map(|user| to_user(kind, state, user));
    links.filter_map(|call| by(vec![caller], call)).collect()
}

fn to_unknown_user(state: &State, caller: Person) -> Calls {
    let own = state.company(caller);
    let within = of_company(state, |company| own.is_none_or(|own| own == company));
    if within.is_empty() {
        return None;
    }
    by(vec![caller], link(Ref::Unknown, some_of(within)))
}

fn to_user(kind: Kind, state: &State, user: Person) -> Option<BoxedStrategy<Call>> {
    let company = state.company(user)?;
    let own = of_company(state, |it| it == company);
    let departments = match kind {
        Kind::LinkDepartments if !own.is_empty() => some_of(own),
        Kind::LinkRepeated if !own.is_empty() => select(own)
            .prop_map(|department| vec![department; 2])
            .boxed(),
        Kind::LinkUnknownDepartment => with(own, vec![Ref::Unknown]),
        Kind::LinkAcrossCompanies => {
            let elsewhere = of_company(state, |it| it != company);
            if elsewhere.is_empty() {
                return None;
            }
            with(own, elsewhere)
        }
        _ => return None,
    };
    Some(link(Ref::Known(user), departments))
}

/// At most two of the sound ones, followed by an odd one.
fn with(
    own: Vec<Ref<Department>>,
    odd: Vec<Ref<Department>>,
) -> BoxedStrategy<Vec<Ref<Department>>> {
    let most = own.len().min(2);
    let list = |(mut list, odd): (Vec<_>, _)| {
        list.push(odd);
        list
    };
    (subsequence(own, 0..=most), select(odd))
        .prop_map(list)
        .boxed()
}
