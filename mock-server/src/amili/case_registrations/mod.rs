//! Case registrations: claims that a creditor hands over, with the customer who owes them.

mod decide;
mod openapi;
pub(super) mod schema;
#[cfg(test)]
mod tests;

pub(super) use decide::create;
pub(super) use openapi::create as described;
