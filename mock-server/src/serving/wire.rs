//! The bytes of a connection: it notes that they come and go, and says in words what the library would
//! refuse without any.

use std::io::{IoSlice, Result};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::census::Slot;
use super::refusal::Refusal;
use crate::platform::bounds::Limits;

/// A connection's bytes.
pub(super) struct Wire<T> {
    io: T,
    slot: Arc<Slot>,
    limits: Limits,
    /// What is left to send in place of the library's own answer.
    instead: Option<Vec<u8>>,
    is_stalled: bool,
}

impl<T> Wire<T> {
    pub(super) fn new(io: T, slot: Arc<Slot>, limits: Limits) -> Self {
        Self {
            io,
            slot,
            limits,
            instead: None,
            is_stalled: false,
        }
    }

    /// Whether it has said something in place of the library.
    pub(super) fn has_refused(&self) -> bool {
        self.instead.is_some()
    }

    pub(super) fn into_inner(self) -> T {
        self.io
    }

    /// Puts the words in place of an answer that the library makes by itself: it alone has no body.
    fn replaces(&mut self, head: &[u8]) -> bool {
        let own = library_status(head).and_then(|status| Refusal::instead_of(status, self.limits));
        let Some(refusal) = own.filter(|_| self.instead.is_none()) else {
            return false;
        };
        self.instead = Some(refusal.written());
        true
    }

    /// Tells whether the client takes what is sent.
    fn note<R>(&mut self, outcome: &Poll<R>) {
        if outcome.is_pending() != self.is_stalled {
            self.is_stalled = outcome.is_pending();
            self.slot.takes(!self.is_stalled);
        }
    }
}

/// The status of a head without a body that refuses a request.
fn library_status(head: &[u8]) -> Option<&[u8]> {
    let rest = head.strip_prefix(b"HTTP/1.")?;
    let status = rest.get(2..5).filter(|status| status.starts_with(b"4"))?;
    let holds = |wanted: &[u8]| {
        head.windows(wanted.len())
            .any(|part| part.eq_ignore_ascii_case(wanted))
    };
    let is_bare = head.ends_with(b"\r\n\r\n")
        && holds(b"\r\ncontent-length: 0\r\n")
        && holds(b"\r\nconnection: close\r\n");
    is_bare.then_some(status)
}

impl<T: AsyncWrite + Unpin> Wire<T> {
    fn poll_instead(&mut self, context: &mut Context<'_>) -> Poll<Result<()>> {
        while let Some(left) = self.instead.as_mut().filter(|left| !left.is_empty()) {
            let written = Pin::new(&mut self.io).poll_write(context, left);
            let count = ready!(written)?;
            if count == 0 {
                return Poll::Ready(Err(std::io::ErrorKind::WriteZero.into()));
            }
            left.drain(..count);
        }
        Poll::Ready(Ok(()))
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Wire<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        let before = buffer.filled().len();
        let outcome = Pin::new(&mut self.io).poll_read(context, buffer);
        if buffer.filled().len() > before {
            self.slot.heard();
        }
        outcome
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Wire<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<Result<usize>> {
        if self.replaces(bytes) {
            return Poll::Ready(Ok(bytes.len()));
        }
        let outcome = Pin::new(&mut self.io).poll_write(context, bytes);
        self.note(&outcome);
        outcome
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        let mut filled = slices.iter().filter(|slice| !slice.is_empty());
        if let (Some(only), None) = (filled.next(), filled.next())
            && self.replaces(only)
        {
            return Poll::Ready(Ok(only.len()));
        }
        let outcome = Pin::new(&mut self.io).poll_write_vectored(context, slices);
        self.note(&outcome);
        outcome
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        ready!(self.poll_instead(context))?;
        Pin::new(&mut self.io).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        ready!(self.poll_instead(context))?;
        Pin::new(&mut self.io).poll_shutdown(context)
    }
}
