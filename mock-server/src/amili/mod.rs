//! The Amili side.
pub(crate) mod assumptions;
pub(crate) mod rulebook;
