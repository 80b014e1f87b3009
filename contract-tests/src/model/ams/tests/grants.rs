//! The guide to AMS on permissions: what may be granted, to whom, by whom.

use super::*;

#[test]
fn nobody_changes_their_own_permissions() {
    let rule = ["ams.permission.no-self-change"];
    for caller in [MANAGER, SETUP] {
        for groups in [
            &[Group::StandardUser][..],
            &[Group::StandardUser, Group::PowerUser],
            &[],
        ] {
            check(
                &[],
                &by(caller, grant(caller, groups)),
                403,
                Some("permission.010"),
                &rule,
            );
        }
    }
}

#[test]
fn nobody_grants_more_than_they_hold() {
    let rule = ["ams.permission.no-more-power"];
    check(
        &[],
        &by(MANAGER, grant(FIRST, &[Group::Admin])),
        403,
        Some("permission.011"),
        &rule,
    );
    check(
        &[],
        &by(MANAGER, grant(FIRST, &[Group::StandardUser, Group::Admin])),
        422,
        Some("permission.011"),
        &rule,
    );
    let replace = ["ams.permission.replace-all"];
    check(
        &[],
        &by(
            MANAGER,
            grant(FIRST, &[Group::StandardUser, Group::PowerUser]),
        ),
        200,
        None,
        &replace,
    );
    check(
        &[],
        &by(SETUP, grant(FIRST, &[Group::Admin])),
        200,
        None,
        &replace,
    );
    check(
        &[],
        &by(SETUP, grant(ELSEWHERE, &[Group::OfOtherCompany])),
        200,
        None,
        &replace,
    );
}

#[test]
fn who_receives_and_what_is_granted_must_be_there() {
    let groups = vec![Ref::Known(Group::StandardUser)];
    let nobody = Call::AssignGroups {
        user: Ref::Unknown,
        groups,
    };
    check(
        &[],
        &by(MANAGER, nobody),
        404,
        Some("user.002"),
        &["ams.permission.user-exists"],
    );
    let unknown = Call::AssignGroups {
        user: Ref::Known(FIRST),
        groups: vec![Ref::Unknown],
    };
    let rule = ["ams.permission.group-exists"];
    check(
        &[],
        &by(MANAGER, unknown),
        422,
        Some("permission.group.002"),
        &rule,
    );
    check(
        &[],
        &by(MANAGER, grant(FIRST, &[Group::OfOtherCompany])),
        404,
        Some("permission.group.002"),
        &rule,
    );
}

#[test]
fn a_group_that_is_not_listed_is_taken_away() {
    let first = by(
        MANAGER,
        grant(FIRST, &[Group::StandardUser, Group::PowerUser]),
    );
    let second = by(MANAGER, grant(FIRST, &[Group::StandardUser]));
    let state = peopled(&[first.clone(), second.clone()]);
    assert_eq!(state.groups_of(FIRST), [Group::StandardUser].into());
    let none = peopled(&[first, second, by(MANAGER, grant(FIRST, &[]))]);
    assert_eq!(none.groups_of(FIRST), [].into());
}

#[test]
fn a_group_opens_what_a_login_alone_does_not() {
    let write = by(FIRST, user(CompanyRef::LeftOut));
    check(&[], &write, 403, None, &["ams.user.login-only"]);
    let standard = by(MANAGER, grant(FIRST, &[Group::StandardUser]));
    check(
        std::slice::from_ref(&standard),
        &write,
        403,
        None,
        &["ams.user.create-permission"],
    );
    let power = by(MANAGER, grant(FIRST, &[Group::PowerUser]));
    check(
        &[standard, power.clone()],
        &write,
        201,
        None,
        &["ams.permission.opens-features"],
    );
    let onward = by(FIRST, grant(SECOND, &[Group::StandardUser]));
    check(
        &[power],
        &onward,
        403,
        Some("permission.011"),
        &["ams.permission.no-more-power"],
    );
    assert!(write.needs_token_of_created_user());
    assert!(!by(MANAGER, list(CompanyRef::LeftOut)).needs_token_of_created_user());
}
