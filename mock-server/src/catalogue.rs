//! Everything that the fakes enforce or assume, and the built-in world: for commands, reports and tests.

use axum::http::Method;
use serde_json::Value;

use crate::control;
use crate::platform::assumption::{Answers, Assumption};
use crate::platform::rule::Rule;
use crate::platform::world::World;
use crate::server::APIS;
use crate::{WorldError, amili, ams};

/// The world that a space starts with unless another is given: the text of a world file.
pub const DEFAULT_WORLD: &str = include_str!("../../fixtures/worlds/default.json");

/// Every rule, by API and in the order of the documents.
pub fn rules() -> Vec<&'static Rule> {
    [amili::rulebook::ALL, ams::rulebook::ALL].concat()
}

/// Every assumption, by API.
pub fn assumptions() -> Vec<&'static Assumption> {
    [amili::assumptions::ALL, ams::assumptions::ALL].concat()
}

/// Every call that a vendor documents and the fake answers 501: methods, path, what is missing.
pub fn gaps() -> Vec<(String, &'static str, &'static str)> {
    let names = |methods: &[Method]| {
        let names: Vec<&str> = methods.iter().map(Method::as_str).collect();
        names.join(", ")
    };
    let gaps = amili::gaps::ALL.iter();
    gaps.map(|gap| (names(gap.methods), gap.path, gap.what))
        .collect()
}

/// The names of the OpenAPI documents: those of the APIs, and that of the control API.
pub fn documents() -> Vec<&'static str> {
    control::names().collect()
}

/// The OpenAPI 3.1 document of that name, as the server answers under these answers to open questions to
/// clients that reach it at this address; `None` where there is no such document.
pub fn openapi(name: &str, base_url: &str, answers: &Answers) -> Option<Value> {
    control::document(name, base_url, answers)
}

/// Says whether a text is a world file that a server can use.
///
/// # Errors
/// When it is not: the place and the fault.
pub fn check_world(text: &str) -> Result<(), WorldError> {
    World::parse(text.as_bytes(), APIS).map(|_| ())
}
