//! Invoice registrations: invoices to be sent to a customer. Each brings a case.

mod decide;
mod openapi;
pub(super) mod schema;
#[cfg(test)]
mod tests;

pub(super) use decide::create;
pub(super) use openapi::create as described;
