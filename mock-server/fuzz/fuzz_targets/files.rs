#![no_main]
//! The target `files`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mock_server::fuzzing::run("files", bytes));
