//! Mixed load for a given time. Each window ends with a reset and a look at what the mock still holds: memory and
//! descriptors must not grow, nor may answers take longer, measured by a yardstick that gets the same load.

use std::io::Write;
use std::net::TcpStream;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;
use hdrhistogram::Histogram;
use hyper::body::Bytes;
use tokio::task::JoinSet;

use crate::Fault;
use crate::calls::{Call, Calls};
use crate::client::{Connection, histogram};
use crate::compare::constants;
use crate::mock;
use crate::report;
use crate::rounds::median;
use crate::servers::Server;

/// What stands around the report of a soak.
const MARKS: [&str; 2] = ["<!-- soak -->\n", "<!-- /soak -->"];
const WINDOW: Duration = Duration::from_secs(5);
const CLIENTS: usize = 16;
/// Requests after which a client takes another connection.
const PER_CONNECTION: usize = 200;
/// How long the mock may take to let go of what a reset and closed connections leave.
const SETTLE_WITHIN: Duration = Duration::from_secs(5);

/// The most that memory may grow: a share, and bytes besides.
const MEMORY: (f64, f64) = (1.1, 8.0 * 1024.0 * 1024.0);
/// The most that the time of an answer may grow by: its median, and its 99th percentile.
const CREEP: [f64; 2] = [1.5, 2.0];
/// Windows below which nothing can be told.
const FEWEST: usize = 8;

#[derive(Args)]
pub(crate) struct Soak {
    /// The release build of `mock-server`.
    #[arg(long)]
    mock: PathBuf,
    /// Where files may be written.
    #[arg(long)]
    folder: PathBuf,
    /// The report, in Markdown, into which the outcome is written.
    #[arg(long)]
    out: Option<PathBuf>,
    #[arg(default_value_t = 10.0)]
    minutes: f64,
}

/// What a window showed when it was over.
struct Window {
    requests: u64,
    /// Bytes.
    resident: f64,
    descriptors: usize,
    /// Nanoseconds of the mock and of the yardstick: median and 99th percentile.
    latency: [f64; 2],
    yardstick: [f64; 2],
}

impl Soak {
    /// Takes it; the error says what grew.
    pub(crate) async fn take(&self) -> Result<String, Fault> {
        let server = Server::mock(&self.mock, &[])?;
        let calls = mock::calls(server.port, 10).await?;
        let file = self.folder.join("soak.json");
        let answers = constants(server.port, &calls).await?;
        std::fs::write(&file, serde_json::to_vec(&answers)?)?;
        let yardstick = Server::constants(&file)?;
        let calls = mixed(&calls);
        let until = Instant::now() + Duration::from_secs_f64(self.minutes * 60.0);
        let mut windows = Vec::new();
        while Instant::now() < until {
            let window = window(&server, &yardstick, &calls).await?;
            eprintln!("{}", line(&window));
            windows.push(window);
        }
        let (told, faults) = judge(&windows)?;
        if let Some(out) = &self.out {
            report::write_into(out, MARKS, &told)?;
        }
        match faults.is_empty() {
            true => Ok(told),
            false => Err(format!("{told}\n{}", faults.join("; ")).into()),
        }
    }
}

/// Calls that can be sent at any time, whatever a reset has taken away.
fn mixed(calls: &Calls) -> Vec<Call> {
    let mut mixed: Vec<Call> = calls.values().cloned().collect();
    let unread = Call::post("/creditors", &serde_json::json!({"account": 1}), 422);
    mixed.extend([
        Call::get("/creditors"),
        unread.with("x-api-key", "amili-api-user"),
        Call::get("/_mock/journal?limit=20"),
        Call::get("/_mock/spaces"),
        Call::get("/no/such/path"),
        mock::create_creditor().with("x-mock-space", "soak"),
    ]);
    mixed
}

async fn window(mock: &Server, yardstick: &Server, calls: &[Call]) -> Result<Window, Fault> {
    let mut clients = JoinSet::new();
    let until = Instant::now() + WINDOW;
    for number in 0..CLIENTS {
        clients.spawn(client(mock.port, calls.to_vec(), number, until));
    }
    clients.spawn(steward(mock.port, until));
    // At the same time: whatever slows the machine down slows both.
    let first = calls.first().ok_or("there are no calls")?.clone();
    let beside = tokio::spawn(client(yardstick.port, vec![first], 0, until));
    let mut latency = histogram()?;
    while let Some(done) = clients.join_next().await {
        latency.add(done??)?;
    }
    let asked = beside.await??;
    reset(mock.port).await?;
    let (resident, descriptors) = settled(mock).await?;
    Ok(Window {
        requests: latency.len(),
        resident,
        descriptors,
        latency: quantiles(&latency),
        yardstick: quantiles(&asked),
    })
}

fn quantiles(latency: &Histogram<u64>) -> [f64; 2] {
    [0.5, 0.99].map(|quantile| latency.value_at_quantile(quantile) as f64)
}

