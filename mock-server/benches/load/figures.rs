//! What is measured of the mock alone: its start, its memory, its size, and what growth costs.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::Fault;
use crate::calls::{Call, Calls, OPERATIONS, Operation};
use crate::client::{Connection, Connections};
use crate::mock;
use crate::rounds::median;
use crate::servers::Server;

/// How often it is started.
const STARTS: usize = 25;
/// How many creditors are kept to see what one takes.
const KEPT: usize = 10_000;
/// How many creditors there are when costs are compared.
pub(crate) const SIZES: [usize; 2] = [1_000, 100_000];
const GROWTH_ROUNDS: usize = 15;
const GROWTH_SLICE: Duration = Duration::from_millis(40);

/// The figures.
pub(crate) struct Figures {
    /// Milliseconds: the middle and the worst.
    pub(crate) start: (f64, f64),
    /// MiB.
    pub(crate) idle: f64,
    /// KiB for a creditor with its groups.
    pub(crate) creditor: f64,
    /// MB.
    pub(crate) binary: f64,
    /// For each operation the cost of one call with many records, as a multiple of that with few.
    pub(crate) growth: Vec<(Operation, f64)>,
}

/// Measures all of them.
pub(crate) async fn take(binary: &Path) -> Result<Figures, Fault> {
    let (start, idle) = start(binary).await?;
    Ok(Figures {
        start,
        idle,
        creditor: creditor(binary).await?,
        binary: std::fs::metadata(binary)?.len() as f64 / 1e6,
        growth: growth(binary).await?,
    })
}

/// From the start of the process to its first answer, and what it holds then.
async fn start(binary: &Path) -> Result<((f64, f64), f64), Fault> {
    let mut times = Vec::new();
    let mut held = Vec::new();
    for _ in 0..STARTS {
        let since = Instant::now();
        let server = Server::mock(binary, &[])?;
        let mut connection = Connection::to(server.port).await?;
        connection.expect(&Call::get("/_mock/health")).await?;
        times.push(since.elapsed().as_secs_f64() * 1e3);
        held.push(server.resident()? as f64 / f64::from(1 << 20));
    }
    let worst = times.iter().copied().fold(0.0, f64::max);
    Ok(((median(times.into_iter()), worst), median(held.into_iter())))
}

/// What a creditor with its groups takes, beside a journal of one entry.
async fn creditor(binary: &Path) -> Result<f64, Fault> {
    let server = Server::mock(binary, &["--journal-entries", "1"])?;
    mock::fill(server.port, 500).await?;
    let before = server.resident()?;
    mock::fill(server.port, KEPT).await?;
    let held = server.resident()?.saturating_sub(before);
    Ok(held as f64 / 1024.0 / KEPT as f64)
}

/// What each operation costs with few and with many records, in turn.
async fn growth(binary: &Path) -> Result<Vec<(Operation, f64)>, Fault> {
    let mut sides = Vec::new();
    for size in SIZES {
        let server = Server::mock(binary, &[])?;
        let calls = mock::calls(server.port, size).await?;
        sides.push((server, calls));
    }
    let mut costs = Vec::new();
    for operation in OPERATIONS {
        let mut ratios = Vec::new();
        for _ in 0..GROWTH_ROUNDS {
            let mut rates = Vec::new();
            for (server, calls) in &sides {
                rates.push(rate(operation, calls, server.port).await?);
            }
            ratios.push(rates[0] / rates[1]);
        }
        costs.push((operation, median(ratios.into_iter())));
    }
    Ok(costs)
}

async fn rate(operation: Operation, calls: &Calls, port: u16) -> Result<f64, Fault> {
    let call = calls
        .get(&operation)
        .ok_or("the mock has every operation")?;
    let mut connections = Connections::open(port, 1).await?;
    // Few enough that what is created does not make the small one large.
    Ok(connections.press(call, GROWTH_SLICE, 100).await?.rate)
}
