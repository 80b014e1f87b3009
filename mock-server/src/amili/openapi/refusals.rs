//! The refusals of Amili as `refusal.rs` answers them, with the form of each kind.

use serde_json::{Value, json};

use super::first_of;
use crate::amili::assumptions::{ErrorsShape, ForeignAccount, UnknownField};
use crate::amili::eve::Issues;
use crate::amili::eve::schema::Kind;
use crate::amili::refusal::{Refusal, Write};
use crate::amili::resource::{ANY_FIELD, Resource};
use crate::openapi::schema::{
    closed, integer, list, map, named, object, only, optional, referred, text,
};
use crate::openapi::{Sample, sample};
use crate::platform::assumption::Answers;
use crate::platform::rule::Rule;

/// A refusal as it is answered.
pub(in crate::amili) fn refused(refusal: Refusal, answers: &Answers) -> Sample {
    let form = match &refusal {
        Refusal::Invalid { write, .. } => referred(validation_name(*write, answers)),
        Refusal::InvalidList { .. } => referred(INVALID_LIST),
        Refusal::ForeignOwner(_)
            if answers.to::<ForeignAccount>() == ForeignAccount::Unprocessable =>
        {
            referred(INVALID)
        }
        _ => referred(ERROR),
    };
    sample(refusal, answers, form)
}

const ERROR: &str = "Error";
const INVALID: &str = "Invalid";
const INVALID_CHANGE: &str = "InvalidChange";
const INVALID_LIST: &str = "InvalidList";
const ISSUES: &str = "Issues";

/// The forms of all refusals.
pub(super) fn forms(answers: &Answers) -> Vec<Value> {
    let inner = object([("code", integer()), ("message", text())]);
    let error = object([("_status", only("ERR")), ("_error", inner)]);
    let mut forms = vec![
        named(ERROR, error),
        named(ISSUES, issues()),
        named(INVALID, validation(answers)),
        named(INVALID_LIST, validation_of_list(answers)),
    ];
    if answers.to::<ErrorsShape>() == ErrorsShape::Framework {
        let change = object([("_issues", referred(ISSUES)), ("_status", only("ERR"))]);
        forms.push(named(INVALID_CHANGE, change));
    }
    forms
}

/// The framework has a form of its own for changes.
fn validation_name(write: Write, answers: &Answers) -> &'static str {
    match answers.to::<ErrorsShape>() {
        ErrorsShape::Framework if write == Write::Change => INVALID_CHANGE,
        ErrorsShape::Framework | ErrorsShape::Both | ErrorsShape::Documented => INVALID,
    }
}

/// Problems by field; inside an object or a list they nest.
fn issues() -> Value {
    let one = json!({ "anyOf": [
        { "type": "string" },
        { "type": "array", "items": { "type": ["string", "object"] } },
        { "type": "object", "additionalProperties": true },
    ] });
    map(one)
}

/// The documented envelope.
fn documented() -> Value {
    object([
        ("code", only(422)),
        ("message", only("Validation failed")),
        ("details", map(text())),
    ])
}

fn counted() -> Value {
    object([("code", only(422)), ("message", text())])
}

fn validation(answers: &Answers) -> Value {
    let issues = ("_issues", referred(ISSUES));
    let status = ("_status", only("ERR"));
    match answers.to::<ErrorsShape>() {
        ErrorsShape::Both => object([status, ("_error", documented()), issues]),
        ErrorsShape::Documented => object([status, ("_error", documented())]),
        ErrorsShape::Framework => object([status, issues, ("_error", counted())]),
    }
}

fn validation_of_list(answers: &Answers) -> Value {
    let status = || ("_status", only("ERR"));
    let fine = object([("_status", only("OK"))]);
    let broken = object([status(), ("_issues", referred(ISSUES))]);
    let items = ("_items", list(json!({ "anyOf": [fine, broken] })));
    match answers.to::<ErrorsShape>() {
        ErrorsShape::Both => object([status(), items, ("_error", documented())]),
        ErrorsShape::Documented => object([status(), ("_error", documented())]),
        ErrorsShape::Framework => object([status(), items, ("_error", counted())]),
    }
}

/// What the schema of a resource refuses, each with the rules that the resource itself finds behind it.
pub(in crate::amili) fn invalid(
    resource: &'static Resource,
    write: Write,
    answers: &Answers,
) -> Vec<Sample> {
    let required = first_of(resource, |field| field.required).unwrap_or("name");
    let texts = first_of(resource, |field| matches!(field.kind, Kind::Text));
    let mut problems = vec![(texts.unwrap_or("name"), "must be of string type")];
    if write == Write::Create {
        problems.push((required, "required field"));
    }
    if answers.to::<UnknownField>() == UnknownField::Refused {
        problems.push(("nonsense", "unknown field"));
    }
    let blamed = resource.blame.iter().map(|blame| {
        let field = if blame.field == ANY_FIELD {
            required
        } else {
            blame.field
        };
        (
            field,
            blame
                .rule
                .refused_as
                .map_or(blame.message, |refused| refused.error),
        )
    });
    problems.extend(blamed.filter(|(_, message)| !message.is_empty()));
    let sample = |(field, message)| {
        let mut issues = Issues::new();
        issues.add(field, message);
        let rules = resource.rules_behind(&issues, &[]);
        refused(
            Refusal::Invalid {
                write,
                issues,
                rules,
            },
            answers,
        )
    };
    problems.into_iter().map(sample).collect()
}

/// What a decision refuses over a field, beyond the schema.
pub(in crate::amili) fn invalid_by(
    rule: &'static Rule,
    write: Write,
    field: &str,
    answers: &Answers,
) -> Sample {
    breach(
        Some(rule),
        write,
        field,
        rule.refused_as.map_or("", |refused| refused.error),
        answers,
    )
}

/// A problem of a field in words, by a rule or by none.
pub(in crate::amili) fn breach(
    rule: Option<&'static Rule>,
    write: Write,
    field: &str,
    message: &str,
    answers: &Answers,
) -> Sample {
    let mut issues = Issues::new();
    issues.add(field, message);
    let rules = rule.into_iter().collect();
    refused(
        Refusal::Invalid {
            write,
            issues,
            rules,
        },
        answers,
    )
}

/// What is shown of an object that may be empty.
pub(super) fn nothing() -> Value {
    closed(optional([]))
}
