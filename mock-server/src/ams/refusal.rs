//! Every way in which AMS refuses a request, and how the refusal looks. Only this file knows its status and body.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::assumptions::{
    ErrorBody, ForbiddenText, InvalidBody, InvalidStatus, NotFoundStatus, PermissionStatus,
    UnauthenticatedText,
};
use super::form::Problems;
use super::permission::Permission;
use super::rulebook;
use crate::platform::breach::{Breach, Place};
use crate::platform::moment::{Refused, Trace};
use crate::platform::rule::Rule;
use crate::platform::space::full;

/// Why AMS refuses a request.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Refusal {
    /// No token, or none that is valid.
    Unauthenticated,
    /// The caller's groups do not hold the permission.
    Forbidden {
        /// The rule that asks for it.
        rule: &'static Rule,
        /// The permission that is missing.
        permission: &'static str,
    },
    /// A record that the request names does not exist, or not for this caller; the rule gives the code.
    Missing {
        /// The rule that asks for the record.
        rule: &'static Rule,
        /// Which record.
        what: String,
    },
    /// The change of permissions is not the caller's to make; the rule gives the code.
    Overreach {
        /// The rule that forbids it.
        rule: &'static Rule,
        /// What goes too far.
        why: String,
    },
    /// Fields are missing or have the wrong form.
    Invalid(Problems),
    /// The body is no JSON object.
    Unreadable(String),
    /// The body is larger than the fake takes, in bytes.
    TooLarge(usize),
    /// The space holds as many records as it may.
    Full(usize),
    /// No such path.
    UnknownPath,
    /// The path has no such method.
    UnknownMethod,
    /// A panic in the fake.
    Defect,
}

impl Refusal {
    /// The caller lacks a permission.
    pub(super) fn forbidden(permission: Permission) -> Self {
        Self::Forbidden {
            rule: permission.rule,
            permission: permission.name,
        }
    }

    /// The caller would change their own permissions.
    pub(super) fn own_permissions() -> Self {
        Self::Overreach {
            rule: &rulebook::NO_SELF_CHANGE,
            why: "Possible security breach: ask another manager to change your permissions."
                .to_owned(),
        }
    }
}

impl Refusal {
    /// The places of the request that are wrong, and why.
    fn breaches(&self) -> Vec<Breach> {
        let one = |place, why: &str| vec![Breach::at(place, why)];
        match self {
            Self::Unauthenticated => one(
                Place::Caller,
                "Authorization holds no bearer token that this space takes",
            ),
            Self::Forbidden { permission, .. } => one(
                Place::Caller,
                &format!("the caller's groups do not hold {permission}"),
            ),
            Self::Missing { rule, what } => one(place_of(rule), what),
            Self::Overreach { rule, why } => one(place_of(rule), why),
            Self::Invalid(problems) => {
                let fields = problems.by_field().iter();
                fields
                    .map(|(field, told)| Breach::at(Place::field(field), told.join(" ")))
                    .collect()
            }
            Self::Unreadable(fault) => one(Place::WholeBody, fault),
            Self::TooLarge(limit) => one(
                Place::WholeBody,
                &format!("the body is larger than {limit} bytes"),
            ),
            Self::Full(records) => one(Place::WholeBody, &full(*records)),
            Self::UnknownPath => one(Place::Path, "the API has no such path"),
            Self::UnknownMethod => one(Place::Method, "the path does not offer the method"),
            Self::Defect => Vec::new(),
        }
    }
}

/// Where in the request stands what a rule asks for.
fn place_of(rule: &'static Rule) -> Place {
    let fields = [
        (&rulebook::USER_COMPANY_EXISTS, "company_id"),
        (&rulebook::PARENT_EXISTS, "parent_id"),
        (&rulebook::LINK_DEPARTMENTS_EXIST, "departments"),
        (&rulebook::GROUP_EXISTS, "groups"),
        (&rulebook::NO_MORE_POWER, "groups"),
    ];
    let field = fields.iter().find(|(of, _)| *of == rule);
    field.map_or(Place::Path, |(_, field)| Place::field(*field))
}

