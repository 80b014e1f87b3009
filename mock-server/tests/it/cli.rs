//! The command: usage, what it prints, how it starts and stops, `exec`, the lists.

#[cfg(unix)]
mod durable;
mod exec;
mod intercept;
mod lists;
mod process;
mod serve;
mod usage;
