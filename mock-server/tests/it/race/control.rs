//! Requests of the control API while others write: a space goes from one whole to another, and never through a
//! half.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use serde_json::{Value, json};

use super::clients::{Dice, histories, races};
use super::history::{Model, check};
use super::server::{Client, Server};
use crate::amili::cases::case_registration;
use crate::amili::{NOBODYS_ID, acme_with};

/// The names of the creditors that there are, by id. After a reset ids begin again.
type Names = BTreeMap<String, String>;

/// An operation with its answer.
#[derive(Debug)]
enum Operation {
    Create(String, String),
    /// A case and a customer of some creditor; whether it was still there.
    Register(bool),
    /// The whole state.
    Read(Names),
    /// The state as it was read once, put in place of the present one.
    Put(Names),
    Reset,
    /// Names the moment; whether the name is new.
    Mark(bool),
    /// Goes back to the moment; whether there is one.
    Rewind(bool),
    /// Forgets the moment; whether there was one.
    Forget(bool),
    /// The names of what has been made since that moment, of what is not as it was, and of what is gone, if
    /// there is one.
    Changes(Option<[Names; 3]>),
    /// Drops the space; whether there was one.
    Drop(bool),
}

/// A space with one named moment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
struct Moments {
    /// Whether the space has been named since it was dropped.
    is_there: bool,
    now: Names,
    then: Option<Names>,
}

impl Model for Moments {
    type Operation = Operation;

    fn after(&self, operation: &Operation) -> Option<Self> {
        let mut after = self.clone();
        after.is_there = true;
        let fits = match operation {
            Operation::Create(id, name) => after.now.insert(id.clone(), name.clone()).is_none(),
            Operation::Register(_) => true,
            Operation::Read(seen) => self.now == *seen,
            Operation::Put(names) => {
                after.now.clone_from(names);
                true
            }
            Operation::Reset => {
                after.now.clear();
                true
            }
            Operation::Mark(is_new) => after.then.replace(self.now.clone()).is_none() == *is_new,
            Operation::Rewind(could) => {
                if let Some(then) = &self.then {
                    after.now.clone_from(then);
                }
                self.then.is_some() == *could
            }
            Operation::Forget(could) => after.then.take().is_some() == *could,
            Operation::Changes(seen) => {
                let changes = self.then.as_ref().map(|then| changes(&self.now, then));
                changes == *seen
            }
            Operation::Drop(was_there) => {
                after = Self::default();
                self.is_there == *was_there
            }
        };
        fits.then_some(after)
    }
}

fn changes(now: &Names, then: &Names) -> [Names; 3] {
    let not_in = |these: &Names, those: &Names| -> Names {
        let these = these.iter().filter(|(id, _)| !those.contains_key(*id));
        these.map(|(id, name)| (id.clone(), name.clone())).collect()
    };
    let is_other = |id: &str, name: &str| then.get(id).is_some_and(|before| before != name);
    let changed = now.iter().filter(|(id, name)| is_other(id, name));
    [
        not_in(now, then),
        changed
            .map(|(id, name)| (id.clone(), name.clone()))
            .collect(),
        not_in(then, now),
    ]
}

/// Every creditor has its two groups, every id is somebody's alone, and whatever is referred to is there.
#[track_caller]
pub(super) fn check_whole(state: &Value) {
    let all = |api: &str, kind: &str| state[api][kind].as_array().unwrap().clone();
    let ids = |kind: &str| -> Vec<Value> {
        let documents = all("amili", kind).into_iter();
        let ids: Vec<Value> = documents.map(|it| it["_id"].clone()).collect();
        let different: BTreeSet<String> = ids.iter().map(Value::to_string).collect();
        assert_eq!(different.len(), ids.len(), "an id stands twice: {state}");
        ids
    };
    let (accounts, creditors, groups) = (ids("accounts"), ids("creditors"), ids("access--groups"));
    ids("users");
    let of_groups: Vec<Value> = all("amili", "access--groups")
        .iter()
        .filter_map(|group| group.get("creditor").cloned())
        .collect();
    for creditor in &creditors {
        let own = of_groups.iter().filter(|of| *of == creditor);
        assert_eq!(own.count(), 2, "the groups of {creditor}: {state}");
    }
    assert_eq!(of_groups.len(), 2 * creditors.len(), "{state}");
    for document in all("amili", "creditors")
        .iter()
        .chain(&all("amili", "users"))
    {
        let account = document.get("account");
        assert!(account.is_none_or(|it| accounts.contains(it)), "{document}");
        let access = document["data_access"].as_array();
        for entry in access.into_iter().flatten() {
            assert!(groups.contains(&entry["access_group"]), "{document}");
        }
    }
    let (customers, registrations) = (ids("customers"), ids("case--registrations"));
    for case in all("amili", "cases") {
        let refers = |key: &str, to: &[Value]| to.contains(&case[key]);
        assert!(
            refers("creditor", &creditors) && refers("customer", &customers),
            "{case}"
        );
        assert!(refers("case_registration", &registrations), "{case}");
    }
    assert_eq!(ids("cases").len(), registrations.len(), "{state}");
    let known = |kind: &str| -> Vec<Value> {
        let records = all("ams", kind).into_iter();
        records.map(|record| record["id"].clone()).collect()
    };
    let (groups, departments) = (known("groups"), known("departments"));
    for user in all("ams", "users") {
        let refers = |key: &str, to: &[Value]| {
            let mut ids = user[key].as_array().unwrap().iter();
            ids.all(|id| to.contains(id))
        };
        assert!(
            refers("groups", &groups) && refers("departments", &departments),
            "{user}"
        );
    }
}

