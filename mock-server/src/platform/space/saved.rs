//! A space as a state file has it: enough to go on where it was left.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Space;
use super::state::{Blueprint, State};
use crate::platform::api::WorldError;
use crate::platform::assumption::{Answers, Assumption};
use crate::platform::clock::Noted;
use crate::platform::faults::{self, Call, Faults};
use crate::platform::ids::{Drawn, Ids};
use crate::platform::limits::Windows;
use crate::platform::outbox::Mail;

/// One space.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Saved {
    seed: u64,
    clock: Noted,
    ids: Drawn,
    /// The answers that are not the defaults.
    assumptions: BTreeMap<String, String>,
    faults: Value,
    outbox: Vec<Mail>,
    /// Data and tokens, in the form of a world file.
    world: Value,
}

/// What is known of the APIs when a space is restored.
pub(crate) struct Known<'a> {
    /// Every assumption.
    pub(crate) assumptions: &'a [&'static Assumption],
    /// Every call that is offered.
    pub(crate) calls: &'a [Call],
}

impl Space {
    /// The space as a state file has it.
    pub(crate) fn saved(&self, assumptions: &[&'static Assumption]) -> Saved {
        let state = self.state().clone();
        Saved {
            seed: self.seed,
            clock: state.clock.noted(),
            ids: state.ids.drawn(),
            assumptions: state.answers.chosen(assumptions),
            faults: serde_json::json!(state.faults.list()),
            outbox: state.outbox.iter().cloned().collect(),
            world: state.to_world(),
        }
    }

    /// The space that a state file has, all of it or none.
    pub(crate) fn restored(
        name: &str,
        saved: Saved,
        blueprint: Arc<Blueprint>,
        known: &Known<'_>,
    ) -> Result<Self, WorldError> {
        let world = blueprint
            .world
            .sibling(saved.world.to_string().as_bytes())?;
        let mut answers = Answers::default();
        for (id, answer) in &saved.assumptions {
            let chosen = answers.choose(known.assumptions, id, answer);
            chosen.map_err(|fault| WorldError::at("assumptions", fault.to_string()))?;
        }
        let list = faults::read(saved.faults.to_string().as_bytes(), known.calls);
        let mut faults = Faults::none(saved.seed);
        faults.set(list.map_err(|fault| WorldError::at(fault.place, fault.fault))?);
        let state = State {
            stores: world.stores(),
            tokens: world.tokens(),
            clock: saved.clock.resumed(),
            ids: Ids::after(saved.seed, saved.ids),
            answers: Arc::new(answers),
            outbox: saved.outbox.into_iter().collect(),
            windows: Windows::default(),
            faults,
        };
        let journal = blueprint.journal;
        Ok(Self::holding(state, name, saved.seed, blueprint, journal))
    }
}
