//! The mock's own surface, `/_mock`: what people and tests use to steer and question a space.

mod checkpoints;
mod dashboard;
mod faults;
mod guard;
mod journal;
mod spaces;
mod state;
mod tuning;

use axum::Json;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{Method, StatusCode, Uri};
use axum::middleware;
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, post, put};
use serde_json::json;

pub(crate) use guard::AllowedHosts;

/// The path below which it is served.
pub(crate) const PREFIX: &str = "/_mock";

/// The largest state taken, in bytes: some hundred thousand records.
const STATE_LIMIT: usize = 256 * 1024 * 1024;

/// Everything below the prefix, for those who may call it.
pub(crate) fn router(allowed: AllowedHosts) -> Router {
    // Nesting leaves out the prefix with a slash and nothing behind it.
    Router::new()
        .nest(PREFIX, calls())
        .route(&format!("{PREFIX}/"), get(dashboard::page))
        .layer(middleware::from_fn_with_state(allowed, guard::guard))
}

fn calls() -> Router {
    Router::new()
        .route("/", get(dashboard::page))
        .route("/health", get(state::health))
        .route("/info", get(state::info))
        .route("/reset", post(state::reset))
        .route(
            "/state",
            get(state::state)
                .put(state::put_state)
                .layer(DefaultBodyLimit::max(STATE_LIMIT)),
        )
        .route("/state/save", post(state::save))
        .route("/checkpoints", get(checkpoints::list))
        .route(
            "/checkpoints/{name}",
            put(checkpoints::put).delete(checkpoints::remove),
        )
        .route("/checkpoints/{name}/rewind", post(checkpoints::rewind))
        .route("/checkpoints/{name}/changes", get(checkpoints::changes))
        .route("/spaces", get(spaces::list))
        .route("/spaces/{name}", delete(spaces::remove))
        .route("/outbox", get(state::outbox))
        .route("/journal", get(journal::list).delete(journal::clear))
        .route("/journal/stream", get(journal::stream))
        .route("/journal/{number}", get(journal::entry))
        .route(
            "/faults",
            get(faults::list).put(faults::set).delete(faults::clear),
        )
        .route("/tokens", post(tuning::issue_token))
        .route("/clock", get(tuning::clock).put(tuning::set_clock))
        .route("/rules", get(tuning::rules))
        .route("/assumptions", get(tuning::assumptions).put(tuning::choose))
        .method_not_allowed_fallback(async |method: Method, uri: Uri| {
            Fault::new(
                StatusCode::METHOD_NOT_ALLOWED,
                format!("{method} is not offered at {PREFIX}{}", uri.path()),
            )
        })
        .fallback(async |uri: Uri| {
            let text = format!("the control API has no {PREFIX}{}", uri.path());
            Fault::new(StatusCode::NOT_FOUND, text)
        })
}

/// A call of the control API that cannot be carried out, and why.
#[derive(Debug)]
pub(crate) struct Fault {
    status: StatusCode,
    text: String,
}

impl Fault {
    pub(crate) fn new(status: StatusCode, text: impl Into<String>) -> Self {
        Self {
            status,
            text: text.into(),
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        (self.status, Json(json!({ "error": self.text }))).into_response()
    }
}