fn names<'a>(documents: impl IntoIterator<Item = &'a Value>) -> Names {
    let text = |it: &Value, key: &str| it[key].as_str().unwrap().to_owned();
    let documents = documents.into_iter();
    documents
        .map(|it| (text(it, "_id"), text(it, "name")))
        .collect()
}

fn creditors(state: &Value) -> Names {
    names(state["amili"]["creditors"].as_array().unwrap())
}

/// A client of one space, on one connection in it and another outside of it.
struct Player<'a> {
    inside: Client,
    outside: Client,
    number: usize,
    made: usize,
    /// The creditor that it made last.
    last: String,
    /// States that somebody has read.
    read: &'a Mutex<Vec<Value>>,
}

impl Player<'_> {
    /// Whatever there is but dropping the space.
    fn step(&mut self, dice: &mut Dice) -> Operation {
        let read = dice.recent(&self.read.lock().unwrap());
        match (dice.below(18), read) {
            (0, _) => {
                self.inside.post("/_mock/reset", &Value::Null).expect(204);
                Operation::Reset
            }
            (1 | 2, Some(read)) => {
                self.inside.put("/_mock/state", &read).expect(204);
                Operation::Put(creditors(&read))
            }
            (3, _) => self.mark(),
            (4, _) => self.forget(),
            (5 | 6, _) => self.rewind(),
            (7 | 8, _) => self.changes(),
            (9 | 10, _) => self.read(),
            (11 | 12, _) => self.register(),
            _ => self.create(),
        }
    }

    /// Writing, reading and dropping the space.
    fn step_with_drops(&mut self, dice: &mut Dice) -> Operation {
        match dice.below(8) {
            0 => {
                let seen = self.outside.delete("/_mock/spaces/raced");
                let was_there = seen.status != 404;
                if was_there {
                    seen.expect(204);
                }
                Operation::Drop(was_there)
            }
            1 => self.mark(),
            2 => self.read(),
            3 => self.register(),
            _ => self.create(),
        }
    }

    fn create(&mut self) -> Operation {
        self.made += 1;
        let name = format!("by {}: {}", self.number, self.made);
        let body = acme_with(json!({ "name": name }));
        self.last = self.inside.post("/creditors", &body).expect(201).id();
        Operation::Create(self.last.clone(), name)
    }

    fn register(&mut self) -> Operation {
        let body = case_registration(&self.last);
        let seen = self.inside.post("/case--registrations", &body);
        assert!([201, 422].contains(&seen.status), "{}", seen.body);
        Operation::Register(seen.status == 201)
    }

    fn read(&mut self) -> Operation {
        let state = self.inside.get("/_mock/state").expect(200).body;
        check_whole(&state);
        let seen = creditors(&state);
        self.read.lock().unwrap().push(state);
        Operation::Read(seen)
    }

    fn mark(&mut self) -> Operation {
        let seen = self.inside.put("/_mock/checkpoints/then", &Value::Null);
        let is_new = seen.status != 204;
        if is_new {
            seen.expect(201);
        }
        Operation::Mark(is_new)
    }

    fn forget(&mut self) -> Operation {
        let seen = self.inside.delete("/_mock/checkpoints/then");
        let could = seen.status != 404;
        if could {
            seen.expect(204);
        }
        Operation::Forget(could)
    }

    fn rewind(&mut self) -> Operation {
        let seen = self
            .inside
            .post("/_mock/checkpoints/then/rewind", &Value::Null);
        let could = seen.status != 404;
        if could {
            seen.expect(204);
        }
        Operation::Rewind(could)
    }

    fn changes(&mut self) -> Operation {
        let seen = self.inside.get("/_mock/checkpoints/then/changes");
        if seen.status == 404 {
            return Operation::Changes(None);
        }
        let of = |kind: &str, side: &str| {
            let changes = seen.body[kind].as_array().unwrap().iter();
            let creditors = changes.filter(|change| change["kind"] == "creditors");
            names(creditors.map(|change| &change[side]))
        };
        Operation::Changes(Some([
            of("created", "after"),
            of("changed", "after"),
            of("deleted", "before"),
        ]))
    }
}

/// Lets clients of a space take steps, and puts their histories in order.
#[track_caller]
fn ordered(step: impl Fn(&mut Player<'_>, &mut Dice) -> Operation + Sync) {
    for seed in 0..races(3) {
        let server = Server::start();
        let read = Mutex::default();
        let clients = histories((3, 60), seed, |number| {
            let mut player = Player {
                inside: server.amili().in_space("raced"),
                outside: server.control(),
                number,
                made: 0,
                last: NOBODYS_ID.to_owned(),
                read: &read,
            };
            let step = &step;
            move |dice: &mut Dice| step(&mut player, dice)
        });
        let mut events = clients.iter().flatten();
        assert!(events.any(|event| matches!(event.operation, Operation::Register(true))));
        if let Err(stuck) = check(Moments::default(), &clients) {
            panic!(
                "seed {seed}: after {:?} operations none of these can be next:\n{}",
                stuck.fitted, stuck.told
            );
        }
    }
}

#[test]
fn resets_checkpoints_and_states_put_in_place_happen_one_after_the_other() {
    ordered(|player, dice| player.step(dice));
}

#[test]
fn a_space_that_is_dropped_while_others_write_is_gone_whole() {
    ordered(|player, dice| player.step_with_drops(dice));
}
