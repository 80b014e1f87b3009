#![no_main]
//! The target `key`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| contract_tests::fuzzing::run("key", bytes));
