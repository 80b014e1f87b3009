//! An in-memory fake of the Amili and AMS APIs that enforces their documented rules.

mod amili;
mod ams;
pub mod catalogue;
mod platform;
mod server;

pub use platform::assumption::{Answer, Answers, Assumption, UnknownAnswer};
pub use platform::rule::{Basis, RefusedAs, Rule};
pub use server::{MockServer, Options, StartError};
