//! The target that all tests share: the mock, in which each scenario has a space of its own, or the one that
//! `CONTRACT_TARGET` names in the file of `CONTRACT_TARGETS`.

use std::env;
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock, PoisonError};

use contract_tests::{MOCK, Performed, Run, Scenario, Target, observe};

/// A run against the shared mock; its id keeps its spaces apart from those of other runs.
pub(crate) fn run(id: &'static str) -> Run<'static> {
    static MOCK: OnceLock<Target> = OnceLock::new();
    Run {
        id,
        target: MOCK.get_or_init(|| Target::mock().unwrap()),
        planning: false,
    }
}

/// The target in the environment that is not the mock in this process.
static ELSEWHERE: OnceLock<Option<Mutex<Target>>> = OnceLock::new();

/// Runs a scenario against the target in the environment, if there is one: one scenario at a time, within the
/// limits of the targets file, each with a ledger and a clean-up of its own.
pub(crate) fn observed_elsewhere(place: usize, scenario: &'static Scenario) -> Option<Performed> {
    let target = ELSEWHERE.get_or_init(|| {
        let name = env::var("CONTRACT_TARGET")
            .ok()
            .filter(|name| name != MOCK)?;
        let file = env::var("CONTRACT_TARGETS").unwrap_or_else(|_| "targets.toml".to_owned());
        // Tests run in the folder of their crate; the command is run beside it, where the file lies.
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
        let target = Target::named(&name, &folder.join(file), false);
        Some(Mutex::new(target.unwrap_or_else(|error| panic!("{error}"))))
    });
    let mut target = target
        .as_ref()?
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    let run = format!("t{:x}x{place}", std::process::id());
    let performed = observe(&mut target, &run, place, scenario);
    Some(performed.unwrap_or_else(|error| panic!("{}: {error}", scenario.name)))
}
