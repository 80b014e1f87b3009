//! Creditors, their access groups and users of Amili: what each operation does when nothing else happens.

mod player;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use super::history::{Event, Model};
pub(super) use player::Player;

/// A change or deletion under an etag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Became {
    /// It is done. A change tells the etag that the document has then.
    Done(String),
    /// The etag is another.
    Stale,
    /// There is no such document.
    Gone,
}

/// A creditor as it is read: id, name, etag.
type Read = (String, String, String);
/// A user as it is read: id, etag, access groups.
type ReadUser = (String, String, Vec<String>);

/// An operation with its answer.
#[derive(Debug)]
pub(super) enum Operation {
    Create(Read),
    Read(String, Option<Read>),
    List(Vec<Read>),
    Change {
        id: String,
        name: String,
        etag: String,
        became: Became,
    },
    Delete {
        id: String,
        etag: String,
        became: Became,
    },
    /// The groups of a creditor, each with the creditor's name.
    Groups(String, Vec<(String, String)>),
    /// A user with one group: id and etag, if it was made.
    CreateUser(String, Option<(String, String)>),
    ReadUser(ReadUser),
    /// The whole space; the groups by the creditor that has them.
    Everything(Vec<Read>, Vec<(String, String)>, Vec<ReadUser>),
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Creditor {
    name: String,
    etag: String,
    /// None before they have been looked at.
    groups: Option<BTreeSet<String>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct User {
    /// None after a change whose answer does not tell it, until it is read.
    etag: Option<String>,
    groups: Vec<String>,
}

/// What is there, by id. The order of its making is not told apart here, for it would be known only at the next
/// look at a list: see [`check_order`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Amili {
    creditors: BTreeMap<String, Arc<Creditor>>,
    users: BTreeMap<String, Arc<User>>,
}

impl Model for Amili {
    type Operation = Operation;

    fn after(&self, operation: &Operation) -> Option<Self> {
        let mut after = self.clone();
        let fits = match operation {
            Operation::Create(made) => after.create(made),
            Operation::Read(id, seen) => self.reads(id) == *seen,
            Operation::List(seen) => self.lists(seen),
            Operation::Change {
                id,
                name,
                etag,
                became,
            } => after.change(id, name, etag, became),
            Operation::Delete { id, etag, became } => after.delete(id, etag, became),
            Operation::Groups(id, seen) => after.groups(id, seen),
            Operation::CreateUser(group, made) => after.create_user(group, made.as_ref()),
            Operation::ReadUser(seen) => after.read_user(seen),
            Operation::Everything(creditors, groups, users) => {
                self.lists(creditors)
                    && groups.len() == 2 * creditors.len()
                    && creditors
                        .iter()
                        .all(|(id, ..)| after.learn(id, &of(groups, id)))
                    && users.len() == self.users.len()
                    && users.iter().all(|user| after.read_user(user))
            }
        };
        fits.then_some(after)
    }
}

fn of(groups: &[(String, String)], creditor: &str) -> BTreeSet<String> {
    let own = groups.iter().filter(|(_, of)| of == creditor);
    own.map(|(id, _)| id.clone()).collect()
}

impl Amili {
    fn reads(&self, id: &str) -> Option<Read> {
        let found = self.creditors.get(id)?;
        Some((id.to_owned(), found.name.clone(), found.etag.clone()))
    }

    fn lists(&self, seen: &[Read]) -> bool {
        let shows = |read: &Read| self.reads(&read.0).as_ref() == Some(read);
        seen.len() == self.creditors.len() && seen.iter().all(shows)
    }

    fn create(&mut self, (id, name, etag): &Read) -> bool {
        let creditor = Arc::new(Creditor {
            name: name.clone(),
            etag: etag.clone(),
            groups: None,
        });
        self.creditors.insert(id.clone(), creditor).is_none()
    }

    fn change(&mut self, id: &str, name: &str, etag: &str, became: &Became) -> bool {
        let Some(creditor) = self.creditors.get_mut(id).map(Arc::make_mut) else {
            return *became == Became::Gone;
        };
        match became {
            Became::Done(new) => {
                let was_current = creditor.etag == etag;
                creditor.etag.clone_from(new);
                name.clone_into(&mut creditor.name);
                was_current
            }
            Became::Stale => creditor.etag != etag,
            Became::Gone => false,
        }
    }

    fn delete(&mut self, id: &str, etag: &str, became: &Became) -> bool {
        // What is not there is as good as deleted.
        let Some(creditor) = self.creditors.get(id).cloned() else {
            return matches!(became, Became::Done(_));
        };
        let was_current = creditor.etag == etag;
        match became {
            Became::Done(_) => {
                self.creditors.remove(id);
                let groups = creditor.groups.clone().unwrap_or_default();
                for user in self.users.values_mut() {
                    if user.groups.iter().any(|group| groups.contains(group)) {
                        let user = Arc::make_mut(user);
                        user.groups.retain(|group| !groups.contains(group));
                        user.etag = None;
                    }
                }
                was_current
            }
            Became::Stale => !was_current,
            Became::Gone => false,
        }
    }

    fn groups(&mut self, id: &str, seen: &[(String, String)]) -> bool {
        let Some(creditor) = self.creditors.get(id) else {
            return seen.is_empty();
        };
        let name = creditor.name.clone();
        let ids = seen.iter().map(|(group, _)| group.clone()).collect();
        seen.iter().all(|(_, shown)| *shown == name) && self.learn(id, &ids)
    }

    /// Two groups, and at every look the same ones.
    fn learn(&mut self, id: &str, groups: &BTreeSet<String>) -> bool {
        let Some(creditor) = self.creditors.get_mut(id).map(Arc::make_mut) else {
            return false;
        };
        let known = creditor.groups.get_or_insert_with(|| groups.clone());
        groups.len() == 2 && known == groups
    }

    fn create_user(&mut self, group: &str, made: Option<&(String, String)>) -> bool {
        let mut groups = self.creditors.values().filter_map(|it| it.groups.as_ref());
        let exists = groups.any(|groups| groups.contains(group));
        if let Some((id, etag)) = made {
            let user = User {
                etag: Some(etag.clone()),
                groups: vec![group.to_owned()],
            };
            self.users.insert(id.clone(), Arc::new(user));
        }
        exists == made.is_some()
    }

    fn read_user(&mut self, (id, etag, groups): &ReadUser) -> bool {
        let user = self.users.get_mut(id).map(Arc::make_mut);
        user.is_some_and(|user| {
            let known = user.etag.get_or_insert_with(|| etag.clone());
            known == etag && user.groups == *groups
        })
    }
}

/// Lists have one order, and what was there before something else was begun stands before it.
#[track_caller]
pub(super) fn check_order(clients: &[Vec<Event<Operation>>]) {
    let mut before = HashSet::new();
    let mut made = Vec::new();
    for event in clients.iter().flatten() {
        match &event.operation {
            Operation::List(seen) | Operation::Everything(seen, ..) => {
                for (place, (later, ..)) in seen.iter().enumerate() {
                    before.extend(seen[..place].iter().map(|(sooner, ..)| (sooner, later)));
                }
            }
            Operation::Create((id, ..)) => made.push((event, id)),
            _ => {}
        }
    }
    for pair in &before {
        assert!(
            !before.contains(&(pair.1, pair.0)),
            "two orders of {pair:?}"
        );
    }
    for (sooner, first) in &made {
        for (later, second) in made.iter().filter(|(later, _)| sooner.to < later.from) {
            let is_late = before.contains(&(*second, *first));
            assert!(!is_late, "listed the other way round: {sooner:?} {later:?}");
        }
    }
}
