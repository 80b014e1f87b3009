#![no_main]
//! The target `ledger_file`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| contract_tests::fuzzing::run("ledger_file", bytes));
