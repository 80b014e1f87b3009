//! Calls to AMS: sound ones, ones that break a single constraint, ones that name what is not there.
//!
//! It knows how a call breaks a rule, and leaves the prediction to [`super::predict`].

use proptest::prelude::Just;
use proptest::sample::subsequence;
use proptest::strategy::{BoxedStrategy, Strategy, Union};

use super::calls::{
    anything, by, created_user_acts, filtered_list, unauthenticated, without_permission,
};
use super::{Call, CompanyRef, Offer, Permission, State, Transition, calls, grants, links};

/// The calls of one kind, if any can be made in this state.
pub(super) type Calls = Option<BoxedStrategy<Transition>>;

/// A kind of call; a random part of them is off in each walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    ListGroups,
    ListGroupsOfCompany,
    UserOfCallersCompany,
    UserOfIgnoredCompany,
    UserByCompanyless,
    UserWithoutCompany,
    UserOfUnknownCompany,
    UserLacksField,
    RootDepartment,
    DepartmentOfCompany,
    ChildDepartment,
    ChildOfUnknownDepartment,
    ChildAcrossCompanies,
    LinkDepartments,
    LinkRepeated,
    LinkUnknownUser,
    LinkUnknownDepartment,
    LinkAcrossCompanies,
    GrantGroups,
    GrantRepeated,
    GrantNothing,
    GrantToApiUser,
    GrantToSelf,
    GrantToUnknownUser,
    GrantUnknownGroup,
    GrantHiddenGroup,
    GrantMorePower,
    /// A sound call by one who lacks the permission.
    WithoutPermission,
    /// A sound call by a user that the walk made, permitted or not.
    CreatedUserActs,
    /// Any call, without a valid token.
    Unauthenticated,
    /// Any call, however many constraints it breaks.
    Anything,
}

impl Kind {
    /// Walks shrink towards the front.
    const ALL: [Self; 31] = [
        Self::ListGroups,
        Self::ListGroupsOfCompany,
        Self::UserOfCallersCompany,
        Self::UserOfIgnoredCompany,
        Self::UserByCompanyless,
        Self::UserWithoutCompany,
        Self::UserOfUnknownCompany,
        Self::UserLacksField,
        Self::RootDepartment,
        Self::DepartmentOfCompany,
        Self::ChildDepartment,
        Self::ChildOfUnknownDepartment,
        Self::ChildAcrossCompanies,
        Self::LinkDepartments,
        Self::LinkRepeated,
        Self::LinkUnknownUser,
        Self::LinkUnknownDepartment,
        Self::LinkAcrossCompanies,
        Self::GrantGroups,
        Self::GrantRepeated,
        Self::GrantNothing,
        Self::GrantToApiUser,
        Self::GrantToSelf,
        Self::GrantToUnknownUser,
        Self::GrantUnknownGroup,
        Self::GrantHiddenGroup,
        Self::GrantMorePower,
        Self::WithoutPermission,
        Self::CreatedUserActs,
        Self::Unauthenticated,
        Self::Anything,
    ];

    /// The kinds of which the target may be asked at least one call.
    pub(super) fn offered(offer: &Offer) -> Vec<Self> {
        Self::ALL
            .into_iter()
            .filter(|kind| offer.proposals || !kind.rests_on_proposal())
            .collect()
    }

    fn rests_on_proposal(self) -> bool {
        matches!(
            self,
            Self::UserLacksField
                | Self::ChildAcrossCompanies
                | Self::LinkRepeated
                | Self::LinkAcrossCompanies
                | Self::GrantRepeated
                | Self::GrantNothing
                | Self::GrantHiddenGroup
        )
    }

    /// The world must grow faster than it is probed.
    fn weight(self) -> u32 {
        match self {
            Self::UserOfCallersCompany | Self::UserByCompanyless | Self::GrantGroups => 4,
            Self::RootDepartment | Self::LinkDepartments => 2,
            _ => 1,
        }
    }
}

/// The state with a random part of its kinds switched off.
pub(super) fn swarm(state: State) -> BoxedStrategy<State> {
    let kinds = state.enabled.clone();
    let most = kinds.len();
    subsequence(kinds, 1..=most)
        .prop_map(move |enabled| state.enabling(enabled))
        .no_shrink()
        .boxed()
}

/// One call of a kind that is switched on; besides, an unauthenticated one where the others may all be
/// turned down.
pub(super) fn transitions(state: &State) -> BoxedStrategy<Transition> {
    let mut possible: Vec<_> = state
        .enabled
        .iter()
        .filter_map(|kind| Some((kind.weight(), of_kind(*kind, state)?)))
        .collect();
    if possible.is_empty() || !state.offer.proposals {
        possible.push((
            1,
            unauthenticated(
                Just(Call::ListGroups {
                    company: CompanyRef::LeftOut,
                })
                .boxed(),
            ),
        ));
    }
    Union::new_weighted(possible).boxed()
}

fn of_kind(kind: Kind, state: &State) -> Calls {
    match kind {
        Kind::ListGroups => by(
            state.callers_with(Permission::ReadGroups),
            Just(Call::ListGroups {
                company: CompanyRef::LeftOut,
            }),
        ),
        Kind::ListGroupsOfCompany => filtered_list(state),
        Kind::WithoutPermission => without_permission(state),
        Kind::CreatedUserActs => created_user_acts(state),
        Kind::Unauthenticated => Some(unauthenticated(
            anything(state).prop_map(|step| step.call).boxed(),
        )),
        Kind::Anything => Some(anything(state)),
        _ => calls::user_of_kind(kind, state)
            .or_else(|| calls::department_of_kind(kind, state))
            .or_else(|| links::of_kind(kind, state))
            .or_else(|| grants::of_kind(kind, state)),
    }
}
