#![no_main]
//! The target `walk`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| contract_tests::fuzzing::run("walk", bytes));
