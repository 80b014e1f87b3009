//! The spaces of the server: listed with their sizes, dropped.

use axum::Json;
use axum::extract::{Extension, Path};
use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::Fault;
use super::described::moments;
use crate::openapi::{Call, Calls};
use crate::platform::space::Space;
use crate::server::Running;

/// Its calls, added to others.
pub(super) fn calls(calls: Calls) -> Calls {
    calls
        .at("/spaces", Call::get(list, moments::spaces))
        .at("/spaces/{name}", Call::delete(remove, moments::drop_space))
}

/// `GET /_mock/spaces`: every space with what it holds, by name.
pub(super) async fn list(Extension(running): Extension<Running>) -> Json<Value> {
    let spaces = running.spaces().all();
    let listed: Vec<Value> = spaces.iter().map(|space| shown(space)).collect();
    Json(json!({ "spaces": listed }))
}

fn shown(space: &Space) -> Value {
    let (entries, bytes) = space.journal().size();
    let mut records = Map::new();
    for (api, counts) in space.counts() {
        let counts = counts
            .into_iter()
            .map(|(kind, count)| (kind.to_owned(), count.into()));
        records.insert(api.to_owned(), Value::Object(counts.collect()));
    }
    json!({
        "name": space.name,
        "seed": space.seed,
        "clock": space.clock(),
        "records": records,
        "journal": { "entries": entries, "bytes": bytes },
        "checkpoints": space.checkpoint_names(),
    })
}

/// `DELETE /_mock/spaces/NAME`: drops a space. Named again, it is made from the world again.
pub(super) async fn remove(
    Extension(running): Extension<Running>,
    Path(name): Path<String>,
) -> Result<StatusCode, Fault> {
    match running.spaces().remove(&name) {
        true => Ok(StatusCode::NO_CONTENT),
        false => {
            let text = format!("there is no space '{name}'");
            Err(Fault::new(StatusCode::NOT_FOUND, text))
        }
    }
}
