//! A client as fast as hyper's: connections that are kept, each with one request at a time.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::body::Bytes;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::Fault;
use crate::calls::Call;

/// The longest latency that a histogram holds, in nanoseconds.
const LONGEST: u64 = 60_000_000_000;

/// Requests that differ from all others.
static NUMBERED: AtomicU64 = AtomicU64::new(0);

/// One connection.
pub(crate) struct Connection(SendRequest<Full<Bytes>>);

impl Connection {
    /// To a server on this machine.
    pub(crate) async fn to(port: u16) -> Result<Self, Fault> {
        let stream = TcpStream::connect(("127.0.0.1", port)).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self(sender))
    }

    /// Sends a request and reads its whole answer.
    pub(crate) async fn send(&mut self, call: &Call) -> Result<(u16, Bytes), Fault> {
        self.0.ready().await?;
        let answer = self.0.send_request(request(call)?).await?;
        let status = answer.status().as_u16();
        Ok((status, answer.into_body().collect().await?.to_bytes()))
    }

    /// The same, where any other status than the call's own is a fault.
    pub(crate) async fn expect(&mut self, call: &Call) -> Result<Bytes, Fault> {
        let (status, body) = self.send(call).await?;
        if status != call.status {
            let told = String::from_utf8_lossy(&body);
            let asked = format!("{} {}", call.method, call.path);
            return Err(format!("{asked} was answered {status}: {told}").into());
        }
        Ok(body)
    }
}

fn request(call: &Call) -> Result<Request<Full<Bytes>>, Fault> {
    let mut request = Request::builder()
        .method(call.method.as_str())
        .uri(&call.path)
        .header("host", "localhost");
    for (name, value) in &call.headers {
        request = request.header(name, value);
    }
    if call.is_numbered {
        request = request.header("x-request-id", NUMBERED.fetch_add(1, Ordering::Relaxed));
    }
    let body = Full::new(Bytes::copy_from_slice(call.body.as_bytes()));
    Ok(request.body(body)?)
}

/// So many connections to a server, kept from round to round.
pub(crate) struct Connections(Vec<Connection>);

/// What one slice of time showed.
pub(crate) struct Slice {
    /// Answers a second.
    pub(crate) rate: f64,
    /// Of each answer, in nanoseconds.
    pub(crate) latency: Histogram<u64>,
}

impl Connections {
    /// Opens so many.
    pub(crate) async fn open(port: u16, count: usize) -> Result<Self, Fault> {
        let mut open = Vec::with_capacity(count);
        for _ in 0..count {
            open.push(Connection::to(port).await?);
        }
        Ok(Self(open))
    }

    /// Sends a call over and over on every connection at once, for so long or so many times.
    pub(crate) async fn press(
        &mut self,
        call: &Call,
        time: Duration,
        most: usize,
    ) -> Result<Slice, Fault> {
        let each = most.div_ceil(self.0.len());
        let since = Instant::now();
        let mut pressing = JoinSet::new();
        for connection in self.0.drain(..) {
            pressing.spawn(press_one(connection, call.clone(), since + time, each));
        }
        let mut latency = histogram()?;
        while let Some(done) = pressing.join_next().await {
            let (connection, own) = done??;
            latency.add(own)?;
            self.0.push(connection);
        }
        let rate = latency.len() as f64 / since.elapsed().as_secs_f64();
        Ok(Slice { rate, latency })
    }
}

async fn press_one(
    mut connection: Connection,
    call: Call,
    until: Instant,
    most: usize,
) -> Result<(Connection, Histogram<u64>), Fault> {
    let mut latency = histogram()?;
    for _ in 0..most {
        let since = Instant::now();
        connection.expect(&call).await?;
        latency.saturating_record(since.elapsed().as_nanos() as u64);
        if Instant::now() >= until {
            break;
        }
    }
    Ok((connection, latency))
}

/// An empty one.
pub(crate) fn histogram() -> Result<Histogram<u64>, Fault> {
    Ok(Histogram::new_with_max(LONGEST, 3)?)
}
