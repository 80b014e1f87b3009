//! The AMS side.
pub(crate) mod assumptions;
pub(crate) mod rulebook;
