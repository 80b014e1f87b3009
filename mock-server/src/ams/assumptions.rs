//! Every question about the AMS side that its article leaves open. The first answer is in force by default.

use crate::platform::assumption::assumptions;

assumptions! {
    CreateUserPath: "ams.path.create-user",
        "At which path are users created?" {
        Users = "users" => "POST /v2/admin/users",
        User = "user" => "POST /v2/admin/user",
    }
    CreateDepartmentPath: "ams.path.create-department",
        "At which path are departments created?" {
        Departments = "departments" => "POST /v2/admin/departments",
        Department = "department" => "POST /v2/admin/department",
    }
    ErrorBody: "ams.errors.body",
        "What is the form of an error that carries a code?" {
        Flat = "flat" => "{\"code\": …, \"message\": …}",
        Nested = "nested" => "{\"error\": {\"code\": …, \"message\": …}}",
        Listed = "listed" => "{\"errors\": [{\"code\": …, \"message\": …}]}",
    }
    NotFoundStatus: "ams.errors.not-found-status",
        "With which status do the codes ending in 002 come?" {
        NotFound = "404" => "404",
        Unprocessable = "422" => "422",
        BadRequest = "400" => "400",
    }
    PermissionStatus: "ams.errors.permission-status",
        "With which status do permission.010 and permission.011 come?" {
        Forbidden = "403" => "403",
        Unprocessable = "422" => "422",
        BadRequest = "400" => "400",
    }
    InvalidStatus: "ams.errors.invalid-status",
        "With which status is a body refused whose fields are missing or of the wrong type?" {
        Unprocessable = "422" => "422 with the problems by field",
        BadRequest = "400" => "400 with the problems by field",
    }
    ForbiddenText: "ams.errors.forbidden-text",
        "What does the message of a 403 without a code say?" {
        Forbidden = "forbidden" => "Forbidden",
        Unauthorized = "unauthorized-action" => "This action is unauthorized.",
    }
    RequiredFields: "ams.user.required-fields",
        "Which fields does a new user need?" {
        NameSurnameEmail = "name-surname-email" => "name, surname and email",
        EmailOnly = "email-only" => "email",
    }
    OtpDefault: "ams.user.mail-otp-default",
        "What is mail_otp when the request does not say?" {
        Off = "0" => "0",
        On = "1" => "1",
    }
    OtpForms: "ams.user.mail-otp-forms",
        "In which forms may mail_otp be given?" {
        BooleanForms = "boolean-forms" => "0, 1, true, false, \"0\" and \"1\"",
        Integers = "integers" => "0 and 1",
    }
    EmailUnique: "ams.user.email-unique",
        "May two users have the same e-mail address?" {
        Unique = "unique" => "they may not, in any company and whatever the letter case: 422 on email",
        Repeatable = "repeatable" => "they may",
    }
    CallerCompany: "ams.user.foreign-company-id",
        "What happens when a caller with a company sends another company_id for a user?" {
        Ignored = "ignored" => "it is ignored, even when no such company exists",
        Refused = "refused" => "422 on company_id",
    }
    Wrapper: "ams.answer.wrapper",
        "Does an answer stand bare, or under the key data?" {
        Bare = "bare" => "bare",
        Data = "data" => "under data",
    }
    PreferenceUnset: "ams.company.preference-unset",
        "Is a mail sent when the company has not set the preference?" {
        NoMail = "no-mail" => "none is sent",
        Mail = "mail" => "one is sent",
    }
    ForeignParent: "ams.department.foreign-parent",
        "May the parent of a department be of another company than the caller's?" {
        NotFound = "not-found" => "department.002: it is invisible to the caller",
        Allowed = "allowed" => "it may",
    }
    CompanylessDepartment: "ams.department.company-without-caller-company",
        "What is the company of a department made by a caller without one?" {
        StoredIfKnown = "stored-if-known" => "the company_id sent, if such a company exists, else none",
        Discarded = "discarded" => "none: company_id is discarded",
    }
    LinkMode: "ams.user-department.mode",
        "Do the departments sent add to those kept, or replace them?" {
        Adds = "adds" => "they add",
        Replaces = "replaces" => "they replace",
    }
    LinkEmpty: "ams.user-department.empty-list",
        "What does an empty list of departments do?" {
        NoChange = "accepted" => "it is accepted like any other list",
        Refused = "refused" => "422 on departments",
    }
    ForeignDepartment: "ams.user-department.foreign-department",
        "May a user be put into a department of another company?" {
        NotFound = "not-found" => "department.002",
        Allowed = "allowed" => "it may",
    }
    GrantOrder: "ams.permission.order",
        "Which problem is told when groups are unknown and others too strong?" {
        GroupFirst = "group-first" => "permission.group.002: power can be judged only for groups that exist",
        PowerFirst = "power-first" => "permission.011: the order in which the article prints its codes",
    }
    SelfUnchanged: "ams.permission.self-unchanged",
        "May a user send their own groups unchanged?" {
        Refused = "refused" => "permission.010: any call on oneself",
        Allowed = "allowed" => "it is accepted, for nothing changes",
    }
    PowerOf: "ams.permission.power-of",
        "Which groups of the request are held against the caller's own power?" {
        Every = "every-group" => "every group, those that the user has already too",
        Added = "added-groups" => "only the groups that the user does not have yet",
    }
    GrantEmpty: "ams.permission.empty-list",
        "What does an empty list of groups do?" {
        RemovesAll = "removes-all" => "it takes away every group",
        Refused = "refused" => "422 on groups",
    }
    ForeignGroup: "ams.permission.foreign-group",
        "How is a group of another company refused in an assignment?" {
        NotFound = "not-found" => "permission.group.002: it is invisible to the caller",
        Allowed = "allowed" => "it is not: only the power counts",
    }
    AssignedAnswer: "ams.answer.assigned",
        "What do the two assignments answer?" {
        Ids = "ids" => "200 with the resulting ids",
        Empty = "empty" => "204 with nothing",
    }
}
