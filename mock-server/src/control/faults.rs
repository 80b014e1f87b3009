//! The faults of a space: set, shown, taken away.

use axum::Json;
use axum::body::Bytes;
use axum::extract::Extension;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Fault;
use super::described::traffic;
use crate::openapi::{Call, Calls};
use crate::platform::faults;
use crate::platform::spaces::Entered;
use crate::server::Running;

/// Its calls, added to others.
pub(super) fn calls(calls: Calls) -> Calls {
    calls
        .at("/faults", Call::get(list, traffic::faults))
        .at("/faults", Call::put(set, traffic::set_faults))
        .at("/faults", Call::delete(clear, traffic::clear_faults))
}

/// `GET /_mock/faults`: the faults in force, with how often each matched and struck.
pub(super) async fn list(Entered { space, .. }: Entered) -> Json<Value> {
    Json(json!(space.faults()))
}

/// `PUT /_mock/faults`: puts these in force instead, all or none.
pub(super) async fn set(
    Entered { space, .. }: Entered,
    Extension(running): Extension<Running>,
    body: Bytes,
) -> Result<Json<Value>, Fault> {
    let faults = faults::read(&body, &running.offered());
    let faults = faults.map_err(|fault| Fault::new(StatusCode::BAD_REQUEST, fault.to_string()))?;
    space.set_faults(faults);
    Ok(Json(json!(space.faults())))
}

/// `DELETE /_mock/faults`: none are left.
pub(super) async fn clear(Entered { space, .. }: Entered) -> StatusCode {
    space.set_faults(Vec::new());
    StatusCode::NO_CONTENT
}
