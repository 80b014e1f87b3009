//! Amili: creditors, access groups, users and what they hang on, in the manners of the framework Eve.

mod access_groups;
mod accounts;
mod address;
mod answer;
mod asked;
pub(crate) mod assumptions;
mod authenticates;
mod calls;
mod case_registrations;
mod cases;
mod collection;
mod conditions;
mod creditor_creditings;
mod creditor_payments;
mod creditors;
mod customers;
mod document;
pub(crate) mod eve;
mod extract;
pub(crate) mod gaps;
mod invoice_registrations;
mod limits;
mod ocr;
mod openapi;
mod partners;
mod places;
mod reads;
mod record;
mod refusal;
mod resource;
mod routes;
pub(crate) mod rulebook;
#[cfg(test)]
mod scene;
mod scope;
mod selection;
mod settlements;
mod shown;
mod store;
mod users;
mod world;
mod writes;

use std::convert::Infallible;
use std::sync::Arc;

use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde_json::Value;

use self::calls::{Creation, Described};
use self::refusal::Refusal;
use self::resource::Resource;
use self::routes::Routes;
use crate::openapi::Description;
use crate::platform::api::{AnyStore, Api, Fake, WorldError};
use crate::platform::assumption::{Answers, Assumption};
use crate::platform::faults::Call;
use crate::platform::moment::{Answered, Trace};
use crate::platform::rule::Rule;
use crate::platform::space::Space;

/// The name of this API, in rule ids, world files and options.
const NAME: &str = "amili";

/// Every resource, each after those that it refers to.
static RESOURCES: &[&Resource] = &[
    &partners::RESOURCE,
    &accounts::schema::RESOURCE,
    &creditors::schema::RESOURCE,
    &access_groups::RESOURCE,
    &users::schema::RESOURCE,
    &customers::schema::RESOURCE,
    &case_registrations::schema::RESOURCE,
    &invoice_registrations::schema::RESOURCE,
    &cases::schema::RESOURCE,
    &creditor_payments::schema::RESOURCE,
    &creditor_creditings::schema::RESOURCE,
];

/// What can be created, who decides on it, and what the document says of it.
static CREATIONS: &[(&str, Creation, Described)] = &[
    ("/accounts", accounts::create, accounts::described),
    ("/creditors", creditors::create, creditors::described),
    ("/users", users::create, users::described),
    (
        "/case--registrations",
        case_registrations::create,
        case_registrations::described,
    ),
    (
        "/invoice--registrations",
        invoice_registrations::create,
        invoice_registrations::described,
    ),
    (
        "/creditor--payments",
        creditor_payments::create,
        creditor_payments::described,
    ),
    (
        "/creditor--creditings",
        creditor_creditings::create,
        creditor_creditings::described,
    ),
];

/// Every call.
fn calls() -> Routes {
    let mut routes = Routes::default();
    routes.at("/", calls::home());
    for resource in RESOURCES {
        let path = format!("/{}", resource.name);
        routes.at(&path, calls::list(resource));
        routes.at(&format!("{path}/{{id}}"), calls::item(resource));
    }
    for (path, decide, described) in CREATIONS {
        routes.at(path, calls::creation(*decide, *described));
    }
    routes.at("/creditors/{id}", creditors::changing());
    routes.at("/creditors/{id}", creditors::removal());
    let path = "/authenticates/api-code";
    routes.at(path, authenticates::jwt_call());
    routes.at_if(
        path,
        authenticates::address_call(),
        authenticates::offers_post,
    );
    for gap in gaps::ALL {
        calls::unmodelled(&mut routes, *gap);
    }
    routes
}

/// The API as the platform knows it.
pub(crate) struct Amili;

impl Api for Amili {
    fn name(&self) -> &'static str {
        NAME
    }

    fn hosts(&self) -> &'static [&'static str] {
        &["api-sandbox.amili.se"]
    }

    fn prefix(&self) -> &'static str {
        ""
    }

    fn fake(&self) -> Arc<dyn Fake> {
        Arc::new(calls().finish())
    }

    fn defect(&self) -> Response {
        Answered::<Infallible, _>::bare(Refusal::Defect).into_response()
    }

    fn repeats(&self, space: &Space, headers: &HeaderMap, trace: &Trace, now: Timestamp) -> bool {
        limits::repeats(space, headers.get(extract::KEY), trace, now)
    }

    fn offered(&self) -> Vec<Call> {
        calls().offered()
    }

    fn credentials(&self, token: &str) -> (HeaderName, String) {
        (HeaderName::from_static(extract::KEY), token.to_owned())
    }

    fn error(&self, status: StatusCode) -> Value {
        refusal::foreign_to_rules(status)
    }

    fn described(&self, answers: &Answers) -> Description {
        openapi::document(answers)
    }

    fn rules(&self) -> &'static [&'static Rule] {
        rulebook::ALL
    }

    fn assumptions(&self) -> &'static [&'static Assumption] {
        assumptions::ALL
    }

    fn open(&self, section: &Value) -> Result<Box<dyn AnyStore>, WorldError> {
        Ok(Box::new(world::open(section)?))
    }

    fn written(&self, body: &Value, pretty: bool) -> String {
        answer::rewritten(body, pretty)
    }

    fn example(&self, base_url: &str, token: &str) -> String {
        format!("curl {base_url}/access--groups -H 'X-API-Key: {token}'")
    }

    fn environment(&self, section: &Value) -> Vec<(&'static str, String)> {
        let account = section.pointer("/accounts/0/_id").and_then(Value::as_str);
        account
            .map(|id| ("AMILI_ACCOUNT", id.to_owned()))
            .into_iter()
            .collect()
    }
}
