//! Forms of breakage that a rule has no room for: what no document forbids, what a mock cannot be made to
//! do, and what needs more breaches than a scenario makes. Whatever is left must alter some answer.

use mock_server::Rule;

/// Rules whose refusal may have any 4xx: the documents give a code or nothing at all, and the scenarios
/// about assumptions say which it is.
const OPEN_STATUS: [&str; 9] = [
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
const OPEN_BODY: [&str; 10] = [
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

/// Rules about requests that would keep nothing, or nothing that the mock's state can hold.
const NOTHING_TO_KEEP: [&str; 14] = [
    "amili.auth.algorithms",
    "amili.auth.claims",
    "amili.auth.expiry",
    "amili.auth.registered-code",
    "amili.auth.renewal",
    "amili.auth.signed-by-key",
    "amili.body.readable",
    "amili.item.exists",
    "amili.path.known",
    "amili.payment.case-exists",
    "amili.query.malformed",
    "ams.group.list-permission",
    "ams.permission.user-exists",
    "ams.user-department.user-exists",
];

/// Rules that a scenario breaks once, so that there is no second time.
const BROKEN_ONCE: [&str; 4] = [
    "amili.auth.expiry",
    "amili.auth.registered-code",
    "amili.user.account-exists",
    "amili.write.id-stays",
];

/// Rules whose calls are never right once they have been wrong: what is right is another call.
const NEVER_RIGHT: [&str; 9] = [
    "amili.auth.algorithms",
    "amili.auth.claims",
    "amili.auth.expiry",
    "amili.auth.registered-code",
    "amili.auth.signed-by-key",
    "amili.item.exists",
    "amili.method.offered",
    "amili.scope.user-handles-cases",
    "ams.user.mail-otp",
];

/// Whether a breakage of this form says anything about the rule.
pub(super) fn has_room(rule: &Rule, kind: &str) -> bool {
    let Some(refused) = rule.refused_as else {
        return false;
    };
    // The faults of an account's first creditor are told in the name of the rules about creditors.
    if rule.id == "amili.account.first-creditor" {
        return false;
    }
    let none_of = |rules: &[&str]| !rules.contains(&rule.id);
    match kind {
        "status" => none_of(&OPEN_STATUS),
        // Where the status is told, any other is as wrong as this.
        "fails" => !none_of(&OPEN_STATUS),
        "bare" | "blames another" => none_of(&OPEN_BODY),
        // Only a validation and a code give one.
        "gives no reason" => {
            none_of(&OPEN_BODY)
                && match rule.api() {
                    "ams" => refused.error.contains('.'),
                    _ => refused.status == 422,
                }
        }
        "refuses and keeps" => none_of(&NOTHING_TO_KEEP),
        // Accepted is as good as kept where a scenario looks at the answer first: once is enough.
        "accepts and forgets" => rule.refused_as.is_some_and(|refused| refused.status == 422),
        "accepts the second" => none_of(&BROKEN_ONCE),
        "refuses what is right" => none_of(&NEVER_RIGHT),
        _ => true,
    }
}
