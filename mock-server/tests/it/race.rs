//! Requests that really run side by side: what each is answered, and what is there afterwards, is as if they had
//! come one after the other.

mod amili;
mod ams;
pub(crate) mod clients;
mod control;
mod history;
mod lasting;
mod server;
mod walks;
mod winners;
