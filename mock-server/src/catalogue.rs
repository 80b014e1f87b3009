//! Everything that the fakes enforce or assume, and the built-in world: for commands, reports and tests.

use crate::platform::assumption::Assumption;
use crate::platform::rule::Rule;
use crate::{amili, ams};

/// The world that a space starts with unless another is given: the text of a world file.
pub const DEFAULT_WORLD: &str = include_str!("../../fixtures/worlds/default.json");

/// Every rule, by API and in the order of the documents.
pub fn rules() -> Vec<&'static Rule> {
    [amili::rulebook::ALL, ams::rulebook::ALL].concat()
}

/// Every assumption, by API.
pub fn assumptions() -> Vec<&'static Assumption> {
    [amili::assumptions::ALL, ams::assumptions::ALL].concat()
}
