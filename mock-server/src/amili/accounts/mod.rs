//! Accounts: one agreement, one or more creditors. A partner creates them, each with its first creditor.

mod decide;
pub(super) mod schema;
#[cfg(test)]
mod tests;

pub(super) use decide::create;
