#![no_main]
//! The target `world`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mock_server::fuzzing::run("world", bytes));
