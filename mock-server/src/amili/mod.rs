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
mod partners;
mod reads;
mod refusal;
mod resource;
mod routes;
pub(crate) mod rulebook;
#[cfg(test)]
mod scene;
mod scope;
mod selection;
mod settlements;
mod store;
mod users;
mod world;
mod writes;

use axum::Router;
use axum::http::{HeaderName, Method, StatusCode};
use axum::routing::{delete, get, patch, post};
use serde_json::Value;

use self::calls::Creation;
use self::resource::Resource;
use self::routes::Routes;
use crate::platform::api::{AnyStore, Api, WorldError};
use crate::platform::assumption::Assumption;
use crate::platform::faults::Call;
use crate::platform::rule::Rule;

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

/// What can be created, and who decides on it.
static CREATIONS: &[(&str, Creation)] = &[
    ("/accounts", accounts::create),
    ("/creditors", creditors::create),
    ("/users", users::create),
    ("/case--registrations", case_registrations::create),
    ("/invoice--registrations", invoice_registrations::create),
    ("/creditor--payments", creditor_payments::create),
    ("/creditor--creditings", creditor_creditings::create),
];

/// The API as the platform knows it.
pub(crate) struct Amili;

impl Api for Amili {
    fn name(&self) -> &'static str {
        NAME
    }

    fn prefix(&self) -> &'static str {
        ""
    }

    fn router(&self) -> Router {
        routes().finish()
    }

    fn offered(&self) -> Vec<Call> {
        routes().offered()
    }

    fn credentials(&self, token: &str) -> (HeaderName, String) {
        (HeaderName::from_static(extract::KEY), token.to_owned())
    }

    fn example_bodies(&self, _: &Method, _: &str) -> Vec<Value> {
        Vec::new()
    }

    fn error(&self, status: StatusCode) -> Value {
        refusal::foreign_to_rules(status)
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

/// Every call.
fn routes() -> Routes {
    let mut routes = Routes::default();
    routes.at("/", Method::GET, get(calls::home));
    for resource in RESOURCES {
        let path = format!("/{}", resource.name);
        routes.at(&path, Method::GET, calls::list(resource));
        routes.at(
            &format!("{path}/{{id}}"),
            Method::GET,
            calls::item(resource),
        );
    }
    for (path, decide) in CREATIONS {
        routes.at(path, Method::POST, calls::creation(*decide));
    }
    routes.at("/creditors/{id}", Method::PATCH, patch(creditors::change));
    routes.at("/creditors/{id}", Method::DELETE, delete(creditors::remove));
    let path = "/authenticates/api-code";
    routes.at(path, Method::GET, get(authenticates::by_jwt));
    let offered = authenticates::offers_post;
    routes.at_if(path, Method::POST, post(authenticates::by_address), offered);
    for gap in gaps::ALL {
        calls::unmodelled(&mut routes, *gap);
    }
    routes
}
