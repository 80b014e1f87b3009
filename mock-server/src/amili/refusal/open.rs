//! Refusals whose status or words are an open question.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use bson::oid::ObjectId;

use super::{Write, as_if, error, ruled, validation};
use crate::amili::assumptions::{
    ContentTypes, ForeignAccount, MalformedBody, MalformedId, MalformedWhere, MethodNotOffered,
    UnauthenticatedText,
};
use crate::amili::eve::Issues;
use crate::amili::rulebook;
use crate::platform::moment::Trace;
use crate::platform::rule::Rule;

/// A 401 as the framework sends it.
pub(super) fn challenged(trace: &mut Trace, rule: Option<&'static Rule>) -> Response {
    trace.refused_by = rule;
    let rule = rule.unwrap_or(&rulebook::TOKEN_REQUIRED);
    let mut answer = match trace.assumes::<UnauthenticatedText>() {
        UnauthenticatedText::Framework => as_if(StatusCode::UNAUTHORIZED, rule),
        UnauthenticatedText::Plain => error(StatusCode::UNAUTHORIZED, "Unauthorized"),
    };
    let scheme = HeaderValue::from_static("Basic realm=\"eve\"");
    answer
        .headers_mut()
        .insert(header::WWW_AUTHENTICATE, scheme);
    answer
}

/// The answer to a write for an account that is not the caller's.
pub(super) fn foreign(trace: &mut Trace, owner: ObjectId) -> Response {
    match trace.assumes::<ForeignAccount>() {
        ForeignAccount::Forbidden => ruled(trace, &rulebook::FOREIGN_ACCOUNT),
        ForeignAccount::Unprocessable => {
            let mut issues = Issues::new();
            let message =
                format!("value '{owner}' must exist in resource 'accounts', field '_id'.");
            issues.add("account", message);
            validation::invalid(trace, Write::Create, &issues, &[&rulebook::FOREIGN_ACCOUNT])
        }
    }
}

/// The answer to a body that cannot be read.
pub(super) fn unreadable_body(trace: &mut Trace) -> Response {
    let rule = &rulebook::READABLE_BODY;
    match trace.assumes::<MalformedBody>() {
        MalformedBody::BadRequest => ruled(trace, rule),
        MalformedBody::Unprocessable => instead(trace, rule, StatusCode::UNPROCESSABLE_ENTITY),
    }
}

/// The answer to a body of a type that is neither JSON nor a form.
pub(super) fn content_type(trace: &mut Trace) -> Response {
    let rule = &rulebook::CONTENT_TYPE;
    match trace.assumes::<ContentTypes>() {
        ContentTypes::BadRequest => ruled(trace, rule),
        ContentTypes::Unsupported => instead(trace, rule, StatusCode::UNSUPPORTED_MEDIA_TYPE),
    }
}

/// The answer to a query of which a part cannot be read.
pub(super) fn malformed_query(trace: &mut Trace) -> Response {
    let rule = &rulebook::MALFORMED_QUERY;
    match trace.assumes::<MalformedWhere>() {
        MalformedWhere::BadRequest => ruled(trace, rule),
        MalformedWhere::Unprocessable => instead(trace, rule, StatusCode::UNPROCESSABLE_ENTITY),
    }
}

/// The answer to a path whose id is no id: the framework has no such route.
pub(super) fn malformed_id(trace: &mut Trace) -> Response {
    match trace.assumes::<MalformedId>() {
        MalformedId::NotFound => ruled(trace, &rulebook::PATH_KNOWN),
        MalformedId::BadRequest => as_if(StatusCode::BAD_REQUEST, &rulebook::READABLE_BODY),
    }
}

/// The answer to a method that a path does not offer.
pub(super) fn unknown_method(trace: &mut Trace) -> Response {
    match trace.assumes::<MethodNotOffered>() {
        MethodNotOffered::NotAllowed => ruled(trace, &rulebook::METHOD_OFFERED),
        MethodNotOffered::NotFound => {
            trace.refused_by = Some(&rulebook::METHOD_OFFERED);
            as_if(StatusCode::NOT_FOUND, &rulebook::PATH_KNOWN)
        }
    }
}

/// The answer to a request that breaks a rule, with another status than the rule's own.
fn instead(trace: &mut Trace, rule: &'static Rule, status: StatusCode) -> Response {
    trace.refused_by = Some(rule);
    as_if(status, rule)
}
