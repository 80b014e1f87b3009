//! What holds of both halves of the model: how it judges, and what its walks are like.

use std::collections::BTreeSet;
use std::fmt::Debug;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::amili::{self, Amili};
use super::ams::{self, Ams};
use super::{Answer, Basis, Expected, Extent, Model, Refusal, Status, View, documented, proposed};

const LONGEST: usize = 25;

fn offers_of_amili() -> [amili::Offer; 3] {
    [(true, true), (false, true), (false, false)].map(|(other_account, proposals)| amili::Offer {
        other_account,
        proposals,
    })
}

/// From the built-in world down to a real target with a single token and no group that is known.
pub(super) fn offers_of_ams() -> [ams::Offer; 3] {
    let everything = ams::Offer::everything();
    let documented = ams::Offer {
        proposals: false,
        ..everything.clone()
    };
    let least = ams::Offer {
        callers: [ams::ApiUser::Manager].into(),
        groups: [].into(),
        departments: false,
        other_company: false,
        tokens_of_created_users: false,
        api_users_as_targets: false,
        proposals: false,
    };
    [everything, documented, least]
}

/// Calls `look` with every step of this many walks and the state before it, and of this many shrunk forms
/// of each.
pub(super) fn each_step<M: Model>(
    offer: &M::Offer,
    (walks, shrunk): (usize, usize),
    mut look: impl FnMut(&M::State, &M::Transition),
) {
    let mut runner = TestRunner::deterministic();
    let strategy = M::walks(offer.clone(), 1..=LONGEST);
    for _ in 0..walks {
        let mut tree = strategy.new_tree(&mut runner).unwrap();
        for _ in 0..=shrunk {
            let (mut state, steps, _) = tree.current();
            for step in &steps {
                look(&state, step);
                state = M::apply(state, step);
            }
            if !tree.simplify() {
                break;
            }
        }
    }
}

fn check_walks<M>(offer: &M::Offer)
where
    M: Model<Transition: Serialize + DeserializeOwned + PartialEq>,
{
    each_step::<M>(offer, (20, 15), |state, step| {
        assert!(
            M::preconditions(state, step),
            "{step:?} refers to what is not there"
        );
        let saved = serde_json::to_string(step).unwrap();
        assert_eq!(
            serde_json::from_str::<M::Transition>(&saved).unwrap(),
            *step,
            "{saved}"
        );
        let expected = M::expected(state, step);
        assert!(
            !expected.rules().is_empty(),
            "{step:?} is predicted without a rule"
        );
        assert!(
            expected.accepted() || M::makes(state, step).is_none(),
            "{step:?} makes what it may not"
        );
        if !expected.accepted() {
            let after = M::apply(state.clone(), step);
            assert_eq!(
                format!("{after:?}"),
                format!("{state:?}"),
                "{step:?} was refused and left a trace"
            );
        }
        for look in M::looks(state, step) {
            M::view(&M::apply(state.clone(), step), &look);
        }
    });
}

#[test]
fn shrunk_walks_refer_to_what_is_there_and_refusals_change_nothing() {
    offers_of_amili().iter().for_each(check_walks::<Amili>);
    offers_of_ams().iter().for_each(check_walks::<Ams>);
}

fn check_documented_only<M: Model>(offer: &M::Offer) {
    each_step::<M>(offer, (20, 5), |state, step| {
        assert_eq!(
            M::expected(state, step).basis(),
            Basis::Documented,
            "{step:?}"
        );
    });
}

#[test]
fn walks_without_proposals_rest_on_documents() {
    check_documented_only::<Amili>(&offers_of_amili()[2]);
    offers_of_ams()[1..]
        .iter()
        .for_each(check_documented_only::<Ams>);
}

#[test]
fn each_walk_has_a_part_of_the_kinds_switched_off() {
    let mut runner = TestRunner::deterministic();
    let mut debug = |strategy: &dyn Fn(&mut TestRunner) -> String| -> BTreeSet<String> {
        (0..10).map(|_| strategy(&mut runner)).collect()
    };
    let amili = Amili::swarm(&offers_of_amili()[0]);
    let ams = Ams::swarm(&offers_of_ams()[0]);
    assert!(debug(&|runner| format!("{:?}", amili.new_tree(runner).unwrap().current())).len() > 5);
    assert!(debug(&|runner| format!("{:?}", ams.new_tree(runner).unwrap().current())).len() > 5);
}

#[test]
fn a_walk_has_at_least_one_step() {
    let walks = Amili::walks(offers_of_amili()[0].clone(), 0..=0);
    let (_, steps, _) = walks
        .new_tree(&mut TestRunner::deterministic())
        .unwrap()
        .current();
    assert_eq!(steps.len(), 1);
}