impl Refused for Refusal {
    fn answer(self, trace: &mut Trace) -> Response {
        trace.breaches = self.breaches();
        match self {
            Self::Unauthenticated => unauthenticated(trace),
            Self::Forbidden { rule, permission } => {
                trace.refused_by = Some(rule);
                trace.warns(format!("the caller's groups do not hold {permission}"));
                plain(
                    StatusCode::FORBIDDEN,
                    match trace.assumes::<ForbiddenText>() {
                        ForbiddenText::Forbidden => "Forbidden",
                        ForbiddenText::Unauthorized => "This action is unauthorized.",
                    },
                )
            }
            Self::Missing { rule, what } => {
                let status = not_found_status(trace, rule);
                coded(trace, status, rule, &what)
            }
            Self::Overreach { rule, why } => {
                let status = match trace.assumes::<PermissionStatus>() {
                    PermissionStatus::Forbidden => StatusCode::FORBIDDEN,
                    PermissionStatus::Unprocessable => StatusCode::UNPROCESSABLE_ENTITY,
                    PermissionStatus::BadRequest => StatusCode::BAD_REQUEST,
                };
                coded(trace, status, rule, &why)
            }
            Self::Invalid(problems) => invalid(trace, &problems),
            Self::Unreadable(fault) => {
                undocumented(trace);
                plain(StatusCode::BAD_REQUEST, &fault)
            }
            Self::TooLarge(limit) => {
                undocumented(trace);
                let text = format!("The body is larger than {limit} bytes (--max-body-kib).");
                plain(StatusCode::PAYLOAD_TOO_LARGE, &text)
            }
            Self::Full(records) => {
                let text = full(records);
                trace.warns(text.clone());
                plain(StatusCode::INSUFFICIENT_STORAGE, &text)
            }
            Self::UnknownPath => {
                undocumented(trace);
                plain(StatusCode::NOT_FOUND, "Not Found")
            }
            Self::UnknownMethod => {
                undocumented(trace);
                plain(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed")
            }
            Self::Defect => plain(StatusCode::INTERNAL_SERVER_ERROR, "Server Error"),
        }
    }

    fn full(records: usize) -> Self {
        Self::Full(records)
    }
}

/// The body of an error that no request brought about, with the words of Laravel.
pub(super) fn foreign_to_rules(status: StatusCode) -> Value {
    let words = match status {
        StatusCode::TOO_MANY_REQUESTS => "Too Many Attempts.",
        StatusCode::INTERNAL_SERVER_ERROR => "Server Error",
        status => status.canonical_reason().unwrap_or("Error"),
    };
    json!({ "message": words })
}

fn plain(status: StatusCode, message: &str) -> Response {
    (status, Json(json!({ "message": message }))).into_response()
}

fn unauthenticated(trace: &mut Trace) -> Response {
    trace.refused_by = Some(&rulebook::UNAUTHENTICATED);
    let text = match trace.assumes::<UnauthenticatedText>() {
        UnauthenticatedText::FullStop => "Unauthenticated.",
        UnauthenticatedText::Word => "Unauthenticated",
    };
    let mut answer = plain(StatusCode::UNAUTHORIZED, text);
    let scheme = HeaderValue::from_static("Bearer");
    answer
        .headers_mut()
        .insert(header::WWW_AUTHENTICATE, scheme);
    answer
}

fn not_found_status(trace: &mut Trace, rule: &Rule) -> StatusCode {
    match trace.assumes::<NotFoundStatus>() {
        NotFoundStatus::NotFound => StatusCode::NOT_FOUND,
        NotFoundStatus::Unprocessable => StatusCode::UNPROCESSABLE_ENTITY,
        NotFoundStatus::BadRequest => StatusCode::BAD_REQUEST,
        NotFoundStatus::ByPlace if names_the_path(rule) => StatusCode::NOT_FOUND,
        NotFoundStatus::ByPlace => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// An error with the code that the article gives it.
fn coded(trace: &mut Trace, status: StatusCode, rule: &'static Rule, message: &str) -> Response {
    trace.refused_by = Some(rule);
    let code = rule.refused_as.map_or("", |refused| refused.error);
    let error = json!({ "code": code, "message": message });
    let body: Value = match trace.assumes::<ErrorBody>() {
        ErrorBody::Flat => error,
        ErrorBody::Nested => json!({ "error": error }),
        ErrorBody::Listed => json!({ "errors": [error] }),
        ErrorBody::ErrorKey => json!({ "error": code, "message": message }),
        ErrorBody::MessageKey => json!({ "message": code }),
    };
    (status, Json(body)).into_response()
}

/// Whether what is missing is the user of the path, and not something that the body names.
fn names_the_path(rule: &Rule) -> bool {
    [&rulebook::LINK_USER_EXISTS, &rulebook::USER_EXISTS].contains(&rule)
}

fn invalid(trace: &mut Trace, problems: &Problems) -> Response {
    trace.refused_by = problems.rule();
    let status = match trace.assumes::<InvalidStatus>() {
        InvalidStatus::Unprocessable => StatusCode::UNPROCESSABLE_ENTITY,
        InvalidStatus::BadRequest => StatusCode::BAD_REQUEST,
    };
    let message = problems.summary();
    let body = match trace.assumes::<InvalidBody>() {
        InvalidBody::ByField => json!({ "message": message, "errors": problems.by_field() }),
        InvalidBody::Listed => {
            let listed = problems.by_field().iter().flat_map(|(field, told)| {
                told.iter()
                    .map(move |problem| json!({ "field": field, "message": problem }))
            });
            json!({ "message": message, "errors": listed.collect::<Vec<_>>() })
        }
        InvalidBody::MessageOnly => json!({ "message": message }),
    };
    (status, Json(body)).into_response()
}

fn undocumented(trace: &mut Trace) {
    trace.warns("no document says how AMS answers this".to_owned());
}
