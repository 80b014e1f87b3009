//! Case registrations: claims that a creditor hands over, with the customer who owes them.

mod decide;
pub(super) mod schema;
#[cfg(test)]
mod tests;

pub(super) use decide::create;