#[test]
fn a_saved_walk_that_names_what_is_never_made_is_told() {
    let list = |creditor| amili::Transition {
        caller: amili::Caller::AccountApiUser,
        request: amili::Request::List(amili::Look::GroupsOfCreditor(creditor)),
    };
    let steps = [
        list(amili::CreditorRef::Unknown),
        list(amili::CreditorRef::Made(amili::Creditor(0))),
    ];
    assert_eq!(
        Amili::first_impossible(&offers_of_amili()[0], &steps),
        Some(1)
    );
    assert_eq!(
        Amili::first_impossible(&offers_of_amili()[0], &steps[..1]),
        None
    );
}

fn answer(status: u16, code: Option<&str>) -> Answer {
    Answer {
        status,
        code: code.map(str::to_owned),
    }
}

#[track_caller]
fn check_judged(expected: &Expected, status: u16, code: Option<&str>, holds: bool) {
    assert_eq!(
        expected.judge(&answer(status, code)).is_ok(),
        holds,
        "{expected:?} against {status} {code:?}"
    );
}

#[test]
fn a_refusal_is_told_by_its_status_and_its_code() {
    let self_change = Refusal::coded(documented("a.self"), Status::Refused, "permission.010");
    let unfit = Refusal::new(proposed("a.unfit"), Status::Unfit);
    let expected = Expected::Refused(vec![self_change, unfit]);
    check_judged(&expected, 403, Some("permission.010"), true);
    check_judged(&expected, 422, Some("permission.010"), true);
    check_judged(&expected, 404, None, true);
    check_judged(&expected, 403, None, false);
    check_judged(&expected, 401, Some("permission.010"), false);
    check_judged(&expected, 200, None, false);
    check_judged(&expected, 500, None, false);
    let accepted = Expected::Accepted {
        rule: documented("a.created"),
        status: Status::Is(201),
    };
    check_judged(&accepted, 201, None, true);
    check_judged(&accepted, 200, None, false);
    check_judged(&accepted, 422, None, false);
}

#[track_caller]
fn check_seen(complete: bool, extent: Extent, seen: &[Option<u8>], broken: Option<&str>) {
    let view = View {
        items: vec![1, 2, 3],
        complete,
        missing: documented("missing"),
        surplus: documented("surplus"),
        order: Some(documented("order")),
    };
    let judged = view
        .judge(seen, extent)
        .err()
        .map(|breach| breach.rules[0].id);
    assert_eq!(judged, broken, "{seen:?}");
}

#[test]
fn a_list_shows_everything_once_and_in_order() {
    let (all, whole) = ([Some(1), Some(2), Some(3)], Extent::Everything);
    check_seen(true, whole, &all, None);
    check_seen(true, whole, &all[..2], Some("missing"));
    check_seen(true, whole, &[Some(1), Some(3), Some(2)], Some("order"));
    check_seen(
        true,
        whole,
        &[Some(1), Some(2), Some(2), Some(3)],
        Some("surplus"),
    );
    check_seen(
        true,
        whole,
        &[Some(1), Some(2), Some(3), Some(4)],
        Some("surplus"),
    );
    check_seen(
        true,
        whole,
        &[Some(1), None, Some(2), Some(3)],
        Some("surplus"),
    );
}

#[test]
fn what_the_walk_did_not_make_is_nobodys_fault_where_the_world_is_unknown() {
    let seen = [Some(1), None, Some(2), Some(3)];
    check_seen(true, Extent::OnlyMade, &seen, None);
    check_seen(false, Extent::Everything, &seen, None);
    check_seen(
        true,
        Extent::OnlyMade,
        &[Some(1), None, Some(2), Some(2), Some(3)],
        Some("surplus"),
    );
    check_seen(
        true,
        Extent::OnlyMade,
        &[Some(2), None, Some(1), Some(3)],
        Some("order"),
    );
}

/// The ids of the rules under which steps were accepted, and of those under which they were refused for one
/// reason alone.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) accepted: BTreeSet<&'static str>,
    pub(super) refused: BTreeSet<&'static str>,
    pub(super) several: bool,
}

impl Seen {
    pub(super) fn of<M: Model>(offer: &M::Offer) -> Self
    where
        M::Transition: Debug,
    {
        let mut seen = Self::default();
        each_step::<M>(offer, (200, 0), |state, step| {
            let expected = M::expected(state, step);
            let ids = if expected.accepted() {
                &mut seen.accepted
            } else {
                &mut seen.refused
            };
            match expected.rules()[..] {
                [rule] => _ = ids.insert(rule.id),
                _ => seen.several = true,
            }
        });
        seen
    }
}
