//! What the fakes share. Knows no API.

pub(crate) mod assumption;
pub(crate) mod rule;
