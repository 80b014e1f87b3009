//! Plays the scenarios about a rule against each server that breaks it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use contract_tests::{Scenario, Verdict, all};

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

/// A scenario about rules, with the requests that it makes of a foreign sandbox: none where it can see
/// nothing there.
struct Billed {
    scenario: &'static Scenario,
    requests: usize,
}

/// Judges each breakage, after a rehearsal in which no scenario may find fault with a right server.
pub(super) fn judge(wrongs: &[Arc<Wrong>]) -> Vec<Judged> {
    let scenarios: Vec<_> = all();
    // Each keeps a processor busy.
    let stages = [Stage::new(), Stage::new()];
    let rehearsed = on_each(&stages, &scenarios, |stage, scenario| {
        rehearsed(stage, scenario).map(|requests| Billed { scenario, requests })
    });
    let mut playbill = Vec::new();
    let mut faults = Vec::new();
    for result in rehearsed {
        match result {
            Ok(billed) => playbill.push(billed),
            Err(fault) => faults.push(fault),
        }
    }
    assert!(faults.is_empty(), "on a right server: {faults:#?}");
    on_each(&stages, wrongs, |stage, wrong| Judged {
        wrong: Arc::clone(wrong),
        outcome: outcome(stage, &playbill, wrong),
    })
}

/// Does the same for each of many things, on whichever stage is free.
fn on_each<T: Sync, R: Send>(
    stages: &[Stage],
    things: &[T],
    work: impl Fn(&Stage, &T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for stage in stages {
            let (next, done, work) = (&next, &done, &work);
            scope.spawn(move || {
                while let Some(thing) = things.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let result = work(stage, thing);
                    done.lock().unwrap().push(result);
                }
            });
        }
    });
    done.into_inner().unwrap()
}

/// How many requests it makes of a right server, with which no scenario finds fault.
fn rehearsed(stage: &Stage, scenario: &'static Scenario) -> Result<usize, String> {
    let performed = stage.play(None, scenario, Sight::Wire).performed;
    match performed.verdict {
        Verdict::Held | Verdict::Answered { .. } | Verdict::NotObservable { .. } => {
            Ok(performed.exchanges.len())
        }
        verdict => Err(format!("{}: {verdict:?}", scenario.name)),
    }
}

fn outcome(stage: &Stage, playbill: &[Billed], wrong: &Arc<Wrong>) -> Outcome {
    let named = playbill.iter().filter(|billed| {
        let scenario = billed.scenario;
        !scenario.asks() && scenario.proves.contains(&wrong.rule)
    });
    let mut named: Vec<_> = named.collect();
    // Those first that are about this rule before all, and of these the shortest.
    named.sort_by_key(|billed| {
        let first = billed.scenario.proves.first() == Some(&wrong.rule);
        (!first, billed.requests)
    });
    let mut altered = false;
    for (sight, outcome) in [
        (Sight::Wire, Outcome::OnWire),
        (Sight::Control, Outcome::OnControl),
    ] {
        for billed in &named {
            if sight == Sight::Wire && billed.requests == 0 {
                continue;
            }
            let played = stage.play(Some(Arc::clone(wrong)), billed.scenario, sight);
            if played.performed.verdict.name() == "broken" {
                return outcome;
            }
            altered |= played.altered;
        }
    }
    match altered {
        true => Outcome::Missed,
        false => Outcome::Idle,
    }
}
