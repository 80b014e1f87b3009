//! What the fakes share: spaces, tokens, clock and ids, the trace of an answer, rules and assumptions.
//! Knows no API.

pub(crate) mod api;
pub(crate) mod assumption;
pub(crate) mod bounds;
pub(crate) mod breach;
pub(crate) mod clock;
pub(crate) mod coverage;
pub(crate) mod faults;
pub(crate) mod ids;
pub(crate) mod journal;
pub(crate) mod limits;
pub(crate) mod moment;
pub(crate) mod outbox;
pub(crate) mod paths;
pub(crate) mod query;
pub(crate) mod ready;
pub(crate) mod rule;
pub(crate) mod space;
pub(crate) mod spaces;
pub(crate) mod state_file;
pub(crate) mod tokens;
pub(crate) mod whole;
pub(crate) mod world;
