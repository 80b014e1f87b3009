#![no_main]
//! The target `accepted`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| contract_tests::fuzzing::run("accepted", bytes));
