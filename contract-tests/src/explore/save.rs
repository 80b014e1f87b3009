//! A walk as a file: kept when it failed, read to be taken again. Knows neither API.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::walk::{Driver, Transition};
use crate::scenario::Api;

/// The version of the file's form: a new field is a new minor, a changed one a new major.
const SCHEMA: &str = "1.0";

/// A walk, with what it broke when it was saved.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Saved<T> {
    schema: String,
    api: String,
    seed: u64,
    /// The rules of which at least one was broken.
    rules: Vec<String>,
    steps: Vec<T>,
}

/// The file's text for a failed walk.
pub(super) fn document<D: Driver>(
    steps: &[Transition<D>],
    rules: &BTreeSet<&'static str>,
    seed: u64,
) -> String {
    let saved = Saved {
        schema: SCHEMA.to_owned(),
        api: D::API.name().to_owned(),
        seed,
        rules: rules.iter().map(|rule| (*rule).to_owned()).collect(),
        steps: steps.iter().collect(),
    };
    // Steps hold nothing that cannot be written as JSON.
    serde_json::to_string_pretty(&saved).unwrap_or_default() + "\n"
}

/// The API of a saved walk.
pub(super) fn api(text: &str) -> Result<Api, String> {
    let saved: Saved<serde_json::Value> = parsed(text)?;
    let ours = SCHEMA.split('.').next();
    if saved.schema.split('.').next() != ours {
        return Err(format!("its form {} is not {SCHEMA}", saved.schema));
    }
    let all = [Api::Amili, Api::Ams];
    let named = all.into_iter().find(|api| api.name() == saved.api);
    named.ok_or_else(|| format!("the API '{}' is neither amili nor ams", saved.api))
}

/// The steps of a saved walk.
pub(super) fn steps<D: Driver>(text: &str) -> Result<Vec<Transition<D>>, String> {
    parsed(text).map(|saved: Saved<Transition<D>>| saved.steps)
}

fn parsed<'t, T: Deserialize<'t>>(text: &'t str) -> Result<Saved<T>, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}
