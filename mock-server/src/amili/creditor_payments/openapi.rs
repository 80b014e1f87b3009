//! What the document says of payments.

use super::schema::EDITIONS;
use crate::amili::settlements;
use crate::openapi::Operation;
use crate::platform::assumption::Answers;

const EXAMPLE: &str = include_str!("../../../../fixtures/examples/amili-creditor-payment.json");

/// The creation.
pub(in crate::amili) fn create(answers: &Answers) -> Operation {
    settlements::described(&EDITIONS, EXAMPLE, answers)
}
