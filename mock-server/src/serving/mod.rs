//! Connections: taking them, serving requests on them, ending them. It knows nothing of what is served.

mod census;
mod refusal;
#[cfg(test)]
mod tests;
mod watched;
mod wire;

use std::convert::Infallible;
use std::future::{Future, poll_fn};
use std::io::ErrorKind;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{HttpService, service_fn};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};
use tower::{Service, ServiceExt};

use self::census::{Census, Overdue, Phase, Place};
use self::refusal::Refusal;
use self::watched::{Asked, Given};
use self::wire::Wire;
use crate::platform::bounds::Limits;

pub(crate) use self::refusal::{too_large, too_long};

/// How long to wait before taking connections again when the system has none to give.
const BREATH: Duration = Duration::from_millis(50);
/// How long a connection that is to end may take to send what is left.
const LAST_WORDS: Duration = Duration::from_secs(1);
/// Files that the process needs for other things than connections.
const RESERVE: usize = 128;
/// The smallest buffer that the library reads a head into.
const LEAST_HEAD: usize = 8192;

/// In an answer: it is not to be sent, and the connection ends instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the connection is closed without an answer, as a fault asks for")]
pub(crate) struct HangUp;

/// Serves until `stop` is done, then lets open requests end for so long. Once it returns, nobody is answered any
/// more.
pub(crate) async fn serve<S>(
    listener: TcpListener,
    app: S,
    limits: Limits,
    stop: impl Future<Output = ()>,
    grace: Duration,
) where
    S: Service<Request, Response = Response, Error = Infallible, Future: Send>,
    S: Clone + Send + 'static,
{
    let door = Door::new(limits);
    let mut stop = std::pin::pin!(stop);
    loop {
        let stream = tokio::select! {
            stream = accepted(&listener, || door.census.make_room()) => stream,
            () = &mut stop => break,
        };
        door.open(stream, app.clone());
        // Whoever had to leave for it needs a moment to do so.
        tokio::task::yield_now().await;
    }
    drop(listener);
    door.close(grace).await;
}

/// The next connection. While the system has none to give, `full` is told before each further attempt.
pub(crate) async fn accepted(listener: &TcpListener, full: impl Fn()) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                // Without it an answer in two pieces waits for the client's acknowledgement; a failure
                // only costs time.
                let _ = stream.set_nodelay(true);
                return stream;
            }
            // A client that has gone already.
            Err(fault) if is_passing(&fault) => {}
            Err(fault) => {
                tracing::warn!(%fault, "no connection taken");
                full();
                tokio::time::sleep(BREATH).await;
            }
        }
    }
}

/// The limits that the process can keep: it may have fewer files open than connections were asked for.
pub(crate) fn attainable(limits: Limits) -> Limits {
    #[cfg(unix)]
    let files = rustix::process::getrlimit(rustix::process::Resource::Nofile).current;
    #[cfg(not(unix))]
    let files: Option<u64> = None;
    let files = files.and_then(|files| usize::try_from(files).ok());
    let connections = files.map_or(usize::MAX, |files| files.saturating_sub(RESERVE).max(1));
    Limits {
        connections: limits.connections.min(connections),
        ..limits
    }
}

fn is_passing(fault: &std::io::Error) -> bool {
    let passing = [
        ErrorKind::ConnectionAborted,
        ErrorKind::ConnectionReset,
        ErrorKind::Interrupted,
    ];
    passing.contains(&fault.kind())
}

/// How far the end has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    NotYet,
    /// Who is being answered still is.
    Begun,
    Come,
}

/// Where connections come in.
struct Door {
    limits: Limits,
    census: Arc<Census>,
    end: watch::Sender<End>,
}

impl Door {
    fn new(limits: Limits) -> Self {
        Self {
            limits,
            census: Arc::new(Census::new(limits.connections)),
            end: watch::Sender::new(End::NotYet),
        }
    }

    /// Serves what comes over a connection, on a task of its own.
    fn open<S, T>(&self, io: T, app: S)
    where
        S: Service<Request, Response = Response, Error = Infallible, Future: Send>,
        S: Clone + Send + 'static,
        T: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let limits = self.limits;
        let Some(place) = self.census.enter() else {
            let census = Arc::clone(&self.census);
            tokio::spawn(async move { part(io, Refusal::Busy(limits), &census).await });
            return;
        };
        let slot = place.slot();
        let wire = TokioIo::new(Wire::new(io, Arc::clone(&slot), limits));
        let service = service_fn(move |request: Request<Incoming>| {
            slot.asked(hyper::body::Body::is_end_stream(request.body()));
            answer(app.clone(), request, Arc::clone(&slot))
        });
        let mut library = http1::Builder::new();
        library.max_buf_size(limits.head.max(LEAST_HEAD));
        if limits.headers != Limits::default().headers {
            // What is not the library's own bound costs an allocation for each request.
            library.max_headers(limits.headers);
        }
        let connection = library.serve_connection(wire, service);
        let end = self.end.subscribe();
        tokio::spawn(attend(connection, place, limits, end));
    }

    /// Lets every connection end for so long, and ends those that are left: whoever is answered after the state is
    /// saved would be told of what is lost.
    async fn close(self, grace: Duration) {
        self.end.send_replace(End::Begun);
        // Elapsing is one of the two ways in which this may end.
        let _ = tokio::time::timeout(grace, self.end.closed()).await;
        self.end.send_replace(End::Come);
        self.end.closed().await;
    }
}

