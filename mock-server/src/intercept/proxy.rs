//! The proxy itself. One port takes what programs send there: `CONNECT` and what follows it, requests with a
//! whole URL, and TLS that was meant for the host itself. Each ends in the service that answers for the mock.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{HOST, PROXY_AUTHORIZATION};
use axum::http::uri::{Authority, Scheme};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hyper::body::Incoming;
use hyper::ext::ReasonPhrase;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, BufReader, join, split};
use tokio::net::TcpListener;
use tokio_rustls::LazyConfigAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::server::Acceptor;
use tower::Service;

use super::{Hosts, Interception, Refused};
use crate::platform::spaces;
use crate::serving::{self, HangUp};

/// How long a client may take to begin, and to send the head of a request.
const WITHIN: Duration = Duration::from_secs(30);
/// The first byte of a TLS connection; no method of HTTP begins with it.
const HANDSHAKE: u8 = 0x16;

/// A proxy that has its port.
pub(crate) struct Proxy {
    listener: TcpListener,
    tls: Arc<ServerConfig>,
    interception: Arc<Interception>,
}

/// What a connection's requests are answered with.
#[derive(Clone)]
struct Gate<S> {
    app: S,
    tls: Arc<ServerConfig>,
    interception: Arc<Interception>,
}

/// What is known of a request from the connection that it came by.
#[derive(Debug, Clone, Default)]
struct Tunnel {
    is_secure: bool,
    /// A host that was admitted when the tunnel was asked for.
    host: Option<Authority>,
    /// The space that the proxy's user name asks for.
    space: Option<HeaderValue>,
}

/// Anything that bytes go through both ways.
trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

type Talk = Pin<Box<dyn Future<Output = ()> + Send>>;

impl Proxy {
    pub(super) fn new(
        listener: TcpListener,
        tls: Arc<ServerConfig>,
        interception: Arc<Interception>,
    ) -> Self {
        Self {
            listener,
            tls,
            interception,
        }
    }

    /// What it is for, and what it was asked for.
    pub(crate) fn interception(&self) -> Arc<Interception> {
        Arc::clone(&self.interception)
    }

    /// Serves for as long as it is polled.
    pub(crate) async fn serve<S>(self, app: S)
    where
        S: Service<Request, Response = Response, Error = Infallible, Future: Send>,
        S: Clone + Send + 'static,
    {
        loop {
            let stream = serving::accepted(&self.listener, || {}).await;
            let gate = Gate {
                app: app.clone(),
                tls: Arc::clone(&self.tls),
                interception: self.interception(),
            };
            tokio::spawn(gate.talk(Box::new(stream), Tunnel::default()));
        }
    }
}

impl<S> Gate<S>
where
    S: Service<Request, Response = Response, Error = Infallible, Future: Send>,
    S: Clone + Send + 'static,
{
    /// Serves a connection to its end. Boxed, for a tunnel is a connection within a connection.
    fn talk(self, io: Box<dyn Duplex>, tunnel: Tunnel) -> Talk {
        Box::pin(async move {
            let (read, write) = split(io);
            let mut read = BufReader::new(read);
            let first = match tokio::time::timeout(WITHIN, read.fill_buf()).await {
                Ok(Ok([first, ..])) => *first,
                _ => return,
            };
            let io = join(read, write);
            if first == HANDSHAKE && !tunnel.is_secure {
                let (tls, hosts) = (Arc::clone(&self.tls), Arc::clone(&self.interception));
                let shaking = handshake(io, tls, &hosts.hosts, tunnel.host.is_some());
                if let Ok(Some(io)) = tokio::time::timeout(WITHIN, shaking).await {
                    let is_secure = true;
                    self.talk(
                        io,
                        Tunnel {
                            is_secure,
                            ..tunnel
                        },
                    )
                    .await;
                }
                return;
            }
            let service = service_fn(move |request| self.clone().answer(request, tunnel.clone()));
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(WITHIN)
                .serve_connection(TokioIo::new(io), service)
                .with_upgrades();
            if let Err(fault) = connection.await {
                tracing::debug!(%fault, "a connection of the proxy ended early");
            }
        })
    }

    async fn answer(
        self,
        mut request: Request<Incoming>,
        tunnel: Tunnel,
    ) -> Result<Response, HangUp> {
        let space = space(request.headers()).or_else(|| tunnel.space.clone());
        let asked = match asked(&request, &tunnel) {
            Some(asked) => asked,
            None => {
                return Ok(told(
                    StatusCode::BAD_REQUEST,
                    "a proxy needs to know the host",
                ));
            }
        };
        if !self.is_own(&asked)
            && let Err(refused) = self.interception.hosts.admit(asked.host())
        {
            return Ok(refusal(&refused));
        }
        if request.method() == Method::CONNECT {
            let upgrade = hyper::upgrade::on(&mut request);
            let host = Some(asked);
            let tunnel = Tunnel {
                host,
                space,
                ..tunnel
            };
            tokio::spawn(async move {
                match upgrade.await {
                    Ok(io) => self.talk(Box::new(TokioIo::new(io)), tunnel).await,
                    Err(fault) => tracing::debug!(%fault, "a tunnel was not taken"),
                }
            });
            return Ok(Response::new(Body::empty()));
        }
        make_direct(&mut request, &asked, &tunnel);
        if let Some(space) = space {
            request.headers_mut().entry(spaces::HEADER).or_insert(space);
        }
        serving::heard(self.app, request.map(Body::new)).await
    }

    /// A program that takes the proxy even for the mock's own address finds the mock.
    fn is_own(&self, asked: &Authority) -> bool {
        self.interception.own == asked.as_str()
    }
}

