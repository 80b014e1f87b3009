//! The targets without a tool: each takes its seeds, and what becomes of them by a few changes. `PROPTEST_CASES`
//! has them take more.

#[path = "../../../mock-server/src/fuzzing/mutated.rs"]
mod mutated;

use super::TARGETS;

/// Enough to notice what is badly broken; `PROPTEST_CASES` and the tool for fuzzing look further.
const CASES: u32 = 32;

#[track_caller]
fn check(name: &str) {
    let target = TARGETS.into_iter().find(|target| target.name == name);
    let target = target.expect("a target");
    let seeds = (target.seeds)();
    let seeds = seeds.into_iter().map(String::into_bytes).collect();
    mutated::take(name, seeds, CASES, |bytes| super::run(name, bytes));
}

macro_rules! targets {
    ($($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                check(stringify!($name));
            }
        )*

        #[test]
        fn every_target_is_run_and_has_a_file_for_the_tool() {
            let names = [$(stringify!($name)),*];
            assert_eq!(TARGETS.map(|target| target.name), names);
            mutated::have_files(env!("CARGO_MANIFEST_DIR"), names);
        }
    };
}

targets!(recording accepted targets_file ledger_file walk key);

#[test]
fn the_seeds_are_what_the_harness_takes() {
    let file = std::path::Path::new("seed");
    for seed in super::recordings() {
        crate::recording::Recording::parse(file, &seed).expect("a recording");
    }
    crate::ledger::learned(super::LEDGER.as_bytes()).expect("a ledger");
    crate::compare::Accepted::parse(file, super::ACCEPTED).expect("excuses");
    let environment = |_: &str| Some("token".to_owned());
    let target = crate::target::Target::planned("second", super::TARGETS_FILE, &environment);
    assert!(target.is_ok(), "{:?}", target.err());
}

#[test]
fn a_ledger_whose_numbers_are_used_up_is_read() {
    let last = super::LEDGER.replace("\"number\":1", &format!("\"number\":{}", u64::MAX));
    assert_eq!(crate::ledger::learned(last.as_bytes()).unwrap().0, u64::MAX);
}
