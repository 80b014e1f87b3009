//! How much a space may hold and take, and why it takes no more.

use serde_json::{Value, json};

use super::Space;
use super::state::Blueprint;
use crate::platform::api::WorldError;
use crate::platform::bounds::Limits;

/// How much more a space may hold.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    pub(super) left: usize,
    /// Whether one request may be too much for it.
    pub(super) is_scarce: bool,
}

/// The fewest bytes of a body for each record that it makes, with what that brings along.
const BYTES_PER_RECORD: usize = 16;

/// Why there is no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IssueError {
    /// The API has no such user.
    NoUser,
    /// The space holds as much as it may.
    Full {
        /// The most records and tokens.
        records: usize,
    },
}

/// Why a space cannot be set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum LoadError {
    /// It is no world.
    #[error(transparent)]
    World(#[from] WorldError),
    /// It is more than a space may hold.
    #[error("{}", full(*.records))]
    Full {
        /// The most records and tokens.
        records: usize,
    },
}

/// What to say of more than a space may hold.
pub(crate) fn full(records: usize) -> String {
    format!("a space holds {records} records and tokens at the most; --max-records allows more")
}

impl Blueprint {
    /// How much more a space may hold that holds so much.
    pub(super) fn room(&self, held: usize) -> Room {
        let left = self.limits.records.saturating_sub(held);
        let is_scarce = left <= self.limits.body / BYTES_PER_RECORD;
        Room { left, is_scarce }
    }
}

impl Space {
    /// The same for people and programs.
    pub(crate) fn limits_shown(&self) -> Value {
        let Limits {
            body,
            state,
            nesting,
            url,
            head,
            headers,
            records,
            checkpoints,
            spaces,
            connections,
            request_within,
            idle,
        } = *self.limits();
        let journal = self.blueprint.journal;
        json!({
            "body_bytes": body,
            "state_bytes": state,
            "nesting": nesting,
            "url_bytes": url,
            "head_bytes": head,
            "headers": headers,
            "records": records,
            "checkpoints": checkpoints,
            "spaces": spaces,
            "journal_entries": journal.entries,
            "journal_bytes": journal.bytes,
            "connections": connections,
            "request_seconds": request_within.as_secs_f64(),
            "idle_seconds": idle.as_secs_f64(),
        })
    }
}
