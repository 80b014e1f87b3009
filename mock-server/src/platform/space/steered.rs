//! What the control API does with a space, and what it sees of it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::thread;

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::Space;
use super::room::{IssueError, LoadError};
use super::state::State;
use crate::platform::assumption::Answers;
use crate::platform::clock::{Clock, ClockError};
use crate::platform::faults::Fault;
use crate::platform::journal::Masked;
use crate::platform::outbox::Mail;
use crate::platform::tokens::Grant;

impl Space {
    /// The faults in force, with how often each has met requests.
    pub(crate) fn faults(&self) -> Vec<Fault> {
        self.state().faults.list().to_vec()
    }

    /// Puts other faults in force.
    pub(crate) fn set_faults(&self, faults: Vec<Fault>) {
        self.changing().faults.set(faults);
    }

    /// Issues a token that acts as a user, for so many seconds by the space's clock or for good.
    pub(crate) fn issue(
        &self,
        api: &str,
        user: &Value,
        seconds: Option<u32>,
    ) -> Result<Grant, IssueError> {
        let mut state = self.changing();
        let store = state.stores.iter().find(|(name, _)| *name == api);
        if !store.is_some_and(|(_, store)| store.knows_user(user)) {
            return Err(IssueError::NoUser);
        }
        let records = self.limits().records;
        if state.size() >= records {
            return Err(IssueError::Full { records });
        }
        let taken = state.tokens.clone();
        let now = state.clock.now();
        // A time beyond the calendar is as good as none.
        let lasts = seconds.map(|seconds| SignedDuration::from_secs(seconds.into()));
        let until = lasts.and_then(|lasts| now.checked_add(lasts).ok());
        let grant = Grant::issued(&mut state.ids, &taken, api, user.clone(), until);
        state.tokens.insert(grant.clone());
        Ok(grant)
    }

    /// Puts everything back to the world, ids and clock included.
    pub(crate) fn reset(&self) {
        let fresh = State::fresh(&self.blueprint, self.seed);
        let mut state = self.changing();
        let old = std::mem::replace(&mut *state, fresh);
        // While nobody sees the new state: it never comes with an old journal.
        self.lock_tally().clear();
        let entries = self.journal.restart();
        drop(state);
        discard((old, entries));
    }

    /// Replaces data and tokens by those of a world file, all or nothing. Clock and ids go on.
    pub(crate) fn load(&self, text: &[u8]) -> Result<(), LoadError> {
        let world = self.blueprint.world.sibling(text)?;
        let records = self.limits().records;
        if world.size() > records {
            return Err(LoadError::Full { records });
        }
        let mut state = self.changing();
        let old = std::mem::replace(&mut state.stores, world.stores());
        state.tokens = world.tokens();
        drop(state);
        discard(old);
        Ok(())
    }

    /// The whole space in the form of a world file.
    pub(crate) fn to_world(&self) -> Value {
        let state = self.state().clone();
        state.to_world()
    }

    /// Some records of each kind of an API, in the form of its section of a world file.
    pub(crate) fn some(&self, api: &str, most: usize) -> Value {
        let stores = self.state().clone().stores;
        let found = stores.iter().find(|(name, _)| *name == api);
        found.map_or(Value::Null, |(_, store)| store.section(most))
    }

    /// How many records each API has of each kind.
    pub(crate) fn counts(&self) -> Vec<(&'static str, Vec<(&'static str, usize)>)> {
        let state = self.state();
        let stores = state.stores.iter();
        stores.map(|(api, store)| (*api, store.counts())).collect()
    }

    /// The mails that would have been sent, oldest first.
    pub(crate) fn outbox(&self) -> Vec<Mail> {
        self.state().outbox.iter().cloned().collect()
    }

    /// What a journal shows of tokens: those of the world, and no other.
    pub(crate) fn masked(&self) -> Masked {
        let public = self.blueprint.world.grants().iter();
        let public: BTreeSet<String> = public.map(|grant| grant.token.clone()).collect();
        let state = self.state();
        let given = state.tokens.iter().map(|grant| &grant.token);
        Masked {
            secret: given
                .filter(|token| !public.contains(*token))
                .cloned()
                .collect(),
            public,
        }
    }

    /// The clock in force.
    pub(crate) fn clock(&self) -> Value {
        let clock = self.state().clock;
        json!({ "mode": clock.mode(), "now": clock.now() })
    }

    /// Sets the clock to what the present one is turned into.
    pub(crate) fn set_clock(
        &self,
        turn: impl FnOnce(Clock) -> Result<Clock, ClockError>,
    ) -> Result<(), ClockError> {
        let mut state = self.changing();
        state.clock = turn(state.clock)?;
        Ok(())
    }

    /// Puts other answers in force, unless the change of them fails.
    pub(crate) fn choose<E>(
        &self,
        change: impl FnOnce(&mut Answers) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut state = self.changing();
        let mut answers = Answers::clone(&state.answers);
        change(&mut answers)?;
        state.answers = Arc::new(answers);
        Ok(())
    }
}

/// Frees what a space no longer holds. A hundred thousand records take their time, which nobody need wait for.
pub(super) fn discard<T: Send + 'static>(old: T) {
    let freeing = thread::Builder::new().name("discard".to_owned());
    // Without a thread to be had, `spawn` frees it here and now.
    let _ = freeing.spawn(move || drop(old));
}
