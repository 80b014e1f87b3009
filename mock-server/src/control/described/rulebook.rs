//! What the document says of the rules and the assumptions.

use serde_json::{Value, json};

use super::{call, refusing, shows};
use crate::openapi::schema::{
    closed, integer, list, object, one_of_texts, optional, or_null, partly, text, with,
};
use crate::openapi::{Operation, parameter};
use crate::platform::assumption::Answers;
use crate::server::APIS;

/// What a recording of the real API showed; there only with `--observed`.
fn seen() -> Value {
    json!({ "type": "object", "additionalProperties": true })
}

fn rule_shown() -> Value {
    let source = object([("page", text()), ("quote", text())]);
    partly(
        [
            ("id", text()),
            ("api", text()),
            ("text", text()),
            ("basis", one_of_texts(&["seed", "public-docs", "framework"])),
            ("source", source),
            ("status", or_null(integer())),
            ("error", or_null(text())),
            ("decided", integer()),
        ],
        [("observed", seen())],
    )
}

pub(in crate::control) fn rules(_: &Answers) -> Operation {
    let list = list(rule_shown());
    call(
        "getRules",
        "state",
        "Every rule, and how many answers of this space it decided",
    )
    .answers(
        200,
        shows(partly([("rules", list)], [("observed", seen())])),
    )
}

pub(in crate::control) fn rule(_: &Answers) -> Operation {
    let call = call(
        "getRule",
        "state",
        "One rule, and how many answers of this space it decided",
    );
    one(call, "The name of the rule.", rule_shown())
}

fn assumption_shown() -> Value {
    let answer = object([("id", text()), ("text", text())]);
    partly(
        [
            ("id", text()),
            ("api", text()),
            ("question", text()),
            ("default", text()),
            ("answers", list(answer)),
            ("answer", text()),
            ("decided", integer()),
        ],
        [("observed", seen())],
    )
}

fn assumptions_shown() -> Value {
    object([("assumptions", list(assumption_shown()))])
}

pub(in crate::control) fn assumptions(_: &Answers) -> Operation {
    call(
        "getAssumptions",
        "tuning",
        "Every open question with the answer in force",
    )
    .answers(200, shows(assumptions_shown()))
}

pub(in crate::control) fn assumption(_: &Answers) -> Operation {
    let call = call(
        "getAssumption",
        "tuning",
        "One open question with the answer in force",
    );
    one(call, "The name of the assumption.", assumption_shown())
}

/// A call that shows one of several by its name.
fn one(call: Operation, name: &str, shown: Value) -> Operation {
    let call = call
        .takes([parameter::path("id", name, text())])
        .answers(200, shows(shown));
    refusing(call, &[404])
}

/// An answer for each question to change.
fn chosen() -> Value {
    let questions = APIS.iter().flat_map(|api| api.assumptions());
    closed(optional(questions.map(|question| {
        let answers: Vec<&str> = question.answers.iter().map(|answer| answer.id).collect();
        let form = with(one_of_texts(&answers), "default", question.default_answer());
        (question.id, with(form, "description", question.question))
    })))
}

pub(in crate::control) fn choose(_: &Answers) -> Operation {
    let example = json!({
        "summary": "Changes need no etag",
        "value": { "amili.patch.if-match": "optional" },
    });
    let call = call(
        "putAssumptions",
        "tuning",
        "Puts other answers in force in this space, all or none",
    )
    .body(chosen(), &[example])
    .answers(200, shows(assumptions_shown()));
    refusing(call, &[400, 413])
}
