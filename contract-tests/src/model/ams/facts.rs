//! The facts of a walk over AMS, and what follows from them directly.
//!
//! No prediction: who holds which groups, who belongs where, who may do what.

use std::collections::BTreeSet;

use super::{
    ApiUser, Call, Company, CompanyRef, Department, Group, Kind, Offer, Permission, Person, Ref,
};

/// The facts, and what may be asked in this walk.
#[derive(Clone, Debug)]
pub(crate) struct State {
    /// The company of each user made.
    pub(super) users: Vec<Company>,
    /// The company of each department made, if it has one.
    pub(super) departments: Vec<Option<Company>>,
    holds: BTreeSet<(Person, Group)>,
    links: BTreeSet<(Person, Department)>,
    pub(super) enabled: Vec<Kind>,
    pub(super) offer: Offer,
}

impl State {
    pub(super) fn new(offer: Offer) -> Self {
        let held = |user: ApiUser| {
            user.groups()
                .iter()
                .map(move |group| (Person::Api(user), *group))
        };
        Self {
            users: Vec::new(),
            departments: Vec::new(),
            holds: ApiUser::ALL.into_iter().flat_map(held).collect(),
            links: BTreeSet::new(),
            enabled: Kind::offered(&offer),
            offer,
        }
    }

    /// The same facts with only these kinds of call.
    pub(super) fn enabling(&self, enabled: Vec<Kind>) -> Self {
        Self {
            enabled,
            ..self.clone()
        }
    }

    pub(crate) fn groups_of(&self, person: Person) -> BTreeSet<Group> {
        self.held(person).collect()
    }

    /// By range: asked for every caller and target while calls are made up.
    fn held(&self, person: Person) -> impl Iterator<Item = Group> {
        let [first, .., last] = Group::ALL;
        let held = self.holds.range((person, first)..=(person, last));
        held.map(|(_, group)| *group)
    }

    pub(crate) fn departments_of(&self, person: Person) -> BTreeSet<Department> {
        let links = self.links.iter().filter(|(member, _)| *member == person);
        links.map(|(_, department)| *department).collect()
    }

    /// What the person may do: the permissions of all groups held; unknown for who holds a group of unknown
    /// content.
    pub(crate) fn permissions(&self, person: Person) -> Option<BTreeSet<Permission>> {
        let groups = self.groups_of(person);
        let each: Option<Vec<_>> = groups.into_iter().map(Group::permissions).collect();
        Some(each?.concat().into_iter().collect())
    }

    /// The groups that a person of this company is shown: the general ones and the company's, or all.
    pub(crate) fn visible_groups(&self, person: Person, filter: CompanyRef) -> BTreeSet<Group> {
        let of = |wanted: Company| {
            move |group: &Group| group.company().is_none_or(|company| company == wanted)
        };
        let all = Group::ALL.into_iter();
        match (self.company(person), filter) {
            (Some(own), _) => all.filter(of(own)).collect(),
            (None, CompanyRef::Named(wanted)) => all.filter(of(wanted)).collect(),
            (None, CompanyRef::LeftOut) => all.collect(),
            (None, CompanyRef::Unknown) => all.filter(|group| group.company().is_none()).collect(),
        }
    }

    /// The company of a user; none for the set-up user, and for a user not made yet.
    pub(super) fn company(&self, person: Person) -> Option<Company> {
        match person {
            Person::Api(user) => user.company(),
            Person::Made(n) => self.users.get(n).copied(),
        }
    }

    pub(super) fn company_of_department(&self, department: Department) -> Option<Company> {
        match department {
            Department::Given(_) => Some(Company::Home),
            Department::Made(n) => self.departments.get(n).copied().flatten(),
        }
    }

    pub(super) fn made(&self, person: Person) -> bool {
        match person {
            Person::Api(_) => true,
            Person::Made(n) => n < self.users.len(),
        }
    }

    pub(super) fn department_made(&self, department: Department) -> bool {
        match department {
            Department::Given(given) => Department::GIVEN.contains(&given),
            Department::Made(n) => n < self.departments.len(),
        }
    }

    pub(super) fn carry_out(&mut self, caller: Person, call: &Call) {
        match call {
            Call::CreateUser { company, .. } => {
                self.users.extend(self.company_given(caller, *company))
            }
            Call::CreateDepartment { company, .. } => {
                self.departments.push(self.company_given(caller, *company))
            }
            Call::AssignDepartments {
                user: Ref::Known(user),
                departments,
            } => {
                self.links.extend(
                    departments
                        .iter()
                        .filter_map(|it| Some((*user, it.known()?))),
                );
            }
            Call::AssignGroups {
                user: Ref::Known(user),
                groups,
            } => {
                self.holds.retain(|(holder, _)| holder != user);
                self.holds
                    .extend(groups.iter().filter_map(|it| Some((*user, it.known()?))));
            }
            Call::AssignDepartments { .. }
            | Call::AssignGroups { .. }
            | Call::ListGroups { .. } => {}
        }
    }

    /// A caller with a company gives its own to what it makes, whatever company it names.
    fn company_given(&self, caller: Person, named: CompanyRef) -> Option<Company> {
        self.company(caller).or(match named {
            CompanyRef::Named(company) => Some(company),
            CompanyRef::LeftOut | CompanyRef::Unknown => None,
        })
    }

    /// Whether the person has the permission, as far as its groups are known.
    pub(super) fn may(&self, person: Person, permission: Permission) -> bool {
        let mut groups = self.held(person);
        self.known(person) && groups.any(|group| permits(group, permission))
    }

    /// The callers at hand who have the permission.
    pub(super) fn callers_with(&self, permission: Permission) -> Vec<Person> {
        self.callers()
            .into_iter()
            .filter(|caller| self.may(*caller, permission))
            .collect()
    }

    /// Everyone who can be made to call and of whom it is known what they may do.
    pub(super) fn callers(&self) -> Vec<Person> {
        let made = if self.offer.tokens_of_created_users {
            self.users.len()
        } else {
            0
        };
        let api = ApiUser::ALL
            .into_iter()
            .filter(|user| self.offer.callers.contains(user));
        let all = api.map(Person::Api).chain((0..made).map(Person::Made));
        all.filter(|person| self.known(*person)).collect()
    }

    /// Whether the group permits what the person may not; nothing is stronger than the set-up user, who may
    /// do everything.
    pub(super) fn exceeds(&self, person: Person, group: Group) -> bool {
        match group.permissions() {
            Some(granted) if self.known(person) => granted
                .iter()
                .any(|permission| !self.may(person, *permission)),
            _ => person != Person::Api(ApiUser::Setup),
        }
    }

    /// Whether it is told what all groups of the person permit.
    fn known(&self, person: Person) -> bool {
        self.held(person).all(|group| group.permissions().is_some())
    }

    /// Whether the group's power can be told to exceed this person's: not that of a group of unknown
    /// content, once seen.
    pub(super) fn measurable(&self, person: Person, group: Group) -> bool {
        group.permissions().is_some()
            || person == Person::Api(ApiUser::Setup)
            || !self
                .visible_groups(person, CompanyRef::LeftOut)
                .contains(&group)
    }
}

fn permits(group: Group, permission: Permission) -> bool {
    let permissions = group.permissions();
    permissions.is_some_and(|permissions| permissions.contains(&permission))
}
