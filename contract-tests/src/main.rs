//! The `contract-tests` command.
fn main() {}