/// Sends every call in turn, each client beginning at another one. What is answered is not looked at: the records
/// may be gone.
async fn client(
    port: u16,
    calls: Vec<Call>,
    first: usize,
    until: Instant,
) -> Result<Histogram<u64>, Fault> {
    let mut latency = histogram()?;
    let mut turn = first;
    while Instant::now() < until {
        let mut connection = Connection::to(port).await?;
        for _ in 0..PER_CONNECTION {
            let since = Instant::now();
            let (status, body) = connection.send(&calls[turn % calls.len()]).await?;
            latency.saturating_record(since.elapsed().as_nanos() as u64);
            if status >= 500 && status != 501 {
                return Err(format!("{status}: {}", String::from_utf8_lossy(&body)).into());
            }
            turn += 1;
            if Instant::now() >= until {
                break;
            }
        }
    }
    Ok(latency)
}

/// Checkpoints, resets, spaces, streams that are left, and clients that never finish what they say.
async fn steward(port: u16, until: Instant) -> Result<Histogram<u64>, Fault> {
    let named = |method: &str, path: &str, status| Call {
        method: method.to_owned(),
        status,
        ..Call::get(path)
    };
    let calls = [
        named("PUT", "/_mock/checkpoints/soak", 201),
        named("POST", "/_mock/checkpoints/soak/rewind", 204),
        named("DELETE", "/_mock/checkpoints/soak", 204),
        named("DELETE", "/_mock/spaces/soak", 204),
        named("POST", "/_mock/reset", 204),
    ];
    while Instant::now() < until {
        for call in &calls {
            Connection::to(port).await?.send(call).await?;
        }
        for said in [
            "GET /_mock/journal/stream HTTP/1.1\r\nhost: localhost\r\n\r\n",
            "GET /creditors HTT",
            "\0\r\n\r\n",
            "POST /creditors HTTP/1.1\r\nhost: localhost\r\ncontent-length: 500\r\n\r\n{",
        ] {
            let mut stream = TcpStream::connect(("127.0.0.1", port))?;
            stream.write_all(said.as_bytes())?;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    histogram()
}

async fn reset(port: u16) -> Result<Bytes, Fault> {
    let call = Call {
        method: "POST".to_owned(),
        status: 204,
        ..Call::get("/_mock/reset")
    };
    Connection::to(port).await?.expect(&call).await
}

/// Memory and descriptors, once neither shrinks any more.
async fn settled(mock: &Server) -> Result<(f64, usize), Fault> {
    let since = Instant::now();
    let mut last = (f64::MAX, usize::MAX);
    loop {
        let now = (mock.resident()? as f64, mock.descriptors()?);
        if now.0 >= last.0 && now.1 >= last.1 || since.elapsed() > SETTLE_WITHIN {
            return Ok(now);
        }
        last = now;
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

fn line(window: &Window) -> String {
    let micros = |nanos: f64| nanos / 1000.0;
    format!(
        "{} requests, {:.1} MiB, {} descriptors, median {:.0} µs ({:.0}), p99 {:.0} µs ({:.0})",
        window.requests,
        window.resident / f64::from(1 << 20),
        window.descriptors,
        micros(window.latency[0]),
        micros(window.yardstick[0]),
        micros(window.latency[1]),
        micros(window.yardstick[1]),
    )
}

/// What a soak showed in words, and what is wrong with it: the last quarter is held against the second one, by
/// which everything bounded is full.
fn judge(windows: &[Window]) -> Result<(String, Vec<String>), Fault> {
    if windows.len() < FEWEST {
        return Err(format!("{} windows tell nothing; {FEWEST} would", windows.len()).into());
    }
    let quarter = windows.len() / 4;
    let (early, late) = (&windows[quarter..2 * quarter], &windows[3 * quarter..]);
    let of =
        |windows: &[Window], figure: &dyn Fn(&Window) -> f64| median(windows.iter().map(figure));
    let compared = |figure: &dyn Fn(&Window) -> f64| (of(early, figure), of(late, figure));
    let mut faults = Vec::new();
    let memory = compared(&|window| window.resident);
    if memory.1 > memory.0 * MEMORY.0 + MEMORY.1 {
        faults.push(format!(
            "memory grew from {:.0} to {:.0} bytes",
            memory.0, memory.1
        ));
    }
    let open = compared(&|window| window.descriptors as f64);
    if open.1 > open.0 {
        faults.push(format!(
            "open descriptors grew from {} to {}",
            open.0, open.1
        ));
    }
    let creep = [0, 1].map(|at| {
        let slowness = |window: &Window| window.latency[at] / window.yardstick[at];
        let (early, late) = compared(&slowness);
        late / early
    });
    for (at, name) in ["median", "99th percentile"].iter().enumerate() {
        if creep[at] > CREEP[at] {
            faults.push(format!(
                "the {name} of answers crept up {:.2} times",
                creep[at]
            ));
        }
    }
    let requests: u64 = windows.iter().map(|window| window.requests).sum();
    let mib = f64::from(1 << 20);
    let told = format!(
        "{}, on {}. {requests} requests in {} windows of {} s. From the second quarter to the last: memory after \
         a reset {:.1} to {:.1} MiB, open descriptors {} to {}, time of an answer beside the yardstick's × {:.2} \
         (median) and × {:.2} (99th percentile).\n",
        report::today(),
        report::machine(),
        windows.len(),
        WINDOW.as_secs(),
        memory.0 / mib,
        memory.1 / mib,
        open.0,
        open.1,
        creep[0],
        creep[1],
    );
    Ok((told, faults))
}
