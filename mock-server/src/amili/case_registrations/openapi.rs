//! What the document says of case registrations.

use super::schema::RESOURCE;
use crate::amili::assumptions::{DuplicateInvoice, OcrNumbersPer};
use crate::amili::openapi::{creation, object_id, sent};
use crate::amili::{creditors, customers, rulebook};
use crate::openapi::Operation;
use crate::openapi::schema::{list, matching};
use crate::platform::assumption::{Answers, Question};

const EXAMPLE: &str = include_str!("../../../../fixtures/examples/amili-case-registration.json");

/// `POST /case--registrations`.
pub(in crate::amili) fn create(answers: &Answers) -> Operation {
    let body = customers::asked(sent(&RESOURCE, true, answers), answers);
    let told = vec![
        ("_cases", list(object_id())),
        ("_ocr_numbers", list(object_id())),
        ("_ocr_numbers_ocr", list(matching("^[0-9]+$"))),
    ];
    let operation = creation(&RESOURCE, body, told, &[EXAMPLE], answers)
        .by(&[&rulebook::CASE_PER_DEBT, &rulebook::OCR_NUMBERS])
        .assuming(&[DuplicateInvoice::ASSUMPTION, OcrNumbersPer::ASSUMPTION]);
    creditors::active(
        creditors::named(customers::brought(operation), answers),
        answers,
    )
}
