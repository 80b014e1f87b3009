#![no_main]
//! The target `state_file`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mock_server::fuzzing::run("state_file", bytes));
