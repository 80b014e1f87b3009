//! Breakages that nothing on the wire shows, with the reason. The table is compared with what is seen, so
//! that it can only shrink.

/// A rule, why the API alone does not show these breakages of it, and which they are.
pub(super) struct Unseen {
    pub(super) rule: &'static str,
    pub(super) because: &'static str,
    pub(super) kinds: &'static [&'static str],
}

const fn unseen(
    rule: &'static str,
    because: &'static str,
    kinds: &'static [&'static str],
) -> Unseen {
    Unseen {
        rule,
        because,
        kinds,
    }
}

const NO_CLOCK: &str = "time passes at will on a mock alone";
const NOT_READ_BACK: &str = "AMS documents no way to read it back";
const NO_SUCH_CALLER: &str = "a targets file lists no caller with these permissions";
const CREDENTIALS: &str = "it looks like credentials that have ended";
const OPEN: &str = "an open question, of which a mock alone says which answer is in force";
const ELSEWHERE: &str = "what else a sandbox has at other paths is its own affair";
const NO_LOGIN: &str = "only a mock hands out a token for a user that was just made";
const MANY: &str = "a run makes no hundred documents elsewhere";
const NOT_OURS: &str = "the creditor of a listed caller is nobody's to change";

pub(super) const ON_THE_WIRE: &[Unseen] = &[
    unseen(
        "amili.auth.renewal",
        NO_CLOCK,
        &[
            "accepts",
            "accepts the second",
            "bare",
            "blames another",
            "for ever",
            "refuses what is right",
            "status",
        ],
    ),
    unseen(
        "amili.auth.token-required",
        "tokens of the other API belong to another server; and a caller refused throughout may have ended",
        &["of the other API", "refuses what is right"],
    ),
    unseen(
        "amili.body.required-fields",
        "a document without an account is shown to nobody",
        &["refuses and keeps"],
    ),
    unseen("amili.list.page-limit", MANY, &["99", "one more than told"]),
    unseen(
        "amili.method.offered",
        "a whole list is nobody's to endanger, and what an empty change keeps differs in nothing",
        &[
            "PATCH of lists",
            "POST of groups",
            "everything deleted",
            "refuses and keeps",
        ],
    ),
    unseen(
        "amili.registration.account-exists",
        OPEN,
        &["of creditings", "of payments"],
    ),
    unseen(
        "amili.scope.admin-manages",
        NOT_OURS,
        &["no changes of the own"],
    ),
    unseen(
        "amili.scope.cases-of-own-creditor",
        NOT_OURS,
        &[
            "no cases of the own",
            "no creditings of the own",
            "no invoices of the own",
            "no payments of the own",
            "refuses what is right",
        ],
    ),
    unseen("amili.scope.user-handles-cases", NOT_OURS, &["changes"]),
    unseen(
        "amili.user.group-of-own-account",
        OPEN,
        &[
            "accepts",
            "accepts and forgets",
            "accepts the second",
            "alone",
            "one of them own",
            "the first alone judged",
            "the last alone judged",
        ],
    ),
    unseen(
        "ams.auth.unauthenticated",
        CREDENTIALS,
        &[
            "of the other API",
            "refuses and keeps",
            "refuses what is right",
        ],
    ),
    unseen(
        "ams.department.create-permission",
        NOT_READ_BACK,
        &["accepts the second", "refuses and keeps"],
    ),
    unseen(
        "ams.department.parent-exists",
        NOT_READ_BACK,
        &["refuses and keeps"],
    ),
    unseen(
        "ams.group.bundles-permissions",
        "no documented call makes a group",
        &[
            "everything",
            "four at most",
            "no reading where there is writing",
            "the first alone",
            "the last alone",
            "three bring all",
            "two at most",
            "users bring departments",
            "writing brings reading",
        ],
    ),
    unseen(
        "ams.group.flags",
        "no document says who may edit which group",
        &["own ones fixed"],
    ),
    unseen(
        "ams.group.general-or-company",
        "which groups there are is known of the built-in world alone",
        &["24's for 42", "general ones alone", "no general ones"],
    ),
    unseen(
        "ams.group.list-path",
        ELSEWHERE,
        &[
            "the first in the other number, too",
            "the last in the other number, too",
        ],
    ),
    unseen(
        "ams.group.list-permission",
        NO_SUCH_CALLER,
        &[
            "accepts",
            "accepts the second",
            "any group is enough",
            "refuses what is right",
            "status",
        ],
    ),
    unseen(
        "ams.permission.assign-path",
        ELSEWHERE,
        &[
            "the first in the other number, too",
            "the last in the other number, too",
        ],
    ),
    unseen(
        "ams.permission.assign-permission",
        NOT_READ_BACK,
        &["accepts the second", "refuses and keeps"],
    ),
    unseen(
        "ams.permission.group-exists",
        NOT_READ_BACK,
        &[
            "everything taken away",
            "refuses and keeps",
            "the known kept",
        ],
    ),
    unseen(
        "ams.permission.no-more-power",
        "which permissions a group bundles is shown by no documented call",
        &[
            "accepts",
            "as many permissions",
            "for callers with one group",
            "for managers with two groups",
            "general groups are free",
            "groups held by somebody",
            "less than one's own",
            "refuses and keeps",
        ],
    ),
    unseen(
        "ams.permission.no-self-change",
        "a run does not endanger the permissions of a listed caller, whom a target may not confirm",
        &[
            "accepts",
            "bare",
            "blames another",
            "gives no reason",
            "more are fine",
            "none are fine",
            "refuses and keeps",
            "refuses what is right",
            "the built-in alone may not",
            "the manager may",
            "who holds all may",
        ],
    ),
    unseen(
        "ams.permission.opens-features",
        NO_LOGIN,
        &[
            "grants last, whatever else ends",
            "never",
            "not at once",
            "one group opens all",
            "the first group alone counts",
            "what was opened stays open",
        ],
    ),
    unseen(
        "ams.permission.replace-all",
        NOT_READ_BACK,
        &["everybody's", "nothing changes"],
    ),
    unseen(
        "ams.user-department.links",
        NOT_READ_BACK,
        &["everybody's", "none"],
    ),
    unseen(
        "ams.user-department.path",
        ELSEWHERE,
        &[
            "the first in the other number, too",
            "the last in the other number, too",
        ],
    ),
    unseen(
        "ams.user-department.permission",
        NOT_READ_BACK,
        &["accepts the second"],
    ),
    unseen(
        "ams.user.company-must-exist",
        "the companies of a sandbox are not known, nor what was kept",
        &["a neighbour", "none but 24"],
    ),
    unseen(
        "ams.user.create-permission",
        NOT_READ_BACK,
        &["accepts the second"],
    ),
    unseen(
        "ams.user.login-entry",
        NOT_READ_BACK,
        &[
            "in a department by setup",
            "in a group",
            "in a group by setup",
            "in a group where the company is sent",
            "in the caller's groups",
        ],
    ),
    unseen(
        "ams.user.login-only",
        NO_LOGIN,
        &[
            "a group from the start",
            "a group is not enough",
            "refuses and keeps",
        ],
    ),
    unseen(
        "ams.user.mail-on-creation",
        "only a mock shows the mails that would be sent",
        &[
            "always",
            "by the company sent",
            "for the text 0, too",
            "never",
            "never by who has no company",
            "only for 1",
            "only for numbers",
            "the other way round",
        ],
    ),
    unseen("ams.user.mail-otp", NOT_READ_BACK, &["refuses and keeps"]),
    unseen(
        "ams.user.profile",
        NOT_READ_BACK,
        &[
            "names swapped",
            "no letters beyond ASCII",
            "the e-mail address for a name",
        ],
    ),
];
