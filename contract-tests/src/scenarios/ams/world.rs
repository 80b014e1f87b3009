//! What the built-in world of a mock holds, as its documentation lists it.

/// "Standard User", general: `read_groups`.
pub(super) const STANDARD: i64 = 1;
/// "Power User", company 24: the four `write_…` permissions.
pub(super) const POWER: i64 = 2;
/// "Admin", general: all five and two more that only it has.
pub(super) const ADMIN: i64 = 3;
/// A group of company 42.
pub(super) const FOREIGN_GROUP: i64 = 4;
/// The company of every caller that has one.
pub(super) const COMPANY: i64 = 24;
/// The other company.
pub(super) const OTHER_COMPANY: i64 = 42;
/// The five permissions that the guide names.
pub(super) const PERMISSIONS: [&str; 5] = [
    "write_users",
    "write_departments",
    "write_user_department",
    "read_groups",
    "write_permission_user",
];
