//! The scenarios against the mock, and what must be true of them all.

#[cfg(test)]
mod boundaries;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod coverage;
#[cfg(test)]
mod credentials;
#[cfg(test)]
mod explore;
#[cfg(test)]
mod harness;
#[cfg(test)]
mod scenarios;
#[cfg(test)]
mod wire;
#[cfg(test)]
mod wrong;
