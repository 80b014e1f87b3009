//! Measures a release build of the mock beside other servers. `scripts/bench.sh` builds what it needs and
//! says how it is called.

#![expect(
    clippy::print_stdout,
    reason = "what was measured is told on standard output"
)]

mod calls;
mod client;
mod compare;
mod figures;
mod mock;
mod report;
mod rivals;
mod rounds;
mod servers;
mod soak;
mod yardsticks;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use self::compare::Comparison;
use self::soak::Soak;

/// Whatever ends a run early.
pub(crate) type Fault = Box<dyn std::error::Error + Send + Sync>;

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Compares the servers, and writes the report.
    Compare(Comparison),
    /// Puts mixed load on the mock, and fails when it keeps more and more or answers slower and slower.
    Soak(Soak),
    /// Answers the constants of a file.
    Constants { port: u16, file: PathBuf },
    /// Keeps bodies.
    Store { port: u16 },
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("load: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<(), Fault> {
    match command {
        Command::Constants { port, file } => yardsticks::serve(port, yardsticks::constants(&file)?),
        Command::Store { port } => yardsticks::serve(port, yardsticks::store()),
        Command::Compare(comparison) => {
            println!("{}", on_one_thread(comparison.take())?);
            Ok(())
        }
        Command::Soak(soak) => {
            println!("{}", on_one_thread(soak.take())?);
            Ok(())
        }
    }
}

/// The load comes from one thread, so that it leaves a processor to the servers.
fn on_one_thread<T>(work: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(work)
}
