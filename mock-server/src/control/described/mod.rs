//! What the document says of each call of the control API: one function for each, which `mod.rs` names beside
//! the handler that serves it.

pub(super) mod moments;
pub(super) mod rulebook;
pub(super) mod traffic;

use serde_json::{Value, json};

use super::{PREFIX, calls};
use crate::openapi::schema::{
    any_of, closed, integer, integer_sent, list, map, matching, object, one_of_texts, only,
    optional, partly, text, with,
};
use crate::openapi::{Description, Elsewhere, Operation, Reply, fault, parameter};
use crate::platform::assumption::Answers;
use crate::platform::bounds::Limits;

/// The document.
pub(super) fn document(answers: &Answers) -> Description {
    Description {
        title: "Mock control",
        about: "Steers and questions one space of the mock. It answers only to loopback names and those of \
                `--allow-host`, and refuses what a web page of another origin sends."
            .to_owned(),
        tags: vec![
            ("server", "The server that runs.".to_owned()),
            ("state", "What a space holds.".to_owned()),
            ("traffic", "What came in and what was answered, and faults on purpose.".to_owned()),
            ("tuning", "What a test sets: tokens, the clock, answers to open questions.".to_owned()),
        ],
        security: Vec::new(),
        paths: calls(&Limits::default()).paths(PREFIX, answers),
        schemas: Vec::new(),
        elsewhere: Elsewhere {
            path: vec![refused(403), refused(404)],
            method: vec![allowing(refused(403)), refused(405)],
        },
        is_fake: false,
    }
}

/// A call. Each may be refused by the guard.
fn call(id: &str, tag: &'static str, summary: &str) -> Operation {
    refusing(Operation::new(id, tag, summary), &[403])
}

/// A call that refuses with these statuses, too.
fn refusing(call: Operation, statuses: &[u16]) -> Operation {
    let replies = statuses.iter().map(|status| refused(*status));
    replies.fold(call, |call, (status, reply)| call.answers(status, reply))
}

/// The router tells the methods that a path offers whoever refuses another one.
fn allowing((status, reply): (u16, Reply)) -> (u16, Reply) {
    (status, reply.header("Allow", json!({ "schema": text() })))
}

fn refused(status: u16) -> (u16, Reply) {
    let why = match status {
        400 => "The body is not what the call takes. Nothing is changed.",
        403 => "The control API is not for this caller.",
        404 => "There is no such thing.",
        405 => "The method is not offered.",
        413 => "The body is too large.",
        507 => "The space holds as much as it may. Nothing is changed.",
        _ => "Refused.",
    };
    let refused = (status, Reply::new(why).json(fault()));
    match status {
        405 => allowing(refused),
        _ => refused,
    }
}

fn shows(form: Value) -> Reply {
    Reply::new("As it is now.").json(form)
}

fn instant() -> Value {
    json!({ "type": "string", "format": "date-time" })
}

fn address() -> Value {
    object([("base_url", json!({ "type": "string", "format": "uri" }))])
}

pub(super) fn page(_: &Answers) -> Operation {
    let header = || json!({ "schema": text() });
    let page = Reply::new("The page, which asks nobody but this server.")
        .body("text/html", text())
        .header("Cache-Control", header())
        .header("Content-Security-Policy", header())
        .header("Referrer-Policy", header())
        .header("X-Content-Type-Options", header())
        .header("Cross-Origin-Opener-Policy", header())
        .header("Cross-Origin-Resource-Policy", header());
    call("getPage", "server", "The page for people").answers(200, page)
}

pub(super) fn health(_: &Answers) -> Operation {
    call("getHealth", "server", "Says that the server runs").answers(
        200,
        Reply::new("It runs.").json(object([("status", only("ok"))])),
    )
}

pub(super) fn info(_: &Answers) -> Operation {
    let token = object([
        ("token", text()),
        ("api", text()),
        ("user", json!({})),
        ("may", text()),
    ]);
    let mut members = vec![("version", text()), ("space", text())];
    members.extend(super::openapi::names().map(|api| (api, address())));
    members.extend([
        ("tokens", list(token)),
        ("clock", clock_shown()),
        ("seed", integer()),
        ("limits", map(json!({ "type": "number" }))),
        ("files", map(text())),
    ]);
    let refused = object([("host", text()), ("calls", integer())]);
    let intercept = object([
        ("proxy", text()),
        ("hosts", list(text())),
        ("refused", list(refused)),
    ]);
    let form = partly(members, [("intercept", intercept)]);
    call(
        "getInfo",
        "server",
        "Addresses, tokens with what each may do, clock and seed",
    )
    .answers(200, shows(form))
}

