//! The harness: scenarios over real HTTP, against the mock in this process or a real sandbox.
//! Exports only what the command and the tests need.

mod calibrate;
pub mod cli;
mod client;
mod compare;
mod event;
mod explore;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
mod history;
mod interrupt;
mod ledger;
mod list;
mod model;
mod plan;
mod recording;
mod report;
mod run;
mod scenario;
mod scenarios;
mod sweep;
mod target;
mod twin;
mod verdict;

pub use client::Exchange;
pub use event::{Difference, Event, RuleInDoubt, Shrunk, WalkStep, Walked};
pub use explore::{Replayed, replay};
pub use recording::lines as recorded_lines;
pub use run::{Contradiction, Performed, Run, Summary};
pub use scenario::{Api, RunsOn, Scenario, all};
pub use sweep::observe;
pub use target::{Environment, MOCK, Target, TargetError};
pub use verdict::{Failure, Trouble, TroubleKind, Verdict};
