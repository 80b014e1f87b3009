//! Authentication: a token for whoever proves to own an API code.

mod codes;
mod decide;
mod jwt;
mod keys;
#[cfg(test)]
mod signing;
#[cfg(test)]
mod tests;

use axum::body::Body as Bytes;
use axum::http::{HeaderMap, Response, StatusCode};
use bson::doc;

use self::decide::Granted;
use super::answer;
use super::assumptions::PostForm;
use super::extract::{Body, KEY, Rejection, refusal_of};
use super::openapi;
use super::refusal::Refusal;
use super::store::Store;
use crate::openapi::Call;
use crate::platform::assumption::Answers;
use crate::platform::moment::Answered;
use crate::platform::query::Query;
use crate::platform::spaces::Entered;

pub(super) use codes::{ApiCodes, SECTION};

/// `GET /authenticates/api-code`: a token for a JWT in `X-API-Key`.
pub(super) fn jwt_call() -> Call {
    Call::get(by_jwt, openapi::by_jwt)
}

async fn by_jwt(
    Entered { space, .. }: Entered,
    query: Query,
    headers: HeaderMap,
) -> Answered<Response<Bytes>, Refusal> {
    let key = headers.get(KEY).and_then(|key| key.to_str().ok());
    space.with(|store: &mut Store, moment| {
        moment.reads(&query, &[]);
        decide::by_jwt(store, moment, key).map(shown)
    })
}

/// `POST /authenticates/api-code`, in the older edition: a token for an API code from a registered address.
///
/// The mock takes every caller's address for a registered one.
pub(super) fn address_call() -> Call {
    Call::post(by_address, openapi::by_address)
}

async fn by_address(
    Entered { space, .. }: Entered,
    query: Query,
    body: Result<Body, Rejection>,
) -> Answered<Response<Bytes>, Refusal> {
    space.with(|store: &mut Store, moment| {
        // A method that is not offered is refused before anybody looks at the body.
        decide::check_post_form(moment)?;
        moment.reads(&query, &[]);
        let Body(body) = body.map_err(refusal_of)?;
        decide::by_address(store, moment, &body).map(shown)
    })
}

/// Whether `POST` is offered.
pub(super) fn offers_post(answers: &Answers) -> bool {
    answers.to::<PostForm>() == PostForm::RegisteredIp
}

fn shown(granted: Granted) -> Response<Bytes> {
    answer::document(StatusCode::OK, &doc! { granted.field: granted.token })
}
