//! What the document says of checkpoints, spaces and the state file.

use serde_json::{Value, json};

use super::{call, clock_shown, refusing, shows};
use crate::openapi::schema::{any_of, integer, list, map, matching, object, partly, text};
use crate::openapi::{Operation, Reply, parameter};
use crate::platform::assumption::Answers;

fn name(what: &str) -> Value {
    let form = matching("^[A-Za-z0-9._-]{1,64}$");
    parameter::path("name", &format!("The name of the {what}."), form)
}

pub(in crate::control) fn save(_: &Answers) -> Operation {
    let form = object([("file", text()), ("spaces", integer())]);
    let call = call(
        "saveState",
        "state",
        "Writes every space into the state file, whole or not at all",
    )
    .answers(200, Reply::new("It is written.").json(form));
    refusing(call, &[409, 500])
}

pub(in crate::control) fn checkpoints(_: &Answers) -> Operation {
    let form = object([("checkpoints", list(text()))]);
    call("getCheckpoints", "state", "The names of the checkpoints").answers(200, shows(form))
}

pub(in crate::control) fn put(_: &Answers) -> Operation {
    let call = call("putCheckpoint", "state", "Names the present moment")
        .takes([name("checkpoint")])
        .answers(201, Reply::new("The name is new."))
        .answers(204, Reply::new("The name means the present moment now."));
    refusing(call, &[400, 429])
}

pub(in crate::control) fn forget(_: &Answers) -> Operation {
    let call = call("deleteCheckpoint", "state", "Forgets a checkpoint")
        .takes([name("checkpoint")])
        .answers(204, Reply::new("It is forgotten."));
    refusing(call, &[404])
}

pub(in crate::control) fn rewind(_: &Answers) -> Operation {
    let call = call(
        "rewind",
        "state",
        "Back to a checkpoint: data, tokens, clock, ids, answers, outbox, faults with their counts",
    )
    .takes([name("checkpoint")])
    .answers(204, Reply::new("The space is as it was."));
    refusing(call, &[404])
}

pub(in crate::control) fn changes(_: &Answers) -> Operation {
    let record = || json!({ "type": "object" });
    let id = any_of([text(), integer()]);
    let change = partly(
        [("api", text()), ("kind", text()), ("id", id)],
        [("before", record()), ("after", record())],
    );
    let form = object([
        ("created", list(change.clone())),
        ("changed", list(change.clone())),
        ("deleted", list(change)),
    ]);
    let call = call(
        "getChanges",
        "state",
        "The records created, changed and deleted since a checkpoint",
    )
    .takes([name("checkpoint")])
    .answers(200, shows(form));
    refusing(call, &[404])
}

pub(in crate::control) fn spaces(_: &Answers) -> Operation {
    let space = object([
        ("name", text()),
        ("seed", integer()),
        ("clock", clock_shown()),
        ("records", map(map(integer()))),
        (
            "journal",
            object([("entries", integer()), ("bytes", integer())]),
        ),
        ("checkpoints", list(text())),
    ]);
    call("getSpaces", "server", "Every space with what it holds")
        .answers(200, shows(object([("spaces", list(space))])))
}

pub(in crate::control) fn drop_space(_: &Answers) -> Operation {
    let call = call(
        "deleteSpace",
        "server",
        "Drops a space; named again, it is made from the world again",
    )
    .takes([name("space")])
    .answers(204, Reply::new("It is gone."));
    refusing(call, &[404])
}
