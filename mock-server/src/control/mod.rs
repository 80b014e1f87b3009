//! The mock's own surface, `/_mock`: what people and tests use to steer and question a space.

mod checkpoints;
mod dashboard;
mod described;
mod faults;
mod guard;
mod journal;
mod openapi;
mod rulebook;
mod spaces;
mod state;
mod tuning;

use axum::Json;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use described::moments;
pub(crate) use guard::AllowedHosts;
pub(crate) use openapi::{document, names};

use crate::openapi::{Call, Calls};
use crate::platform::bounds::Limits;

/// The path below which it is served.
pub(crate) const PREFIX: &str = "/_mock";

/// The same with a slash and nothing behind it, which nesting leaves out.
const PAGE: &str = "/_mock/";

/// What is served below the prefix, and at the prefix with a slash behind it; for those who may call it.
pub(crate) fn routers(allowed: AllowedHosts, limits: Limits) -> (Router, Router) {
    let guarded = |router: Router| router.layer(from_fn_with_state(allowed.clone(), guard::guard));
    let page = Calls::default().at(PAGE, Call::get(dashboard::page, described::page));
    (guarded(served(limits)), guarded(page.router()))
}

/// Its calls: what serves each, and beside it what the document says of it.
fn calls(limits: &Limits) -> Calls {
    let large = DefaultBodyLimit::max(limits.state);
    let calls = Calls::default()
        .at("/", Call::get(dashboard::page, described::page))
        .at("/health", Call::get(state::health, described::health))
        .at("/info", Call::get(state::info, described::info))
        .at(
            "/openapi/{document}",
            Call::get(openapi::shown, described::openapi),
        )
        .at("/state/save", Call::post(state::save, moments::save))
        .at("/reset", Call::post(state::reset, described::reset))
        .at("/state", Call::get(state::state, described::state))
        .at(
            "/state",
            Call::put(state::put_state, described::put_state).layered(|state| state.layer(large)),
        )
        .at("/outbox", Call::get(state::outbox, described::outbox))
        .at(
            "/tokens",
            Call::post(tuning::issue_token, described::issue_token),
        )
        .at("/clock", Call::get(tuning::clock, described::clock))
        .at("/clock", Call::put(tuning::set_clock, described::set_clock));
    let calls = checkpoints::calls(spaces::calls(rulebook::calls(calls)));
    faults::calls(journal::calls(calls))
}

fn served(limits: Limits) -> Router {
    calls(&limits)
        .router()
        .layer(from_fn_with_state(limits, told))
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

/// A body over the limit is refused before any handler sees it, in words of the library's own.
async fn told(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    let is_state = request.uri().path() == "/state";
    let response = next.run(request).await;
    if response.status() != StatusCode::PAYLOAD_TOO_LARGE {
        return response;
    }
    let (bytes, option) = match is_state {
        true => (limits.state, "--max-state-mib"),
        false => (limits.body, "--max-body-kib"),
    };
    let text = format!("the body is larger than {bytes} bytes; {option} allows more");
    Fault::new(StatusCode::PAYLOAD_TOO_LARGE, text).into_response()
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
