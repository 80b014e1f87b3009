//! The permissions that the documented calls take, each with the rule that says so.

use super::rulebook;
use crate::platform::rule::Rule;

/// A permission that a call takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Permission {
    /// Its name in the article.
    pub(super) name: &'static str,
    /// The rule that asks for it.
    pub(super) rule: &'static Rule,
}

pub(super) const WRITE_USERS: Permission = Permission {
    name: "write_users",
    rule: &rulebook::MAY_WRITE_USERS,
};
pub(super) const WRITE_DEPARTMENTS: Permission = Permission {
    name: "write_departments",
    rule: &rulebook::MAY_WRITE_DEPARTMENTS,
};
pub(super) const WRITE_USER_DEPARTMENT: Permission = Permission {
    name: "write_user_department",
    rule: &rulebook::MAY_WRITE_USER_DEPARTMENT,
};
pub(super) const READ_GROUPS: Permission = Permission {
    name: "read_groups",
    rule: &rulebook::MAY_READ_GROUPS,
};
pub(super) const WRITE_PERMISSION_USER: Permission = Permission {
    name: "write_permission_user",
    rule: &rulebook::MAY_WRITE_PERMISSION_USER,
};
