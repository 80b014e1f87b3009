//! The calls that are measured, as each server takes them. It knows no connection.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What is measured, in the order of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Operation {
    ReadOne,
    ReadAnew,
    ListGroups,
    List25,
    ListAnew,
    CreateCreditor,
    CreateUser,
    AssignGroups,
}

/// Every operation.
pub(crate) const OPERATIONS: [Operation; 8] = [
    Operation::ReadOne,
    Operation::ReadAnew,
    Operation::ListGroups,
    Operation::List25,
    Operation::ListAnew,
    Operation::CreateCreditor,
    Operation::CreateUser,
    Operation::AssignGroups,
];

impl Operation {
    /// What people call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::ReadOne => "read one creditor",
            Self::ReadAnew => "read one creditor, no two requests alike",
            Self::ListGroups => "list the groups of a creditor",
            Self::List25 => "list 25 creditors",
            Self::ListAnew => "list 25 creditors, no two requests alike",
            Self::CreateCreditor => "create a creditor, with its groups",
            Self::CreateUser => "create a user",
            Self::AssignGroups => "AMS: assign groups",
        }
    }

    /// Whether it changes something, so that the store is what it is compared with.
    pub(crate) fn writes(self) -> bool {
        use Operation::{List25, ListAnew, ListGroups, ReadAnew, ReadOne};
        !matches!(self, ReadOne | ReadAnew | ListGroups | List25 | ListAnew)
    }

    /// The least share of the yardstick's rate that is good enough, where there is a goal.
    pub(crate) fn goal(self) -> Option<f64> {
        match self {
            Self::ReadOne => Some(0.8),
            Self::ReadAnew | Self::ListAnew => None,
            _ => Some(0.5),
        }
    }
}

/// One request, and the status of its answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Call {
    pub(crate) method: String,
    pub(crate) path: String,
    #[serde(default)]
    pub(crate) headers: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) body: String,
    pub(crate) status: u16,
    /// Whether each request differs from all before it, by a header that nothing reads.
    #[serde(default)]
    pub(crate) is_numbered: bool,
}

impl Call {
    /// A call without a body.
    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self {
            method: "GET".to_owned(),
            path: path.into(),
            headers: BTreeMap::new(),
            body: String::new(),
            status: 200,
            is_numbered: false,
        }
    }

    /// A call with a JSON body.
    pub(crate) fn post(path: impl Into<String>, body: &serde_json::Value, status: u16) -> Self {
        let call = Self {
            method: "POST".to_owned(),
            body: body.to_string(),
            status,
            ..Self::get(path)
        };
        call.with("content-type", "application/json")
    }

    /// The same with a header.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.insert(name.to_owned(), value.to_owned());
        self
    }

    /// The same, each request different from all before it.
    pub(crate) fn numbered(self) -> Self {
        Self {
            is_numbered: true,
            ..self
        }
    }

    /// The path without its query.
    pub(crate) fn bare_path(&self) -> &str {
        self.path.split('?').next().unwrap_or_default()
    }
}

/// How a server takes the operations that it has.
pub(crate) type Calls = BTreeMap<Operation, Call>;
