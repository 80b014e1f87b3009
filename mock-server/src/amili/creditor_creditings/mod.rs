//! Creditings: what a creditor lets a customer off.

mod decide;
mod openapi;
pub(super) mod schema;

pub(super) use decide::create;
pub(super) use openapi::create as described;
