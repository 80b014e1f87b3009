#![no_main]
//! The target `where_clause`.

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mock_server::fuzzing::run("where_clause", bytes));
