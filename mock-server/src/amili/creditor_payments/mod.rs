//! Payments that a customer made to the creditor directly.

mod decide;
mod openapi;
pub(super) mod schema;

pub(super) use decide::create;
pub(super) use openapi::create as described;
