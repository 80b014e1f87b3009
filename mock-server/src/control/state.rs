//! What a space holds, and putting it back.

use axum::Json;
use axum::body::Bytes;
use axum::extract::Extension;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Fault;
use crate::platform::space::LoadError;
use crate::platform::spaces::Entered;
use crate::server::Running;

/// `GET /_mock/health`.
pub(super) async fn health() -> Json<Value> {
    Json(json!({ "status": "ok" }))
}

/// `GET /_mock/info`: addresses, tokens, clock and seed.
pub(super) async fn info(entered: Entered, Extension(running): Extension<Running>) -> Json<Value> {
    Json(running.info(&entered.space, &entered.address.base_url))
}

/// `POST /_mock/reset`: back to the world.
pub(super) async fn reset(Entered { space, .. }: Entered) -> StatusCode {
    space.reset();
    StatusCode::NO_CONTENT
}

/// `GET /_mock/state`: the whole space in the form of a world file.
pub(super) async fn state(Entered { space, .. }: Entered) -> Json<Value> {
    Json(space.to_world())
}

/// `PUT /_mock/state`: replaces data and tokens by those of a document of the same form.
pub(super) async fn put_state(
    Entered { space, .. }: Entered,
    body: Bytes,
) -> Result<StatusCode, Fault> {
    match space.load(&body) {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(fault) => {
            let status = match fault {
                LoadError::World(_) => StatusCode::BAD_REQUEST,
                LoadError::Full { .. } => StatusCode::INSUFFICIENT_STORAGE,
            };
            Err(Fault::new(status, fault.to_string()))
        }
    }
}

/// `POST /_mock/state/save`: writes every space into the state file.
pub(super) async fn save(Extension(running): Extension<Running>) -> Result<Json<Value>, Fault> {
    let conflict = |text: String| Fault::new(StatusCode::CONFLICT, text);
    let path = running.state_file();
    let path = path.ok_or_else(|| {
        conflict("there is no state file; --state FILE names one at the start".to_owned())
    })?;
    let told = path.display().to_string();
    // Serialising and writing take their time, which other requests need not wait for.
    let saving = tokio::task::spawn_blocking(move || running.save()).await;
    match saving {
        Ok(Ok(spaces)) => Ok(Json(json!({ "file": told, "spaces": spaces }))),
        Ok(Err(fault)) => {
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            Err(Fault::new(status, format!("{told}: {fault}")))
        }
        Err(fault) => Err(Fault::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            fault.to_string(),
        )),
    }
}

/// `GET /_mock/outbox`: mails that would have been sent, oldest first.
pub(super) async fn outbox(Entered { space, .. }: Entered) -> Json<Value> {
    Json(json!({ "mails": space.outbox() }))
}
