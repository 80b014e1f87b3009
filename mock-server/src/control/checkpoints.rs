//! Named moments of a space: made, gone back to, compared with the present, forgotten.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Fault;
use super::described::moments;
use crate::openapi::{Call, Calls};
use crate::platform::space::CheckpointError;
use crate::platform::spaces::Entered;

/// Its calls, added to others.
pub(super) fn calls(calls: Calls) -> Calls {
    let one = "/checkpoints/{name}";
    calls
        .at("/checkpoints", Call::get(list, moments::checkpoints))
        .at(one, Call::put(put, moments::put))
        .at(one, Call::delete(remove, moments::forget))
        .at(
            "/checkpoints/{name}/rewind",
            Call::post(rewind, moments::rewind),
        )
        .at(
            "/checkpoints/{name}/changes",
            Call::get(changes, moments::changes),
        )
}

impl From<CheckpointError> for Fault {
    fn from(error: CheckpointError) -> Self {
        let status = match error {
            CheckpointError::Name(_) => StatusCode::BAD_REQUEST,
            CheckpointError::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            CheckpointError::Unknown { .. } => StatusCode::NOT_FOUND,
        };
        Self::new(status, error.to_string())
    }
}

/// `GET /_mock/checkpoints`: the names, in order.
pub(super) async fn list(Entered { space, .. }: Entered) -> Json<Value> {
    Json(json!({ "checkpoints": space.checkpoint_names() }))
}

/// `PUT /_mock/checkpoints/NAME`: names the present moment; 201 for a new name, 204 for one that was there.
pub(super) async fn put(
    Entered { space, .. }: Entered,
    Path(name): Path<String>,
) -> Result<StatusCode, Fault> {
    Ok(match space.checkpoint(&name)? {
        true => StatusCode::CREATED,
        false => StatusCode::NO_CONTENT,
    })
}

/// `DELETE /_mock/checkpoints/NAME`: forgets it.
pub(super) async fn remove(
    Entered { space, .. }: Entered,
    Path(name): Path<String>,
) -> Result<StatusCode, Fault> {
    space.forget(&name)?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /_mock/checkpoints/NAME/rewind`: goes back to it.
pub(super) async fn rewind(
    Entered { space, .. }: Entered,
    Path(name): Path<String>,
) -> Result<StatusCode, Fault> {
    space.rewind(&name)?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /_mock/checkpoints/NAME/changes`: the records created, changed and deleted since.
pub(super) async fn changes(
    Entered { space, .. }: Entered,
    Path(name): Path<String>,
) -> Result<Json<Value>, Fault> {
    let (mut created, mut changed, mut deleted) = (Vec::new(), Vec::new(), Vec::new());
    for change in space.changes_since(&name)? {
        match (&change.before, &change.after) {
            (None, _) => created.push(change),
            (_, None) => deleted.push(change),
            (Some(_), Some(_)) => changed.push(change),
        }
    }
    Ok(Json(
        json!({ "created": created, "changed": changed, "deleted": deleted }),
    ))
}
