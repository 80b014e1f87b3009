//! A world: the data that a fresh space starts with. Read whole or not at all.

use serde_json::{Map, Value};

use super::api::{AnyStore, Api, WorldError};
use super::tokens::{Grant, Tokens};

/// The stores of a space, by the name of their API.
pub(super) type Stores = Vec<(&'static str, Box<dyn AnyStore>)>;

/// A world that has been read and checked; spaces are made from it.
pub(crate) struct World {
    grants: Vec<Grant>,
    apis: &'static [&'static dyn Api],
    stores: Stores,
}

impl World {
    /// Reads the text of a world file.
    pub(crate) fn parse(
        text: &[u8],
        apis: &'static [&'static dyn Api],
    ) -> Result<Self, WorldError> {
        let text: Value = serde_json::from_slice(text)
            .map_err(|fault| WorldError::at("the world", format!("no readable JSON: {fault}")))?;
        let Value::Object(parts) = &text else {
            return Err(WorldError::at("the world", "must be one JSON object"));
        };
        check_keys(parts, apis)?;
        let open = |api: &&dyn Api| {
            let section = parts.get(api.name()).unwrap_or(&Value::Null);
            Ok((api.name(), api.open(section)?))
        };
        let world = Self {
            grants: grants(parts.get("tokens"))?,
            stores: apis.iter().map(open).collect::<Result<_, WorldError>>()?,
            apis,
        };
        world.check_tokens()?;
        Ok(world)
    }

    /// Another world for the same APIs.
    pub(crate) fn sibling(&self, text: &[u8]) -> Result<Self, WorldError> {
        Self::parse(text, self.apis)
    }

    /// The tokens it names, in its own order.
    pub(crate) fn grants(&self) -> &[Grant] {
        &self.grants
    }

    /// The section of one API, as its store tells it.
    pub(crate) fn section(&self, api: &str) -> Value {
        let found = self.stores.iter().find(|(name, _)| *name == api);
        found.map_or(Value::Null, |(_, store)| store.section(usize::MAX))
    }

    /// How many records and tokens it has.
    pub(crate) fn size(&self) -> usize {
        let records: usize = self.stores.iter().map(|(_, store)| store.size()).sum();
        records + self.grants.len()
    }

    /// A fresh set of stores.
    pub(super) fn stores(&self) -> Stores {
        let stores = self.stores.iter();
        stores.map(|(api, store)| (*api, store.cloned())).collect()
    }

    /// The tokens that a fresh space takes.
    pub(super) fn tokens(&self) -> Tokens {
        let mut tokens = Tokens::default();
        for grant in &self.grants {
            tokens.insert(grant.clone());
        }
        tokens
    }

    /// Every token must act as a user that its API's section holds.
    fn check_tokens(&self) -> Result<(), WorldError> {
        for (place, grant) in self.grants.iter().enumerate() {
            let place = format!("tokens.{place}");
            let Some((_, store)) = self.stores.iter().find(|(api, _)| *api == grant.api) else {
                return Err(WorldError::at(
                    format!("{place}.api"),
                    format!("no API is called '{}'", grant.api),
                ));
            };
            if !store.knows_user(&grant.user) {
                return Err(WorldError::at(
                    format!("{place}.user"),
                    format!("{} has no user {}", grant.api, grant.user),
                ));
            }
        }
        Ok(())
    }
}

fn check_keys(parts: &Map<String, Value>, apis: &[&dyn Api]) -> Result<(), WorldError> {
    let known: Vec<&str> = ["tokens"]
        .into_iter()
        .chain(apis.iter().map(|api| api.name()))
        .collect();
    match parts.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(WorldError::at(
            key,
            format!("unknown; a world holds {}", known.join(", ")),
        )),
        None => Ok(()),
    }
}

fn grants(list: Option<&Value>) -> Result<Vec<Grant>, WorldError> {
    let list = match list {
        None => return Ok(Vec::new()),
        Some(Value::Array(list)) => list,
        Some(_) => return Err(WorldError::at("tokens", "must be a list")),
    };
    let mut grants: Vec<Grant> = Vec::with_capacity(list.len());
    for (place, entry) in list.iter().enumerate() {
        let grant = serde_json::from_value::<Grant>(entry.clone())
            .map_err(|fault| WorldError::at(format!("tokens.{place}"), fault.to_string()))?;
        if grants.iter().any(|other| other.token == grant.token) {
            return Err(WorldError::at(
                format!("tokens.{place}.token"),
                "stands in the list twice",
            ));
        }
        grants.push(grant);
    }
    Ok(grants)
}
