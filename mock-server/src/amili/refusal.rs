//! Every way in which Amili refuses a request, and how the refusal looks. Only this file knows its status and body.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use bson::oid::ObjectId;
use bson::{Bson, Document, doc};
use jiff::Timestamp;

use super::answer;
use super::assumptions::{ErrorsShape, ForeignRead, IfMatch, UnknownField};
use super::eve::issues::Issues;
use super::eve::query_error::QueryError;
use super::rulebook;
use crate::platform::moment::{Refused, Trace};
use crate::platform::rule::Rule;

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
    /// A write for an account or a partner that the caller's does not cover.
    ForeignOwner(ObjectId),
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
    /// A parameter of the query cannot be read; the text says why.
    MalformedQuery(String),
    /// The `embedded` parameter is no JSON object.
    UnreadableEmbedded,
    /// No such path.
    UnknownPath,
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
        if let Some(reason) = self.reason() {
            trace.warns(reason);
        }
        match self {
            Self::Unauthenticated => challenged(ruled(trace, &rulebook::TOKEN_REQUIRED)),
            Self::TokenEnded(_) => challenged(ruled(trace, &rulebook::RENEWAL)),
            Self::NoToken { rule, .. } => challenged(match rule {
                Some(rule) => ruled(trace, rule),
                None => as_if(StatusCode::UNAUTHORIZED, &rulebook::TOKEN_REQUIRED),
            }),
            Self::ForeignOwner(_) => ruled(trace, &rulebook::FOREIGN_ACCOUNT),
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
            } => invalid(trace, write, &issues, &rules),
            Self::InvalidList { items, rules } => invalid_list(trace, &items, &rules),
            Self::IdTaken(_) => ruled(trace, &rulebook::ID_FREE),
            Self::EtagMissing => {
                trace.assumes::<IfMatch>();
                error(StatusCode::PRECONDITION_REQUIRED, ETAG_MISSING)
            }
            Self::EtagDiffers => ruled(trace, &rulebook::ETAG_CURRENT),
            Self::IdChanged => ruled(trace, &rulebook::ID_STAYS),
            Self::UnreadableDate => as_if(StatusCode::BAD_REQUEST, &rulebook::READABLE_BODY),
            Self::UnreadableBody(_) => ruled(trace, &rulebook::READABLE_BODY),
            Self::EmptyForm(message) => {
                trace.refused_by = Some(&rulebook::READABLE_BODY);
                error(StatusCode::BAD_REQUEST, message)
            }
            Self::ContentType => ruled(trace, &rulebook::CONTENT_TYPE),
            Self::TooLarge(_) => error(StatusCode::PAYLOAD_TOO_LARGE, TOO_LARGE),
            Self::MalformedQuery(_) => ruled(trace, &rulebook::MALFORMED_QUERY),
            Self::UnreadableEmbedded => {
                trace.refused_by = Some(&rulebook::MALFORMED_QUERY);
                error(StatusCode::BAD_REQUEST, EMBEDDED)
            }
            Self::UnknownPath => ruled(trace, &rulebook::PATH_KNOWN),
            Self::UnknownItem => ruled(trace, &rulebook::ITEM_EXISTS),
            Self::UnknownMethod => ruled(trace, &rulebook::METHOD_OFFERED),
            Self::NotModelled(what) => {
                let message = format!("The mock does not model {what}.");
                error(StatusCode::NOT_IMPLEMENTED, &message)
            }
            Self::Defect => error(StatusCode::INTERNAL_SERVER_ERROR, DEFECT),
        }
    }
}

const ETAG_MISSING: &str = "To edit a document its etag must be provided using the If-Match header";
const EMBEDDED: &str = "Unable to parse `embedded` clause";
const TOO_LARGE: &str = "The data value transmitted exceeds the capacity limit.";
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
            Self::UnknownOwner(owner) => Some(format!("there is no account {owner}")),
            Self::IdTaken(id) => Some(format!("another document has the _id {id}")),
            Self::UnreadableDate => Some(
                "If-Modified-Since must be a date such as Tue, 11 Nov 2025 12:22:34 GMT".to_owned(),
            ),
            Self::UnreadableBody(reason) | Self::MalformedQuery(reason) => Some(reason.clone()),
            Self::TooLarge(limit) => Some(format!(
                "the mock takes bodies of up to {limit} bytes; no document names a limit"
            )),
            _ => None,
        }
    }
}

/// A 401 as the framework sends it.
fn challenged(mut answer: Response) -> Response {
    let scheme = HeaderValue::from_static("Basic realm=\"eve\"");
    answer
        .headers_mut()
        .insert(header::WWW_AUTHENTICATE, scheme);
    answer
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

fn invalid(trace: &mut Trace, write: Write, issues: &Issues, rules: &[&'static Rule]) -> Response {
    let details = issues.to_details();
    note_causes(trace, &details, rules);
    let mut body = doc! { "_status": "ERR" };
    match trace.assumes::<ErrorsShape>() {
        ErrorsShape::Both => {
            body.insert("_error", documented(details));
            body.insert("_issues", issues.to_document());
        }
        ErrorsShape::Documented => {
            body.insert("_error", documented(details));
        }
        ErrorsShape::Framework if write == Write::Change => {
            body = doc! { "_issues": issues.to_document(), "_status": "ERR" };
        }
        ErrorsShape::Framework => {
            body.insert("_issues", issues.to_document());
            body.insert("_error", doc! { "code": 422, "message": failures(1) });
        }
    }
    answer::document(StatusCode::UNPROCESSABLE_ENTITY, &body)
}

/// The framework shows each document of a list by itself; the documented details begin with its index.
fn invalid_list(trace: &mut Trace, items: &[Issues], rules: &[&'static Rule]) -> Response {
    let details = items.iter().enumerate().flat_map(|(place, issues)| {
        let details = issues.to_details().into_iter();
        details.map(move |(path, message)| (format!("{place}.{path}"), message))
    });
    let details: Document = details.collect();
    note_causes(trace, &details, rules);
    let item = |issues: &Issues| match issues.is_empty() {
        true => doc! { "_status": "OK" },
        false => doc! { "_status": "ERR", "_issues": issues.to_document() },
    };
    let shape = trace.assumes::<ErrorsShape>();
    let mut body = doc! { "_status": "ERR" };
    if shape != ErrorsShape::Documented {
        body.insert("_items", items.iter().map(item).collect::<Vec<_>>());
    }
    let broken = items.iter().filter(|issues| !issues.is_empty()).count();
    body.insert(
        "_error",
        match shape {
            ErrorsShape::Framework => doc! { "code": 422, "message": failures(broken) },
            ErrorsShape::Both | ErrorsShape::Documented => documented(details),
        },
    );
    answer::document(StatusCode::UNPROCESSABLE_ENTITY, &body)
}

fn documented(details: Document) -> Document {
    doc! { "code": 422, "message": "Validation failed", "details": details }
}

fn failures(documents: usize) -> String {
    format!("Insertion failure: {documents} document(s) contain(s) error(s)")
}

fn note_causes(trace: &mut Trace, details: &Document, rules: &[&'static Rule]) {
    trace.refused_by = rules.first().copied();
    for rule in rules.iter().skip(1).copied() {
        trace.applies(rule);
    }
    let unknown = |text: &Bson| text.as_str() == Some("unknown field");
    if details.values().any(unknown) {
        trace.assumes::<UnknownField>();
    }
}
