//! The scenarios against the mock, and what must be true of them all.

#[cfg(test)]
mod boundaries;
#[cfg(test)]
mod calibrate;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod coverage;
#[cfg(test)]
mod credentials;
#[cfg(test)]
mod described;
#[cfg(unix)]
#[cfg(test)]
mod durable;
#[cfg(test)]
mod explore;
#[cfg(test)]
mod harness;
#[cfg(test)]
mod history;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod interrupts;
#[cfg(test)]
mod kept;
#[cfg(test)]
mod kept_walk;
#[cfg(test)]
mod ledger;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod observed;
#[cfg(test)]
mod recordings;
#[cfg(test)]
mod reports;
#[cfg(test)]
mod safety;
#[cfg(test)]
mod scenarios;
#[cfg(test)]
mod sweep;
#[cfg(test)]
mod twin;
#[cfg(test)]
mod wire;
#[cfg(test)]
mod wrong;

// As the commands have it: the tests spend a good part of their time on documents that come and go.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
