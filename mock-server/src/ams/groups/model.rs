//! Permission groups.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

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
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct GroupShown {
    pub(crate) id: GroupId,
    pub(crate) name: String,
    pub(crate) company_id: Option<CompanyId>,
    pub(crate) editable: bool,
    pub(crate) deletable: bool,
}

/// The groups that a user holds afterwards.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Assignment {
    pub(crate) user: UserId,
    pub(crate) groups: BTreeSet<GroupId>,
}
