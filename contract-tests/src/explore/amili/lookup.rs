//! What a list shows of the things that a walk speaks of.

use serde_json::Value;

use crate::client::{Captured, Client};
use crate::verdict::{Stop, Trouble, TroubleKind};

/// The text of a field.
pub(super) fn text<'v>(document: &'v Value, field: &str) -> Option<&'v str> {
    document.get(field)?.as_str()
}

/// The id of the first group that the filter lets through.
pub(super) fn found(caller: &Client, name: &str, filter: &Value) -> Result<String, Stop> {
    let step = caller.step(format!("find {name}")).get("/access--groups");
    let answer = step.query("where", filter).answer()?;
    if answer.planned() {
        return Ok(Captured::placeholder(name).to_string());
    }
    let first = answer.listed().first().and_then(|it| text(it, "_id"));
    first.map(str::to_owned).ok_or_else(|| lost(name))
}

/// Something that a step refers to has no id.
pub(super) fn lost(what: &str) -> Stop {
    Stop::InstrumentFailed(Box::new(Trouble {
        kind: TroubleKind::Other,
        step: format!("find {what}"),
        text: "no list showed its id".to_owned(),
        request: String::new(),
    }))
}
