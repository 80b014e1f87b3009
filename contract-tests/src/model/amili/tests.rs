//! Amili's guides, sentence by sentence.

mod walks;

use std::collections::BTreeSet;

use proptest_state_machine::ReferenceStateMachine;

use super::*;
use crate::model::{Answer, Extent};

const EVERYTHING: Offer = Offer {
    other_account: true,
    proposals: true,
};

/// The creditor of the guides' own example.
fn acme() -> NewCreditor {
    NewCreditor {
        account: Account::Own,
        named: true,
        organisation: OrganisationNumber::Swedish,
        active: true,
        missing: BTreeSet::new(),
    }
}

fn jon(data_access: &[GroupRef]) -> NewUser {
    NewUser {
        account: Account::Own,
        named: true,
        data_access: data_access.to_vec(),
    }
}

fn asked(request: Request) -> Transition {
    Transition {
        caller: Caller::AccountApiUser,
        request,
    }
}

fn after(requests: &[Request]) -> State {
    let steps = requests.iter().cloned().map(asked);
    steps.fold(Amili::fresh(&EVERYTHING), |state, step| {
        Amili::apply(state, &step)
    })
}

/// The rule, and whether the answer's status is what the document says.
#[track_caller]
fn check(request: Request, status: u16, rule: &str) {
    let state = after(&[Request::CreateCreditor(acme())]);
    let expected = Amili::expected(&state, &asked(request));
    assert_eq!(expected.judge(&Answer { status, code: None }), Ok(()));
    assert_eq!(
        expected
            .rules()
            .iter()
            .map(|rule| rule.id)
            .collect::<Vec<_>>(),
        [rule]
    );
}

#[test]
fn a_creditor_is_made_active_when_all_activation_fields_are_there() {
    check(Request::CreateCreditor(acme()), 201, "amili.write.created");
    for field in Activation::ALL {
        let lacking = NewCreditor {
            missing: [field].into(),
            ..acme()
        };
        check(
            Request::CreateCreditor(lacking.clone()),
            422,
            "amili.creditor.activation-fields",
        );
        let inactive = NewCreditor {
            active: false,
            ..lacking
        };
        check(
            Request::CreateCreditor(inactive),
            201,
            "amili.creditor.inactive-first",
        );
    }
}

#[test]
fn the_two_organisation_numbers_exclude_each_other() {
    let numbered = |organisation| {
        Request::CreateCreditor(NewCreditor {
            organisation,
            ..acme()
        })
    };
    check(
        numbered(OrganisationNumber::Foreign),
        201,
        "amili.write.created",
    );
    check(
        numbered(OrganisationNumber::Both),
        422,
        "amili.creditor.one-organisation-number",
    );
}

#[test]
fn what_names_no_account_or_a_wrong_one_is_refused() {
    let creditor = |account| Request::CreateCreditor(NewCreditor { account, ..acme() });
    check(
        creditor(Account::Unknown),
        422,
        "amili.creditor.account-exists",
    );
    check(creditor(Account::Other), 403, "amili.scope.foreign-account");
    check(
        creditor(Account::LeftOut),
        422,
        "amili.body.required-fields",
    );
    check(
        Request::CreateCreditor(NewCreditor {
            named: false,
            ..acme()
        }),
        422,
        "amili.body.required-fields",
    );
    let user = |account| {
        Request::CreateUser(NewUser {
            account,
            ..jon(&[])
        })
    };
    check(user(Account::Unknown), 422, "amili.user.account-exists");
    check(user(Account::Other), 403, "amili.scope.foreign-account");
    check(user(Account::LeftOut), 422, "amili.body.required-fields");
    check(
        Request::CreateUser(NewUser {
            named: false,
            ..jon(&[])
        }),
        422,
        "amili.body.required-fields",
    );
}

#[test]
fn a_user_is_given_groups_of_its_own_account() {
    let admin = GroupRef::Own(Group::Admin(Creditor(0)));
    let user = |groups: &[GroupRef]| Request::CreateUser(jon(groups));
    check(user(&[]), 201, "amili.write.created");
    check(user(&[admin]), 201, "amili.write.created");
    check(
        user(&[admin, GroupRef::Own(Group::ApiUser)]),
        201,
        "amili.user.many-groups",
    );
    check(user(&[admin, admin]), 201, "amili.user.many-groups");
    check(
        user(&[admin, GroupRef::Unknown]),
        422,
        "amili.user.access-group-exists",
    );
    check(
        user(&[GroupRef::OtherAccount, admin]),
        422,
        "amili.user.group-of-own-account",
    );
}

