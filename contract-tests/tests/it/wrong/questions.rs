//! What is no breakage, because no document says otherwise: open questions, which the scenarios about
//! assumptions report as another answer or an unknown one.

/// Rules whose refusal may have any 4xx: the documents give a code or nothing at all.
pub(super) const OPEN_STATUS: [&str; 9] = [
    "ams.department.parent-exists",
    "ams.permission.group-exists",
    "ams.permission.no-more-power",
    "ams.permission.no-self-change",
    "ams.permission.user-exists",
    "ams.user-department.departments-exist",
    "ams.user-department.user-exists",
    "ams.user.company-must-exist",
    "ams.user.mail-otp",
];

/// Rules whose refusal may have any body: the documents give a status or nothing at all.
pub(super) const OPEN_BODY: [&str; 10] = [
    "ams.department.create-permission",
    "ams.department.parent-exists",
    "ams.group.list-permission",
    "ams.permission.assign-permission",
    "ams.user-department.departments-exist",
    "ams.user-department.permission",
    "ams.user.company-must-exist",
    "ams.user.create-permission",
    "ams.user.login-only",
    "ams.user.mail-otp",
];
