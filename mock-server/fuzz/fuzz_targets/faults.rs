#![no_main]
//! The target `faults`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mock_server::fuzzing::run("faults", bytes));