pub(super) fn openapi(_: &Answers) -> Operation {
    let names = super::openapi::names().map(|name| format!("{name}.json"));
    let names: Vec<String> = names.collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let form = with(
        object([
            ("openapi", matching("^3\\.1\\.")),
            ("info", json!({ "type": "object" })),
            ("paths", json!({ "type": "object" })),
        ]),
        "additionalProperties",
        true,
    );
    let call = call(
        "getOpenapi",
        "server",
        "The OpenAPI document of an API, under the answers in force in this space",
    )
    .takes([parameter::path(
        "document",
        "Which document.",
        one_of_texts(&names),
    )])
    .answers(200, Reply::new("The document.").json(form));
    refusing(call, &[404])
}

pub(super) fn reset(_: &Answers) -> Operation {
    call(
        "reset",
        "state",
        "Back to the world: clock and ids start again, the outbox is emptied",
    )
    .answers(204, Reply::new("The space is as it was made."))
}

/// The form of a world file. What stands in the sections is each API's own.
fn world() -> Value {
    let section = || json!({ "type": "object" });
    let mut sections: Vec<_> = super::openapi::apis().map(|api| (api, section())).collect();
    sections.push(("tokens", list(section())));
    with(optional(sections), "additionalProperties", true)
}

pub(super) fn state(_: &Answers) -> Operation {
    call(
        "getState",
        "state",
        "Data and tokens of the space in the form of a world file",
    )
    .answers(200, shows(world()))
}

pub(super) fn put_state(_: &Answers) -> Operation {
    let call = call(
        "putState",
        "state",
        "Replaces data and tokens by those of such a document, all or nothing",
    )
    .body(world(), &[])
    .answers(204, Reply::new("They are replaced."));
    refusing(call, &[400, 413, 507])
}

pub(super) fn outbox(_: &Answers) -> Operation {
    let mail = object([
        ("time", instant()),
        ("api", text()),
        ("to", text()),
        ("kind", text()),
        ("subject", text()),
    ]);
    call(
        "getOutbox",
        "state",
        "Mails that would have been sent, oldest first",
    )
    .answers(200, shows(object([("mails", list(mail))])))
}

pub(super) fn issue_token(_: &Answers) -> Operation {
    let apis = super::openapi::apis().collect::<Vec<_>>();
    let has = [
        ("api", one_of_texts(&apis)),
        ("user", any_of([text(), integer()])),
    ];
    let seconds = json!({ "type": "integer", "minimum": 0, "maximum": u32::MAX });
    let body = closed(partly(has, [("expires_in", seconds)]));
    let example = json!({ "summary": "The caller of AMS in company 24", "value": { "api": "ams", "user": 2 } });
    let call = call("issueToken", "tuning", "A token that acts as a user")
        .body(body, &[example])
        .answers(
            201,
            Reply::new("The token, and the first instant at which it is none any more.")
                .json(partly([("token", text())], [("until", instant())])),
        );
    refusing(call, &[400, 404, 413, 507])
}

fn clock_shown() -> Value {
    object([
        ("mode", one_of_texts(&["real", "fixed"])),
        ("now", instant()),
    ])
}

pub(super) fn clock(_: &Answers) -> Operation {
    call("getClock", "tuning", "The clock of the space").answers(200, shows(clock_shown()))
}

pub(super) fn set_clock(_: &Answers) -> Operation {
    let one = |member, form| closed(object([(member, form)]));
    let body = json!({ "oneOf": [
        one("now", instant()),
        one("advance_seconds", integer_sent()),
        one("mode", only("real")),
    ] });
    let example = |summary: &str, value| json!({ "summary": summary, "value": value });
    let examples = [
        example(
            "An instant that stands still",
            json!({ "now": "2025-11-11T12:22:34Z" }),
        ),
        example("A step", json!({ "advance_seconds": 60 })),
        example("The machine's clock", json!({ "mode": "real" })),
    ];
    let call = call(
        "setClock",
        "tuning",
        "An instant that stands still, a step, or the machine's clock",
    )
    .body(body, &examples)
    .answers(200, shows(clock_shown()));
    refusing(call, &[400, 413])
}
