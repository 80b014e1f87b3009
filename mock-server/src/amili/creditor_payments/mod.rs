//! Payments that a customer made to the creditor directly.

mod decide;
pub(super) mod schema;

pub(super) use decide::create;
