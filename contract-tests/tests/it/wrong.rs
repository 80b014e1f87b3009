//! The suite against servers that are wrong on purpose: each breaks one rule in one way, and some scenario
//! must say so and name the rule.

mod accept;
mod amili;
mod ams;
mod judge;
mod make;
mod questions;
mod refusals;
mod score;
mod server;
mod stage;

use std::sync::Arc;

use mock_server::catalogue;

use judge::Outcome;
use server::Wrong;

/// Every breakage there is.
fn wrongs() -> Vec<Arc<Wrong>> {
    let rules = catalogue::rules().into_iter();
    let refusals = rules.flat_map(refusals::of);
    refusals
        .chain(amili::all())
        .chain(ams::all())
        .map(Arc::new)
        .collect()
}

#[test]
fn every_breakage_is_noticed_and_the_right_rule_named() {
    let judged = judge::all_of(&wrongs());
    println!("{}", score::table(&judged));
    let missed = judged
        .iter()
        .filter(|judged| judged.outcome == Outcome::Missed);
    let missed: Vec<_> = missed.map(|judged| judged.wrong.to_string()).collect();
    assert!(missed.is_empty(), "nobody noticed:\n{}", missed.join("\n"));
}
