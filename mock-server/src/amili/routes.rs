//! Routing as the framework does it: trailing slashes, `OPTIONS`, the method override, 405 without `Allow`.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, options};
use tower::Service;

use super::NAME;
use super::assumptions::{HeadAndOptions, RateLimits};
use super::extract::KEY;
use super::limits::Usage;
use super::refusal::Refusal;
use crate::openapi::{Call, Path};
use crate::platform::api::{Answering, Fake};
use crate::platform::assumption::Answers;
use crate::platform::faults;
use crate::platform::moment::{Answered, note};
use crate::platform::spaces::Entered;

const OVERRIDE: &str = "x-http-method-override";

/// Whether a method is offered under these answers to open questions.
type Offered = fn(&Answers) -> bool;

/// The calls of the API, by path.
#[derive(Default)]
pub(super) struct Routes(BTreeMap<String, Vec<Offer>>);

struct Offer {
    call: Call,
    offered: Offered,
}

impl Routes {
    /// Adds a call at a path.
    pub(super) fn at(&mut self, path: &str, call: Call) {
        self.at_if(path, call, |_| true);
    }

    /// Adds a call that a path offers only under some answers; under the others its handler refuses it.
    pub(super) fn at_if(&mut self, path: &str, call: Call, offered: Offered) {
        let offers = self.0.entry(path.to_owned()).or_default();
        offers.push(Offer { call, offered });
    }

    /// What the document says of what is offered under these answers.
    pub(super) fn paths(&self, answers: &Answers) -> Vec<Path> {
        let path = |(path, offers): (&String, &Vec<Offer>)| {
            let offered = offers.iter().filter(|offer| (offer.offered)(answers));
            let described =
                |offer: &Offer| (offer.call.method.clone(), offer.call.described(answers));
            Path {
                path: path.clone(),
                calls: offered.map(described).collect(),
            }
        };
        self.0.iter().map(path).collect()
    }

    /// Every call, under whichever answers.
    pub(super) fn offered(&self) -> Vec<faults::Call> {
        let calls = self.0.iter().flat_map(|(path, offers)| {
            offers.iter().map(move |offer| faults::Call {
                api: NAME,
                method: offer.call.method.clone(),
                path: path.clone(),
            })
        });
        calls.collect()
    }

    /// What serves them.
    pub(super) fn finish(self) -> Manners {
        let mut router = Router::new();
        let items = self.0.keys().filter_map(|path| path.strip_suffix("{id}"));
        let items = items.map(str::to_owned).collect();
        for (path, offers) in self.0 {
            let named = |offer: &Offer| (offer.call.method.clone(), offer.offered);
            let names: Arc<[(Method, Offered)]> = offers.iter().map(named).collect();
            let about = |Entered { space, .. }: Entered| async move {
                about(Some(allowed(&names, &space.answers()))).await
            };
            let handlers = offers.into_iter().map(|offer| offer.call.handler);
            let methods = handlers.fold(options(about), MethodRouter::merge);
            if path != "/" {
                router = router.route(&format!("{path}/"), methods.clone());
            }
            router = router.route(&path, methods);
        }
        let router = router
            .method_not_allowed_fallback(|space: Entered| refuse(space, Refusal::UnknownMethod))
            .fallback(unknown_path);
        Manners { items, router }
    }
}

/// A refusal before any decision.
pub(super) async fn refuse(
    Entered { space, .. }: Entered,
    refusal: Refusal,
) -> Answered<Infallible, Refusal> {
    space.refuse(refusal)
}

/// The methods that `Allow` names. An item that takes PATCH also names POST, for the override.
fn allowed(methods: &[(Method, Offered)], answers: &Answers) -> HeaderValue {
    let offered = methods.iter().filter(|(_, offered)| offered(answers));
    let methods: Vec<&Method> = offered.map(|(method, _)| method).collect();
    let mut names: Vec<&str> = methods.iter().map(|method| method.as_str()).collect();
    if methods.contains(&&Method::GET) {
        names.push("HEAD");
    }
    if methods.contains(&&Method::PATCH) {
        names.push("POST");
    }
    names.push("OPTIONS");
    HeaderValue::from_str(&names.join(", ")).unwrap_or_else(|_| HeaderValue::from_static("OPTIONS"))
}

