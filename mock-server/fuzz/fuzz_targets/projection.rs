#![no_main]
//! The target `projection`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mock_server::fuzzing::run("projection", bytes));
