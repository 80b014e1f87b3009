//! What the generated requests cover.

use std::collections::BTreeSet;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use proptest_state_machine::ReferenceStateMachine;

use super::EVERYTHING;
use crate::model::Model;
use crate::model::amili::{Amili, Kind, State};
use crate::model::tests::{Seen, each_step};

#[test]
fn walks_meet_every_rule() {
    let seen = Seen::of::<Amili>(&EVERYTHING);
    let refused = [
        "amili.auth.token-required",
        "amili.creditor.activation-fields",
        "amili.creditor.one-organisation-number",
        "amili.creditor.account-exists",
        "amili.scope.foreign-account",
        "amili.body.required-fields",
        "amili.user.access-group-exists",
        "amili.user.account-exists",
        "amili.user.group-of-own-account",
    ];
    let accepted = [
        "amili.creditor.inactive-first",
        "amili.creditor.one-organisation-number",
        "amili.query.where",
        "amili.scope.foreign-account",
        "amili.user.many-groups",
        "amili.write.created",
    ];
    assert_eq!(seen.refused, refused.into());
    assert_eq!(seen.accepted, accepted.into());
    assert!(seen.several, "no request broke two constraints at once");
}

/// The rule a request of this kind is about; none where the kind is about no rule in particular.
fn subject(kind: Kind) -> Option<(bool, &'static str)> {
    match kind {
        Kind::ListCreditors
        | Kind::ListUsers
        | Kind::ListGroupsOfAccount
        | Kind::ListGroupsOfUnknownAccount
        | Kind::ListGroupsOfCreditor
        | Kind::ListGroupsOfUnknownCreditor => Some((true, "amili.query.where")),
        Kind::ListGroupsOfOtherAccount => Some((true, "amili.scope.foreign-account")),
        Kind::ActiveCreditor | Kind::UserWithoutGroup | Kind::UserWithOneGroup => {
            Some((true, "amili.write.created"))
        }
        Kind::InactiveCreditor => Some((true, "amili.creditor.inactive-first")),
        Kind::CreditorWithoutNumber => Some((true, "amili.creditor.one-organisation-number")),
        Kind::UserWithManyGroups => Some((true, "amili.user.many-groups")),
        Kind::CreditorWithBothNumbers => Some((false, "amili.creditor.one-organisation-number")),
        Kind::CreditorLacksActivation => Some((false, "amili.creditor.activation-fields")),
        Kind::CreditorLacksField | Kind::UserLacksField => {
            Some((false, "amili.body.required-fields"))
        }
        Kind::CreditorOfUnknownAccount => Some((false, "amili.creditor.account-exists")),
        Kind::UserOfUnknownAccount => Some((false, "amili.user.account-exists")),
        Kind::CreditorOfOtherAccount | Kind::UserOfOtherAccount => {
            Some((false, "amili.scope.foreign-account"))
        }
        Kind::UserWithUnknownGroup => Some((false, "amili.user.access-group-exists")),
        Kind::UserWithOtherAccountsGroup => Some((false, "amili.user.group-of-own-account")),
        Kind::Unauthenticated => Some((false, "amili.auth.token-required")),
        Kind::Anything => None,
    }
}

#[test]
fn each_kind_of_request_is_about_one_rule_and_breaks_no_other() {
    let mut runner = TestRunner::deterministic();
    let mut met = BTreeSet::new();
    each_step::<Amili>(&EVERYTHING, (20, 0), |state, _| {
        for kind in Kind::offered(&EVERYTHING) {
            let only = State {
                enabled: vec![kind],
                ..state.clone()
            };
            let step = Amili::transitions(&only)
                .new_tree(&mut runner)
                .unwrap()
                .current();
            let expected = Amili::expected(state, &step);
            let rules = expected.rules();
            match subject(kind) {
                Some(subject)
                    if rules.len() == 1 && (expected.accepted(), rules[0].id) == subject =>
                {
                    met.insert(kind);
                }
                // Before there is a creditor, a list stands in for the list of its groups.
                Some(_) => assert_eq!(
                    kind,
                    Kind::ListGroupsOfCreditor,
                    "{step:?} meets {expected:?}"
                ),
                None => drop(met.insert(kind)),
            }
        }
    });
    assert_eq!(met, Kind::offered(&EVERYTHING).into_iter().collect());
}
