//! What a request would do to a target's data, read off the request itself, and whether this run may do it.
//! Pure: knows the shapes of the two APIs' paths, and neither sends nor keeps anything.

use std::collections::BTreeMap;

use serde_json::Value;

use super::retry::reads;
use crate::ledger::Thing;
use crate::scenario::Api;

/// Ids that nothing has, which scenarios may name in a body without saying more.
const NOBODYS: &str = "ffffffffffffffffffffffff";

/// The members of an Amili body whose documents a write settles or adds to, and where those documents live.
const BELONGS_TO: [(&str, &str); 2] = [("creditor", "creditors"), ("case", "cases")];

/// The Amili resources whose documents add to those of others.
const ADDING: [&str; 4] = [
    "case--registrations",
    "invoice--registrations",
    "creditor--payments",
    "creditor--creditings",
];

/// A request as far as it matters here.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wish<'a> {
    pub(super) api: Api,
    pub(super) space: &'a str,
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    pub(super) body: Option<&'a str>,
    /// Where this target creates users and departments.
    pub(super) paths: &'a BTreeMap<String, String>,
}

/// What a request would do.
#[derive(Debug, PartialEq)]
pub(super) enum Deed {
    /// Nothing.
    Reads,
    /// Makes something of this resource.
    Creates { resource: String },
    /// Changes or deletes this one thing.
    Changes(Thing),
    /// Changes or deletes all that a path has.
    ChangesAll,
}

impl Wish<'_> {
    pub(super) fn deed(&self) -> Deed {
        let path = self.path.split('?').next().unwrap_or_default();
        let parts: Vec<_> = path.split('/').filter(|part| !part.is_empty()).collect();
        if reads(self.method) {
            return Deed::Reads;
        }
        // What is sent would not be what is read here.
        if path.contains("..") || path.contains(['%', '\\', '#', ';']) {
            return Deed::ChangesAll;
        }
        match self.api {
            // It hands out a token and changes no document.
            Api::Amili if parts.first() == Some(&"authenticates") => Deed::Reads,
            Api::Amili => match parts.as_slice() {
                [resource, id, ..] => self.changes(resource, id),
                [resource] => self.collection(resource),
                [] => Deed::ChangesAll,
            },
            Api::Ams => match self.ams_creation(path) {
                Some(resource) => self.collection(&resource),
                None => self.ams_change(&parts),
            },
        }
    }

    /// The resource that this target creates at this path, if it is said.
    fn ams_creation(&self, path: &str) -> Option<String> {
        let mut said = self.paths.iter();
        let (what, _) = said.find(|(_, said)| *said == path)?;
        Some(format!("{}s", what.trim_start_matches("create_")))
    }

    fn ams_change(&self, parts: &[&str]) -> Deed {
        let number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
        match parts.iter().position(number) {
            Some(at) => {
                let before = at.checked_sub(1).and_then(|before| parts.get(before));
                let resource = before.copied().unwrap_or_default();
                self.changes(
                    &plural(resource),
                    parts.get(at).copied().unwrap_or_default(),
                )
            }
            None => self.collection(&plural(parts.last().copied().unwrap_or_default())),
        }
    }

    fn collection(&self, resource: &str) -> Deed {
        match self.method {
            "POST" => Deed::Creates {
                resource: resource.to_owned(),
            },
            _ => Deed::ChangesAll,
        }
    }

    fn changes(&self, resource: &str, id: &str) -> Deed {
        Deed::Changes(Thing::new(self.api, self.space, resource, id))
    }

    /// The things of others that a creation would add to or settle.
    pub(super) fn adds_to(&self, resource: &str) -> Vec<Thing> {
        if self.api != Api::Amili || !ADDING.contains(&resource) {
            return Vec::new();
        }
        let documents = documents(self.body);
        let named = documents.iter().flat_map(|document| {
            BELONGS_TO.iter().filter_map(|(member, resource)| {
                let id = document.get(*member)?.as_str()?;
                let id_like = id.len() == NOBODYS.len() && id != NOBODYS;
                id_like.then(|| Thing::new(self.api, self.space, resource, id))
            })
        });
        named.collect()
    }

    /// The names that what is made would have; the first one that does not begin as this run's names do
    /// is an error.
    pub(super) fn names(&self) -> Result<Vec<String>, String> {
        let documents = documents(self.body);
        let names = documents.iter().filter_map(|it| it.get("name")?.as_str());
        let names = names.map(|name| match name.trim_start().starts_with(self.space) {
            true => Ok(name.to_owned()),
            false => Err(name.to_owned()),
        });
        names.collect()
    }
}

/// The documents of a body: the one that it is, or each of its list.
fn documents(body: Option<&str>) -> Vec<Value> {
    let body = body.and_then(|body| serde_json::from_str(body).ok());
    match body.unwrap_or(Value::Null) {
        Value::Array(documents) => documents,
        Value::Null => Vec::new(),
        document @ (Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_)) => {
            vec![document]
        }
    }
}

/// AMS says `user` here and `users` there.
fn plural(resource: &str) -> String {
    match resource.ends_with('s') {
        true => resource.to_owned(),
        false => format!("{resource}s"),
    }
}

/// The ids in an answer to a creation, with the resources that they are of.
pub(super) fn made(api: Api, resource: &str, body: &str) -> Vec<(String, String)> {
    let Ok(body) = serde_json::from_str::<Value>(body) else {
        return Vec::new();
    };
    let id = |document: &Value| match api {
        Api::Amili => document.get("_id")?.as_str().map(str::to_owned),
        Api::Ams => Some(document.get("id")?.as_i64()?.to_string()),
    };
    let list = body.get("_items").and_then(Value::as_array);
    let inside = body.get("data").filter(|_| api == Api::Ams);
    let documents = list.into_iter().flatten().chain(inside).chain([&body]);
    let made = documents.filter_map(id);
    let made = made.map(|id| (resource.to_owned(), id));
    // A registration brings cases, which payments settle.
    let brought = body.get("_cases").and_then(Value::as_array);
    let brought = brought.into_iter().flatten().chain(body.get("_case"));
    let brought = brought.filter_map(Value::as_str);
    let brought = brought.map(|id| ("cases".to_owned(), id.to_owned()));
    made.chain(brought).collect()
}

#[cfg(test)]
mod tests;
