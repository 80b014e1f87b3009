//! Users, departments and groups of AMS: what each operation does when nothing else happens, and clients that do
//! them at random.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::clients::Dice;
use super::history::Model;
use super::server::Client;
use crate::ams::user;

type Ids = BTreeSet<u64>;

/// The user behind the token `ams-manager`.
const MANAGER: u64 = 2;
/// What the manager holds in the built-in world, and what it takes to give these groups to somebody.
const MANAGES: [u64; 2] = [1, 2];

/// An operation with its answer.
#[derive(Debug)]
pub(super) enum Operation {
    /// A user with this address; its id, if it was made.
    Create(String, Option<u64>),
    /// Groups in place of those of a user.
    Assign(u64, Ids),
    /// The same by the manager, and whether the manager may.
    AssignAsManager(u64, Ids, bool),
    Link(u64, Ids),
    Department(u64),
    Everything(Ams),
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct User {
    email: String,
    groups: Ids,
    departments: Ids,
}

/// What is there.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Ams {
    users: BTreeMap<u64, User>,
    departments: Ids,
}

impl Model for Ams {
    type Operation = Operation;

    fn after(&self, operation: &Operation) -> Option<Self> {
        let mut after = self.clone();
        let fits = match operation {
            Operation::Create(email, made) => after.create(email, *made),
            Operation::Assign(user, groups) => after.assign(*user, groups),
            Operation::AssignAsManager(user, groups, may) => {
                let holds = &self.users[&MANAGER].groups;
                *may == MANAGES.iter().all(|group| holds.contains(group))
                    && (!may || after.assign(*user, groups))
            }
            Operation::Link(user, departments) => {
                let user = after.users.get_mut(user);
                user.map(|user| user.departments.extend(departments))
                    .is_some()
            }
            Operation::Department(made) => after.departments.insert(*made),
            Operation::Everything(seen) => self == seen,
        };
        fits.then_some(after)
    }
}

impl Ams {
    /// What `/_mock/state` shows.
    pub(super) fn of(state: &Value) -> Self {
        let ids = |list: &Value| {
            list.as_array()
                .unwrap()
                .iter()
                .filter_map(Value::as_u64)
                .collect()
        };
        let all = |kind: &str| state["ams"][kind].as_array().unwrap().iter();
        let shown = |user: &Value| User {
            email: user["email"].as_str().unwrap().to_owned(),
            groups: ids(&user["groups"]),
            departments: ids(&user["departments"]),
        };
        Self {
            users: all("users")
                .map(|user| (user["id"].as_u64().unwrap(), shown(user)))
                .collect(),
            departments: all("departments")
                .filter_map(|it| it["id"].as_u64())
                .collect(),
        }
    }

    fn create(&mut self, email: &str, made: Option<u64>) -> bool {
        let is_free = self.users.values().all(|user| user.email != email);
        let Some(id) = made else {
            return !is_free;
        };
        let user = User {
            email: email.to_owned(),
            groups: Ids::new(),
            departments: Ids::new(),
        };
        is_free && self.users.insert(id, user).is_none()
    }

    fn assign(&mut self, user: u64, groups: &Ids) -> bool {
        let user = self.users.get_mut(&user);
        user.map(|user| user.groups.clone_from(groups)).is_some()
    }
}

/// A client on two connections: as the caller with every permission, and as the manager.
pub(super) struct Player {
    pub(super) setup: Client,
    pub(super) manager: Client,
    /// Who has been made, as far as this client knows.
    pub(super) users: Vec<u64>,
    pub(super) departments: Vec<u64>,
}

impl Player {
    pub(super) fn step(&mut self, dice: &mut Dice) -> Operation {
        let user = dice.recent(&self.users).unwrap_or(4);
        match dice.below(14) {
            0 | 1 => self.create(dice.below(20)),
            2 | 3 => self.assign(user, any(dice, &[1, 2, 3])),
            4 => {
                let all = dice.below(3) > 0;
                self.assign(
                    MANAGER,
                    MANAGES.into_iter().take(if all { 2 } else { 1 }).collect(),
                )
            }
            5..=7 => self.assign_as_manager(user, any(dice, &MANAGES)),
            8 | 9 => self.link(user, any(dice, &self.departments.clone())),
            10 => self.department(),
            _ => Operation::Everything(Ams::of(&self.setup.get("/_mock/state").body)),
        }
    }

    fn create(&mut self, number: usize) -> Operation {
        let email = format!("user{number}@test.net");
        let seen = self.setup.post("/v2/admin/users", &user(&email));
        let made = (seen.status != 422).then(|| id(&seen.expect(201).body));
        self.users.extend(made);
        Operation::Create(email, made)
    }

    fn assign(&mut self, user: u64, groups: Ids) -> Operation {
        let body = json!({ "groups": groups });
        let path = format!("/v2/admin/user/{user}/groups");
        self.setup.post(&path, &body).expect(200);
        Operation::Assign(user, groups)
    }

    fn assign_as_manager(&mut self, user: u64, groups: Ids) -> Operation {
        let body = json!({ "groups": groups });
        let path = format!("/v2/admin/user/{user}/groups");
        let seen = self.manager.post(&path, &body);
        let may = seen.status != 403;
        if may {
            seen.expect(200);
        }
        Operation::AssignAsManager(user, groups, may)
    }

    fn link(&mut self, user: u64, departments: Ids) -> Operation {
        let body = json!({ "departments": departments });
        let path = format!("/v2/admin/users/{user}/department");
        self.setup.post(&path, &body).expect(200);
        Operation::Link(user, departments)
    }

    fn department(&mut self) -> Operation {
        let body = json!({ "name": "Department", "company_id": 24 });
        let seen = self.setup.post("/v2/admin/departments", &body);
        let made = id(&seen.expect(201).body);
        self.departments.push(made);
        Operation::Department(made)
    }
}

/// Some of these.
fn any(dice: &mut Dice, of: &[u64]) -> Ids {
    of.iter().copied().filter(|_| dice.below(2) == 0).collect()
}

fn id(body: &Value) -> u64 {
    body["id"].as_u64().unwrap()
}
