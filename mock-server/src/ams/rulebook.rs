//! Every rule of the AMS side, one static each. The words quoted stand in `fixtures/guides`.

use crate::platform::rule::rulebook;

rulebook! {
    UNAUTHENTICATED: Seed, "ams-first-setup",
        "ams.auth.unauthenticated",
        "A call without a valid token is unauthenticated.",
        "401 Unauthenticated = not logged in / invalid token."
        => 401, "Unauthenticated";
    MAY_WRITE_USERS: Seed, "ams-first-setup",
        "ams.user.create-permission",
        "Creating users takes write_users.",
        "Permission required: write_users"
        => 403, "Forbidden";
    MAY_WRITE_DEPARTMENTS: Seed, "ams-first-setup",
        "ams.department.create-permission",
        "Creating departments takes write_departments.",
        "Permission required: write_departments"
        => 403, "Forbidden";
    MAY_WRITE_USER_DEPARTMENT: Seed, "ams-first-setup",
        "ams.user-department.permission",
        "Assigning departments to users takes write_user_department.",
        "Permission required: write_user_department"
        => 403, "Forbidden";
    MAY_READ_GROUPS: Seed, "ams-first-setup",
        "ams.group.list-permission",
        "Listing permission groups takes read_groups.",
        "Permission required: read_groups"
        => 403, "Forbidden";
    MAY_WRITE_PERMISSION_USER: Seed, "ams-first-setup",
        "ams.permission.assign-permission",
        "Assigning permission groups takes write_permission_user.",
        "Permission required: write_permission_user"
        => 403, "Forbidden";
    USER_RETURNS_ID: Seed, "ams-first-setup",
        "ams.user.returns-id",
        "The creation of a user returns its id.",
        "On creation, each user returns an ID which you’ll use in later steps.";
    LOGIN_ENTRY: Seed, "ams-first-setup",
        "ams.user.login-entry",
        "A new user is a login and nothing more: in no permission group and in no department.",
        "Creating a user only creates the login entry.";
    LOGIN_ONLY: Seed, "ams-first-setup",
        "ams.user.login-only",
        "A user without a permission group can do nothing.",
        "To make them functional, you must assign at least one permission group in Step 5."
        => 403, "Forbidden";
    PROFILE: Seed, "ams-first-setup",
        "ams.user.profile",
        "A new user has a profile of name and surname, and nothing more.",
        "An initial “User Profile” is created with only name and surname.";
    USER_COMPANY_OF_CALLER: Seed, "ams-first-setup",
        "ams.user.company-of-caller",
        "A caller with a company creates users of that company, whatever company_id says.",
        "If your current API user already has a company assigned, the company_id you pass may be ignored and set to your company.";
    USER_COMPANY_EXISTS: Seed, "ams-first-setup",
        "ams.user.company-must-exist",
        "A caller without a company names an existing one for a new user.",
        "If your API user does not have a company (common in initial setup), company_id must match an existing company."
        => 404, "company.002";
    MAIL_OTP: Seed, "ams-first-setup",
        "ams.user.mail-otp",
        "mail_otp is 1 or 0 and is kept as sent.",
        "OTP: set mail_otp to 1 to enable OTP, 0 to disable."
        => 422, "mail_otp";
    MAIL_ON_CREATION: Seed, "ams-first-setup",
        "ams.user.mail-on-creation",
        "A new user gets a mail to set a password when the company's preference is not 0.",
        "If the company preference send_email_on_user_account_created is not 0, the user will receive an email to set their password";
    PARENT_EXISTS: Seed, "ams-first-setup",
        "ams.department.parent-exists",
        "The parent of a department exists.",
        "If parent_id is set, it must reference an existing department (otherwise you’ll receive an error)."
        => 404, "department.002";
    HIERARCHY: Seed, "ams-first-setup",
        "ams.department.hierarchy",
        "A department may stand below another, and so on to any depth.",
        "You can build a hierarchy using parent_id.";
    DEPARTMENT_COMPANY_OF_CALLER: Seed, "ams-first-setup",
        "ams.department.company-of-caller",
        "A department takes its company from the caller, whatever company_id says.",
        "The company_id field is typically for internal use and may be discarded; departments usually inherit company from the calling user.";
    LINK_PATH: Seed, "ams-first-setup",
        "ams.user-department.path",
        "Departments are assigned at users (plural) and department (singular).",
        "Endpoint: POST /v2/admin/users/{userId}/department";
    LINK_USER_EXISTS: Seed, "ams-first-setup",
        "ams.user-department.user-exists",
        "Departments are assigned to a user that exists.",
        "The user and the departments must already exist."
        => 404, "user.002";
    LINK_DEPARTMENTS_EXIST: Seed, "ams-first-setup",
        "ams.user-department.departments-exist",
        "Every department assigned exists; otherwise none is assigned.",
        "The user and the departments must already exist."
        => 404, "department.002";
    LINKS: Seed, "ams-first-setup",
        "ams.user-department.links",
        "One or several departments are linked to a user in one call.",
        "Link one (or multiple) departments to a user.";
    LIST_PATH: Seed, "ams-first-setup",
        "ams.group.list-path",
        "Groups are listed at permission (singular) and groups (plural).",
        "Endpoint: GET /v2/admin/permission/groups";
    BUNDLES: Seed, "ams-first-setup",
        "ams.group.bundles-permissions",
        "A group gives whoever holds it every permission that it bundles, and no other.",
        "Permission Groups bundle many individual permissions into an easy-to-assign role";
    GENERAL_OR_COMPANY: Seed, "ams-first-setup",
        "ams.group.general-or-company",
        "A caller with a company sees the general groups and those of its company.",
        "Groups can be general (no company_id) or company-specific.";
    FILTER_IGNORED: Seed, "ams-first-setup",
        "ams.group.company-filter-ignored",
        "The company_id filter of a caller with a company is ignored.",
        "If the calling user has a company, the company_id filter is typically ignored and your company is used.";
    GROUP_FLAGS: Seed, "ams-first-setup",
        "ams.group.flags",
        "A listed group says whether the caller may edit or delete it.",
        "The response can include flags like editable and deletable to indicate what you’re allowed to manage.";
    ASSIGN_PATH: Seed, "ams-first-setup",
        "ams.permission.assign-path",
        "Groups are assigned at user (singular) and groups (plural).",
        "Endpoint: POST /v2/admin/user/{userId}/groups";
    NO_SELF_CHANGE: Seed, "ams-first-setup",
        "ams.permission.no-self-change",
        "A user cannot change their own permissions.",
        "A user cannot change their own permissions (security)."
        => 403, "permission.010";
    NO_MORE_POWER: Seed, "ams-first-setup",
        "ams.permission.no-more-power",
        "A user cannot grant permissions that they do not hold.",
        "A user cannot grant another user more permissions than they currently have."
        => 403, "permission.011";
    LIST_REPLACES: Seed, "ams-first-setup",
        "ams.permission.replace-all",
        "The groups given replace the groups kept.",
        "Any group not listed in the request will be removed from the user.";
    USER_EXISTS: Seed, "ams-first-setup",
        "ams.permission.user-exists",
        "Groups are assigned to a user that exists.",
        "user.002 — User not found (check the userId)"
        => 404, "user.002";
    GROUP_EXISTS: Seed, "ams-first-setup",
        "ams.permission.group-exists",
        "Every permission group assigned exists; otherwise nothing is changed.",
        "permission.group.002 — Permission group not found (check group IDs in payload)"
        => 404, "permission.group.002";
    OPENS_FEATURES: Seed, "ams-first-setup",
        "ams.permission.opens-features",
        "A group assigned gives the user its permissions at once, a group taken away ends them at once.",
        "Add the user to the permission group(s) that match their role. This is what actually enables access to AMS features.";
}
