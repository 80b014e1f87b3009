//! Plays the scenarios about a rule against each server that breaks it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use contract_tests::{Scenario, all};

use super::server::Wrong;
use super::stage::{Sight, Stage};

/// How a breakage came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    /// A scenario was broken that saw the API alone.
    OnWire,
    /// A scenario was broken that saw the control API, too.
    OnControl,
    /// Nothing that the scenarios ask for is answered wrongly.
    Idle,
    /// Nobody noticed.
    Missed,
}

/// A breakage with its outcome.
pub(super) struct Judged {
    pub(super) wrong: Arc<Wrong>,
    pub(super) outcome: Outcome,
}

/// How many stages there are: as many as processors, for each keeps one busy.
const STAGES: usize = 2;

/// The scenarios that observe rules, with the requests that each makes of a foreign sandbox: none where it
/// can see nothing there. None may find fault with a right server.
struct Playbill {
    scenarios: Vec<(&'static Scenario, usize)>,
}

impl Playbill {
    fn rehearsed(stage: &Stage) -> Self {
        let mut scenarios = Vec::new();
        for scenario in all() {
            let performed = stage.play(None, scenario, Sight::Wire).performed;
            let right = ["held", "answered", "not observable"];
            assert!(
                right.contains(&performed.verdict.name()),
                "{} on a right server: {:#?}",
                scenario.name,
                performed.verdict
            );
            if !scenario.asks() {
                scenarios.push((scenario, performed.exchanges.len()));
            }
        }
        // The shortest first: most breakages are seen by any scenario about the rule.
        scenarios.sort_by_key(|(_, requests)| *requests);
        Self { scenarios }
    }

    fn judge(&self, stage: &Stage, wrong: &Arc<Wrong>) -> Outcome {
        let named = self.scenarios.iter();
        let named: Vec<_> = named
            .filter(|(scenario, _)| scenario.proves.contains(&wrong.rule))
            .collect();
        let mut altered = false;
        for (sight, outcome) in [
            (Sight::Wire, Outcome::OnWire),
            (Sight::Control, Outcome::OnControl),
        ] {
            for (scenario, requests) in &named {
                if sight == Sight::Wire && *requests == 0 {
                    continue;
                }
                let played = stage.play(Some(Arc::clone(wrong)), scenario, sight);
                if played.performed.verdict.name() == "broken" {
                    return outcome;
                }
                altered |= played.altered;
            }
        }
        match altered || !wrong.general {
            true => Outcome::Missed,
            false => Outcome::Idle,
        }
    }
}

/// Judges each breakage, a few at a time.
pub(super) fn all_of(wrongs: &[Arc<Wrong>]) -> Vec<Judged> {
    let playbill = Playbill::rehearsed(&Stage::new());
    let next = AtomicUsize::new(0);
    let judged = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..STAGES {
            scope.spawn(|| {
                let stage = Stage::new();
                while let Some(wrong) = wrongs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let outcome = playbill.judge(&stage, wrong);
                    let wrong = Arc::clone(wrong);
                    judged.lock().unwrap().push(Judged { wrong, outcome });
                }
            });
        }
    });
    judged.into_inner().unwrap()
}
