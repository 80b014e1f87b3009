//! Every way in which Amili refuses a request, and how the refusal looks. Only this file and its parts know
//! its status and body.

mod breaches;
mod open;
mod validation;

use axum::http::StatusCode;
use axum::response::Response;
use bson::doc;
use bson::oid::ObjectId;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::answer;
use super::assumptions::{ForeignRead, IfMatch};
use super::eve::issues::Issues;
use super::eve::query_error::QueryError;
use super::rulebook;
use crate::platform::moment::{Refused, Trace};
use crate::platform::rule::Rule;
use crate::platform::space::full;

/// What was to be done with a document that has problems: the framework tells them differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Write {
    /// It was to be created.
    Create,
    /// It was to be changed.
    Change,
}

/// Why Amili refuses a request.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Refusal {
    /// No token, or none that is valid.
    Unauthenticated,
    /// A token that was valid until this instant.
    TokenEnded(Timestamp),
    /// No token is given: what should prove who asks does not.
    NoToken {
        /// The rule that says so; none where only an assumption does.
        rule: Option<&'static Rule>,
        /// Why exactly.
        why: String,
    },
    /// A write for an account that the caller's does not cover.
    ForeignOwner(ObjectId),
    /// A write for a partner or a solicitor that is not the caller's.
    ForeignPartner(ObjectId),
    /// A write for an account that does not exist, where an assumption says 403.
    UnknownOwner(ObjectId),
    /// Something that the caller's access groups do not let it do, with the rule that says so.
    BeyondRole(&'static Rule),
    /// A breach of this rule, where an assumption has it answered 403 instead of the rule's own status.
    Forbidden(&'static Rule),
    /// An item of an account that the caller's does not cover.
    ForeignItem,
    /// The document has problems.
    Invalid {
        /// What was to be done with it.
        write: Write,
        /// The problems.
        issues: Issues,
        /// The rules behind them, the most particular first.
        rules: Vec<&'static Rule>,
    },
    /// Some documents of a list have problems.
    InvalidList {
        /// The problems of each, none where a document is fine.
        items: Vec<Issues>,
        /// The rules behind them.
        rules: Vec<&'static Rule>,
    },
    /// Another document has the id that the client chose.
    IdTaken(ObjectId),
    /// `If-Match` is missing.
    EtagMissing,
    /// `If-Match` names another etag than the document's.
    EtagDiffers,
    /// A change would give the document another id.
    IdChanged,
    /// A date in the headers cannot be read.
    UnreadableDate,
    /// The body cannot be read; the text says why.
    UnreadableBody(String),
    /// The body is a form without a field; the text is the framework's.
    EmptyForm(&'static str),
    /// The body comes as something else than JSON or a form.
    ContentType,
    /// The body is larger than the fake takes, in bytes.
    TooLarge(usize),
    /// The space holds as many records as it may.
    Full(usize),
    /// A parameter of the query cannot be read; the text says why.
    MalformedQuery(String),
    /// The `embedded` parameter is no JSON object.
    UnreadableEmbedded,
    /// No such path.
    UnknownPath,
    /// A path whose id is no id.
    MalformedId,
    /// A document that the body names and that does not exist, where an assumption says 404.
    UnknownRelation(ObjectId),
    /// More requests than the documented limits let through; the text says which limit.
    TooMany(String),
    /// No such item.
    UnknownItem,
    /// The path does not offer the method.
    UnknownMethod,
    /// Something that Amili documents and the fake does not model.
    NotModelled(&'static str),
    /// A panic in the fake.
    Defect,
}

impl From<QueryError> for Refusal {
    fn from(error: QueryError) -> Self {
        match error {
            QueryError::Malformed(reason) => Self::MalformedQuery(reason),
            QueryError::Unmodelled(_) => Self::NotModelled("this operator of where"),
        }
    }
}

impl Refused for Refusal {
    fn answer(self, trace: &mut Trace) -> Response {
        trace.breaches = self.breaches();
        if let Some(reason) = self.reason() {
            trace.warns(reason);
        }
        match self {
            Self::Unauthenticated => open::challenged(trace, Some(&rulebook::TOKEN_REQUIRED)),
            Self::TokenEnded(_) => open::challenged(trace, Some(&rulebook::RENEWAL)),
            Self::NoToken { rule, .. } => open::challenged(trace, rule),
            Self::ForeignOwner(owner) => open::foreign(trace, owner),
            Self::ForeignPartner(_) => ruled(trace, &rulebook::FOREIGN_ACCOUNT),
            Self::BeyondRole(rule) => ruled(trace, rule),
            Self::Forbidden(rule) => {
                trace.refused_by = Some(rule);
                as_if(StatusCode::FORBIDDEN, &rulebook::FOREIGN_ACCOUNT)
            }
            Self::UnknownOwner(_) => as_if(StatusCode::FORBIDDEN, &rulebook::FOREIGN_ACCOUNT),
            Self::ForeignItem => {
                trace.assumes::<ForeignRead>();
                as_if(StatusCode::FORBIDDEN, &rulebook::FOREIGN_ACCOUNT)
            }
            Self::Invalid {
                write,
                issues,
                rules,
            } => validation::invalid(trace, write, &issues, &rules),
            Self::InvalidList { items, rules } => validation::invalid_list(trace, &items, &rules),
            Self::IdTaken(_) => ruled(trace, &rulebook::ID_FREE),
            Self::EtagMissing => {
                trace.assumes::<IfMatch>();
                error(StatusCode::PRECONDITION_REQUIRED, ETAG_MISSING)
            }
            Self::EtagDiffers => ruled(trace, &rulebook::ETAG_CURRENT),
            Self::IdChanged => ruled(trace, &rulebook::ID_STAYS),
            Self::UnreadableDate => as_if(StatusCode::BAD_REQUEST, &rulebook::READABLE_BODY),
            Self::UnreadableBody(_) => open::unreadable_body(trace),
            Self::EmptyForm(message) => {
                trace.refused_by = Some(&rulebook::READABLE_BODY);
                error(StatusCode::BAD_REQUEST, message)
            }
            Self::ContentType => open::content_type(trace),
            Self::TooLarge(_) => error(StatusCode::PAYLOAD_TOO_LARGE, TOO_LARGE),
            Self::Full(_) => error(StatusCode::INSUFFICIENT_STORAGE, FULL),
            Self::MalformedQuery(_) => open::malformed_query(trace),
            Self::UnreadableEmbedded => {
                trace.refused_by = Some(&rulebook::MALFORMED_QUERY);
                error(StatusCode::BAD_REQUEST, EMBEDDED)
            }
            Self::UnknownPath => ruled(trace, &rulebook::PATH_KNOWN),
            Self::MalformedId => open::malformed_id(trace),
            Self::UnknownRelation(_) => as_if(StatusCode::NOT_FOUND, &rulebook::ITEM_EXISTS),
            Self::UnknownItem => ruled(trace, &rulebook::ITEM_EXISTS),
            Self::UnknownMethod => open::unknown_method(trace),
            Self::TooMany(_) => error(StatusCode::TOO_MANY_REQUESTS, TOO_MANY),
            Self::NotModelled(what) => {
                let message = format!("The mock does not model {what}.");
                error(StatusCode::NOT_IMPLEMENTED, &message)
            }
            Self::Defect => error(StatusCode::INTERNAL_SERVER_ERROR, DEFECT),
        }
    }

    fn full(records: usize) -> Self {
        Self::Full(records)
    }
}

const ETAG_MISSING: &str = "To edit a document its etag must be provided using the If-Match header";
const EMBEDDED: &str = "Unable to parse `embedded` clause";
const TOO_LARGE: &str = "The data value transmitted exceeds the capacity limit.";
const FULL: &str = "Insufficient Storage";
const TOO_MANY: &str = "Rate limit exceeded";
const DEFECT: &str = "The server encountered an internal error.";

impl Refusal {
    /// What the framework's message leaves unsaid.
    fn reason(&self) -> Option<String> {
        match self {
            Self::TokenEnded(until) => Some(format!("the token was valid until {until}")),
            Self::NoToken { why, .. } => Some(why.clone()),
            Self::ForeignOwner(owner) => {
                Some(format!("the caller's account does not cover {owner}"))
            }
            Self::ForeignPartner(owner) => Some(format!("{owner} is not the caller's")),
            Self::UnknownOwner(owner) => Some(format!("there is no account {owner}")),
            Self::UnknownRelation(id) => Some(format!("there is no {id}, which the body names")),
            Self::TooMany(limit) => Some(limit.clone()),
            Self::IdTaken(id) => Some(format!("another document has the _id {id}")),
            Self::UnreadableDate => Some(
                "If-Modified-Since must be a date such as Tue, 11 Nov 2025 12:22:34 GMT".to_owned(),
            ),
            Self::UnreadableBody(reason) | Self::MalformedQuery(reason) => Some(reason.clone()),
            Self::Full(records) => Some(full(*records)),
            Self::TooLarge(limit) => Some(format!(
                "the mock takes bodies of up to {limit} bytes (--max-body-kib); no document names a limit"
            )),
            _ => None,
        }
    }
}

/// The body of an error that no request brought about: the envelope, with words of its status.
pub(super) fn foreign_to_rules(status: StatusCode) -> Value {
    let words = match status {
        StatusCode::TOO_MANY_REQUESTS => TOO_MANY,
        status => status.canonical_reason().unwrap_or("Error"),
    };
    json!({ "_status": "ERR", "_error": { "code": status.as_u16(), "message": words } })
}

/// The answer to a request that breaks a rule: the rule's own status and message.
fn ruled(trace: &mut Trace, rule: &'static Rule) -> Response {
    trace.refused_by = Some(rule);
    let status = rule.refused_as.map(|refused| refused.status);
    let status = status.and_then(|status| StatusCode::from_u16(status).ok());
    as_if(status.unwrap_or(StatusCode::BAD_REQUEST), rule)
}

/// An answer with a rule's message, although something else than the rule decided.
fn as_if(status: StatusCode, rule: &'static Rule) -> Response {
    error(status, rule.refused_as.map_or("", |refused| refused.error))
}

fn error(status: StatusCode, message: &str) -> Response {
    let code = i32::from(status.as_u16());
    let body = doc! { "_status": "ERR", "_error": { "code": code, "message": message } };
    answer::document(status, &body)
}
