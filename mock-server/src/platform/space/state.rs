//! Everything of a space that a reset puts back, as one value.

use std::sync::Arc;

use imbl::Vector;
use serde_json::{Value, json};

use crate::platform::api::Store;
use crate::platform::assumption::Answers;
use crate::platform::bounds::Limits;
use crate::platform::clock::Clock;
use crate::platform::faults::{Fault, Faults};
use crate::platform::ids::Ids;
use crate::platform::journal::JournalLimits;
use crate::platform::limits::Windows;
use crate::platform::moment::{Moment, Trace};
use crate::platform::outbox::Mail;
use crate::platform::tokens::{Grant, Tokens};
use crate::platform::world::{Stores, World};

/// What every fresh space is made from.
pub(crate) struct Blueprint {
    pub(crate) world: World,
    pub(crate) clock: Clock,
    pub(crate) answers: Arc<Answers>,
    pub(crate) journal: JournalLimits,
    pub(crate) limits: Limits,
    pub(crate) faults: Vec<Fault>,
}

impl Blueprint {
    pub(super) fn faults(&self, seed: u64) -> Faults {
        let mut faults = Faults::none(seed);
        faults.set(self.faults.clone());
        faults
    }
}

/// Everything of a space that a reset puts back.
pub(super) struct State {
    pub(super) stores: Stores,
    pub(super) tokens: Tokens,
    pub(super) clock: Clock,
    pub(super) ids: Ids,
    pub(super) answers: Arc<Answers>,
    pub(super) outbox: Vector<Mail>,
    pub(super) windows: Windows,
    pub(super) faults: Faults,
}

impl Clone for State {
    /// Costs next to nothing: whatever grows shares its structure with its copies.
    fn clone(&self) -> Self {
        let stores = self.stores.iter();
        Self {
            stores: stores.map(|(api, store)| (*api, store.cloned())).collect(),
            tokens: self.tokens.clone(),
            clock: self.clock,
            ids: self.ids.clone(),
            answers: Arc::clone(&self.answers),
            outbox: self.outbox.clone(),
            windows: self.windows.clone(),
            faults: self.faults.clone(),
        }
    }
}

impl State {
    /// As the blueprint says.
    pub(super) fn fresh(blueprint: &Blueprint, seed: u64) -> Self {
        Self {
            stores: blueprint.world.stores(),
            tokens: blueprint.world.tokens(),
            clock: blueprint.clock,
            ids: Ids::from_seed(seed),
            answers: Arc::clone(&blueprint.answers),
            outbox: Vector::new(),
            windows: Windows::default(),
            faults: blueprint.faults(seed),
        }
    }

    /// The whole in the form of a world file.
    pub(super) fn to_world(&self) -> Value {
        let tokens: Vec<&Grant> = self.tokens.iter().collect();
        let mut world = json!({ "tokens": tokens });
        for (api, store) in &self.stores {
            world[*api] = store.section(usize::MAX);
        }
        world
    }

    /// How many records and tokens there are.
    pub(super) fn size(&self) -> usize {
        let records: usize = self.stores.iter().map(|(_, store)| store.size()).sum();
        records + self.tokens.len()
    }

    /// What a request sees that is decided on now.
    pub(super) fn moment(&self) -> Moment {
        let trace = Trace::new(Arc::clone(&self.answers));
        let mut moment = Moment::new(self.clock.now(), self.ids.clone(), trace);
        moment.tokens = self.tokens.clone();
        moment
    }

    /// A path without the tokens that somebody put into it; nothing where there is none.
    pub(super) fn without_tokens(&self, path: &str) -> Option<String> {
        let hidden = |part: &str| part.starts_with("eyJ") || self.tokens.has(part);
        path.split('/').any(hidden).then(|| {
            let parts = path.split('/');
            let shown = parts.map(|part| if hidden(part) { "***" } else { part });
            shown.collect::<Vec<_>>().join("/")
        })
    }

    /// The store of an API.
    pub(super) fn store<S: Store>(&mut self) -> &mut S {
        let own = self.stores.iter_mut().find(|(api, _)| *api == S::API);
        match own.and_then(|(_, store)| store.as_any().downcast_mut()) {
            Some(store) => store,
            None => unreachable!("every space holds a store for each API that has routes"),
        }
    }

    /// The same, to be looked at.
    pub(super) fn seen<S: Store>(&self) -> &S {
        let own = self.stores.iter().find(|(api, _)| *api == S::API);
        match own.and_then(|(_, store)| store.as_any_ref().downcast_ref()) {
            Some(store) => store,
            None => unreachable!("every space holds a store for each API that has routes"),
        }
    }
}
