//! Recordings: what a run saw, written so that two runs can be compared. Ids, dates, etags, names and
//! numbers of their own become symbols that keep their relations. It runs nothing.

mod counterpart;
mod crowd;
mod format;
mod numbers;
mod order;
mod read;
mod symbols;
mod write;

pub(crate) use format::{Header, Observed, Outcome, Recorded, Recording, Response};
pub(crate) use read::ReadError;
pub use write::lines;
pub(crate) use write::{RunRecording, recorded};
