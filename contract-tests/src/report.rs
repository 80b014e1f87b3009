//! Reports: readers of events. They run nothing and know no client.

pub(crate) mod json;
pub(crate) mod text;