/// Stays with a connection until it ends by itself, takes too long, or must leave its place to another.
async fn attend<S, T, B>(
    mut connection: http1::Connection<TokioIo<Wire<T>>, S>,
    place: Place,
    limits: Limits,
    mut end: watch::Receiver<End>,
) where
    S: HttpService<Incoming, ResBody = B, Error = HangUp>,
    T: AsyncRead + AsyncWrite + Unpin,
    B: hyper::body::Body + 'static,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    http1::Connection<TokioIo<Wire<T>>, S>: Future<Output = hyper::Result<()>> + Unpin,
{
    let slot = place.slot();
    let mut alarm = std::pin::pin!(sleep_until(slot.next_look(&limits)));
    let mut known = End::NotYet;
    let mut ends_by: Option<Instant> = None;
    let refusal = loop {
        tokio::select! {
            ended = poll_fn(|context| Pin::new(&mut connection).poll(context)) => {
                if let Err(fault) = ended {
                    tracing::debug!(%fault, "a connection ended early");
                }
                break None;
            }
            () = &mut alarm => {
                if ends_by.is_some() {
                    return;
                }
                match slot.overdue(&limits) {
                    Some(Overdue::Request) => break Some(Refusal::Slow(limits)),
                    Some(Overdue::Taking) => return,
                    Some(Overdue::Idle) => ends_by = Some(Instant::now() + LAST_WORDS),
                    None => alarm.as_mut().reset(slot.next_look(&limits)),
                }
            }
            phase = slot.told_to_leave(), if ends_by.is_none() => {
                if matches!(phase, Phase::Head | Phase::Body) {
                    break Some(Refusal::Busy(limits));
                }
                if phase == Phase::Stream {
                    return;
                }
                if phase == Phase::Answer {
                    // A request came in the meantime; it is the last.
                    Pin::new(&mut connection).graceful_shutdown();
                    continue;
                }
                ends_by = Some(Instant::now() + LAST_WORDS);
            }
            now = later(&mut end, known) => {
                known = now;
                if now == End::Come || slot.is_stream() {
                    // The latter would never end by itself.
                    return;
                }
                Pin::new(&mut connection).graceful_shutdown();
                continue;
            }
        }
        if let Some(instant) = ends_by {
            Pin::new(&mut connection).graceful_shutdown();
            alarm.as_mut().reset(instant);
        }
    };
    let wire = connection.into_parts().io.into_inner();
    tokio::select! {
        () = leave(wire, refusal, place.census()) => {}
        _ = later(&mut end, End::Begun) => {}
    }
}

/// Leaves a connection that has ended or is refused.
async fn leave<T: AsyncRead + AsyncWrite + Unpin>(
    wire: Wire<T>,
    refusal: Option<Refusal>,
    census: &Census,
) {
    let has_refused = wire.has_refused();
    let io = wire.into_inner();
    match refusal {
        Some(refusal) => part(io, refusal, census).await,
        None if has_refused => refusal::linger(io, census).await,
        None => {}
    }
}

/// Waits until the end has come further than is known. Where nobody tells of it any more, it has come.
async fn later(end: &mut watch::Receiver<End>, known: End) -> End {
    let told = end.wait_for(|now| *now > known).await;
    told.map_or(End::Come, |now| *now)
}

/// Ends a connection with an answer of its own.
async fn part<T: AsyncRead + AsyncWrite + Unpin>(mut io: T, refusal: Refusal, census: &Census) {
    if refusal.send(&mut io).await.is_ok() {
        refusal::linger(io, census).await;
    }
}

async fn answer<S>(
    app: S,
    request: Request<Incoming>,
    slot: Arc<census::Slot>,
) -> Result<hyper::Response<Given>, HangUp>
where
    S: Service<Request, Response = Response, Error = Infallible>,
{
    let asked = request.map(|body| Body::new(Asked::new(body, Arc::clone(&slot))));
    let response = heard(app, asked).await?;
    Ok(response.map(|body| Given::new(body, slot)))
}

/// One request, answered or hung up on.
pub(crate) async fn heard<S>(app: S, request: Request) -> Result<Response, HangUp>
where
    S: Service<Request, Response = Response, Error = Infallible>,
{
    let Ok(response) = app.oneshot(request).await;
    match response.extensions().get::<HangUp>() {
        Some(hang_up) => Err(*hang_up),
        None => Ok(response),
    }
}
