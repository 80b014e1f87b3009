//! Bodies that tell how far a request and its answer have come.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes};
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};

use super::census::Slot;

/// The body of a request.
pub(super) struct Asked {
    body: Incoming,
    slot: Arc<Slot>,
}

impl Asked {
    pub(super) fn new(body: Incoming, slot: Arc<Slot>) -> Self {
        Self { body, slot }
    }
}

impl HttpBody for Asked {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        if frame.is_none() || self.body.is_end_stream() {
            self.slot.received();
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The body of an answer, which is dropped once it is written.
pub(super) struct Given {
    body: Body,
    slot: Arc<Slot>,
}

impl Given {
    pub(super) fn new(body: Body, slot: Arc<Slot>) -> Self {
        slot.answers(body.size_hint().exact().is_some());
        Self { body, slot }
    }
}

impl Drop for Given {
    fn drop(&mut self) {
        self.slot.answered();
    }
}

impl HttpBody for Given {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
