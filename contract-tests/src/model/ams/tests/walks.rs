//! What the generated calls cover.

use std::collections::BTreeSet;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use proptest_state_machine::ReferenceStateMachine;

use crate::model::Model;
use crate::model::ams::{Ams, Kind, Offer};
use crate::model::tests::{Seen, each_step, offers_of_ams};

#[test]
fn walks_meet_every_rule() {
    let seen = Seen::of::<Ams>(&Offer::everything());
    let refused = [
        "ams.auth.unauthenticated",
        "ams.department.create-permission",
        "ams.department.parent-exists",
        "ams.group.list-permission",
        "ams.permission.assign-permission",
        "ams.permission.group-exists",
        "ams.permission.no-more-power",
        "ams.permission.no-self-change",
        "ams.permission.user-exists",
        "ams.user-department.departments-exist",
        "ams.user-department.permission",
        "ams.user-department.user-exists",
        "ams.user.company-must-exist",
        "ams.user.create-permission",
        "ams.user.login-only",
        "ams.user.required-fields",
    ];
    let accepted = [
        "ams.department.company-of-caller",
        "ams.department.create-permission",
        "ams.department.parent-exists",
        "ams.group.company-filter-ignored",
        "ams.group.general-or-company",
        "ams.permission.opens-features",
        "ams.permission.replace-all",
        "ams.user-department.links",
        "ams.user.company-of-caller",
        "ams.user.create-permission",
    ];
    assert_eq!(seen.refused, refused.into());
    assert_eq!(seen.accepted, accepted.into());
    assert!(seen.several, "no call broke two constraints at once");
}

/// The rules of which a call of this kind meets one: true when by being accepted.
fn subjects(kind: Kind) -> &'static [(bool, &'static str)] {
    const OPENS: (bool, &str) = (true, "ams.permission.opens-features");
    match kind {
        Kind::ListGroups => &[(true, "ams.group.general-or-company"), OPENS],
        Kind::ListGroupsOfCompany => &[
            (true, "ams.group.company-filter-ignored"),
            (true, "ams.group.general-or-company"),
            OPENS,
        ],
        Kind::UserOfCallersCompany | Kind::UserByCompanyless => {
            &[(true, "ams.user.create-permission"), OPENS]
        }
        Kind::UserOfIgnoredCompany => &[(true, "ams.user.company-of-caller")],
        Kind::UserWithoutCompany | Kind::UserOfUnknownCompany => {
            &[(false, "ams.user.company-must-exist")]
        }
        Kind::UserLacksField => &[(false, "ams.user.required-fields")],
        Kind::RootDepartment => &[(true, "ams.department.create-permission"), OPENS],
        Kind::DepartmentOfCompany => &[
            (true, "ams.department.company-of-caller"),
            (true, "ams.department.create-permission"),
            OPENS,
        ],
        Kind::ChildDepartment => &[(true, "ams.department.parent-exists")],
        Kind::ChildOfUnknownDepartment | Kind::ChildAcrossCompanies => {
            &[(false, "ams.department.parent-exists")]
        }
        Kind::LinkDepartments => &[(true, "ams.user-department.links"), OPENS],
        Kind::LinkRepeated => &[(true, "ams.user-department.links")],
        Kind::LinkUnknownUser => &[(false, "ams.user-department.user-exists")],
        Kind::LinkUnknownDepartment | Kind::LinkAcrossCompanies => {
            &[(false, "ams.user-department.departments-exist")]
        }
        Kind::GrantGroups | Kind::GrantToApiUser => &[(true, "ams.permission.replace-all"), OPENS],
        Kind::GrantRepeated | Kind::GrantNothing => &[(true, "ams.permission.replace-all")],
        Kind::GrantToSelf => &[(false, "ams.permission.no-self-change")],
        Kind::GrantToUnknownUser => &[(false, "ams.permission.user-exists")],
        Kind::GrantUnknownGroup | Kind::GrantHiddenGroup => {
            &[(false, "ams.permission.group-exists")]
        }
        Kind::GrantMorePower => &[(false, "ams.permission.no-more-power")],
        Kind::Unauthenticated => &[(false, "ams.auth.unauthenticated")],
        Kind::WithoutPermission | Kind::CreatedUserActs | Kind::Anything => &[],
    }
}

#[test]
fn each_kind_of_call_is_about_its_rules_and_breaks_no_other() {
    let mut runner = TestRunner::deterministic();
    let mut met = BTreeSet::new();
    let everything = Offer::everything();
    each_step::<Ams>(&everything, (40, 0), |state, _| {
        for kind in Kind::offered(&everything) {
            let step = Ams::transitions(&state.enabling(vec![kind]))
                .new_tree(&mut runner)
                .unwrap()
                .current();
            let expected = Ams::expected(state, &step);
            let rules = expected.rules();
            let subjects = subjects(kind);
            let stand_in =
                kind != Kind::Unauthenticated && rules[0].id == "ams.auth.unauthenticated";
            if stand_in || (subjects.is_empty() && !Ams::preconditions(state, &step)) {
                continue;
            }
            let fits = rules.len() == 1 && subjects.contains(&(expected.accepted(), rules[0].id));
            assert!(
                fits || subjects.is_empty(),
                "{kind:?}: {step:?} meets {expected:?}"
            );
            assert!(
                Ams::preconditions(state, &step),
                "{kind:?}: {step:?} is left open"
            );
            met.insert(kind);
        }
    });
    assert_eq!(met, Kind::offered(&everything).into_iter().collect());
}

#[test]
fn a_target_with_one_token_is_asked_by_nobody_else() {
    let least = &offers_of_ams()[2];
    each_step::<Ams>(least, (40, 0), |_, step| {
        assert!(least.allows(step), "{step:?}");
        assert!(!step.needs_token_of_created_user());
    });
    let seen = Seen::of::<Ams>(least);
    assert!(
        seen.refused.contains("ams.department.parent-exists"),
        "{seen:?}"
    );
    assert!(
        seen.accepted.contains("ams.user-department.links"),
        "{seen:?}"
    );
}
