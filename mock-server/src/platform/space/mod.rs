//! A space: one isolated world with its data, tokens, clock, ids, answers, outbox and journal.

mod checkpoints;
mod room;
mod saved;
mod state;
mod steered;

use std::ops::Deref;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use foldhash::HashMap;
use jiff::Timestamp;
use serde_json::Value;

use crate::platform::api::Store;
use crate::platform::assumption::Answers;
use crate::platform::bounds::Limits;
use crate::platform::faults::{Aim, Blow};
use crate::platform::journal::{Journal, JournalLimits};
use crate::platform::limits::{Allowance, Spent};
use crate::platform::moment::{Answered, Moment, Refused, Trace};
use crate::platform::ready::Ready;
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
    // Moves with every change that an answer may show, while the state is locked.
    version: AtomicU64,
    tally: Mutex<HashMap<&'static str, u64>>,
    // Of several locks this one is taken first, the state's second.
    checkpoints: Mutex<Checkpoints>,
    journal: Journal,
    ready: Ready,
}

/// What a request finds when it comes.
#[derive(Debug)]
pub(crate) struct Arrived {
    /// The instant of the space's clock.
    pub(crate) time: Timestamp,
    /// Whether its time runs by itself.
    pub(crate) runs: bool,
    /// The user that its token acts as.
    pub(crate) caller: Option<Value>,
    /// Its path without the tokens that somebody put into it, if there are any.
    pub(crate) path: Option<String>,
    /// Whether a fault may strike it.
    pub(crate) has_faults: bool,
    /// As long as it stays the same, nothing changes that an answer may show.
    pub(crate) version: u64,
}

/// The state, to be looked at.
struct Looking<'a>(MutexGuard<'a, State>);

impl Deref for Looking<'_> {
    type Target = State;

    fn deref(&self) -> &State {
        &self.0
    }
}

impl Space {
    /// A fresh space.
    pub(crate) fn new(name: &str, seed: u64, blueprint: Arc<Blueprint>) -> Self {
        let state = State::fresh(&blueprint, seed);
        let journal = blueprint.journal;
        Self::holding(state, name, seed, blueprint, journal)
    }

    fn holding(
        state: State,
        name: &str,
        seed: u64,
        blueprint: Arc<Blueprint>,
        journal: JournalLimits,
    ) -> Self {
        Self {
            name: name.to_owned(),
            seed,
            state: Mutex::new(state),
            version: AtomicU64::default(),
            tally: Mutex::default(),
            checkpoints: Mutex::default(),
            journal: Journal::new(journal),
            ready: Ready::default(),
            blueprint,
        }
    }

    /// A copy to try requests on: of data, tokens, clock, ids and answers, without faults and without a journal.
    pub(crate) fn copy(&self) -> Self {
        let mut state = self.state().clone();
        state.faults.set(Vec::new());
        let nothing = JournalLimits {
            entries: 0,
            bytes: 0,
        };
        let blueprint = Arc::clone(&self.blueprint);
        Self::holding(state, &self.name, self.seed, blueprint, nothing)
    }

    /// Runs one decision and its commit on the store of an API, alone and at one moment.
    ///
    /// Ids drawn, mails left and tokens issued count only when the outcome is no refusal, so that a refusal
    /// changes nothing.
    pub(crate) fn with<S: Store, T, R: Refused>(
        &self,
        decide: impl FnOnce(&mut S, &mut Moment) -> Result<T, R>,
    ) -> Answered<T, R> {
        let mut state = self.lock();
        let room = self.blueprint.room(state.size());
        let mut moment = state.moment();
        let store = state.store::<S>();
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
            self.moves();
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

    /// Runs a decision that changes nothing.
    pub(crate) fn look<S: Store, T, R>(
        &self,
        decide: impl FnOnce(&S, &mut Moment) -> Result<T, R>,
    ) -> Answered<T, R> {
        let state = self.state();
        let mut moment = state.moment();
        Answered {
            outcome: decide(state.seen(), &mut moment),
            trace: moment.into_trace(),
        }
    }

    /// What a request to a path finds that carries these tokens, of which the first that is one counts.
    pub(crate) fn arrived<'a>(
        &self,
        api: &str,
        path: &str,
        mut tokens: impl Iterator<Item = &'a str>,
    ) -> Arrived {
        let state = self.state();
        let time = state.clock.now();
        let caller = tokens.find_map(|token| state.tokens.user(api, token, time));
        Arrived {
            time,
            runs: state.clock.runs(),
            caller: caller.cloned(),
            path: state.without_tokens(path),
            has_faults: !state.faults.list().is_empty(),
            version: self.version(),
        }
    }

    /// As long as it stays the same, nothing changes that an answer may show.
    pub(crate) fn version(&self) -> u64 {
        self.version.load(Ordering::Acquire)
    }

    /// The answers that are ready.
    pub(crate) fn ready(&self) -> &Ready {
        &self.ready
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
        let mut state = self.lock();
        let now = state.clock.now();
        state.tokens.user(api, token, now)?;
        Some(state.windows.spend(token, allowances, now))
    }

    /// Counts a request of a token at an instant like [`Self::spend`], if what it will have spent is as expected;
    /// says whether.
    pub(crate) fn spend_if<const N: usize>(
        &self,
        token: &str,
        allowances: [Allowance; N],
        now: Timestamp,
        expected: impl FnOnce(&[Spent; N]) -> bool,
    ) -> bool {
        let windows = &mut self.lock().windows;
        windows.spend_if(token, allowances, now, expected)
    }

    /// What the faults in force do to a request.
    pub(crate) fn strike(&self, aim: Aim<'_>) -> Blow {
        let mut state = self.lock();
        if state.faults.list().is_empty() {
            return Blow::default();
        }
        let now = state.clock.now();
        state.faults.strike(aim, now)
    }

    /// When a token that this API once took ended.
    pub(crate) fn token_ended(&self, api: &str, token: &str) -> Option<Timestamp> {
        let state = self.state();
        state.tokens.ended(api, token, state.clock.now())
    }

    /// The present instant of the space.
    pub(crate) fn now(&self) -> Timestamp {
        self.state().clock.now()
    }

    /// The newest requests.
    pub(crate) fn journal(&self) -> &Journal {
        &self.journal
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
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn state(&self) -> Looking<'_> {
        Looking(self.lock())
    }

    /// The state, to be changed in a way that answers may show.
    fn changing(&self) -> MutexGuard<'_, State> {
        let state = self.lock();
        self.moves();
        state
    }

    /// To be called while the state is locked.
    fn moves(&self) {
        self.version.fetch_add(1, Ordering::Release);
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
