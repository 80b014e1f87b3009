//! Cases: the claims against customers. Read only; registrations make them, payments and creditings lower them.

mod decide;
pub(super) mod schema;
#[cfg(test)]
mod tests;

pub(super) use decide::{check_invoice_number, lowered, new, with_invoice_number};