#[test]
fn a_list_is_answered_whatever_its_filter_matches() {
    check(Request::List(Look::Creditors), 200, "amili.query.where");
    check(
        Request::List(Look::GroupsOfCreditor(CreditorRef::Unknown)),
        200,
        "amili.query.where",
    );
}

#[test]
fn all_requests_require_a_valid_token() {
    let broken = NewCreditor {
        organisation: OrganisationNumber::Both,
        ..acme()
    };
    for caller in [Caller::NoToken, Caller::UnknownToken] {
        for request in [
            Request::List(Look::Users),
            Request::CreateCreditor(broken.clone()),
        ] {
            let expected = Amili::expected(&after(&[]), &Transition { caller, request });
            assert_eq!(
                expected.judge(&Answer {
                    status: 401,
                    code: None
                }),
                Ok(())
            );
            assert_eq!(expected.rules()[0].id, "amili.auth.token-required");
        }
    }
}

#[test]
fn several_broken_constraints_leave_each_refusal_possible() {
    let request = NewCreditor {
        organisation: OrganisationNumber::Both,
        account: Account::Other,
        ..acme()
    };
    let expected = Amili::expected(&after(&[]), &asked(Request::CreateCreditor(request)));
    for status in [422, 403] {
        assert_eq!(expected.judge(&Answer { status, code: None }), Ok(()));
    }
    assert!(
        expected
            .judge(&Answer {
                status: 201,
                code: None
            })
            .is_err()
    );
}

#[track_caller]
fn check_groups(state: &State, look: Look, groups: &[Group]) {
    let seen: Vec<_> = groups
        .iter()
        .map(|group| Some(Item::Group(*group)))
        .collect();
    assert_eq!(
        Amili::view(state, &look).judge(&seen, Extent::Everything),
        Ok(())
    );
}

#[test]
fn each_creditor_brings_admin_and_user_behind_the_accounts_own_groups() {
    let inactive = NewCreditor {
        active: false,
        missing: Activation::ALL.into(),
        ..acme()
    };
    let state = after(&[
        Request::CreateCreditor(acme()),
        Request::CreateCreditor(inactive),
    ]);
    let [first, second] = [0, 1].map(|n| [Group::Admin(Creditor(n)), Group::User(Creditor(n))]);
    let all = [&[Group::AccountAdmin, Group::ApiUser][..], &first, &second].concat();
    check_groups(&state, Look::GroupsOfAccount(Account::Own), &all);
    check_groups(
        &state,
        Look::GroupsOfCreditor(CreditorRef::Made(Creditor(1))),
        &second,
    );
    check_groups(&state, Look::GroupsOfCreditor(CreditorRef::Unknown), &[]);
    check_groups(
        &after(&[]),
        Look::GroupsOfAccount(Account::Own),
        &[Group::AccountAdmin, Group::ApiUser],
    );
}

#[test]
fn lists_show_what_was_made_as_it_was_asked_for() {
    let admin = Group::Admin(Creditor(0));
    let twice = [
        GroupRef::Own(admin),
        GroupRef::Own(Group::ApiUser),
        GroupRef::Own(admin),
    ];
    let inactive = NewCreditor {
        active: false,
        ..acme()
    };
    let state = after(&[
        Request::CreateCreditor(inactive),
        Request::CreateUser(jon(&twice)),
        Request::CreateUser(jon(&[GroupRef::Unknown])),
    ]);
    let user = Item::User {
        user: User(0),
        groups: [Group::ApiUser, admin].into(),
    };
    assert_eq!(Amili::view(&state, &Look::Users).items, [user]);
    let creditor = Item::Creditor {
        creditor: Creditor(0),
        active: false,
    };
    assert_eq!(Amili::view(&state, &Look::Creditors).items, [creditor]);
}

#[test]
fn a_group_is_known_again_in_a_list() {
    for group in [
        Group::AccountAdmin,
        Group::ApiUser,
        Group::Admin(Creditor(2)),
        Group::User(Creditor(2)),
    ] {
        assert_eq!(Group::listed(group.kind(), group.creditor()), Some(group));
    }
    assert_eq!(Group::listed("admin", None), None);
}
