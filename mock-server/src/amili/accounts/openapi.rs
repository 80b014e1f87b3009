//! What the document says of accounts.

use bson::oid::ObjectId;
use serde_json::Value;

use super::schema::{FIRST_CREDITOR, RESOURCE};
use crate::amili::assumptions::FirstCreditor;
use crate::amili::creditors;
use crate::amili::openapi::{creation, invalid_by, members, refused, sent};
use crate::amili::refusal::{Refusal, Write};
use crate::amili::rulebook;
use crate::openapi::Operation;
use crate::openapi::schema::named;
use crate::platform::assumption::{Answers, Question};

/// `POST /accounts`.
pub(in crate::amili) fn create(answers: &Answers) -> Operation {
    let refusals = [
        Refusal::BeyondRole(&rulebook::PARTNER_CREATES_ACCOUNTS),
        Refusal::ForeignPartner(ObjectId::from_bytes([0; 12])),
    ];
    let operation = creation(&RESOURCE, body(answers), Vec::new(), &[], answers)
        .refuses([invalid_by(
            &rulebook::FIRST_CREDITOR,
            Write::Create,
            FIRST_CREDITOR,
            answers,
        )])
        .refuses(refusals.map(|refusal| refused(refusal, answers)))
        .assuming(&[FirstCreditor::ASSUMPTION]);
    creditors::brought(operation, &format!("{FIRST_CREDITOR}."), answers)
}

fn body(answers: &Answers) -> Value {
    let mut body = sent(&RESOURCE, true, answers);
    body["properties"][FIRST_CREDITOR] = first_creditor(answers);
    let required = answers.to::<FirstCreditor>() == FirstCreditor::Required;
    if let (true, Some(fields)) = (required, body["required"].as_array_mut()) {
        fields.push(FIRST_CREDITOR.into());
    }
    body
}

/// A creditor that belongs to its account, so that its data names none.
fn first_creditor(answers: &Answers) -> Value {
    let mut creditor = creditors::body(answers);
    if let Some(members) = members(&mut creditor) {
        members.shift_remove("account");
    }
    if let Some(required) = creditor["required"].as_array_mut() {
        required.retain(|field| field != "account");
    }
    named("FirstCreditor", creditor)
}
