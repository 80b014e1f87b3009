//! A space: one isolated world with its data, tokens, clock, ids, answers, outbox and journal.

mod checkpoints;
mod room;
mod saved;
mod state;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::platform::api::Store;
use crate::platform::assumption::Answers;
use crate::platform::bounds::Limits;
use crate::platform::clock::{Clock, ClockError};
use crate::platform::faults::{Aim, Blow, Fault};
use crate::platform::journal::{Journal, JournalLimits, Masked};
use crate::platform::limits::{Allowance, Spent};
use crate::platform::moment::{Answered, Moment, Refused, Trace};
use crate::platform::outbox::Mail;
use crate::platform::tokens::Grant;
use crate::platform::world::World;

pub(crate) use checkpoints::CheckpointError;
pub(crate) use room::{IssueError, LoadError, full};
pub(crate) use saved::{Known, Saved};
pub(crate) use state::Blueprint;

use checkpoints::Checkpoints;
use state::State;

/// One isolated world.
pub(crate) struct Space {
    pub(crate) name: String,
    pub(crate) seed: u64,
    blueprint: Arc<Blueprint>,
    // A std mutex: no critical section awaits, and each is as short as one decision.
    state: Mutex<State>,
    tally: Mutex<HashMap<&'static str, u64>>,
    // Of several locks this one is taken first, the state's second.
    checkpoints: Mutex<Checkpoints>,
    journal: Journal,
}

impl Space {
    /// A fresh space.
    pub(crate) fn new(name: &str, seed: u64, blueprint: Arc<Blueprint>) -> Self {
        Self {
            name: name.to_owned(),
            seed,
            state: Mutex::new(State::fresh(&blueprint, seed)),
            tally: Mutex::default(),
            checkpoints: Mutex::default(),
            journal: Journal::new(blueprint.journal),
            blueprint,
        }
    }

    /// A copy to try requests on: of data, tokens, clock, ids and answers, without faults and without a journal.
    pub(crate) fn copy(&self) -> Self {
        let mut state = self.state().clone();
        state.faults.set(Vec::new());
        Self {
            name: self.name.clone(),
            seed: self.seed,
            blueprint: Arc::clone(&self.blueprint),
            state: Mutex::new(state),
            tally: Mutex::default(),
            checkpoints: Mutex::default(),
            journal: Journal::new(JournalLimits {
                entries: 0,
                bytes: 0,
            }),
        }
    }

    /// Runs one decision and its commit on the store of an API, alone and at one moment.
    ///
    /// Ids drawn, mails left and tokens issued count only when the outcome is no refusal, so that a refusal
    /// changes nothing.
    pub(crate) fn with<S: Store, T, R: Refused>(
        &self,
        decide: impl FnOnce(&mut S, &mut Moment) -> Result<T, R>,
    ) -> Answered<T, R> {
        let mut state = self.state();
        let trace = Trace::new(Arc::clone(&state.answers));
        let room = self.blueprint.room(state.size());
        let mut moment = Moment::new(state.clock.now(), state.ids.clone(), trace);
        moment.tokens = state.tokens.clone();
        let Some(store) = state.store::<S>() else {
            unreachable!("every space holds a store for each API that has routes");
        };
        let held = store.size();
        let earlier = room.is_scarce.then(|| store.clone());
        let mut outcome = decide(store, &mut moment);
        let grown = (store.size() + moment.grants.len()).saturating_sub(held);
        if let (true, true, Some(earlier)) = (outcome.is_ok(), grown > room.left, earlier) {
            *store = earlier;
            *moment = Trace::new(Arc::clone(&state.answers));
            outcome = Err(R::full(self.limits().records));
        }
        if outcome.is_ok() {
            state.ids = moment.ids.clone();
            state.outbox.extend(moment.mails.drain(..));
            moment
                .grants
                .drain(..)
                .for_each(|grant| state.tokens.insert(grant));
        }
        Answered {
            outcome,
            trace: moment.into_trace(),
        }
    }

    /// The answer to a request that is refused before any decision.
    pub(crate) fn refuse<T, R>(&self, refusal: R) -> Answered<T, R> {
        Answered {
            outcome: Err(refusal),
            trace: Trace::new(Arc::clone(&self.state().answers)),
        }
    }

    /// The user that a token acts as, if this API takes it now.
    pub(crate) fn user_of(&self, api: &str, token: &str) -> Option<Value> {
        let state = self.state();
        state.tokens.user(api, token, state.clock.now()).cloned()
    }

