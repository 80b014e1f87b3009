//! Why a query parameter was not taken. It knows no status: the framework tells its clients only
//! that it "could not understand", so the reason kept here is for the people using the fake.

use std::fmt;

/// A parameter that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum QueryError {
    /// The framework, its driver or the database refuses it. The text says what was wrong, where,
    /// and what would be right.
    Malformed(String),
    /// The framework takes it, this fake does not know it. The name of what is missing.
    Unmodelled(String),
}

impl QueryError {
    /// A refusal with its reason.
    pub(crate) fn malformed(reason: impl Into<String>) -> Self {
        Self::Malformed(reason.into())
    }

    /// A part of the query language that is not imitated.
    pub(crate) fn unmodelled(name: impl Into<String>) -> Self {
        Self::Unmodelled(name.into())
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(reason) => out.write_str(reason),
            Self::Unmodelled(name) => write!(out, "{name} is not imitated by this fake"),
        }
    }
}
