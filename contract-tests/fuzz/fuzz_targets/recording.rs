#![no_main]
//! The target `recording`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| contract_tests::fuzzing::run("recording", bytes));
