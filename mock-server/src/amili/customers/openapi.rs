//! What the document says of the customer that a registration brings.

use serde_json::{Value, json};

use crate::amili::assumptions::{IdentityRequired, KindUnsaid, KnownCustomer};
use crate::amili::rulebook;
use crate::openapi::Operation;
use crate::platform::assumption::{Answers, Question};

use super::decide::{IDENTITY, KINDS};

/// What a registration shares with every other that brings a customer.
pub(in crate::amili) fn brought(operation: Operation) -> Operation {
    operation
        .by(&[&rulebook::CUSTOMER_MADE, &rulebook::CUSTOMER_ONE_KIND])
        .assuming(&[
            KindUnsaid::ASSUMPTION,
            IdentityRequired::ASSUMPTION,
            KnownCustomer::ASSUMPTION,
        ])
}

/// The body of a registration, with what assumptions ask of its customer.
pub(in crate::amili) fn asked(mut body: Value, answers: &Answers) -> Value {
    let customer = &mut body["properties"]["customer"];
    if answers.to::<IdentityRequired>() == IdentityRequired::Required
        && let Some(required) = customer["required"].as_array_mut()
    {
        required.extend(IDENTITY.map(Value::from));
    }
    let said =
        |kind: &str| json!({ "properties": { kind: { "const": true } }, "required": [kind] });
    let kinds = KINDS.map(said);
    customer["allOf"] = match answers.to::<KindUnsaid>() {
        KindUnsaid::Refused => json!([{ "oneOf": kinds }]),
        KindUnsaid::Person => {
            json!([{ "oneOf": [{ "not": { "anyOf": kinds } }, { "oneOf": kinds }] }])
        }
    };
    body
}
