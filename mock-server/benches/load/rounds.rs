//! The rounds: every server takes every operation in turn, over and over, so that whatever else the machine
//! does befalls all of them alike.

use std::time::Duration;

use crate::Fault;
use crate::calls::{Calls, OPERATIONS, Operation};
use crate::client::Connections;

/// How many connections there are at once.
pub(crate) const WIDTHS: [usize; 2] = [1, 64];
/// The most requests of one slice.
const MOST: usize = 20_000;

/// A server that is measured.
pub(crate) struct Subject {
    pub(crate) name: String,
    pub(crate) calls: Calls,
    port: u16,
    /// It takes part in each so many-th round.
    each: usize,
}

/// What one round showed of one server, operation and width.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Seen {
    pub(crate) rate: f64,
    /// Nanoseconds.
    pub(crate) p99: f64,
}

/// Every round of one server, operation and width.
pub(crate) struct Cell {
    pub(crate) subject: usize,
    pub(crate) operation: Operation,
    pub(crate) width: usize,
    pub(crate) seen: Vec<Seen>,
}

impl Subject {
    /// One that takes part in every round.
    pub(crate) fn new(name: &str, port: u16, calls: Calls) -> Self {
        Self {
            name: name.to_owned(),
            calls,
            port,
            each: 1,
        }
    }

    /// The same, taking part in each so many-th round alone.
    pub(crate) fn each(self, each: usize) -> Self {
        Self { each, ..self }
    }

    async fn press(
        &self,
        operation: Operation,
        width: usize,
        slice: Duration,
    ) -> Result<Seen, Fault> {
        let call = self
            .calls
            .get(&operation)
            .ok_or("an operation is missing")?;
        // Fresh ones: some servers end those that nobody has used for a while.
        let mut connections = Connections::open(self.port, width).await?;
        let pressed = connections.press(call, slice, MOST).await?;
        Ok(Seen {
            rate: pressed.rate,
            p99: pressed.latency.value_at_quantile(0.99) as f64,
        })
    }
}

/// Takes so many rounds of slices of so much time. The first round warms everybody up and is left out.
pub(crate) async fn take(
    subjects: &mut [Subject],
    rounds: usize,
    slice: Duration,
) -> Result<Vec<Cell>, Fault> {
    let mut cells = empty(subjects);
    for round in 0..=rounds {
        for cell in &mut cells {
            let subject = &subjects[cell.subject];
            if round % subject.each != 0 {
                continue;
            }
            let seen = subject.press(cell.operation, cell.width, slice).await;
            let seen = seen.map_err(|fault| format!("{}: {fault}", subject.name))?;
            if round > 0 {
                cell.seen.push(seen);
            }
        }
        eprint!(".");
    }
    eprintln!();
    Ok(cells)
}

/// The cells in the order of a round: the servers next to each other.
fn empty(subjects: &[Subject]) -> Vec<Cell> {
    let mut cells = Vec::new();
    for operation in OPERATIONS {
        for width in WIDTHS {
            for (place, subject) in subjects.iter().enumerate() {
                if subject.calls.contains_key(&operation) {
                    cells.push(Cell {
                        subject: place,
                        operation,
                        width,
                        seen: Vec::new(),
                    });
                }
            }
        }
    }
    cells
}

/// The middle of some figures.
pub(crate) fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

impl Cell {
    /// The middle of the rates.
    pub(crate) fn rate(&self) -> f64 {
        median(self.seen.iter().map(|seen| seen.rate))
    }

    /// The middle of the rounds' own 99th percentiles, in microseconds.
    pub(crate) fn p99(&self) -> f64 {
        median(self.seen.iter().map(|seen| seen.p99)) / 1000.0
    }

    /// The middle of the ratios to another server's rates, round by round.
    pub(crate) fn rate_to(&self, other: &Self) -> f64 {
        let pairs = self.seen.iter().zip(&other.seen);
        median(pairs.map(|(own, other)| own.rate / other.rate))
    }

    /// The same of the 99th percentiles.
    pub(crate) fn p99_to(&self, other: &Self) -> f64 {
        let pairs = self.seen.iter().zip(&other.seen);
        median(pairs.map(|(own, other)| own.p99 / other.p99))
    }
}