/// What is inside of TLS, if it is meant for a host of ours.
async fn handshake(
    io: impl Duplex + 'static,
    tls: Arc<ServerConfig>,
    hosts: &Hosts,
    is_admitted: bool,
) -> Option<Box<dyn Duplex>> {
    let start = LazyConfigAcceptor::new(Acceptor::default(), io).await;
    let start = start.inspect_err(|fault| tracing::debug!(%fault, "no TLS"));
    let start = start.ok()?;
    match start.client_hello().server_name() {
        Some(name) => hosts.admit(name).ok()?,
        // The tunnel was asked for by name.
        None if is_admitted => {}
        None => hosts.admit("an address without a name").ok()?,
    }
    let io = start.into_stream(tls).await;
    // Most often a program that does not trust the authority: only it can tell why.
    let io = io.inspect_err(|fault| tracing::warn!(%fault, "TLS was given up"));
    Some(Box::new(io.ok()?))
}

/// Whom a request is for.
fn asked(request: &Request<Incoming>, tunnel: &Tunnel) -> Option<Authority> {
    let named = request.uri().authority().cloned();
    let header = || request.headers().get(HOST)?.to_str().ok()?.parse().ok();
    named.or_else(header).or_else(|| tunnel.host.clone())
}

/// Makes a request to a proxy what the host itself would have been sent.
fn make_direct(request: &mut Request<Incoming>, asked: &Authority, tunnel: &Tunnel) {
    let scheme = match request.uri().scheme() {
        Some(scheme) => scheme.clone(),
        None if tunnel.is_secure => Scheme::HTTPS,
        None => Scheme::HTTP,
    };
    let path = request.uri().path_and_query().cloned();
    *request.uri_mut() = path.map(Uri::from).unwrap_or_default();
    let headers = request.headers_mut();
    headers.remove(PROXY_AUTHORIZATION);
    headers.remove("proxy-connection");
    // An authority is made of what a header may hold.
    if let Ok(host) = HeaderValue::from_str(asked.as_str()) {
        headers.insert(HOST, host);
    }
    request.extensions_mut().insert(scheme);
}

/// `http://NAME@127.0.0.1:PORT` as the proxy's address chooses a space.
fn space(headers: &HeaderMap) -> Option<HeaderValue> {
    let text = headers.get(PROXY_AUTHORIZATION)?.to_str().ok()?;
    let user = STANDARD.decode(text.strip_prefix("Basic ")?).ok()?;
    let name = user.split(|byte| *byte == b':').next()?;
    HeaderValue::from_bytes(name)
        .ok()
        .filter(|name| !name.is_empty())
}

fn refusal(refused: &Refused) -> Response {
    let mut response = told(StatusCode::FORBIDDEN, &refused.to_string());
    // Of the answer to CONNECT, most programs show nothing but this.
    let reason = format!("mock-server refuses {}", refused.host);
    if let Ok(reason) = ReasonPhrase::try_from(reason) {
        response.extensions_mut().insert(reason);
    }
    response
}

fn told(status: StatusCode, text: &str) -> Response {
    let mut response = Response::new(Body::from(format!("{text}\n")));
    *response.status_mut() = status;
    response
}
