//! Accounts: one agreement, one or more creditors. A partner creates them, each with its first creditor.

mod decide;
mod openapi;
pub(super) mod schema;
#[cfg(test)]
mod tests;

pub(super) use decide::create;
pub(super) use openapi::create as described;
