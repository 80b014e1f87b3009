//! What payments and creditings share: both settle a case. Their pages differ in a few fields.

mod decide;
mod openapi;
pub(super) mod schema;
#[cfg(test)]
mod tests;

pub(super) use decide::create;
pub(super) use openapi::create as described;
