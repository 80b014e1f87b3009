//! The framework's manners: what Eve does with texts, bodies, schemas and queries, whatever the
//! resource. Pure functions on values; it knows no resource, no route, no store and no clock.
//!
//! Three libraries show through, and each has its part here: Cerberus (`schema`, `normalise`,
//! `validate`, `issues`), MongoDB (`order`, `where_clause`, `sort`, `projection`, `merge`) and
//! Python itself, in which numbers, dates and refused values are read and printed (`python`).

pub(crate) mod body;
pub(crate) mod conditional;
pub(crate) mod dates;
pub(crate) mod etag;
pub(crate) mod hex;
pub(crate) mod issues;
mod json;
pub(crate) mod merge;
pub(crate) mod normalise;
pub(crate) mod order;
pub(crate) mod paging;
pub(crate) mod projection;
mod python;
pub(crate) mod query_error;
#[cfg_attr(
    not(test),
    expect(
        dead_code,
        reason = "the vocabulary of schemas is whole, whichever resources there are"
    )
)]
pub(crate) mod schema;
pub(crate) mod sort;
#[cfg(test)]
mod tests;
pub(crate) mod text;
pub(crate) mod validate;
pub(crate) mod where_clause;

pub(crate) use issues::Issues;
pub(crate) use paging::Paging;
pub(crate) use projection::Projection;
pub(crate) use sort::Sort;
pub(crate) use validate::{Checked, Checks, Mode, Neighbours, Unknown};
pub(crate) use where_clause::Filter;
