//! What the document says of the journal and of faults.

use serde_json::{Value, json};

use super::{call, instant, refusing, shows};
use crate::openapi::schema::{
    any_of, boolean, closed, integer, list, object, one_of_texts, optional, or_null, partly, text,
};
use crate::openapi::{Operation, Reply, parameter};
use crate::platform::assumption::Answers;

fn filters() -> Vec<Value> {
    let apis: Vec<&str> = super::super::openapi::apis().collect();
    vec![
        parameter::query("api", "Only this API.", one_of_texts(&apis)),
        parameter::query("method", "Only this method.", text()),
        parameter::query(
            "path",
            "Only such paths: `/users/{id}` and `/users/*` mean one part, `/users/**` all that is left.",
            text(),
        ),
        parameter::query(
            "status",
            "Only this status, or this class: `422`, `4xx`.",
            text(),
        ),
        parameter::query(
            "rule",
            "Only what this rule or assumption decided; `*` stands for anything.",
            text(),
        ),
        parameter::query(
            "since",
            "Only what came after the entry of this number, or from this time of the space's clock on.",
            text(),
        ),
        parameter::query(
            "limit",
            "Only the newest so many.",
            json!({ "type": "integer", "minimum": 0 }),
        ),
    ]
}

fn strings() -> Value {
    list(text())
}

/// The parts of a request.
fn request() -> Vec<(&'static str, Value)> {
    vec![
        ("method", text()),
        ("path", text()),
        ("query", or_null(text())),
        ("headers", json!({ "type": "object" })),
        ("body", json!({})),
    ]
}

fn breaches() -> Value {
    list(object([("place", text()), ("why", text())]))
}

/// An entry, as the list has it.
fn entry_members() -> Vec<(&'static str, Value)> {
    let mut taken = request();
    taken.push(("body_is_cut", boolean()));
    let response = object([
        ("status", integer()),
        ("headers", json!({ "type": "object" })),
        ("body", json!({})),
    ]);
    vec![
        ("number", integer()),
        ("time", instant()),
        ("duration_us", or_null(integer())),
        ("api", text()),
        ("caller", json!({})),
        ("request", object(taken)),
        ("response", or_null(response)),
        ("refused_by", or_null(text())),
        ("rules", strings()),
        ("assumptions", strings()),
        ("breaches", breaches()),
        ("warnings", strings()),
        ("fault", json!({ "type": ["object", "null"] })),
    ]
}

pub(in crate::control) fn journal(_: &Answers) -> Operation {
    let dropped = object([("from", integer()), ("to", integer()), ("text", text())]);
    let form = partly(
        [
            ("entries", list(object(entry_members()))),
            ("last", integer()),
        ],
        [("dropped", dropped)],
    );
    let call = call(
        "getJournal",
        "traffic",
        "The newest requests with their answers, newest last",
    )
    .takes(filters())
    .answers(200, shows(form));
    refusing(call, &[400])
}

pub(in crate::control) fn clear(_: &Answers) -> Operation {
    call("deleteJournal", "traffic", "Forgets every entry").answers(204, Reply::new("It is empty."))
}

pub(in crate::control) fn stream(_: &Answers) -> Operation {
    let seen = parameter::header(
        "Last-Event-ID",
        "The number of the last entry seen.",
        text(),
    );
    let events = Reply::new("Events named `entry`, each with an entry as JSON, and `dropped`.")
        .body("text/event-stream", text());
    let call = call(
        "followJournal",
        "traffic",
        "The entries to come, as server-sent events",
    )
    .takes(filters().into_iter().chain([seen]))
    .answers(200, events);
    refusing(call, &[400])
}

pub(in crate::control) fn entry(_: &Answers) -> Operation {
    let nearest = object([
        ("changes", strings()),
        ("status", integer()),
        ("request", object(request())),
        ("curl", text()),
    ]);
    let explanation = object([
        ("text", text()),
        ("rule", json!({ "type": ["object", "null"] })),
        ("applied", list(json!({ "type": "object" }))),
        ("assumptions", list(json!({ "type": "object" }))),
        ("breaches", breaches()),
        ("nearest", or_null(nearest)),
        ("without_nearest", or_null(text())),
    ]);
    let mut members = entry_members();
    members.push(("explanation", explanation));
    let form = object(members);
    let number = parameter::path("number", "The number of the entry.", integer());
    let call = call(
        "getJournalEntry",
        "traffic",
        "One entry, why it was answered so, and the nearest request that is accepted",
    )
    .takes([number])
    .answers(200, shows(form));
    refusing(call, &[400, 404, 410])
}

fn faults_form() -> Value {
    let limit = closed(optional([
        ("requests", integer()),
        ("seconds", integer()),
        ("retry_after", integer()),
    ]));
    let one = |name, form| closed(object([(name, form)]));
    let code = json!({ "type": "integer", "minimum": 200, "maximum": 599 });
    let status = closed(partly([("status", code)], [("body", json!({}))]));
    let effect = any_of([
        one_of_texts(&["drop", "lose_answer", "truncate", "rate_limit"]),
        status,
        one("delay_ms", json!({ "type": "integer", "minimum": 1 })),
        one("truncate", json!({ "type": "integer", "minimum": 0 })),
        one("rate_limit", limit),
    ]);
    let matched = closed(optional([
        ("api", text()),
        ("method", text()),
        ("path", text()),
    ]));
    let count = |least: u64| json!({ "type": "integer", "minimum": least });
    let chance = json!({ "type": "number", "exclusiveMinimum": 0, "maximum": 1 });
    let fault = partly(
        [("effect", effect)],
        [
            ("match", matched),
            ("times", count(1)),
            ("skip", count(0)),
            ("every", count(1)),
            ("probability", chance),
            (
                "seen",
                object([("matched", integer()), ("struck", integer())]),
            ),
        ],
    );
    let preset = one("preset", one_of_texts(&["amili-limits"]));
    list(any_of([closed(fault), preset]))
}

pub(in crate::control) fn faults(_: &Answers) -> Operation {
    call(
        "getFaults",
        "traffic",
        "The faults in force, with how often each matched and struck",
    )
    .answers(200, shows(faults_form()))
}

pub(in crate::control) fn set_faults(_: &Answers) -> Operation {
    let lost = json!([{
        "match": { "api": "amili", "method": "POST", "path": "/creditors" },
        "effect": "lose_answer",
        "times": 1,
    }]);
    let example = json!({ "summary": "The first creditor made gives no answer", "value": lost });
    let call = call(
        "setFaults",
        "traffic",
        "Puts these in force instead, all or none",
    )
    .body(faults_form(), &[example])
    .answers(200, shows(faults_form()));
    refusing(call, &[400, 413])
}

pub(in crate::control) fn clear_faults(_: &Answers) -> Operation {
    call("deleteFaults", "traffic", "No fault is left")
        .answers(204, Reply::new("None is in force."))
}
