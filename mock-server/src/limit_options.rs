//! The options that say what a server takes at the most.

use std::time::Duration;

use clap::Args;
use clap::builder::RangedU64ValueParser;
use mock_server::{JournalLimits, Limits};

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;

/// What a server takes at the most.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Limits")]
pub(crate) struct LimitArgs {
    /// The most requests that each space's journal keeps; 0 keeps none
    #[arg(long, value_name = "N", default_value_t = JournalLimits::default().entries)]
    journal_entries: usize,
    /// The most MiB of requests and answers that each space's journal keeps
    #[arg(long, value_name = "MIB", default_value_t = JournalLimits::default().bytes / MIB)]
    journal_mib: usize,
    /// The largest body, in KiB
    #[arg(long, value_name = "KIB", default_value_t = Limits::default().body / KIB, value_parser = from_to(1, 1 << 20))]
    max_body_kib: usize,
    /// The largest body of PUT /_mock/state, in MiB
    #[arg(long, value_name = "MIB", default_value_t = Limits::default().state / MIB, value_parser = from_to(1, 1 << 14))]
    max_state_mib: usize,
    /// The most levels of objects and lists in a body
    #[arg(long, value_name = "N", default_value_t = Limits::default().nesting, value_parser = from_to(1, 120))]
    max_nesting: usize,
    /// The longest URL, in KiB
    #[arg(long, value_name = "KIB", default_value_t = Limits::default().url / KIB, value_parser = from_to(1, 63))]
    max_url_kib: usize,
    /// The largest head of a request, its URL and headers together, in KiB
    #[arg(long, value_name = "KIB", default_value_t = Limits::default().head / KIB, value_parser = from_to(8, 1 << 14))]
    max_head_kib: usize,
    /// The most headers of a request
    #[arg(long, value_name = "N", default_value_t = Limits::default().headers, value_parser = from_to(1, 10_000))]
    max_headers: usize,
    /// The most records and tokens of each space
    #[arg(long, value_name = "N", default_value_t = Limits::default().records)]
    max_records: usize,
    /// The most checkpoints of each space
    #[arg(long, value_name = "N", default_value_t = Limits::default().checkpoints)]
    max_checkpoints: usize,
    /// The most spaces
    #[arg(long, value_name = "N", default_value_t = Limits::default().spaces, value_parser = from_to(1, u64::MAX))]
    max_spaces: usize,
    /// The most connections at a time; less where the process may open fewer files
    #[arg(long, value_name = "N", default_value_t = Limits::default().connections, value_parser = from_to(1, u64::MAX))]
    max_connections: usize,
    /// How long a request may take to come, its body included
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::default().request_within.as_secs(), value_parser = seconds())]
    max_request_seconds: u64,
    /// How long a connection may stay open without a request
    #[arg(long, value_name = "SECONDS", default_value_t = Limits::default().idle.as_secs(), value_parser = seconds())]
    max_idle_seconds: u64,
}

fn from_to(least: u64, most: u64) -> RangedU64ValueParser<usize> {
    RangedU64ValueParser::new().range(least..=most)
}

/// Up to a day.
fn seconds() -> RangedU64ValueParser<u64> {
    RangedU64ValueParser::new().range(1..=86_400)
}

impl LimitArgs {
    /// What each space's journal keeps.
    pub(crate) fn journal(&self) -> JournalLimits {
        JournalLimits {
            entries: self.journal_entries,
            bytes: self.journal_mib.saturating_mul(MIB),
        }
    }

    /// Everything else.
    pub(crate) fn limits(&self) -> Limits {
        Limits {
            body: self.max_body_kib.saturating_mul(KIB),
            state: self.max_state_mib.saturating_mul(MIB),
            nesting: self.max_nesting,
            url: self.max_url_kib.saturating_mul(KIB),
            head: self.max_head_kib.saturating_mul(KIB),
            headers: self.max_headers,
            records: self.max_records,
            checkpoints: self.max_checkpoints,
            spaces: self.max_spaces,
            connections: self.max_connections,
            request_within: Duration::from_secs(self.max_request_seconds),
            idle: Duration::from_secs(self.max_idle_seconds),
        }
    }
}
