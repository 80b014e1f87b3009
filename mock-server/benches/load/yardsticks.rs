//! Two servers to compare with: one that answers constants, and one that does nothing but keep bodies.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path as PathOf, State};
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, get, on, post};
use bson::oid::ObjectId;
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

use crate::Fault;

/// A constant answer.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Constant {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) status: u16,
    pub(crate) body: String,
}

/// Serves the constants of a file.
pub(crate) fn constants(file: &Path) -> Result<Router, Fault> {
    let constants: Vec<Constant> = serde_json::from_slice(&std::fs::read(file)?)?;
    let mut router = Router::new();
    for constant in constants {
        let filter = MethodFilter::try_from(Method::from_bytes(constant.method.as_bytes())?)?;
        let status = StatusCode::from_u16(constant.status)?;
        let body = Bytes::from(constant.body);
        let answer = move || async move { json(status, body) };
        router = router.route(&constant.path, on(filter, answer));
    }
    Ok(router)
}

#[derive(Default)]
struct Kept(Mutex<HashMap<ObjectId, Bytes>>);

/// Parses a body, makes an id, keeps the bytes, answers five keys; gives the bytes back by their id.
pub(crate) fn store() -> Router {
    Router::new()
        .route("/creditors", post(keep))
        .route("/creditors/{id}", get(give))
        .route("/users", post(keep))
        .route("/v2/admin/user/{id}/groups", post(keep))
        .with_state(Arc::new(Kept::default()))
}

async fn keep(State(kept): State<Arc<Kept>>, body: Bytes) -> Response {
    if serde_json::from_slice::<serde_json::Value>(&body).is_err() {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let id = ObjectId::new();
    let mut map = kept.0.lock().unwrap_or_else(PoisonError::into_inner);
    map.insert(id, body);
    drop(map);
    let date = "Tue, 11 Nov 2025 12:22:34 GMT";
    let answer = serde_json::json!({
        "_updated": date,
        "_created": date,
        "_etag": "1f0ad1b2e2a5b5a7b1f6c2f9c9ad4b52aa6b0d2e",
        "_id": id.to_hex(),
        "_status": "OK",
    });
    json(StatusCode::CREATED, answer.to_string().into())
}

async fn give(State(kept): State<Arc<Kept>>, PathOf(id): PathOf<String>) -> Response {
    let map = kept.0.lock().unwrap_or_else(PoisonError::into_inner);
    let found = ObjectId::parse_str(id)
        .ok()
        .and_then(|id| map.get(&id).cloned());
    found.map_or_else(
        || StatusCode::NOT_FOUND.into_response(),
        |body| json(StatusCode::OK, body),
    )
}

fn json(status: StatusCode, body: Bytes) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

/// Serves until the process ends, with as many threads as the mock has.
pub(crate) fn serve(port: u16, router: Router) -> Result<(), Fault> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        axum::serve(
            axum::serve::ListenerExt::tap_io(listener, |stream| {
                // As the mock does.
                let _ = stream.set_nodelay(true);
            }),
            router,
        )
        .await?;
        Ok(())
    })
}
