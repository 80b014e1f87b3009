#![no_main]
//! The target `query`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mock_server::fuzzing::run("query", bytes));
