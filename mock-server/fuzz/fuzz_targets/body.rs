#![no_main]
//! The target `body`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mock_server::fuzzing::run("body", bytes));
