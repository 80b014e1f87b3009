//! What is settled before a call is routed: what is no path at all, paths that only an assumption offers,
//! a slash at the end, OPTIONS. Knows no decision.

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use std::convert::Infallible;
use std::sync::Arc;
use tower::Service;

use super::assumptions::{CreateDepartmentPath, CreateUserPath, OptionsMethod, TrailingSlash};
use super::refusal::Refusal;
use crate::openapi::Call;
use crate::platform::api::{Answering, Fake};
use crate::platform::assumption::Answers;
use crate::platform::moment::{Answered, Trace, note};
use crate::platform::spaces::Entered;

/// A call of the API.
pub(super) struct Offer {
    /// Its path, without the prefix of the API.
    pub(super) path: &'static str,
    /// What serves it.
    pub(super) call: Call,
    /// The choice that offers it; `None` for what the article prints.
    offered_by: Option<Choice>,
}

impl Offer {
    /// A call whose path no document prints.
    pub(super) fn chosen(path: &'static str, by: Choice, call: Call) -> Self {
        let offered_by = Some(by);
        Self {
            path,
            call,
            offered_by,
        }
    }

    /// A call whose path the article prints.
    pub(super) fn printed(path: &'static str, call: Call) -> Self {
        let offered_by = None;
        Self {
            path,
            call,
            offered_by,
        }
    }

    /// Whether it is there under these answers.
    pub(super) fn is_offered(&self, answers: &Answers) -> bool {
        self.offered_by.is_none_or(|choice| choice.is_made(answers))
    }

    /// Where it is.
    pub(super) fn place(&self) -> Place {
        Place {
            path: self.path,
            methods: if self.call.method == Method::GET {
                "GET, HEAD"
            } else {
                "POST"
            },
            offered_by: self.offered_by,
        }
    }
}

/// A path of the API, as the router has it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// With `{userId}` where a user is named.
    pub(super) path: &'static str,
    /// The methods that `Allow` names.
    pub(super) methods: &'static str,
    /// The choice that offers it; `None` for what the article prints.
    pub(super) offered_by: Option<Choice>,
}

impl Place {
    /// Whether a path leads here.
    fn is(&self, path: &str) -> bool {
        let (mut wanted, mut given) = (self.path.split('/'), path.split('/'));
        loop {
            match (wanted.next(), given.next()) {
                (None, None) => return true,
                (Some("{userId}"), Some(user)) if !user.is_empty() => {}
                (Some(wanted), Some(given)) if wanted == given => {}
                _ => return false,
            }
        }
    }
}

/// One of the paths that no document prints.
#[derive(Debug, Clone, Copy)]
pub(super) enum Choice {
    User(CreateUserPath),
    Department(CreateDepartmentPath),
}

impl Choice {
    fn is_made(self, answers: &Answers) -> bool {
        match self {
            Self::User(path) => answers.to::<CreateUserPath>() == path,
            Self::Department(path) => answers.to::<CreateDepartmentPath>() == path,
        }
    }

    fn note(self, response: &mut Response) {
        match self {
            Self::User(_) => note::<CreateUserPath>(response),
            Self::Department(_) => note::<CreateDepartmentPath>(response),
        }
    }
}

/// What stands before the router, which chooses a path at once.
pub(super) struct Manners {
    /// Every path.
    pub(super) places: Vec<Place>,
    /// What serves them.
    pub(super) router: Router,
}

impl Fake for Manners {
    fn answer(&self, entered: Entered, request: Request) -> Answering<'_> {
        Box::pin(self.settle(entered, request))
    }
}

impl Manners {
    async fn settle(&self, entered: Entered, mut request: Request) -> Response {
        let answers = entered.space.answers();
        let path = request.uri().path();
        let bare = path.strip_suffix('/').unwrap_or(path);
        let Some(place) = self.places.iter().find(|place| place.is(bare)) else {
            return no_path(&entered);
        };
        let answer = Settled {
            entered: &entered,
            slash: bare != path,
            about: request.method() == Method::OPTIONS,
            place: *place,
        };
        let mut response = match answer.early(&answers) {
            Some(response) => response,
            None => {
                if answer.slash {
                    *request.uri_mut() = without_slash(request.uri(), bare);
                }
                let Ok(response) = self.router.clone().call(request).await;
                response
            }
        };
        answer.note(&mut response);
        response
    }
}

/// What is known of a request before it is routed.
struct Settled<'a> {
    entered: &'a Entered,
    slash: bool,
    /// Whether it asks what the path offers.
    about: bool,
    place: Place,
}

impl Settled<'_> {
    /// The answer, where routing is not asked.
    fn early(&self, answers: &Arc<Answers>) -> Option<Response> {
        let offered = self.place.offered_by;
        if offered.is_some_and(|choice| !choice.is_made(answers)) {
            return Some(no_path(self.entered));
        }
        if self.slash && answers.to::<TrailingSlash>() == TrailingSlash::AnotherPath {
            return Some(no_path(self.entered));
        }
        if self.about && answers.to::<OptionsMethod>() == OptionsMethod::Allow {
            return Some(self.about(answers));
        }
        None
    }

    /// What Laravel answers to OPTIONS: the methods, and no body.
    fn about(&self, answers: &Arc<Answers>) -> Response {
        let allow = HeaderValue::from_static(self.place.methods);
        let shown = (StatusCode::OK, [(header::ALLOW, allow)]);
        let told: Answered<_, Refusal> = Answered {
            outcome: Ok(shown),
            trace: Trace::new(Arc::clone(answers)),
        };
        told.into_response()
    }

    /// The choices without which the answer would be another.
    fn note(&self, response: &mut Response) {
        if let Some(choice) = self.place.offered_by {
            choice.note(response);
        }
        if self.slash {
            note::<TrailingSlash>(response);
        }
        if self.about && response.status() != StatusCode::NOT_FOUND {
            note::<OptionsMethod>(response);
        }
    }
}

fn no_path(entered: &Entered) -> Response {
    let refused: Answered<Infallible, Refusal> = entered.space.refuse(Refusal::UnknownPath);
    refused.into_response()
}

/// The same address without the slash at the end of its path.
fn without_slash(uri: &Uri, bare: &str) -> Uri {
    let text = match uri.query() {
        Some(query) => format!("{bare}?{query}"),
        None => bare.to_owned(),
    };
    text.parse().unwrap_or_else(|_| uri.clone())
}
