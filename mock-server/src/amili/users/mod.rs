//! Users: people and programs that act for an account, by the access groups they are given.

mod decide;
mod openapi;
pub(super) mod schema;
#[cfg(test)]
mod tests;

pub(super) use decide::{create, without_access};
pub(super) use openapi::create as described;
