//! An in-memory fake of the Amili and AMS APIs that enforces their documented rules.
//!
//! [`MockServer`] starts one inside a Rust test; the `mock-server` command serves one to anybody.

mod amili;
mod ams;
pub mod catalogue;
mod control;
mod embedded;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
mod layers;
mod openapi;
mod platform;
mod server;

pub use embedded::MockServer;
pub use platform::api::WorldError;
pub use platform::assumption::{Answer, Answers, Assumption, UnknownAnswer};
pub use platform::clock::{Clock, ClockError};
pub use platform::rule::{Basis, RefusedAs, Rule};
pub use server::{Bound, Options, StartError};
