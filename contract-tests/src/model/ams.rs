//! AMS by its guide: users, departments, permission groups, and who may do what with them.
//!
//! The facts and what the lists make of them; [`predict`] says what a call meets, [`generate`] makes the
//! calls.

mod calls;
mod facts;
mod generate;
mod grants;
mod links;
mod predict;
#[cfg(test)]
mod tests;
mod world;

use proptest::strategy::BoxedStrategy;
use proptest_state_machine::ReferenceStateMachine;
use serde::{Deserialize, Serialize};

use super::{Basis, Expected, Model, View, documented, proposed};
pub(crate) use facts::State;
pub(crate) use generate::Kind;
pub(crate) use world::{ApiUser, Company, Department, Group, Offer, Permission, Person};

/// Who calls: a known user with a token of its own, or nobody that AMS knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Caller {
    Person(Person),
    NoToken,
    UnknownToken,
}

/// A company as a call names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CompanyRef {
    LeftOut,
    Named(Company),
    Unknown,
}

/// A thing as a call names it: one that is there, or an id that nothing has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Ref<T> {
    Known(T),
    Unknown,
}

impl<T: Copy> Ref<T> {
    fn known(self) -> Option<T> {
        match self {
            Self::Known(thing) => Some(thing),
            Self::Unknown => None,
        }
    }
}

/// A field of a new user that a login and its profile need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Field {
    Name,
    Surname,
    Email,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Call {
    CreateUser {
        company: CompanyRef,
        missing: Option<Field>,
    },
    CreateDepartment {
        parent: Option<Ref<Department>>,
        company: CompanyRef,
    },
    AssignDepartments {
        user: Ref<Person>,
        departments: Vec<Ref<Department>>,
    },
    ListGroups {
        company: CompanyRef,
    },
    AssignGroups {
        user: Ref<Person>,
        groups: Vec<Ref<Group>>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Transition {
    pub(crate) caller: Caller,
    pub(crate) call: Call,
}

#[cfg(test)]
impl Transition {
    /// Whether a user that the walk made calls; no documented call hands out such a user's token.
    fn needs_token_of_created_user(&self) -> bool {
        matches!(self.caller, Caller::Person(Person::Made(_)))
    }
}

/// A thing that a step makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Object {
    User(Person),
    Department(Department),
}

/// A list of which the model has an opinion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// The answer to `ListGroups`.
    Groups { caller: Caller, company: CompanyRef },
    /// The answer to the last `AssignGroups` for this person, if it shows the groups.
    GroupsOf(Person),
    /// The answer to the last `AssignDepartments` for this person, if it shows the departments.
    DepartmentsOf(Person),
}

/// An entry of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    Group(Group),
    Department(Department),
}

/// The AMS half of the model.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ams;

impl Model for Ams {
    type Offer = Offer;
    type Object = Object;
    type Look = Look;
    type Item = Item;

    fn fresh(offer: &Offer) -> State {
        State::new(offer.clone())
    }

    fn swarm(offer: &Offer) -> BoxedStrategy<State> {
        generate::swarm(Self::fresh(offer))
    }

    fn expected(state: &State, step: &Transition) -> Expected {
        predict::expected(state, step)
    }

    fn makes(state: &State, step: &Transition) -> Option<Object> {
        if !Self::expected(state, step).accepted() {
            return None;
        }
        match step.call {
            Call::CreateUser { .. } => Some(Object::User(Person::Made(state.users.len()))),
            Call::CreateDepartment { .. } => Some(Object::Department(Department::Made(
                state.departments.len(),
            ))),
            Call::AssignDepartments { .. }
            | Call::ListGroups { .. }
            | Call::AssignGroups { .. } => None,
        }
    }

    /// There is no reading of users and departments: what a call changed shows in its own answer, if
    /// anywhere.
    fn looks(before: &State, step: &Transition) -> Vec<Look> {
        if !Self::expected(before, step).accepted() {
            return Vec::new();
        }
        match step.call {
            Call::ListGroups { company } => vec![Look::Groups {
                caller: step.caller,
                company,
            }],
            Call::AssignGroups {
                user: Ref::Known(user),
                ..
            } => vec![Look::GroupsOf(user)],
            Call::AssignDepartments {
                user: Ref::Known(user),
                ..
            } => vec![Look::DepartmentsOf(user)],
            Call::CreateUser { .. }
            | Call::CreateDepartment { .. }
            | Call::AssignGroups {
                user: Ref::Unknown, ..
            }
            | Call::AssignDepartments {
                user: Ref::Unknown, ..
            } => Vec::new(),
        }
    }

    fn all_looks(state: &State) -> Vec<Look> {
        let callers = state.callers_with(Permission::ReadGroups).into_iter();
        callers
            .map(|caller| Look::Groups {
                caller: Caller::Person(caller),
                company: CompanyRef::LeftOut,
            })
            .collect()
    }

    fn view(state: &State, look: &Look) -> View<Item> {
        let (items, complete, rule) = match *look {
            Look::Groups {
                caller: Caller::Person(person),
                company,
            } => {
                let shown = state.visible_groups(person, company).into_iter();
                let known = shown.filter(|group| state.offer.groups.contains(group));
                (
                    known.map(Item::Group).collect(),
                    true,
                    predict::listing_rule(state, person, company),
                )
            }
            Look::Groups { .. } => (Vec::new(), true, documented("ams.auth.unauthenticated")),
            Look::GroupsOf(person) => {
                let items = state
                    .groups_of(person)
                    .into_iter()
                    .map(Item::Group)
                    .collect();
                (items, true, documented("ams.permission.replace-all"))
            }
            // Whether the call adds or replaces is an open question, and the world does not tell the API
            // users' own.
            Look::DepartmentsOf(person) => {
                let items = state
                    .departments_of(person)
                    .into_iter()
                    .map(Item::Department)
                    .collect();
                (
                    items,
                    matches!(person, Person::Made(_)),
                    proposed("ams.user-department.links"),
                )
            }
        };
        View {
            items,
            complete,
            missing: rule,
            surplus: rule,
            order: None,
        }
    }
}

impl ReferenceStateMachine for Ams {
    type State = State;
    type Transition = Transition;

    fn init_state() -> BoxedStrategy<State> {
        Self::swarm(&Offer::everything())
    }

    fn transitions(state: &State) -> BoxedStrategy<Transition> {
        generate::transitions(state)
    }

    fn apply(mut state: State, step: &Transition) -> State {
        if let Caller::Person(caller) = step.caller
            && Self::expected(&state, step).accepted()
        {
            state.carry_out(caller, &step.call);
        }
        state
    }

    fn preconditions(state: &State, step: &Transition) -> bool {
        predict::settled(state, step)
            && state.offer.allows(step)
            && (state.offer.proposals || Self::expected(state, step).basis() == Basis::Documented)
    }
}
