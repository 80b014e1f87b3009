//! Invoice registrations: invoices to be sent to a customer. Each brings a case.

mod decide;
pub(super) mod schema;
#[cfg(test)]
mod tests;

pub(super) use decide::create;
