//! Connections: taking them, serving requests on them, ending them. It knows nothing of what is served.

use std::convert::Infallible;
use std::future::Future;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tower::{Service, ServiceExt};

/// How long to wait before taking connections again when the system has none to give.
const BREATH: Duration = Duration::from_millis(50);
/// How long a client may take to send the head of a request.
const HEAD_WITHIN: Duration = Duration::from_secs(30);

/// In an answer: it is not to be sent, and the connection ends instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the connection is closed without an answer, as a fault asks for")]
pub(crate) struct HangUp;

/// Serves until `stop` is done, then lets open requests end for so long.
pub(crate) async fn serve<S>(
    listener: TcpListener,
    app: S,
    stop: impl Future<Output = ()>,
    grace: Duration,
) where
    S: Service<Request, Response = Response, Error = Infallible, Future: Send>,
    S: Clone + Send + 'static,
{
    let connections = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, _)) => open(stream, app.clone(), &connections),
            // A client that has gone already, or no descriptor left: both pass.
            Err(fault) => {
                tracing::warn!(%fault, "no connection taken");
                tokio::time::sleep(BREATH).await;
            }
        }
    }
    drop(listener);
    // Elapsing is one of the two ways in which this may end.
    let _ = tokio::time::timeout(grace, connections.shutdown()).await;
}

fn open<S>(stream: TcpStream, app: S, connections: &GracefulShutdown)
where
    S: Service<Request, Response = Response, Error = Infallible, Future: Send>,
    S: Clone + Send + 'static,
{
    // Without it an answer in two pieces waits for the client's acknowledgement; a failure only costs time.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: Request<Incoming>| answer(app.clone(), request));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
        .serve_connection(TokioIo::new(stream), service);
    let connection = connections.watch(connection);
    tokio::spawn(async move {
        if let Err(fault) = connection.await {
            tracing::debug!(%fault, "a connection ended early");
        }
    });
}

/// One request, answered or hung up on.
pub(crate) async fn answer<S>(app: S, request: Request<Incoming>) -> Result<Response, HangUp>
where
    S: Service<Request, Response = Response, Error = Infallible>,
{
    let Ok(response) = app.oneshot(request.map(Body::new)).await;
    match response.extensions().get::<HangUp>() {
        Some(hang_up) => Err(*hang_up),
        None => Ok(response),
    }
}
