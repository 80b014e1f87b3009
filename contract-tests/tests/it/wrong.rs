//! The suite against servers that are wrong on purpose: each breaks one rule in one way, and some scenario
//! must say so and name the rule. A breakage that nobody notices is a missing scenario.

mod accept;
#[expect(clippy::too_many_lines, reason = "tables, a breakage after the other")]
mod amili;
#[expect(clippy::too_many_lines, reason = "tables, a breakage after the other")]
mod ams;
mod answers;
mod judge;
mod make;
mod questions;
mod refusals;
mod score;
mod server;
mod stage;
mod unseen;

use std::collections::BTreeSet;
use std::sync::Arc;

use mock_server::catalogue;

use judge::{Judged, Outcome};
use server::Wrong;

/// Every breakage there is.
fn wrongs() -> Vec<Arc<Wrong>> {
    let rules = catalogue::rules().into_iter();
    let refusals = rules.flat_map(refusals::of);
    let all = refusals.chain(amili::all()).chain(ams::all());
    all.map(Arc::new).collect()
}

#[test]
fn every_breakage_is_noticed_and_the_right_rule_named() {
    let judged = judge::judge(&wrongs());
    // Shown where a test fails, and by `--nocapture`.
    eprintln!("{}", score::table(&judged));
    check(
        "nobody noticed",
        &of(&judged, Outcome::Missed),
        &BTreeSet::new(),
    );
    check(
        "nothing that is asked for is broken by",
        &of(&judged, Outcome::Idle),
        &BTreeSet::new(),
    );
    let table = unseen::ON_THE_WIRE.iter();
    let unseen = table.flat_map(|entry| {
        let kinds = entry.kinds.iter();
        kinds.map(|kind| format!("{}: {kind}", entry.rule))
    });
    check(
        "only the control API shows",
        &of(&judged, Outcome::OnControl),
        &unseen.collect(),
    );
}

#[test]
fn every_rule_is_broken_in_several_ways() {
    let wrongs = wrongs();
    let names: BTreeSet<_> = wrongs.iter().map(|wrong| wrong.to_string()).collect();
    assert_eq!(names.len(), wrongs.len(), "two breakages have one name");
    for rule in catalogue::rules() {
        let kinds = wrongs.iter().filter(|wrong| wrong.rule == rule.id).count();
        assert!(kinds >= 3, "{} is broken in {kinds} ways only", rule.id);
    }
    for entry in unseen::ON_THE_WIRE {
        assert!(!entry.because.is_empty(), "{}", entry.rule);
    }
}

fn of(judged: &[Judged], outcome: Outcome) -> BTreeSet<String> {
    let judged = judged.iter().filter(|judged| judged.outcome == outcome);
    judged.map(|judged| judged.wrong.to_string()).collect()
}

#[track_caller]
fn check(what: &str, seen: &BTreeSet<String>, expected: &BTreeSet<String>) {
    let more: Vec<_> = seen.difference(expected).collect();
    let fewer: Vec<_> = expected.difference(seen).collect();
    assert!(more.is_empty(), "{what}: {more:#?}");
    assert!(
        fewer.is_empty(),
        "{what} no more, so take it from the table: {fewer:#?}"
    );
}
