//! Clients that do at random what Amili offers.

use std::sync::Mutex;

use serde_json::{Value, json};

use super::{Became, Operation, Read, ReadUser};
use crate::amili::{plain_creditor, user};
use crate::harness::asking;
use crate::race::clients::Dice;
use crate::race::server::{Client, Seen};

/// What clients tell each other: documents with an etag that they had once, and groups.
#[derive(Default)]
pub(in crate::race) struct Known {
    creditors: Vec<(String, String)>,
    groups: Vec<String>,
    users: Vec<String>,
}

/// A client on its own connection.
pub(in crate::race) struct Player<'a> {
    pub(in crate::race) client: Client,
    pub(in crate::race) number: usize,
    pub(in crate::race) made: usize,
    pub(in crate::race) known: &'a Mutex<Known>,
}

impl Player<'_> {
    pub(in crate::race) fn step(&mut self, dice: &mut Dice) -> Operation {
        let (creditor, group, user) = {
            let known = self.known.lock().unwrap();
            (
                dice.recent(&known.creditors),
                dice.recent(&known.groups),
                dice.recent(&known.users),
            )
        };
        match (dice.below(16), creditor, group, user) {
            (0 | 1, Some((id, _)), ..) => self.read(id),
            (2..=4, Some((id, etag)), ..) => self.change(id, etag),
            (5, Some((id, etag)), ..) => self.delete(id, etag),
            (6 | 7, Some((id, _)), ..) => self.groups(id),
            (8, ..) => self.list(),
            (9, ..) => self.everything(),
            (10 | 11, _, Some(group), _) => self.create_user(group),
            (12 | 13, .., Some(id)) => self.read_user(&id),
            _ => self.create(),
        }
    }

    fn name(&mut self) -> String {
        self.made += 1;
        format!("by {}: {}", self.number, self.made)
    }

    fn learn(&self, learn: impl FnOnce(&mut Known)) {
        learn(&mut self.known.lock().unwrap());
    }

    fn create(&mut self) -> Operation {
        let name = self.name();
        let made = self.client.post("/creditors", &plain_creditor(&name));
        let made = made.expect(201);
        self.learn(|known| known.creditors.push((made.id(), made.etag())));
        Operation::Create((made.id(), name, made.etag()))
    }

    fn read(&mut self, id: String) -> Operation {
        let seen = self.client.get(&format!("/creditors/{id}"));
        let seen = (seen.status != 404).then(|| creditor(&seen.expect(200).body));
        if let Some((id, _, etag)) = &seen {
            self.learn(|known| known.creditors.push((id.clone(), etag.clone())));
        }
        Operation::Read(id, seen)
    }

    fn list(&mut self) -> Operation {
        let path = asking("/creditors", &[("max_results", "100")]);
        let seen = self.client.get(&path).expect(200).body;
        let items = seen["_items"].as_array().unwrap();
        assert_eq!(seen["_meta"]["total"], items.len());
        Operation::List(items.iter().map(creditor).collect())
    }

    fn change(&mut self, id: String, etag: String) -> Operation {
        let name = self.name();
        let body = json!({ "name": name });
        let path = format!("/creditors/{id}");
        let became = became(&self.client.if_match("PATCH", &path, &etag, Some(&body)));
        if let Became::Done(etag) = &became {
            self.learn(|known| known.creditors.push((id.clone(), etag.clone())));
        }
        Operation::Change {
            id,
            name,
            etag,
            became,
        }
    }

    fn delete(&mut self, id: String, etag: String) -> Operation {
        let path = format!("/creditors/{id}");
        let became = became(&self.client.if_match("DELETE", &path, &etag, None));
        Operation::Delete { id, etag, became }
    }

    fn groups(&mut self, id: String) -> Operation {
        let wanted = json!({ "creditor": id }).to_string();
        let path = asking("/access--groups", &[("where", &wanted)]);
        let seen = self.client.get(&path).expect(200).body;
        let items = seen["_items"].as_array().unwrap().iter();
        let seen: Vec<_> = items
            .map(|group| (text(group, "_id"), text(group, "creditor_name")))
            .collect();
        self.learn(|known| known.groups.extend(seen.iter().map(|(id, _)| id.clone())));
        Operation::Groups(id, seen)
    }

    fn create_user(&mut self, group: String) -> Operation {
        let seen = self.client.post("/users", &user(&[&group]));
        let made = (seen.status != 422).then(|| seen.expect(201));
        let made = made.map(|made| (made.id(), made.etag()));
        self.learn(|known| known.users.extend(made.iter().map(|(id, _)| id.clone())));
        Operation::CreateUser(group, made)
    }

    fn read_user(&mut self, id: &str) -> Operation {
        let seen = self.client.get(&format!("/users/{id}")).expect(200);
        Operation::ReadUser(read_user(&seen.body))
    }

    fn everything(&mut self) -> Operation {
        let state = self.client.get("/_mock/state").expect(200).body;
        let all = |kind: &str| state["amili"][kind].as_array().unwrap().iter();
        let groups = all("access--groups").filter(|group| group.get("creditor").is_some());
        // The users of the built-in world have ids of their own, and are left alone.
        let made = all("users").filter(|user| user["name"] == "Jon Doe");
        Operation::Everything(
            all("creditors").map(creditor).collect(),
            groups
                .map(|group| (text(group, "_id"), text(group, "creditor")))
                .collect(),
            made.map(read_user).collect(),
        )
    }
}

fn text(document: &Value, name: &str) -> String {
    let found = document[name].as_str();
    found
        .unwrap_or_else(|| panic!("no {name} in {document}"))
        .to_owned()
}

fn creditor(document: &Value) -> Read {
    (
        text(document, "_id"),
        text(document, "name"),
        text(document, "_etag"),
    )
}

fn read_user(document: &Value) -> ReadUser {
    let access = document["data_access"].as_array().unwrap().iter();
    (
        text(document, "_id"),
        text(document, "_etag"),
        access.map(|entry| text(entry, "access_group")).collect(),
    )
}

fn became(seen: &Seen) -> Became {
    match seen.status {
        200 => Became::Done(seen.etag()),
        204 => Became::Done(String::new()),
        412 => Became::Stale,
        404 => Became::Gone,
        other => panic!("{other} {}", seen.body),
    }
}
