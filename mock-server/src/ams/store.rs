//! The state of AMS in one space, and its commits: the only writes.

use std::collections::BTreeSet;

use imbl::ordmap::DiffItem;
use imbl::{OrdMap, OrdSet};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::NAME;
use super::company::Company;
use super::departments::model::Department;
use super::departments::model::NewDepartment;
use super::groups::model::{Assignment, Group};
use super::ids::{CompanyId, DepartmentId, GroupId, UserId};
use super::permission::Permission;
use super::refusal::Refusal;
use super::rulebook;
use super::users::model::{Link, NewUser, User};
use crate::platform::api::{self, Difference, WorldError};

/// The largest id of a world file: every JSON reader keeps it exact, and enough come after it.
const LARGEST_ID: i64 = 9_007_199_254_740_991;

/// Companies, departments, permission groups and users of one space.
#[derive(Debug, Clone, Default)]
pub(crate) struct Store {
    pub(super) companies: OrdMap<CompanyId, Company>,
    pub(super) departments: OrdMap<DepartmentId, Department>,
    pub(super) groups: OrdMap<GroupId, Group>,
    pub(super) users: OrdMap<UserId, User>,
    /// Who has an address, by its lower case: an index, kept by the commits.
    addresses: OrdMap<String, OrdSet<UserId>>,
    /// The names of all departments, by company: another.
    names: OrdSet<(Option<CompanyId>, String)>,
}

impl Store {
    /// The caller, if its groups hold the permission.
    pub(super) fn allows(&self, caller: UserId, permission: Permission) -> Result<&User, Refusal> {
        let user = self.users.get(&caller).ok_or(Refusal::Unauthenticated)?;
        if self.powers_of(&user.groups).contains(permission.name) {
            return Ok(user);
        }
        Err(if user.groups.is_empty() {
            Refusal::Forbidden {
                rule: &rulebook::LOGIN_ONLY,
                permission: permission.name,
            }
        } else {
            Refusal::forbidden(permission)
        })
    }

    /// The union of the permissions of these groups; one that does not exist has none.
    pub(super) fn powers_of(&self, groups: &BTreeSet<GroupId>) -> BTreeSet<&str> {
        let known = groups.iter().filter_map(|id| self.groups.get(id));
        known
            .flat_map(|group| &group.permissions)
            .map(String::as_str)
            .collect()
    }

    /// The users with this address, whatever its letter case.
    pub(super) fn with_address(&self, email: &str) -> impl Iterator<Item = &User> {
        let ids = self.addresses.get(&email.to_lowercase());
        let ids = ids.into_iter().flatten();
        ids.filter_map(|id| self.users.get(id))
    }

    /// Adds a user without groups and departments.
    pub(super) fn commit_user(&mut self, new: NewUser) -> User {
        let id = UserId(self.users.get_max().map_or(1, |(id, _)| id.0 + 1));
        let user = new.into_user(id);
        self.note_address(&user);
        self.users.insert(id, user.clone());
        user
    }

    fn note_name(&mut self, department: &Department) {
        let name = (department.company_id, department.name.clone());
        self.names.insert(name);
    }

    /// Whether a department of this company has this name.
    pub(super) fn knows_department(&self, company: Option<CompanyId>, name: &str) -> bool {
        self.names.contains(&(company, name.to_owned()))
    }

    fn note_address(&mut self, user: &User) {
        let address = user.email.to_lowercase();
        self.addresses.entry(address).or_default().insert(user.id);
    }

    /// Adds a department.
    pub(super) fn commit_department(&mut self, new: NewDepartment) -> Department {
        let last = self.departments.get_max();
        let id = DepartmentId(last.map_or(1, |(id, _)| id.0 + 1));
        let department = new.into_department(id);
        self.note_name(&department);
        self.departments.insert(id, department.clone());
        department
    }

    /// Puts a user into the departments decided.
    pub(super) fn commit_link(&mut self, link: Link) -> BTreeSet<DepartmentId> {
        if let Some(user) = self.users.get_mut(&link.user) {
            user.departments.clone_from(&link.departments);
        }
        link.departments
    }

    /// Gives a user the groups decided, and no others.
    pub(super) fn commit_assignment(&mut self, assignment: Assignment) -> BTreeSet<GroupId> {
        if let Some(user) = self.users.get_mut(&assignment.user) {
            user.groups.clone_from(&assignment.groups);
        }
        assignment.groups
    }

    /// The store that a section of a world file describes, all of it or none.
    pub(super) fn open(section: &Value) -> Result<Self, WorldError> {
        #[derive(Deserialize, Default)]
        #[serde(deny_unknown_fields, default)]
        struct Section {
            companies: Vec<Company>,
            departments: Vec<Department>,
            groups: Vec<Group>,
            users: Vec<User>,
        }
        let section: Section = match section {
            Value::Null => Section::default(),
            section => serde_json::from_value(section.clone())
                .map_err(|fault| WorldError::at(NAME, fault.to_string()))?,
        };
        let mut store = Self {
            companies: by_id(section.companies, |company| company.id, "companies")?,
            departments: by_id(
                section.departments,
                |department| department.id,
                "departments",
            )?,
            groups: by_id(section.groups, |group| group.id, "groups")?,
            users: by_id(section.users, |user| user.id, "users")?,
            addresses: OrdMap::new(),
            names: OrdSet::new(),
        };
        for department in store.departments.clone().values() {
            store.note_name(department);
        }
        for user in store.users.clone().values() {
            store.note_address(user);
        }
        store.check()?;
        Ok(store)
    }

