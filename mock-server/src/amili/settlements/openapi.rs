//! What the document says of payments and creditings alike.

use super::schema::Editions;
use crate::amili::assumptions::{CaseOfOther, PaidCapital, PaymentEdition, SeveralCases};
use crate::amili::openapi::{creation, sent};
use crate::amili::{creditors, rulebook};
use crate::openapi::Operation;
use crate::openapi::schema::only;
use crate::platform::assumption::{Answers, Question};

/// A creation in the edition in force.
pub(in crate::amili) fn create(editions: &Editions, example: &str, answers: &Answers) -> Operation {
    let resource = match answers.to::<PaymentEdition>() {
        PaymentEdition::Either => editions.either,
        PaymentEdition::Older => editions.older,
        PaymentEdition::Newer => editions.newer,
    };
    let told = vec![("_payment_status", only("completed"))];
    let body = sent(resource, true, answers);
    let operation = creation(resource, body, told, &[example], answers)
        .by(&[
            &rulebook::PAYMENT_COMPLETED,
            &rulebook::PAYMENT_REGISTERED_NOW,
            &rulebook::PAYMENT_NUMBER_RESOLVES,
        ])
        .assuming(&[
            PaymentEdition::ASSUMPTION,
            CaseOfOther::ASSUMPTION,
            SeveralCases::ASSUMPTION,
            PaidCapital::ASSUMPTION,
        ]);
    creditors::named(operation, answers)
}
