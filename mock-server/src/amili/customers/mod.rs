//! Customers: those who owe. Read only; registrations make them.

mod decide;
pub(super) mod schema;
#[cfg(test)]
mod tests;

pub(super) use decide::{check, registered};
