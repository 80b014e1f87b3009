//! A caller of a mock that runs: what `explain` and `wait` ask.

use axum::body::Bytes;
use axum::http::{Request, StatusCode, Uri, header};
use http_body_util::{BodyExt, Empty};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ClientError {
    /// The address cannot be called.
    #[error("'{0}' is no address of the form http://127.0.0.1:4080")]
    Address(String),
    /// Nobody answers there.
    #[error("{uri} does not answer: {fault}")]
    Silent {
        /// The address called.
        uri: String,
        /// What came instead.
        fault: String,
    },
}

/// The answer to `GET`.
pub(crate) async fn get(url: &str) -> Result<(StatusCode, Bytes), ClientError> {
    let malformed = || ClientError::Address(url.to_owned());
    let uri: Uri = url.parse().map_err(|_| malformed())?;
    let authority = uri.authority().ok_or_else(malformed)?.clone();
    if uri.scheme_str() != Some("http") {
        return Err(malformed());
    }
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let request = Request::get(target)
        .header(header::HOST, authority.as_str())
        .body(Empty::<Bytes>::new())
        .map_err(|_| malformed())?;
    let address = (
        authority.host().trim_matches(['[', ']']),
        authority.port_u16().unwrap_or(80),
    );
    exchange(address, request)
        .await
        .map_err(|fault| ClientError::Silent {
            uri: url.to_owned(),
            fault: fault.to_string(),
        })
}

async fn exchange(
    address: (&str, u16),
    request: Request<Empty<Bytes>>,
) -> Result<(StatusCode, Bytes), Box<dyn std::error::Error>> {
    let stream = TcpStream::connect(address).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    // It ends with the sender, or with a fault that the sender tells.
    tokio::spawn(connection);
    let response = sender.send_request(request).await?;
    let status = response.status();
    Ok((status, response.into_body().collect().await?.to_bytes()))
}
