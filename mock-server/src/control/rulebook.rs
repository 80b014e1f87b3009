//! The rules and the assumptions at work in a space: how many answers each decided, what is in force, what was
//! observed of it.

use std::collections::BTreeMap;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Extension, Path};
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Fault;
use super::described::rulebook as described;
use super::tuning::read;
use crate::openapi::{Call, Calls};
use crate::platform::assumption::{Answers, Assumption};
use crate::platform::rule::Rule;
use crate::platform::space::Space;
use crate::platform::spaces::Entered;
use crate::server::Running;

/// Its calls, added to others.
pub(super) fn calls(calls: Calls) -> Calls {
    calls
        .at("/rules", Call::get(rules, described::rules))
        .at("/rules/{id}", Call::get(rule, described::rule))
        .at(
            "/assumptions",
            Call::get(assumptions, described::assumptions),
        )
        .at("/assumptions", Call::put(choose, described::choose))
        .at(
            "/assumptions/{id}",
            Call::get(assumption, described::assumption),
        )
}

/// `GET /_mock/rules`: every rule, and how many answers of this space it has decided.
async fn rules(
    Entered { space, .. }: Entered,
    Extension(running): Extension<Running>,
) -> Json<Value> {
    let rules = running.rules().map(|rule| shown(rule, &space, &running));
    let mut told = json!({ "rules": rules.collect::<Vec<_>>() });
    if let Some(observed) = running.observed() {
        told["observed"] = observed.of_no_rule();
    }
    Json(told)
}

/// `GET /_mock/rules/ID`: one of them.
async fn rule(
    Entered { space, .. }: Entered,
    Extension(running): Extension<Running>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Fault> {
    let found = running.rules().find(|rule| rule.id == id);
    let rule = found.ok_or_else(|| unknown("rule", &id))?;
    Ok(Json(shown(rule, &space, &running)))
}

fn shown(rule: &Rule, space: &Space, running: &Running) -> Value {
    let mut shown = json!(rule);
    shown["decided"] = space.decided(rule.id).into();
    if let Some(seen) = running.observed().and_then(|seen| seen.of_rule(rule.id)) {
        shown["observed"] = seen;
    }
    shown
}

/// `GET /_mock/assumptions`: every assumption with the answer in force, and how many answers it has decided.
async fn assumptions(
    Entered { space, .. }: Entered,
    Extension(running): Extension<Running>,
) -> Json<Value> {
    let answers = space.answers();
    let assumptions = running
        .assumptions()
        .map(|assumption| answered(assumption, &answers, &space, &running));
    Json(json!({ "assumptions": assumptions.collect::<Vec<_>>() }))
}

/// `GET /_mock/assumptions/ID`: one of them.
async fn assumption(
    Entered { space, .. }: Entered,
    Extension(running): Extension<Running>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Fault> {
    let mut known = running.assumptions();
    let found = known.find(|assumption| assumption.id == id);
    let assumption = found.ok_or_else(|| unknown("assumption", &id))?;
    Ok(Json(answered(
        assumption,
        &space.answers(),
        &space,
        &running,
    )))
}

fn answered(assumption: &Assumption, answers: &Answers, space: &Space, running: &Running) -> Value {
    let mut shown = json!(assumption);
    shown["answer"] = answers.of(assumption).into();
    shown["decided"] = space.decided(assumption.id).into();
    let observed = running.observed();
    if let Some(seen) = observed.and_then(|seen| seen.of_assumption(assumption.id)) {
        shown["observed"] = seen;
    }
    shown
}

fn unknown(what: &str, id: &str) -> Fault {
    let text = format!(
        "no {what} is called '{id}'; GET {}/{what}s lists them",
        super::PREFIX
    );
    Fault::new(StatusCode::NOT_FOUND, text)
}

/// `PUT /_mock/assumptions`: puts other answers in force in this space, all of those sent or none.
async fn choose(
    entered: Entered,
    running: Extension<Running>,
    body: Bytes,
) -> Result<Json<Value>, Fault> {
    let form = r#"{"amili.patch.if-match": "optional"}: an answer for each assumption to change"#;
    let chosen: BTreeMap<String, String> = read(&body, form)?;
    let known: Vec<_> = running.assumptions().collect();
    let outcome = entered.space.choose(|answers| {
        let mut pairs = chosen.iter();
        pairs.try_for_each(|(id, answer)| answers.choose(&known, id, answer))
    });
    match outcome {
        Ok(()) => Ok(assumptions(entered, running).await),
        Err(fault) => Err(Fault::new(StatusCode::BAD_REQUEST, fault.to_string())),
    }
}
