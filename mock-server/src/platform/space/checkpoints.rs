//! Named moments of a space: going back to one, and what has changed since.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::steered::discard;
use super::{Space, State};
use crate::platform::api::Difference;
use crate::platform::clock::Noted;
use crate::platform::spaces::is_name;

/// The named moments.
pub(super) type Checkpoints = BTreeMap<String, Then>;

/// A space as it was.
pub(super) struct Then {
    state: State,
    clock: Noted,
}

/// Why a checkpoint cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CheckpointError {
    #[error("a checkpoint's name is 1 to 64 of A-Z a-z 0-9 . _ -, which '{0}' is not")]
    Name(String),
    #[error(
        "a space has {0} checkpoints at the most; delete one first, or --max-checkpoints allows more"
    )]
    TooMany(usize),
    #[error("there is no checkpoint '{name}'; there {known}")]
    Unknown {
        /// The name asked for.
        name: String,
        /// What there is instead.
        known: String,
    },
}

/// A record that is not as it was.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Changed {
    pub(crate) api: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) id: Value,
    /// As it was; none when it was made since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) before: Option<Value>,
    /// As it is; none when it was deleted since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) after: Option<Value>,
}

impl Space {
    /// Names the present moment, in place of an older one of that name; says whether the name is new.
    pub(crate) fn checkpoint(&self, name: &str) -> Result<bool, CheckpointError> {
        if !is_name(name) {
            return Err(CheckpointError::Name(name.to_owned()));
        }
        // Held from here on: of two moments of one name the later one stays.
        let mut checkpoints = self.checkpoints();
        let most = self.limits().checkpoints;
        if checkpoints.len() >= most && !checkpoints.contains_key(name) {
            return Err(CheckpointError::TooMany(most));
        }
        let state = self.state().clone();
        let then = Then {
            clock: state.clock.noted(),
            state,
        };
        let older = checkpoints.insert(name.to_owned(), then);
        drop(checkpoints);
        Ok(older.map(discard).is_none())
    }

    /// Forgets a named moment.
    pub(crate) fn forget(&self, name: &str) -> Result<(), CheckpointError> {
        let mut checkpoints = self.checkpoints();
        let gone = checkpoints.remove(name);
        let gone = gone.ok_or_else(|| unknown(&checkpoints, name))?;
        drop(checkpoints);
        discard(gone);
        Ok(())
    }

    /// Goes back to a named moment: data, tokens, clock, ids, answers, outbox and faults with their counts.
    pub(crate) fn rewind(&self, name: &str) -> Result<(), CheckpointError> {
        let checkpoints = self.checkpoints();
        let then = checkpoints
            .get(name)
            .ok_or_else(|| unknown(&checkpoints, name))?;
        let mut copy = then.state.clone();
        copy.clock = then.clock.resumed();
        let old = std::mem::replace(&mut *self.changing(), copy);
        drop(checkpoints);
        discard(old);
        Ok(())
    }

    /// The names of the moments, in order.
    pub(crate) fn checkpoint_names(&self) -> Vec<String> {
        self.checkpoints().keys().cloned().collect()
    }

    /// The records made, changed and deleted since a named moment.
    pub(crate) fn changes_since(&self, name: &str) -> Result<Vec<Changed>, CheckpointError> {
        let (then, now) = {
            let checkpoints = self.checkpoints();
            let then = checkpoints.get(name);
            let then = then.ok_or_else(|| unknown(&checkpoints, name))?;
            (then.state.clone(), self.state().clone())
        };
        let pairs = now.stores.iter().zip(&then.stores);
        Ok(pairs
            .flat_map(|((api, now), (_, then))| paired(api, now.differences(then.as_ref())))
            .collect())
    }
}

/// Of each record its two sides; those that are the same have not changed.
fn paired(api: &'static str, differences: Vec<Difference>) -> Vec<Changed> {
    let mut changes: Vec<Changed> = Vec::new();
    let mut places: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for Difference {
        kind,
        record,
        id,
        is_later,
    } in differences
    {
        let place = *places
            .entry((kind, id.to_string()))
            .or_insert(changes.len());
        if place == changes.len() {
            changes.push(Changed {
                api,
                kind,
                id,
                before: None,
                after: None,
            });
        }
        if let Some(change) = changes.get_mut(place) {
            match is_later {
                true => change.after = Some(record),
                false => change.before = Some(record),
            }
        }
    }
    changes.retain(|change| change.before != change.after);
    changes
}

fn unknown(checkpoints: &Checkpoints, name: &str) -> CheckpointError {
    let names: Vec<&str> = checkpoints.keys().map(String::as_str).collect();
    CheckpointError::Unknown {
        name: name.to_owned(),
        known: match names.as_slice() {
            [] => "are none".to_owned(),
            names => format!("are {}", names.join(", ")),
        },
    }
}
