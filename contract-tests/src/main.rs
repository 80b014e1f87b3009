//! The `contract-tests` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(contract_tests::cli::main(std::env::args_os()))
}