/// The answer to OPTIONS. It needs no key and looks up no id.
async fn about(allow: Option<HeaderValue>) -> Response {
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    let mut response = StatusCode::OK.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    if let Some(allow) = allow {
        response.headers_mut().insert(header::ALLOW, allow);
    }
    response
}

/// The framework answers OPTIONS of a path that it does not have, too.
async fn unknown_path(method: Method, space: Entered) -> Response {
    if method == Method::OPTIONS {
        return about(None).await;
    }
    refuse(space, Refusal::UnknownPath).await.into_response()
}

/// An item's path has an id of 24 lower-case hex digits; with anything else it is no path at all.
fn is_no_item(items: &[String], path: &str) -> bool {
    let id = items
        .iter()
        .find_map(|item| path.strip_prefix(item.as_str()));
    let id = id.map(|id| id.strip_suffix('/').unwrap_or(id));
    let is_id = |id: &str| {
        id.len() == 24
            && id
                .bytes()
                .all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
    };
    id.is_some_and(|id| !is_id(id) && !id.is_empty() && !id.contains('/'))
}

/// What stands around the whole router: inside it the method has been chosen already, and `Allow` is yet to be
/// added to a 405.
pub(super) struct Manners {
    /// What the paths of items begin with.
    items: Vec<String>,
    router: Router,
}

impl Fake for Manners {
    fn answer(&self, entered: Entered, request: Request) -> Answering<'_> {
        Box::pin(self.mannerly(entered, request))
    }
}

impl Manners {
    async fn mannerly(&self, entered: Entered, mut request: Request) -> Response {
        let named = request.headers().get(OVERRIDE);
        let named = named.map(|name| name.as_bytes().to_ascii_uppercase());
        if let Some(method) = named.and_then(|name| Method::from_bytes(&name).ok()) {
            *request.method_mut() = method;
        }
        let asks_about = [Method::HEAD, Method::OPTIONS].contains(request.method());
        let answers = entered.space.answers();
        if asks_about && answers.to::<HeadAndOptions>() == HeadAndOptions::Refused {
            let mut response = refuse(entered, Refusal::UnknownMethod)
                .await
                .into_response();
            note::<HeadAndOptions>(&mut response);
            return response;
        }
        let usage = Usage::count(&entered.space, request.headers().get(KEY));
        let limited = answers.to::<RateLimits>() == RateLimits::On;
        let too_many = usage.as_ref().and_then(Usage::refusal);
        let mut response = match too_many.clone().filter(|_| limited) {
            Some(refusal) => refuse(entered, refusal).await.into_response(),
            None => self.routed(entered, request).await,
        };
        if too_many.is_some() {
            note::<RateLimits>(&mut response);
        }
        if let Some(usage) = usage.filter(|_| limited) {
            usage.tell(&mut response);
        }
        if asks_about {
            note::<HeadAndOptions>(&mut response);
        }
        response
    }

    async fn routed(&self, entered: Entered, request: Request) -> Response {
        let options = request.method() == Method::OPTIONS;
        if is_no_item(&self.items, request.uri().path()) {
            return match options {
                true => about(None).await,
                false => refuse(entered, Refusal::MalformedId).await.into_response(),
            };
        }
        let Ok(mut response) = self.router.clone().call(request).await;
        // The router adds it to whatever a method that is not offered is answered.
        if [StatusCode::METHOD_NOT_ALLOWED, StatusCode::NOT_FOUND].contains(&response.status()) {
            response.headers_mut().remove(header::ALLOW);
        }
        response
    }
}
