//! The mock that all tests share: each scenario has a space of its own in it.

use std::sync::OnceLock;

use contract_tests::{Run, Target};

/// A run against the shared mock; its id keeps its spaces apart from those of other runs.
pub(crate) fn run(id: &'static str) -> Run<'static> {
    static MOCK: OnceLock<Target> = OnceLock::new();
    Run {
        id,
        target: MOCK.get_or_init(|| Target::mock().unwrap()),
        planning: false,
    }
}
