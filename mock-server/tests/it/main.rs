//! The fakes over HTTP and on the command line, held against the documents.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "the helpers of tests fail as tests do"
)]

mod amili;
mod ams;
mod assumptions;
mod bad_input;
mod boundaries;
mod browser;
mod cli;
mod control;
mod documented;
mod embedded;
mod guide;
mod guide_examples;
mod harness;
mod limits;
mod observed;
mod openapi;
mod platform;
pub(crate) mod race;
mod readme;
mod rulebook;
mod spaces;
mod state_file;

// As the commands have it: the tests spend a good part of their time on documents that come and go.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
