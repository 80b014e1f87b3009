//! Customers: those who owe. Read only; registrations make them.

mod decide;
mod openapi;
pub(super) mod schema;
#[cfg(test)]
mod tests;

pub(super) use decide::{check, registered};
pub(super) use openapi::{asked, brought};
