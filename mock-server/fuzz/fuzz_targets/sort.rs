#![no_main]
//! No text makes `sort` panic.

libfuzzer_sys::fuzz_target!(|text: &str| mock_server::fuzzing::sort(text));