    /// Counts a request against each allowance of its token, if this API takes the token now.
    pub(crate) fn spend<const N: usize>(
        &self,
        api: &str,
        token: &str,
        allowances: [Allowance; N],
    ) -> Option<[Spent; N]> {
        let mut state = self.state();
        let now = state.clock.now();
        state.tokens.user(api, token, now)?;
        Some(allowances.map(|allowance| state.windows.spend(token, allowance, now)))
    }

    /// What the faults in force do to a request.
    pub(crate) fn strike(&self, aim: Aim<'_>) -> Blow {
        let mut state = self.state();
        if state.faults.list().is_empty() {
            return Blow::default();
        }
        let now = state.clock.now();
        state.faults.strike(aim, now)
    }

    /// The faults in force, with how often each has met requests.
    pub(crate) fn faults(&self) -> Vec<Fault> {
        self.state().faults.list().to_vec()
    }

    /// Puts other faults in force.
    pub(crate) fn set_faults(&self, faults: Vec<Fault>) {
        self.state().faults.set(faults);
    }

    /// When a token that this API once took ended.
    pub(crate) fn token_ended(&self, api: &str, token: &str) -> Option<Timestamp> {
        let state = self.state();
        state.tokens.ended(api, token, state.clock.now())
    }

    /// Issues a token that acts as a user, for so many seconds by the space's clock or for good.
    pub(crate) fn issue(
        &self,
        api: &str,
        user: &Value,
        seconds: Option<u32>,
    ) -> Result<Grant, IssueError> {
        let mut state = self.state();
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
        let mut state = self.state();
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
        let mut state = self.state();
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

    /// The present instant of the space.
    pub(crate) fn now(&self) -> Timestamp {
        self.state().clock.now()
    }

    /// The present instant of the space, and whether its time runs by itself.
    pub(crate) fn time(&self) -> (Timestamp, bool) {
        let clock = self.state().clock;
        (clock.now(), clock.runs())
    }

    /// The newest requests.
    pub(crate) fn journal(&self) -> &Journal {
        &self.journal
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

    /// A path without the tokens that somebody put into it.
    pub(crate) fn without_tokens<'a>(&self, path: &'a str) -> Cow<'a, str> {
        let state = self.state();
        let hidden = |part: &str| part.starts_with("eyJ") || state.tokens.has(part);
        if !path.split('/').any(hidden) {
            return Cow::Borrowed(path);
        }
        let parts = path
            .split('/')
            .map(|part| if hidden(part) { "***" } else { part });
        Cow::Owned(parts.collect::<Vec<_>>().join("/"))
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
        let mut state = self.state();
        state.clock = turn(state.clock)?;
        Ok(())
    }

    /// What it takes at the most.
    pub(crate) fn limits(&self) -> &Limits {
        &self.blueprint.limits
    }

    /// The world that the space was made from.
    pub(crate) fn world(&self) -> &World {
        &self.blueprint.world
    }

    /// The answers in force.
    pub(crate) fn answers(&self) -> Arc<Answers> {
        Arc::clone(&self.state().answers)
    }

    /// Puts other answers in force, unless the change of them fails.
    pub(crate) fn choose<E>(
        &self,
        change: impl FnOnce(&mut Answers) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut state = self.state();
        let mut answers = Answers::clone(&state.answers);
        change(&mut answers)?;
        state.answers = Arc::new(answers);
        Ok(())
    }

    /// Counts the rules and assumptions that decided an answer.
    pub(crate) fn count(&self, trace: &Trace) {
        let mut tally = self.lock_tally();
        for id in trace.ids() {
            *tally.entry(id).or_default() += 1;
        }
    }

    /// How often a rule or an assumption decided an answer.
    pub(crate) fn decided(&self, id: &str) -> u64 {
        self.lock_tally().get(id).copied().unwrap_or(0)
    }

    // A panic inside a decision cannot leave a half-done change: only commits write, and they
    // cannot fail. So a poisoned lock is still sound.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn checkpoints(&self) -> MutexGuard<'_, Checkpoints> {
        self.checkpoints
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn lock_tally(&self) -> MutexGuard<'_, HashMap<&'static str, u64>> {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Frees what a space no longer holds. A hundred thousand records take their time, which nobody need wait for.
fn discard<T: Send + 'static>(old: T) {
    let freeing = thread::Builder::new().name("discard".to_owned());
    // Without a thread to be had, `spawn` frees it here and now.
    let _ = freeing.spawn(move || drop(old));
}
