//! An in-memory fake of the Amili and AMS APIs that enforces their documented rules.
//!
//! [`MockServer`] starts one inside a Rust test; the `mock-server` command serves one to anybody.

mod amili;
mod ams;
pub mod catalogue;
mod control;
mod coverage;
mod embedded;
mod explain;
pub mod files;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
mod intercept;
mod layers;
mod observed;
mod openapi;
mod options;
mod platform;
mod server;
mod serving;

pub use coverage::{CoverageReport, CoverageWatch, Item, RequireError};
pub use embedded::{Builder, JournalEntry, MockServer, MockSpace, SpaceError, State};
pub use intercept::{InterceptError, Interception};
pub use observed::{Observed, ObservedError};
pub use options::{Options, StartError};
pub use platform::api::WorldError;
pub use platform::assumption::{Answer, Answers, Assumption, UnknownAnswer};
pub use platform::bounds::Limits;
pub use platform::clock::{Clock, ClockError};
pub use platform::faults::FaultsError;
pub use platform::journal::JournalLimits;
pub use platform::rule::{Basis, RefusedAs, Rule};
pub use platform::state_file::StateError;
pub use server::Bound;
