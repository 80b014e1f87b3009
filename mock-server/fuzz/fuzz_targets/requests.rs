#![no_main]
//! The target `requests`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mock_server::fuzzing::run("requests", bytes));
