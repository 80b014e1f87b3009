//! Permission groups.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::ams::assumptions::FlagType;
use crate::ams::ids::{CompanyId, GroupId, UserId};

/// Permissions under one name. No call makes or changes a group: they come from the world.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Group {
    pub(crate) id: GroupId,
    pub(crate) name: String,
    /// `None`: a general group.
    pub(crate) company_id: Option<CompanyId>,
    pub(crate) permissions: BTreeSet<String>,
}

/// A group as a caller sees it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct GroupSeen {
    pub(crate) id: GroupId,
    pub(crate) name: String,
    pub(crate) company_id: Option<CompanyId>,
    /// Whether the caller may edit and delete it.
    pub(crate) managed: bool,
}

impl GroupSeen {
    /// How the list shows it.
    pub(crate) fn shown(self, flags: FlagType) -> Value {
        let flag = match flags {
            FlagType::Booleans => Value::Bool(self.managed),
            FlagType::Integers => Value::from(u8::from(self.managed)),
        };
        json!({
            "id": self.id,
            "name": self.name,
            "company_id": self.company_id,
            "editable": flag,
            "deletable": flag,
        })
    }
}

/// The groups that a user holds afterwards.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Assignment {
    pub(crate) user: UserId,
    pub(crate) groups: BTreeSet<GroupId>,
}
