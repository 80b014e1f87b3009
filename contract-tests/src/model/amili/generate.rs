//! Requests for Amili: sound ones, ones that break a single constraint, ones that name what is not there.
//!
//! It knows how a request breaks a rule, and leaves the prediction to the model.

use proptest::collection::vec;
use proptest::prelude::{Just, any};
use proptest::sample::{select, subsequence};
use proptest::strategy::{BoxedStrategy, Strategy, Union};

use super::{
    Account, Activation, Caller, Creditor, CreditorRef, GroupRef, Look, NewCreditor, NewUser,
    Offer, OrganisationNumber, Request, State, Transition,
};

/// A kind of request; a random part of them is off in each walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    ListCreditors,
    ListUsers,
    ListGroupsOfAccount,
    ListGroupsOfUnknownAccount,
    ListGroupsOfOtherAccount,
    ListGroupsOfCreditor,
    ListGroupsOfUnknownCreditor,
    ActiveCreditor,
    InactiveCreditor,
    CreditorWithoutNumber,
    CreditorWithBothNumbers,
    CreditorLacksActivation,
    CreditorLacksField,
    CreditorOfUnknownAccount,
    CreditorOfOtherAccount,
    UserWithoutGroup,
    UserWithOneGroup,
    UserWithManyGroups,
    UserLacksField,
    UserWithUnknownGroup,
    UserWithOtherAccountsGroup,
    UserOfUnknownAccount,
    UserOfOtherAccount,
    /// Any request, without a valid token.
    Unauthenticated,
    /// Any request, however many constraints it breaks.
    Anything,
}

impl Kind {
    /// Walks shrink towards the front.
    const ALL: [Self; 25] = [
        Self::ListCreditors,
        Self::ListUsers,
        Self::ListGroupsOfAccount,
        Self::ListGroupsOfUnknownAccount,
        Self::ListGroupsOfOtherAccount,
        Self::ListGroupsOfCreditor,
        Self::ListGroupsOfUnknownCreditor,
        Self::ActiveCreditor,
        Self::InactiveCreditor,
        Self::CreditorWithoutNumber,
        Self::CreditorWithBothNumbers,
        Self::CreditorLacksActivation,
        Self::CreditorLacksField,
        Self::CreditorOfUnknownAccount,
        Self::CreditorOfOtherAccount,
        Self::UserWithoutGroup,
        Self::UserWithOneGroup,
        Self::UserWithManyGroups,
        Self::UserLacksField,
        Self::UserWithUnknownGroup,
        Self::UserWithOtherAccountsGroup,
        Self::UserOfUnknownAccount,
        Self::UserOfOtherAccount,
        Self::Unauthenticated,
        Self::Anything,
    ];

    /// The kinds of which the target can be asked at least one request.
    pub(super) fn offered(offer: &Offer) -> Vec<Self> {
        Self::ALL
            .into_iter()
            .filter(|kind| kind.within(offer))
            .collect()
    }

    fn within(self, offer: &Offer) -> bool {
        (offer.other_account || !self.needs_other_account())
            && (offer.proposals || !self.rests_on_proposal())
    }

    fn needs_other_account(self) -> bool {
        matches!(
            self,
            Self::ListGroupsOfOtherAccount
                | Self::CreditorOfOtherAccount
                | Self::UserWithOtherAccountsGroup
                | Self::UserOfOtherAccount
        )
    }

    fn rests_on_proposal(self) -> bool {
        self.needs_other_account()
            || matches!(
                self,
                Self::CreditorWithoutNumber
                    | Self::CreditorLacksField
                    | Self::CreditorOfUnknownAccount
                    | Self::UserWithUnknownGroup
                    | Self::UserOfUnknownAccount
            )
    }

    /// The world must grow faster than it is probed.
    fn weight(self) -> u32 {
        match self {
            Self::ActiveCreditor | Self::InactiveCreditor | Self::UserWithManyGroups => 3,
            _ => 1,
        }
    }
}

/// The state with a random part of its kinds switched off.
pub(super) fn swarm(state: State) -> BoxedStrategy<State> {
    let kinds = state.enabled.clone();
    let most = kinds.len();
    subsequence(kinds, 1..=most)
        .prop_map(move |enabled| State {
            enabled,
            ..state.clone()
        })
        .no_shrink()
        .boxed()
}

