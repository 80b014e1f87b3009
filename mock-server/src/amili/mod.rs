//! Amili: creditors, access groups, users and what they hang on, in the manners of the framework Eve.

mod access_groups;
mod accounts;
mod address;
mod answer;
pub(crate) mod assumptions;
mod authenticates;
mod case_registrations;
mod cases;
mod collection;
mod conditions;
mod creditor_creditings;
mod creditor_payments;
mod creditors;
mod customers;
mod document;
mod eve;
mod extract;
pub(crate) mod gaps;
mod invoice_registrations;
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
use axum::body::Body;
use axum::http::{Method, Response, StatusCode};
use axum::routing::{MethodFilter, MethodRouter, delete, get, on, patch, post};
use bson::Document;
use serde_json::Value;

use self::answer::{Item, Page};
use self::conditions::Conditions;
use self::extract::{Caller, Id};
use self::refusal::Refusal;
use self::resource::Resource;
use self::routes::{Routes, refuse};
use self::store::Store;
use crate::platform::api::{AnyStore, Api, WorldError};
use crate::platform::assumption::Assumption;
use crate::platform::moment::Answered;
use crate::platform::query::Query;
use crate::platform::rule::Rule;
use crate::platform::spaces::Entered;

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
        let mut routes = Routes::default();
        routes.at("/", Method::GET, get(home));
        for resource in RESOURCES {
            let path = format!("/{}", resource.name);
            routes.at(&path, Method::GET, list(resource));
            routes.at(&format!("{path}/{{id}}"), Method::GET, item(resource));
        }
        routes.at("/accounts", Method::POST, post(accounts::create));
        routes.at("/creditors", Method::POST, post(creditors::create));
        routes.at("/creditors/{id}", Method::PATCH, patch(creditors::change));
        routes.at("/creditors/{id}", Method::DELETE, delete(creditors::remove));
        routes.at("/users", Method::POST, post(users::create));
        for (path, create) in [
            ("/case--registrations", post(case_registrations::create)),
            (
                "/invoice--registrations",
                post(invoice_registrations::create),
            ),
            ("/creditor--payments", post(creditor_payments::create)),
            ("/creditor--creditings", post(creditor_creditings::create)),
        ] {
            routes.at(path, Method::POST, create);
        }
        let path = "/authenticates/api-code";
        routes.at(path, Method::GET, get(authenticates::by_jwt));
        let offered = authenticates::offers_post;
        routes.at_if(path, Method::POST, post(authenticates::by_address), offered);
        for gap in gaps::ALL {
            unmodelled(&mut routes, *gap);
        }
        routes.finish()
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

/// `GET /`: the framework lists its resources there only where links are on.
async fn home(Entered { space, .. }: Entered, _: Caller) -> Answered<Response<Body>, Refusal> {
    space.with(|_: &mut Store, _| Ok(answer::document(StatusCode::OK, &Document::new())))
}

/// `GET /<resource>`.
fn list(resource: &'static Resource) -> MethodRouter {
    get(
        move |Entered { space, .. }: Entered, caller: Caller, query: Query, headers: Conditions| async move {
            space.with(|store: &mut Store, moment| -> Result<Page, Refusal> {
                reads::list(store, moment, resource, caller.0, &query, &headers)
            })
        },
    )
}

/// `GET /<resource>/<id>`.
fn item(resource: &'static Resource) -> MethodRouter {
    get(
        move |Entered { space, .. }: Entered,
              id: Id,
              caller: Caller,
              query: Query,
              headers: Conditions| async move {
            space.with(|store: &mut Store, moment| -> Result<Item, Refusal> {
                reads::item(store, moment, resource, caller.0, id.0, &query, &headers)
            })
        },
    )
}

/// A call that is documented and not modelled. The key is asked for first, as everywhere.
fn unmodelled(routes: &mut Routes, gap: gaps::Gap) {
    for method in gap.methods {
        let answer = move |space: Entered, _: Caller| refuse(space, Refusal::NotModelled(gap.what));
        if let Ok(filter) = MethodFilter::try_from(method.clone()) {
            routes.at(gap.path, method.clone(), on(filter, answer));
        }
    }
}
