//! Creditings: what a creditor lets a customer off.

mod decide;
pub(super) mod schema;

pub(super) use decide::create;
