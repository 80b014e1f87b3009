//! One space of a mock in this program: what a test sets in it and asserts on.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;

use crate::platform::api::WorldError;
use crate::platform::clock::ClockError;
use crate::platform::faults::{self, FaultsError};
use crate::platform::journal::{Entry, Filter, Masked};
use crate::platform::space::{CheckpointError, IssueError, LoadError, Space, full};
use crate::server::Running;

/// An isolated world with an address of its own. Its clones are the same space.
#[derive(Clone)]
pub struct MockSpace {
    pub(super) running: Running,
    pub(super) space: Arc<Space>,
    pub(super) base_url: String,
}

impl std::fmt::Debug for MockSpace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MockSpace")
            .field("base_url", &self.base_url)
            .finish_non_exhaustive()
    }
}

/// Why a space cannot do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum SpaceError {
    /// The list of faults has one itself.
    #[error(transparent)]
    Faults(#[from] FaultsError),
    /// The clock would leave what ids can carry.
    #[error(transparent)]
    Clock(#[from] ClockError),
    /// The state has a fault.
    #[error(transparent)]
    State(#[from] WorldError),
    /// The space holds as many records and tokens as it may.
    #[error("{0}")]
    Full(String),
    /// There is no such checkpoint, or its name is none.
    #[error("{0}")]
    Checkpoint(String),
    /// The API has no such user.
    #[error("{api} has no user {user}")]
    NoUser {
        /// The API.
        api: String,
        /// The id given.
        user: Value,
    },
}

impl From<LoadError> for SpaceError {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::World(fault) => Self::State(fault),
            LoadError::Full { .. } => Self::Full(error.to_string()),
        }
    }
}

impl From<CheckpointError> for SpaceError {
    fn from(error: CheckpointError) -> Self {
        Self::Checkpoint(error.to_string())
    }
}

/// A request that the mock answered.
#[derive(Debug, Clone, PartialEq)]
pub struct JournalEntry {
    /// The place in the journal; the first is 1.
    pub number: u64,
    /// When it came, by the clock of the space.
    pub time: Timestamp,
    /// `amili` or `ams`.
    pub api: &'static str,
    /// The id of the user that the request's token acts as.
    pub caller: Option<Value>,
    /// `GET`, `POST`, …
    pub method: String,
    /// The path without the prefix of the space.
    pub path: String,
    /// The query as it was written, secrets masked.
    pub query: Option<String>,
    /// The body: JSON as it is, other text as text, null when there was none. Secrets are masked.
    pub body: Value,
    /// The status; none when the connection was closed without an answer.
    pub status: Option<u16>,
    /// The body of the answer.
    pub answer: Value,
    /// The id of the rule that refused it.
    pub refused_by: Option<&'static str>,
    /// The ids of every rule and assumption that decided.
    pub decided_by: Vec<&'static str>,
    /// What in it nothing read, or why exactly it was refused.
    pub warnings: Vec<String>,
    /// The fault that struck it.
    pub fault: Option<Value>,
}

impl JournalEntry {
    fn of(entry: &Entry, masked: &Masked) -> Self {
        let draft = entry.draft();
        let mut shown = entry.shown(masked);
        let mut part = |pointer: &str| {
            let found = shown.pointer_mut(pointer);
            found.map(Value::take).unwrap_or_default()
        };
        Self {
            number: entry.number,
            time: draft.time,
            api: draft.api,
            caller: draft.caller.clone(),
            method: draft.request.method.to_string(),
            path: draft.request.uri.path().to_owned(),
            query: part("/request/query").as_str().map(str::to_owned),
            body: part("/request/body"),
            status: draft.response.as_ref().map(|given| given.status.as_u16()),
            answer: part("/response/body"),
            refused_by: draft.trace.refused_by.map(|rule| rule.id),
            decided_by: entry.decided_by().collect(),
            warnings: draft.trace.warnings.clone(),
            fault: draft.fault.clone(),
        }
    }
}

/// Everything that a space holds, in the form of a world file.
#[derive(Debug, Clone, PartialEq)]
pub struct State(pub Value);