/// One request of a kind that is switched on; besides, a list where the others may all be turned down.
pub(super) fn transitions(state: &State) -> BoxedStrategy<Transition> {
    let mut possible: Vec<_> = state
        .enabled
        .iter()
        .filter_map(|kind| Some((kind.weight(), of_kind(*kind, state)?)))
        .collect();
    if possible.is_empty() || !state.offer.proposals {
        possible.push((1, list(Look::Creditors)));
    }
    Union::new_weighted(possible).boxed()
}

fn of_kind(kind: Kind, state: &State) -> Option<BoxedStrategy<Transition>> {
    let strategy = match kind {
        Kind::ListCreditors => list(Look::Creditors),
        Kind::ListUsers => list(Look::Users),
        Kind::ListGroupsOfAccount => list(Look::GroupsOfAccount(Account::Own)),
        Kind::ListGroupsOfUnknownAccount => list(Look::GroupsOfAccount(Account::Unknown)),
        Kind::ListGroupsOfOtherAccount => list(Look::GroupsOfAccount(Account::Other)),
        Kind::ListGroupsOfCreditor => sound(made_creditor(state)?),
        Kind::ListGroupsOfUnknownCreditor => list(Look::GroupsOfCreditor(CreditorRef::Unknown)),
        Kind::Unauthenticated => stranger(state),
        Kind::Anything => anything(state),
        _ => creditor_of_kind(kind).or_else(|| user_of_kind(kind, state))?,
    };
    Some(strategy)
}

fn creditor_of_kind(kind: Kind) -> Option<BoxedStrategy<Transition>> {
    let changed = match kind {
        Kind::ActiveCreditor => creating(active_creditor()),
        Kind::InactiveCreditor => creating(inactive_creditor()),
        Kind::CreditorLacksActivation => creating(creditor_lacking_activation()),
        Kind::CreditorLacksField => creating(creditor_lacking_field()),
        Kind::CreditorWithoutNumber => with_number(OrganisationNumber::Neither),
        Kind::CreditorWithBothNumbers => with_number(OrganisationNumber::Both),
        Kind::CreditorOfUnknownAccount => creditor_of(Account::Unknown),
        Kind::CreditorOfOtherAccount => creditor_of(Account::Other),
        _ => return None,
    };
    Some(changed)
}

fn user_of_kind(kind: Kind, state: &State) -> Option<BoxedStrategy<Transition>> {
    let own = own_groups(state);
    let changed = match kind {
        Kind::UserWithoutGroup => adding(user(Just(Vec::new()))),
        Kind::UserWithOneGroup => adding(user(vec(own, 1))),
        Kind::UserWithManyGroups => adding(user(vec(own, 2..=4))),
        Kind::UserWithUnknownGroup => adding(user(among(own, GroupRef::Unknown))),
        Kind::UserWithOtherAccountsGroup => adding(user(among(own, GroupRef::OtherAccount))),
        Kind::UserLacksField => adding(user_lacking_field(own)),
        Kind::UserOfUnknownAccount => user_of(Account::Unknown, own),
        Kind::UserOfOtherAccount => user_of(Account::Other, own),
        _ => return None,
    };
    Some(changed)
}

fn sound(request: impl Strategy<Value = Request> + 'static) -> BoxedStrategy<Transition> {
    request
        .prop_map(|request| Transition {
            caller: Caller::AccountApiUser,
            request,
        })
        .boxed()
}

fn list(look: Look) -> BoxedStrategy<Transition> {
    sound(Just(Request::List(look)))
}

fn creating(new: impl Strategy<Value = NewCreditor> + 'static) -> BoxedStrategy<Transition> {
    sound(new.prop_map(Request::CreateCreditor))
}

fn adding(new: impl Strategy<Value = NewUser> + 'static) -> BoxedStrategy<Transition> {
    sound(new.prop_map(Request::CreateUser))
}

fn made_creditor(state: &State) -> Option<BoxedStrategy<Request>> {
    if state.creditors == 0 {
        return None;
    }
    let look = |n| Request::List(Look::GroupsOfCreditor(CreditorRef::Made(Creditor(n))));
    Some((0..state.creditors).prop_map(look).boxed())
}

fn one_number() -> impl Strategy<Value = OrganisationNumber> {
    select(vec![
        OrganisationNumber::Swedish,
        OrganisationNumber::Foreign,
    ])
}

fn active_creditor() -> BoxedStrategy<NewCreditor> {
    let sound = |organisation| NewCreditor {
        account: Account::Own,
        named: true,
        organisation,
        active: true,
        missing: [].into(),
    };
    one_number().prop_map(sound).boxed()
}

