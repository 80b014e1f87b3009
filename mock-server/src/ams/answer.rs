//! How AMS shows what it did. Which form is one of the things that no document says.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::assumptions::{AssignedAnswer, CreatedRecord, CreatedStatus, Wrapper};
use crate::platform::moment::Moment;

/// A successful answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown {
    status: StatusCode,
    body: Option<Value>,
}

impl Shown {
    /// The record made.
    pub(super) fn created(moment: &mut Moment, record: Value) -> Self {
        let shown = match moment.assumes::<CreatedRecord>() {
            CreatedRecord::Whole => record,
            CreatedRecord::IdOnly => json!({ "id": record.get("id") }),
        };
        Self {
            status: match moment.assumes::<CreatedStatus>() {
                CreatedStatus::Created => StatusCode::CREATED,
                CreatedStatus::Fine => StatusCode::OK,
            },
            body: Some(wrapped(moment, shown)),
        }
    }

    /// 200 with a list.
    pub(super) fn listed(moment: &mut Moment, list: Value) -> Self {
        Self {
            status: StatusCode::OK,
            body: Some(wrapped(moment, list)),
        }
    }

    /// What an assignment leaves behind.
    pub(super) fn assigned(moment: &mut Moment, result: Value) -> Self {
        match moment.assumes::<AssignedAnswer>() {
            AssignedAnswer::Ids => Self {
                status: StatusCode::OK,
                body: Some(wrapped(moment, result)),
            },
            AssignedAnswer::Empty => Self {
                status: StatusCode::NO_CONTENT,
                body: None,
            },
        }
    }
}

fn wrapped(moment: &mut Moment, body: Value) -> Value {
    match moment.assumes::<Wrapper>() {
        Wrapper::Bare => body,
        Wrapper::Data => json!({ "data": body }),
    }
}

impl IntoResponse for Shown {
    fn into_response(self) -> Response {
        match self.body {
            Some(body) => (self.status, Json(body)).into_response(),
            None => self.status.into_response(),
        }
    }
}
