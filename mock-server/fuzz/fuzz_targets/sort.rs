#![no_main]
//! The target `sort`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mock_server::fuzzing::run("sort", bytes));
