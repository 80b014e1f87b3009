//! The targets without a tool: each takes its seeds, and what becomes of them by a few changes. `PROPTEST_CASES`
//! has them take more.

#[path = "mutated.rs"]
mod mutated;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::{TARGETS, Target};

/// Enough to notice what is badly broken; `PROPTEST_CASES` and the tool for fuzzing look further.
const CASES: u32 = 48;

#[track_caller]
fn check(name: &str) {
    let Target { run, seeds, .. } = TARGETS
        .into_iter()
        .find(|target| target.name == name)
        .expect("a target");
    let seeds = seeds();
    seeds.iter().for_each(|seed| run(seed));
    let asked = std::env::var_os("PROPTEST_CASES").is_some();
    let mut config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    if !asked {
        config.cases = CASES;
    }
    let outcome = TestRunner::new(config).run(&mutated::mutated(seeds), |bytes| {
        // For whoever looks for what takes long: nothing fails by it.
        let begin = std::time::Instant::now();
        run(&bytes);
        if asked && begin.elapsed().as_millis() > 500 {
            let text = String::from_utf8_lossy(&bytes);
            eprintln!("{name} took {:?}: {text:.300}", begin.elapsed());
        }
        Ok(())
    });
    if let Err(fault) = outcome {
        panic!("{fault}");
    }
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
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/fuzz_targets");
    for target in TARGETS {
        let file = format!("{folder}/{}.rs", target.name);
        let text = std::fs::read_to_string(&file).expect(&file);
        assert!(text.contains(&format!("\"{}\"", target.name)), "{file}");
    }
}
