#![no_main]
//! The target `targets_file`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| contract_tests::fuzzing::run("targets_file", bytes));
