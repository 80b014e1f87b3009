//! The targets without a tool: each takes its seeds, and what becomes of them by a few changes. `PROPTEST_CASES`
//! has them take more.

#[path = "mutated.rs"]
mod mutated;

use super::{TARGETS, Target};

/// Enough to notice what is badly broken; `PROPTEST_CASES` and the tool for fuzzing look further.
const CASES: u32 = 48;

#[track_caller]
fn check(name: &str) {
    let Target { run, seeds, .. } = TARGETS
        .into_iter()
        .find(|target| target.name == name)
        .expect("a target");
    mutated::take(name, seeds(), CASES, run);
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
        fn every_target_is_run() {
            let names = [$(stringify!($name)),*];
            assert_eq!(TARGETS.map(|target| target.name), names);
        }
    };
}

targets!(where_clause sort projection query body requests world state_file faults files);

#[test]
fn each_target_has_a_file_for_the_tool() {
    mutated::have_files(
        env!("CARGO_MANIFEST_DIR"),
        TARGETS.map(|target| target.name),
    );
}
