//! What a connection says by itself, when no request came about that anybody else could answer.

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::timeout;

use super::LAST_WORDS;
use super::census::Census;
use crate::platform::bounds::Limits;

/// Why a connection ends with an answer of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// What came is no request.
    Unreadable,
    /// The request line alone is longer than the library takes.
    Url(Limits),
    /// The head is too large.
    Head(Limits),
    /// The request takes too long to come.
    Slow(Limits),
    /// There are too many connections.
    Busy(Limits),
}

impl Refusal {
    /// What to say in place of the library's answer of this status, which has no body.
    pub(super) fn instead_of(status: &[u8], limits: Limits) -> Option<Self> {
        match status {
            b"400" => Some(Self::Unreadable),
            b"414" => Some(Self::Url(limits)),
            b"431" => Some(Self::Head(limits)),
            _ => None,
        }
    }

    fn status(self) -> &'static str {
        match self {
            Self::Unreadable => "400 Bad Request",
            Self::Url(_) => "414 URI Too Long",
            Self::Head(_) => "431 Request Header Fields Too Large",
            Self::Slow(_) => "408 Request Timeout",
            Self::Busy(_) => "503 Service Unavailable",
        }
    }

    fn words(self) -> String {
        match self {
            Self::Unreadable => "this is no HTTP/1.1 request that can be read".to_owned(),
            Self::Url(limits) => too_long(&limits),
            Self::Head(limits) => too_large(&limits),
            Self::Slow(Limits { request_within, .. }) => format!(
                "a request comes within {} s, its body included; --max-request-seconds gives it longer",
                request_within.as_secs_f64()
            ),
            Self::Busy(Limits { connections, .. }) => format!(
                "there are {connections} connections at most; --max-connections allows more"
            ),
        }
    }

    /// The whole answer.
    pub(super) fn written(self) -> Vec<u8> {
        let body = serde_json::json!({ "error": self.words() }).to_string();
        let status = self.status();
        let length = body.len();
        let text = format!(
            "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\
             connection: close\r\n\r\n{body}"
        );
        text.into_bytes()
    }

    /// Sends it, and says that nothing follows.
    pub(super) async fn send(self, io: &mut (impl AsyncWrite + Unpin)) -> std::io::Result<()> {
        let sending = async {
            io.write_all(&self.written()).await?;
            io.shutdown().await
        };
        timeout(LAST_WORDS, sending).await?
    }
}

/// What to say of a URL that is too long.
pub(crate) fn too_long(limits: &Limits) -> String {
    format!(
        "a URL has at most {} bytes; --max-url-kib allows more",
        limits.url
    )
}

/// What to say of a head that is too large.
pub(crate) fn too_large(limits: &Limits) -> String {
    format!(
        "the head of a request has at most {} KiB (--max-head-kib) and {} headers (--max-headers)",
        limits.head / 1024,
        limits.headers
    )
}

/// Waits a moment for the client to close. Closing while it still sends would take the answer from it.
pub(super) async fn linger(mut io: impl AsyncRead + Unpin, census: &Census) {
    let Ok(_place) = census.lingering().try_acquire() else {
        return;
    };
    let mut ignored = [0; 4096];
    let reading = async { while io.read(&mut ignored).await.is_ok_and(|count| count > 0) {} };
    // Elapsing is one of the two ways in which this may end.
    let _ = timeout(LAST_WORDS, reading).await;
}
