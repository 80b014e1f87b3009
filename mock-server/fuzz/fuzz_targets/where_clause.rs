#![no_main]
//! No text makes `where_clause` panic.

libfuzzer_sys::fuzz_target!(|text: &str| mock_server::fuzzing::where_clause(text));
