//! The OpenAPI documents: made when they are asked for, for the answers in force in a space.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use serde_json::Value;

use super::{Fault, described};
use crate::platform::assumption::Answers;
use crate::platform::spaces::Entered;
use crate::server::APIS;

/// The name of this API's own document.
const OWN: &str = "control";

/// The names of the fakes.
pub(super) fn apis() -> impl Iterator<Item = &'static str> {
    APIS.iter().map(|api| api.name())
}

/// The names of the documents.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    apis().chain([OWN])
}

/// The document of that name under these answers, for clients that reach the server at this address.
pub(crate) fn document(name: &str, base_url: &str, answers: &Answers) -> Option<Value> {
    let fake = APIS.iter().find(|api| api.name() == name);
    let described = match fake {
        Some(api) => api.described(answers),
        None if name == OWN => described::document(answers),
        None => return None,
    };
    Some(described.document(base_url))
}

/// `GET /_mock/openapi/{document}`.
pub(super) async fn shown(
    entered: Entered,
    Path(file): Path<String>,
) -> Result<Json<Value>, Fault> {
    let name = file.strip_suffix(".json");
    let answers = entered.space.answers();
    let made = name.and_then(|name| document(name, &entered.address.base_url, &answers));
    made.map(Json).ok_or_else(|| {
        let names: Vec<String> = names().map(|name| format!("{name}.json")).collect();
        let text = format!(
            "there is no document '{file}'; there are {}",
            names.join(", ")
        );
        Fault::new(StatusCode::NOT_FOUND, text)
    })
}