    /// Every record that another names exists.
    fn check(&self) -> Result<(), WorldError> {
        let company = |place: String, id: Option<CompanyId>| match id {
            Some(id) if !self.companies.contains_key(&id) => {
                Err(WorldError::at(place, format!("no company {id}")))
            }
            _ => Ok(()),
        };
        for (id, group) in &self.groups {
            company(format!("ams.groups: group {id}"), group.company_id)?;
        }
        let mut sound = BTreeSet::new();
        for (id, department) in &self.departments {
            let place = format!("ams.departments: department {id}");
            company(place.clone(), department.company_id)?;
            match department.parent_id {
                Some(parent) if !self.departments.contains_key(&parent) => {
                    return Err(WorldError::at(place, format!("no department {parent}")));
                }
                _ => self.check_no_cycle(*id, &mut sound)?,
            }
        }
        for (id, user) in &self.users {
            let place = format!("ams.users: user {id}");
            company(place.clone(), user.company_id)?;
            if let Some(group) = user.groups.iter().find(|id| !self.groups.contains_key(*id)) {
                return Err(WorldError::at(place, format!("no group {group}")));
            }
            let unknown = |id: &&DepartmentId| !self.departments.contains_key(*id);
            if let Some(department) = user.departments.iter().find(unknown) {
                return Err(WorldError::at(place, format!("no department {department}")));
            }
        }
        Ok(())
    }

    /// Walks up to a root, or to what is known to lie below one.
    fn check_no_cycle(
        &self,
        id: DepartmentId,
        sound: &mut BTreeSet<DepartmentId>,
    ) -> Result<(), WorldError> {
        let mut seen = BTreeSet::new();
        let mut next = Some(id);
        while let Some(at) = next.filter(|at| !sound.contains(at)) {
            if !seen.insert(at) {
                let place = format!("ams.departments: department {id}");
                return Err(WorldError::at(place, "is its own ancestor"));
            }
            let department = self.departments.get(&at);
            next = department.and_then(|department| department.parent_id);
        }
        sound.extend(seen);
        Ok(())
    }
}

impl api::Store for Store {
    const API: &'static str = NAME;

    fn section(&self, most: usize) -> Value {
        json!({
            "companies": self.companies.values().take(most).collect::<Vec<_>>(),
            "departments": self.departments.values().take(most).collect::<Vec<_>>(),
            "groups": self.groups.values().take(most).collect::<Vec<_>>(),
            "users": self.users.values().take(most).collect::<Vec<_>>(),
        })
    }

    fn knows_user(&self, user: &Value) -> bool {
        user.as_i64()
            .is_some_and(|id| self.users.contains_key(&UserId(id)))
    }

    fn counts(&self) -> Vec<(&'static str, usize)> {
        vec![
            ("companies", self.companies.len()),
            ("departments", self.departments.len()),
            ("groups", self.groups.len()),
            ("users", self.users.len()),
        ]
    }

    fn differences(&self, earlier: &Self) -> Vec<Difference> {
        let mut told = differences("companies", &earlier.companies, &self.companies);
        told.extend(differences(
            "departments",
            &earlier.departments,
            &self.departments,
        ));
        told.extend(differences("groups", &earlier.groups, &self.groups));
        told.extend(differences("users", &earlier.users, &self.users));
        told
    }
}

fn differences<I, T>(
    kind: &'static str,
    earlier: &OrdMap<I, T>,
    later: &OrdMap<I, T>,
) -> Vec<Difference>
where
    I: Ord + Copy + Into<i64>,
    T: Clone + PartialEq + Serialize,
{
    let side = |id: &I, record: &T, is_later| Difference {
        kind,
        record: json!(record),
        id: (*id).into().into(),
        is_later,
    };
    let items = earlier.diff(later).flat_map(|item| match item {
        DiffItem::Add(id, new) => vec![side(id, new, true)],
        DiffItem::Update { old, new } => vec![side(old.0, old.1, false), side(new.0, new.1, true)],
        DiffItem::Remove(id, old) => vec![side(id, old, false)],
    });
    items.collect()
}

fn by_id<I, T>(
    records: Vec<T>,
    id: impl Fn(&T) -> I,
    kind: &str,
) -> Result<OrdMap<I, T>, WorldError>
where
    I: Ord + Copy + Into<i64> + std::fmt::Display,
    T: Clone,
{
    let mut map = OrdMap::new();
    for record in records {
        let id = id(&record);
        if !(1..=LARGEST_ID).contains(&id.into()) {
            let fault = format!("an id is 1 to {LARGEST_ID}, which {id} is not");
            return Err(WorldError::at(format!("ams.{kind}"), fault));
        }
        if map.insert(id, record).is_some() {
            return Err(WorldError::at(
                format!("ams.{kind}"),
                format!("id {id} stands twice"),
            ));
        }
    }
    Ok(map)
}
