//! Reading requests and answers whole, for the journal, without changing what either side sees.

use std::sync::Arc;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::response::Response;
use futures_util::stream;
use http_body_util::BodyExt;

use crate::platform::journal::{Given, Taken};

/// A request whose body can be read again, and what the journal keeps of it.
pub(super) async fn request(request: Request, most: usize) -> (Request, Taken) {
    let (parts, body) = request.into_parts();
    let (body, bytes) = if body.is_end_stream() {
        (Body::empty(), Bytes::new())
    } else {
        match read(body, most).await {
            Ok(bytes) => (Body::from(bytes.clone()), bytes),
            // Whoever reads the body is told what went wrong, as if nobody had looked before.
            Err(fault) => {
                let broken = stream::iter([Err::<Bytes, _>(fault)]);
                (Body::from_stream(broken), Bytes::new())
            }
        }
    };
    let taken = Taken {
        method: parts.method.clone(),
        uri: parts.uri.clone(),
        headers: parts.headers.clone(),
        is_cut: bytes.len() > most,
        body: bytes,
    };
    (Request::from_parts(parts, body), taken)
}

/// The body, or as much of it as shows that it is too large.
async fn read(mut body: Body, most: usize) -> Result<Bytes, axum::Error> {
    let mut first = Bytes::new();
    let mut all: Vec<u8> = Vec::new();
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame?.into_data() else {
            continue;
        };
        // Most bodies come in one piece, which need not be copied.
        if first.is_empty() && all.is_empty() {
            first = data;
        } else {
            if all.is_empty() {
                all.extend_from_slice(&std::mem::take(&mut first));
            }
            all.extend_from_slice(&data);
        }
        if first.len() + all.len() > most {
            break;
        }
    }
    let whole = match all.is_empty() {
        true => first,
        false => all.into(),
    };
    // One byte too many is enough for whoever judges the size.
    let end = whole.len().min(most.saturating_add(1));
    Ok(whole.slice(..end))
}

/// An answer whose body can still be sent, and a copy of it.
pub(super) async fn response(response: Response) -> (Response, Arc<Given>) {
    let (parts, body) = response.into_parts();
    // Every answer of the fakes is in memory already, so that reading it cannot fail.
    let bytes = axum::body::to_bytes(body, usize::MAX)
        .await
        .unwrap_or_default();
    let given = Given {
        status: parts.status,
        headers: parts.headers.clone(),
        body: bytes.clone(),
    };
    (
        Response::from_parts(parts, sendable(bytes)),
        Arc::new(given),
    )
}

/// The answer that was given before, to be sent once more.
pub(super) fn again(given: &Given) -> Response {
    let mut response = Response::new(sendable(given.body.clone()));
    *response.status_mut() = given.status;
    *response.headers_mut() = given.headers.clone();
    response
}

fn sendable(bytes: Bytes) -> Body {
    match bytes.is_empty() {
        true => Body::empty(),
        false => Body::from(bytes),
    }
}
