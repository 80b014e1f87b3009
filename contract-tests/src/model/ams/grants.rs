//! Calls that give users permission groups.

use proptest::collection::vec;
use proptest::prelude::Just;
use proptest::sample::{select, subsequence};
use proptest::strategy::{BoxedStrategy, Strategy};

use super::calls::{any_of, by};
use super::generate::{Calls, Kind};
use super::links::targets;
use super::{ApiUser, Call, CompanyRef, Group, Permission, Person, Ref, State, Transition};

/// The groups that the caller could name for a user without touching an open question, by their power.
struct Choice {
    within: Vec<Ref<Group>>,
    beyond: Vec<Ref<Group>>,
}

/// A group of a company is for that company's users; for an unknown user any group that the caller sees
/// will do.
fn choice(state: &State, caller: Person, user: Option<Person>) -> Choice {
    let company = user.and_then(|user| state.company(user));
    let fits =
        |group: &Group| user.is_none() || group.company().is_none_or(|of| company == Some(of));
    let visible = state
        .visible_groups(caller, CompanyRef::LeftOut)
        .into_iter();
    let known = visible.filter(|group| state.offer.groups.contains(group));
    let told = known.filter(|group| fits(group) && state.measurable(caller, *group));
    let (beyond, within): (Vec<_>, Vec<_>) = told.partition(|group| state.exceeds(caller, *group));
    let named = |groups: Vec<Group>| groups.into_iter().map(Ref::Known).collect();
    Choice {
        within: named(within),
        beyond: named(beyond),
    }
}

fn grant(
    user: Ref<Person>,
    groups: impl Strategy<Value = Vec<Ref<Group>>> + 'static,
) -> BoxedStrategy<Call> {
    groups
        .prop_map(move |groups| Call::AssignGroups { user, groups })
        .boxed()
}

fn some_of(groups: Vec<Ref<Group>>, least: usize) -> BoxedStrategy<Vec<Ref<Group>>> {
    let most = groups.len();
    subsequence(groups, least.min(most)..=most).boxed()
}

/// A grant that breaks nothing but, perhaps, the caller's lack of the permission or of power.
pub(super) fn sound(state: &State, caller: Person) -> Option<BoxedStrategy<Call>> {
    let user = targets(state, caller).into_iter().next_back()?;
    let Choice { within, beyond } = choice(state, caller, Some(user));
    let groups = if within.is_empty() { beyond } else { within };
    (!groups.is_empty()).then(|| grant(Ref::Known(user), some_of(groups, 1)))
}

pub(super) fn of_kind(kind: Kind, state: &State) -> Calls {
    let callers = state
        .callers_with(Permission::WritePermissionUser)
        .into_iter();
    any_of(callers.flat_map(|caller| grants_by(kind, state, caller)))
}

fn grants_by(kind: Kind, state: &State, caller: Person) -> Vec<BoxedStrategy<Transition>> {
    let calls: Vec<_> = match kind {
        Kind::GrantToSelf => to_self(state, caller).into_iter().collect(),
        Kind::GrantToUnknownUser => vec![grant(
            Ref::Unknown,
            some_of(choice(state, caller, None).within, 0),
        )],
        Kind::GrantToApiUser => {
            let users = api_users(state, caller).into_iter();
            users
                .filter_map(|user| to_user(Kind::GrantGroups, state, caller, user))
                .collect()
        }
        _ => targets(state, caller)
            .into_iter()
            .filter_map(|user| to_user(kind, state, caller, user))
            .collect(),
    };
    calls
        .into_iter()
        .filter_map(|call| by(vec![caller], call))
        .collect()
}

/// Some of what one has already: only that it is oneself stands against it. It is a risk to the caller where
/// the rule does not hold.
fn to_self(state: &State, caller: Person) -> Option<BoxedStrategy<Call>> {
    let spared = matches!(caller, Person::Api(_)) && !state.offer.api_users_as_targets;
    let held = state.groups_of(caller).into_iter();
    let known = held.filter(|group| state.offer.groups.contains(group));
    let call = || {
        grant(
            Ref::Known(caller),
            some_of(known.map(Ref::Known).collect(), 0),
        )
    };
    (!spared).then(call)
}

fn api_users(state: &State, caller: Person) -> Vec<Person> {
    let own = state.company(caller);
    let users = ApiUser::ALL
        .into_iter()
        .filter(|_| state.offer.api_users_as_targets)
        .map(Person::Api);
    let reachable = |user: &Person| {
        let company = state.company(*user);
        *user != caller && company.is_some() && (own.is_none() || own == company)
    };
    users.filter(reachable).collect()
}

fn to_user(kind: Kind, state: &State, caller: Person, user: Person) -> Option<BoxedStrategy<Call>> {
    let Choice { within, beyond } = choice(state, caller, Some(user));
    let groups = match kind {
        Kind::GrantNothing => Just(Vec::new()).boxed(),
        Kind::GrantGroups if !within.is_empty() => some_of(within, 1),
        Kind::GrantRepeated if !within.is_empty() => repeated(within),
        Kind::GrantMorePower => with(within, beyond)?,
        Kind::GrantUnknownGroup => with(within, vec![Ref::Unknown])?,
        Kind::GrantHiddenGroup => with(within, hidden(state, caller))?,
        _ => return None,
    };
    Some(grant(Ref::Known(user), groups))
}

/// One group twice, and perhaps others.
fn repeated(within: Vec<Ref<Group>>) -> BoxedStrategy<Vec<Ref<Group>>> {
    let list = |(twice, mut list): (Ref<Group>, Vec<Ref<Group>>)| {
        list.extend([twice, twice]);
        list
    };
    (select(within.clone()), vec(select(within), 0..=1))
        .prop_map(list)
        .boxed()
}

/// Some of the sound ones, followed by an odd one, if there is any.
fn with(within: Vec<Ref<Group>>, odd: Vec<Ref<Group>>) -> Option<BoxedStrategy<Vec<Ref<Group>>>> {
    let list = |(mut list, odd): (Vec<_>, _)| {
        list.push(odd);
        list
    };
    (!odd.is_empty()).then(|| (some_of(within, 0), select(odd)).prop_map(list).boxed())
}

fn hidden(state: &State, caller: Person) -> Vec<Ref<Group>> {
    let visible = state.visible_groups(caller, CompanyRef::LeftOut);
    state
        .offer
        .groups
        .iter()
        .filter(|group| !visible.contains(group))
        .map(|group| Ref::Known(*group))
        .collect()
}
