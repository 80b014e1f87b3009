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
    TrailingSlash: "ams.path.trailing-slash",
        "What does a documented path with a slash at its end answer?" {
        AnotherPath = "another-path" => "404: it is not the path of the article",
        SamePath = "same-path" => "what the path without the slash answers",
    }
    MalformedId: "ams.path.malformed-id",
        "What does a path answer whose userId is no number, such as x, -1, 2.0 or 04?" {
        UserNotFound = "user-not-found" => "user.002, in its turn",
        NoPath = "no-path" => "404 without a code, before anything else",
    }
    OptionsMethod: "ams.method.options",
        "What does OPTIONS answer at a documented path?" {
        Allow = "allow" => "200 with Allow, without a token",
        Refused = "refused" => "405 with Allow, like any other method",
    }
    TokenPlace: "ams.auth.token-place",
        "Where does a request carry its token?" {
        Bearer = "bearer" => "Authorization: Bearer <token>",
        Plain = "plain" => "Authorization: <token>",
        ApiKey = "x-api-key" => "X-API-Key: <token>",
    }
    UnauthenticatedText: "ams.errors.unauthenticated-text",
        "What does the message of a 401 say?" {
        FullStop = "full-stop" => "Unauthenticated.",
        Word = "word" => "Unauthenticated",
    }
    ForbiddenText: "ams.errors.forbidden-text",
        "What does the message of a 403 without a code say?" {
        Forbidden = "forbidden" => "Forbidden",
        Unauthorized = "unauthorized-action" => "This action is unauthorized.",
    }
    ErrorBody: "ams.errors.body",
        "What is the form of an error that carries a code?" {
        Flat = "flat" => "{\"code\": …, \"message\": …}",
        Nested = "nested" => "{\"error\": {\"code\": …, \"message\": …}}",
        Listed = "listed" => "{\"errors\": [{\"code\": …, \"message\": …}]}",
        ErrorKey = "error-key" => "{\"error\": CODE, \"message\": …}",
        MessageKey = "message-key" => "{\"message\": CODE}",
    }
    NotFoundStatus: "ams.errors.not-found-status",
        "With which status do the codes ending in 002 come?" {
        NotFound = "404" => "404",
        Unprocessable = "422" => "422",
        BadRequest = "400" => "400",
        ByPlace = "by-place" => "404 for an id of the path, 422 for one of the body",
    }
    PermissionStatus: "ams.errors.permission-status",
        "With which status do permission.010 and permission.011 come?" {
        Forbidden = "403" => "403",
        Unprocessable = "422" => "422",
        BadRequest = "400" => "400",
    }
    InvalidStatus: "ams.errors.invalid-status",
        "With which status is a body refused whose fields are missing or of the wrong type?" {
        Unprocessable = "422" => "422",
        BadRequest = "400" => "400",
    }
    InvalidBody: "ams.errors.invalid-body",
        "What is the form of an error about fields?" {
        ByField = "by-field" => "{\"message\": …, \"errors\": {FIELD: [PROBLEM, …]}}",
        Listed = "listed" => "{\"message\": …, \"errors\": [{\"field\": FIELD, \"message\": PROBLEM}]}",
        MessageOnly = "message-only" => "{\"message\": …}",
    }
    PermissionOrTarget: "ams.errors.permission-or-target",
        "Which is told to a caller who lacks the permission and names an unknown user?" {
        PermissionFirst = "permission-first" => "the 403: who may not call learns nothing",
        TargetFirst = "target-first" => "user.002",
    }
    BodyOrTarget: "ams.errors.body-or-target",
        "Which is told when the list is malformed and the user unknown, or the caller's own?" {
        BodyFirst = "body-first" => "the problem of the list",
        TargetFirst = "target-first" => "user.002 or permission.010",
    }
    Unreadable: "ams.body.unreadable",
        "How is a body refused that is no JSON object?" {
        BadRequest = "bad-request" => "400",
        AsEmpty = "as-empty" => "as one without fields, as Laravel reads it",
    }
    ContentType: "ams.body.content-type",
        "Is a body read that does not say that it is JSON?" {
        Any = "any" => "it is read as JSON",
        JsonOnly = "json-only" => "it is taken for one without fields, as Laravel does",
    }
    UnknownField: "ams.body.unknown-field",
        "What happens to a field that no step of the article has?" {
        Ignored = "ignored" => "nothing reads it",
        Refused = "refused" => "422 on the field",
    }
    IdForms: "ams.body.id-forms",
        "In which forms may a body give an id?" {
        Integers = "integers" => "as an integer",
        NumericTexts = "numeric-texts" => "also as \"7\" and 7.0, as Laravel's integer rule does",
    }
    RepeatedIds: "ams.body.repeated-ids",
        "What happens to a list that holds an id twice?" {
        Collapsed = "collapsed" => "the id counts once",
        Refused = "refused" => "422 on the list",
    }
    Blanks: "ams.body.blanks",
        "What becomes of blanks around a text, and of a text without a letter?" {
        Kept = "kept" => "they stay; an e-mail address with blanks is refused",
        Trimmed = "trimmed" => "they are cut off; an empty text is null, as Laravel does",
    }
    LongestText: "ams.body.longest-text",
        "How long may a name, a surname, an e-mail address or a service number be?" {
        Column = "255" => "255 characters, as a column of the framework holds",
        Unlimited = "unlimited" => "as long as you like",
    }
    RequiredFields: "ams.user.required-fields",
        "Which fields does a new user need?" {
        NameSurnameEmail = "name-surname-email" => "name, surname and email",
        EmailOnly = "email-only" => "email",
        EveryField = "every-field" => "all that the article prints but company_id",
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
    EmailForm: "ams.user.email-form",
        "Which texts are an e-mail address?" {
        Address = "address" => "those of the form name@host",
        AnyText = "any-text" => "any",
    }
    EmailUnique: "ams.user.email-unique",
        "May two users have the same e-mail address?" {
        Unique = "unique" => "they may not, in any company and whatever the letter case: 422 on email",
        PerCompany = "per-company" => "only in different companies",
        LetterCase = "letter-case" => "only when a letter differs in case",
        Repeatable = "repeatable" => "they may",
    }
    CallerCompany: "ams.user.foreign-company-id",
        "What happens when a caller with a company sends another company_id for a user?" {
        Ignored = "ignored" => "it is ignored, even when no such company exists",
        Checked = "must-exist" => "it is ignored when such a company exists, else company.002",
        Refused = "refused" => "422 on company_id",
    }
    CompanyLeftOut: "ams.user.company-left-out",
        "How is a user refused for whom a caller without a company names none?" {
        Invalid = "invalid" => "422 on company_id",
        NotFound = "not-found" => "company.002",
    }
    ForeignUser: "ams.user.foreign-user",
        "May a caller with a company manage a user of another company, or of none?" {
        NotFound = "not-found" => "user.002: they are invisible to the caller",
        Allowed = "allowed" => "it may",
    }
    PreferenceUnset: "ams.company.preference-unset",
        "Is a mail sent when the company has not set the preference?" {
        NoMail = "no-mail" => "none is sent",
        Mail = "mail" => "one is sent",
    }
    CreatedStatus: "ams.answer.created-status",
        "With which status does a creation answer?" {
        Created = "201" => "201",
        Fine = "200" => "200",
    }
    CreatedRecord: "ams.answer.created-record",
        "What does a creation answer?" {
        Whole = "whole" => "the record",
        IdOnly = "id-only" => "its id alone",
    }
    AssignedAnswer: "ams.answer.assigned",
        "What do the two assignments answer?" {
        Ids = "ids" => "200 with the resulting ids",
        Empty = "empty" => "204 with nothing",
    }
    Wrapper: "ams.answer.wrapper",
        "Does an answer stand bare, or under the key data?" {
        Bare = "bare" => "bare",
        Data = "data" => "under data",
    }
    DepartmentName: "ams.department.name",
        "Does a new department need a name?" {
        Required = "required" => "it does",
        Optional = "optional" => "it does not",
    }
    DepartmentTwice: "ams.department.same-name",
        "May two departments of a company have the same name?" {
        Allowed = "allowed" => "they may",
        Refused = "refused" => "422 on name",
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
    CommonDepartment: "ams.department.of-no-company",
        "Is a department of no company open to the callers and users of a company?" {
        Common = "common" => "it is, like a general group",
        Apart = "apart" => "it is not: department.002",
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
    GroupFilter: "ams.group.filter",
        "Which groups does the company_id filter leave a caller without a company?" {
        WithGeneral = "with-general" => "those of that company and the general ones",
        CompanyOnly = "company-only" => "those of that company",
    }
    FilterForm: "ams.group.filter-form",
        "What does a company_id filter do that is no integer, for a caller without a company?" {
        Refused = "refused" => "422 on company_id",
        Ignored = "ignored" => "nothing",
    }
    Managed: "ams.group.managed",
        "Which groups may a caller with a company edit and delete?" {
        OfOwnCompany = "of-own-company" => "those of its company",
        Visible = "visible" => "the general ones, too",
    }
    FlagType: "ams.group.flag-type",
        "Of which type are editable and deletable?" {
        Booleans = "booleans" => "true and false",
        Integers = "integers" => "1 and 0, like mail_otp",
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
    Removal: "ams.permission.removal",
        "May a caller take away a group that permits more than the caller may?" {
        Allowed = "allowed" => "it may: the article speaks of granting alone",
        Refused = "refused" => "permission.011",
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
    GroupElsewhere: "ams.permission.group-elsewhere",
        "May a caller without a company give a user the group of a company that is not the user's?" {
        Allowed = "allowed" => "it may, for it sees every group",
        NotFound = "not-found" => "permission.group.002",
    }
}
