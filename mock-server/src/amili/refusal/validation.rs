//! How a refusal by validation tells its problems: in the documented envelope, in the framework's form, or both.

use axum::http::StatusCode;
use axum::response::Response;
use bson::{Bson, Document, doc};

use super::Write;
use crate::amili::answer;
use crate::amili::assumptions::{DetailsText, ErrorsShape, UnknownField};
use crate::amili::eve::Issues;
use crate::platform::moment::Trace;
use crate::platform::rule::Rule;

/// 422 for a document with problems.
pub(super) fn invalid(
    trace: &mut Trace,
    write: Write,
    issues: &Issues,
    rules: &[&'static Rule],
) -> Response {
    let details = issues.to_details();
    note_causes(trace, &details, rules);
    let mut body = doc! { "_status": "ERR" };
    match trace.assumes::<ErrorsShape>() {
        ErrorsShape::Both => {
            let details = worded(trace, details);
            body.insert("_error", documented(details));
            body.insert("_issues", issues.to_document());
        }
        ErrorsShape::Documented => {
            let details = worded(trace, details);
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

/// 422 for a list of which some documents have problems. The framework shows each document of a list by itself; the documented details begin with its index.
pub(super) fn invalid_list(
    trace: &mut Trace,
    items: &[Issues],
    rules: &[&'static Rule],
) -> Response {
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
            ErrorsShape::Both | ErrorsShape::Documented => documented(worded(trace, details)),
        },
    );
    answer::document(StatusCode::UNPROCESSABLE_ENTITY, &body)
}

fn documented(details: Document) -> Document {
    doc! { "code": 422, "message": "Validation failed", "details": details }
}

/// The documented sample has words of its own for a missing field.
fn worded(trace: &mut Trace, details: Document) -> Document {
    let missing = |text: &Bson| text.as_str() == Some("required field");
    if !details.values().any(missing) || trace.assumes::<DetailsText>() == DetailsText::Framework {
        return details;
    }
    let worded = details.into_iter().map(|(path, message)| {
        let message = match missing(&message) {
            true => Bson::String(format!("{} is required", label(&path))),
            false => message,
        };
        (path, message)
    });
    worded.collect()
}

/// The field at the end of a path as people would write it: `id_number` is `Id number`.
fn label(path: &str) -> String {
    let field = path.rsplit('.').next().unwrap_or(path).replace('_', " ");
    let mut letters = field.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
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