impl State {
    /// The records of one kind, `("amili", "creditors")` say; none when there is no such kind.
    pub fn records(&self, api: &str, kind: &str) -> &[Value] {
        let records = self.0.get(api).and_then(|section| section.get(kind));
        records.and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// The record of an id, whatever its kind.
    pub fn record(&self, api: &str, id: &Value) -> Option<&Value> {
        let kinds = self.0.get(api)?.as_object()?.values();
        let mut records = kinds.filter_map(Value::as_array).flatten();
        records.find(|record| record.get("_id").or_else(|| record.get("id")) == Some(id))
    }
}

impl MockSpace {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.space.name
    }

    /// `http://127.0.0.1:PORT/_spaces/NAME`, without a trailing slash: the base URL of both APIs.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The requests kept, newest last.
    pub fn journal(&self) -> Vec<JournalEntry> {
        let masked = self.space.masked();
        let found = self.space.journal().find(&Filter::default());
        let entries = found.entries.iter();
        entries
            .map(|entry| JournalEntry::of(entry, &masked))
            .collect()
    }

    /// What it holds.
    pub fn state(&self) -> State {
        State(self.space.to_world())
    }

    /// Replaces data and tokens, all or nothing.
    ///
    /// # Errors
    /// When the state has a fault; nothing is changed then.
    pub fn set_state(&self, state: &State) -> Result<(), SpaceError> {
        Ok(self.space.load(state.0.to_string().as_bytes())?)
    }

    /// The mails that AMS would have sent, oldest first, in the form of `GET /_mock/outbox`.
    pub fn outbox(&self) -> Vec<Value> {
        let mails = self.space.outbox();
        mails.iter().map(|mail| serde_json::json!(mail)).collect()
    }

    /// A token that acts as a user.
    ///
    /// # Errors
    /// When the API has no such user.
    pub fn token(&self, api: &str, user: impl Into<Value>) -> Result<String, SpaceError> {
        self.issued(api, user.into(), None)
    }

    /// A token that acts as a user until so many seconds have passed by the space's clock; [`Self::advance`] moves it.
    ///
    /// # Errors
    /// When the API has no such user.
    pub fn token_for(
        &self,
        api: &str,
        user: impl Into<Value>,
        seconds: u32,
    ) -> Result<String, SpaceError> {
        self.issued(api, user.into(), Some(seconds))
    }

    fn issued(&self, api: &str, user: Value, seconds: Option<u32>) -> Result<String, SpaceError> {
        let issued = self.space.issue(api, &user, seconds);
        issued
            .map(|grant| grant.token)
            .map_err(|error| match error {
                IssueError::NoUser => SpaceError::NoUser {
                    api: api.to_owned(),
                    user,
                },
                IssueError::Full { records } => SpaceError::Full(full(records)),
            })
    }

    /// Puts these faults in force instead, all or none; each in the form of an element of `PUT /_mock/faults`.
    ///
    /// # Errors
    /// When one of them cannot be read, or can match nothing.
    pub fn set_faults(&self, list: &[Value]) -> Result<(), SpaceError> {
        let text = Value::from(list).to_string();
        let faults = faults::read(text.as_bytes(), &self.running.offered())?;
        self.space.set_faults(faults);
        Ok(())
    }

    /// The present instant.
    pub fn now(&self) -> Timestamp {
        self.space.now()
    }

    /// Moves the clock.
    ///
    /// # Errors
    /// When it would leave the years that ids can carry.
    pub fn advance(&self, seconds: i64) -> Result<(), SpaceError> {
        Ok(self.space.set_clock(|clock| clock.advanced(seconds))?)
    }

    /// Names the present moment.
    ///
    /// # Errors
    /// When the name is none that a checkpoint can have, or there are too many.
    pub fn checkpoint(&self, name: &str) -> Result<(), SpaceError> {
        self.space.checkpoint(name)?;
        Ok(())
    }

    /// Goes back to a named moment.
    ///
    /// # Errors
    /// When there is no such moment.
    pub fn rewind(&self, name: &str) -> Result<(), SpaceError> {
        Ok(self.space.rewind(name)?)
    }

    /// Back to the world.
    pub fn reset(&self) {
        self.space.reset();
    }

    /// How many answers a rule or an assumption has decided.
    pub fn decided(&self, id: &str) -> u64 {
        self.space.decided(id)
    }
}