/// Inactive, with any of the activation fields left out.
fn inactive_creditor() -> BoxedStrategy<NewCreditor> {
    (
        active_creditor(),
        subsequence(Activation::ALL.to_vec(), 0..=4),
    )
        .prop_map(|(new, missing)| NewCreditor {
            active: false,
            missing: missing.into_iter().collect(),
            ..new
        })
        .boxed()
}

fn creditor() -> BoxedStrategy<NewCreditor> {
    Union::new([active_creditor(), inactive_creditor()]).boxed()
}

fn creditor_lacking_activation() -> impl Strategy<Value = NewCreditor> {
    (
        active_creditor(),
        subsequence(Activation::ALL.to_vec(), 1..=4),
    )
        .prop_map(|(new, missing)| NewCreditor {
            missing: missing.into_iter().collect(),
            ..new
        })
}

fn creditor_lacking_field() -> impl Strategy<Value = NewCreditor> {
    (creditor(), any::<bool>()).prop_map(|(new, named)| match named {
        true => NewCreditor {
            account: Account::LeftOut,
            ..new
        },
        false => NewCreditor { named, ..new },
    })
}

fn with_number(organisation: OrganisationNumber) -> BoxedStrategy<Transition> {
    creating(creditor().prop_map(move |new| NewCreditor {
        organisation,
        ..new
    }))
}

fn creditor_of(account: Account) -> BoxedStrategy<Transition> {
    creating(creditor().prop_map(move |new| NewCreditor { account, ..new }))
}

fn own_groups(state: &State) -> BoxedStrategy<GroupRef> {
    select(state.groups.clone()).prop_map(GroupRef::Own).boxed()
}

/// Groups of the account with `odd` at any place among them.
fn among(own: BoxedStrategy<GroupRef>, odd: GroupRef) -> impl Strategy<Value = Vec<GroupRef>> {
    (vec(own.clone(), 0..=2), vec(own, 0..=1)).prop_map(move |(mut before, after)| {
        before.push(odd);
        before.extend(after);
        before
    })
}

fn user(data_access: impl Strategy<Value = Vec<GroupRef>>) -> impl Strategy<Value = NewUser> {
    data_access.prop_map(|data_access| NewUser {
        account: Account::Own,
        named: true,
        data_access,
    })
}

fn user_lacking_field(own: BoxedStrategy<GroupRef>) -> impl Strategy<Value = NewUser> {
    (user(vec(own, 0..=2)), any::<bool>()).prop_map(|(new, named)| match named {
        true => NewUser {
            account: Account::LeftOut,
            ..new
        },
        false => NewUser { named, ..new },
    })
}

fn user_of(account: Account, own: BoxedStrategy<GroupRef>) -> BoxedStrategy<Transition> {
    adding(user(vec(own, 0..=2)).prop_map(move |new| NewUser { account, ..new }))
}

fn stranger(state: &State) -> BoxedStrategy<Transition> {
    (
        anything(state),
        select(vec![Caller::NoToken, Caller::UnknownToken]),
    )
        .prop_map(|(step, caller)| Transition { caller, ..step })
        .boxed()
}

fn anything(state: &State) -> BoxedStrategy<Transition> {
    let accounts = match state.offer.other_account {
        true => vec![
            Account::Own,
            Account::Unknown,
            Account::LeftOut,
            Account::Other,
        ],
        false => vec![Account::Own, Account::Unknown, Account::LeftOut],
    };
    let numbers = select(vec![
        OrganisationNumber::Swedish,
        OrganisationNumber::Foreign,
        OrganisationNumber::Both,
        OrganisationNumber::Neither,
    ]);
    let creditor = (
        creditor(),
        select(accounts.clone()),
        any::<(bool, bool)>(),
        numbers,
    )
        .prop_map(|(new, account, (named, active), organisation)| {
            Request::CreateCreditor(NewCreditor {
                account,
                named,
                active,
                organisation,
                ..new
            })
        });
    let groups = match state.offer.other_account {
        true => vec![GroupRef::Unknown, GroupRef::OtherAccount],
        false => vec![GroupRef::Unknown],
    };
    let group = Union::new([own_groups(state), select(groups).boxed()]);
    let user = (vec(group, 0..=3), select(accounts), any::<bool>()).prop_map(
        |(data_access, account, named)| {
            Request::CreateUser(NewUser {
                account,
                named,
                data_access,
            })
        },
    );
    let look = select(vec![
        Look::Users,
        Look::Creditors,
        Look::GroupsOfAccount(Account::Own),
    ]);
    sound(Union::new([
        look.prop_map(Request::List).boxed(),
        creditor.boxed(),
        user.boxed(),
    ]))
}
