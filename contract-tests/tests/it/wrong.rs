//! The suite against servers that are wrong on purpose: each breaks one rule in one way, and some scenario
//! must say so and name the rule.

mod accept;
mod amili;
mod ams;
mod answers;
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
    let judged = judge::judge(&wrongs());
    println!("{}", score::table(&judged));
    let of = |outcome| -> Vec<String> {
        let judged = judged.iter().filter(|judged| judged.outcome == outcome);
        judged.map(|judged| judged.wrong.to_string()).collect()
    };
    let (missed, idle) = (of(Outcome::Missed), of(Outcome::Idle));
    assert!(missed.is_empty(), "nobody noticed:\n{}", missed.join("\n"));
    assert!(
        idle.is_empty(),
        "this breaks nothing that is asked for:\n{}",
        idle.join("\n")
    );
}
