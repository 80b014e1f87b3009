//! A value taken from an answer to be used in a later request: an id. In a dry run it is `{{name}}`.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

/// A captured value.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub(crate) struct Captured(pub(crate) Value);

impl Captured {
    /// What stands for a value that a dry run never sees.
    pub(crate) fn placeholder(name: &str) -> Self {
        Self(Value::String(format!("{{{{{name}}}}}")))
    }
}

impl fmt::Display for Captured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Value::String(text) => f.write_str(text),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::Array(_)
            | Value::Object(_) => {
                write!(f, "{}", self.0)
            }
        }
    }
}

impl From<i64> for Captured {
    fn from(id: i64) -> Self {
        Self(id.into())
    }
}

impl From<&str> for Captured {
    fn from(id: &str) -> Self {
        Self(id.into())
    }
}
