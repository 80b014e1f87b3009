//! Amili by its guides: creditors, the access groups that come with them, users.
//!
//! Facts and predictions; [`generate`] makes the requests. A question that no document answers is
//! predicted by its likeliest answer and marked [`Basis::Proposed`].

mod generate;
mod request;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use proptest::strategy::BoxedStrategy;
use proptest_state_machine::ReferenceStateMachine;

use super::{Basis, Expected, Model, Refusal, Rule, Status, View, documented, proposed};
pub(crate) use generate::Kind;
pub(crate) use request::{
    Account, Activation, Caller, Creditor, CreditorRef, Group, GroupRef, Item, Look, NewCreditor,
    NewUser, Object, Offer, OrganisationNumber, Request, Transition, User,
};

const CREATED: Status = Status::Is(201);
const INVALID: Status = Status::Is(422);

/// The facts, and what may be asked in this walk.
#[derive(Clone, Debug)]
pub(crate) struct State {
    creditors: usize,
    active: BTreeSet<Creditor>,
    /// In the order of their making, which is the order of every list.
    groups: Vec<Group>,
    users: usize,
    access: BTreeSet<(User, Group)>,
    enabled: Vec<Kind>,
    offer: Offer,
}

impl State {
    fn refusals(&self, request: &Request) -> Vec<Refusal> {
        match request {
            Request::CreateCreditor(new) => creditor_refusals(new),
            Request::CreateUser(new) => user_refusals(new),
            Request::List(_) => Vec::new(),
        }
    }

    fn listed(&self, look: Look) -> Vec<Item> {
        match look {
            Look::GroupsOfAccount(Account::Own) => self.groups_where(|_| true),
            Look::GroupsOfCreditor(CreditorRef::Made(creditor)) => {
                self.groups_where(|group| group.creditor() == Some(creditor))
            }
            Look::GroupsOfAccount(_) | Look::GroupsOfCreditor(CreditorRef::Unknown) => Vec::new(),
            Look::Creditors => (0..self.creditors)
                .map(|n| self.creditor(Creditor(n)))
                .collect(),
            Look::Users => (0..self.users).map(|n| self.user(User(n))).collect(),
        }
    }

    fn groups_where(&self, wanted: impl Fn(&Group) -> bool) -> Vec<Item> {
        self.groups
            .iter()
            .copied()
            .filter(wanted)
            .map(Item::Group)
            .collect()
    }

    fn creditor(&self, creditor: Creditor) -> Item {
        Item::Creditor {
            creditor,
            active: self.active.contains(&creditor),
        }
    }

    fn user(&self, user: User) -> Item {
        let held = self.access.iter().filter(|(holder, _)| *holder == user);
        Item::User {
            user,
            groups: held.map(|(_, group)| *group).collect(),
        }
    }

    /// A creditor brings its two groups, active or not: no guide ties them to activation.
    fn add_creditor(&mut self, new: &NewCreditor) {
        let creditor = Creditor(self.creditors);
        self.creditors += 1;
        if new.active {
            self.active.insert(creditor);
        }
        self.groups
            .extend([Group::Admin(creditor), Group::User(creditor)]);
    }

    fn add_user(&mut self, new: &NewUser) {
        let user = User(self.users);
        self.users += 1;
        self.access
            .extend(new.data_access.iter().filter_map(|group| match group {
                GroupRef::Own(group) => Some((user, *group)),
                GroupRef::Unknown | GroupRef::OtherAccount => None,
            }));
    }

    fn exists(&self, request: &Request) -> bool {
        match request {
            Request::CreateUser(new) => new.data_access.iter().all(|group| match group {
                GroupRef::Own(group) => self.groups.contains(group),
                GroupRef::Unknown | GroupRef::OtherAccount => true,
            }),
            Request::List(Look::GroupsOfCreditor(CreditorRef::Made(creditor))) => {
                creditor.0 < self.creditors
            }
            Request::CreateCreditor(_) | Request::List(_) => true,
        }
    }
}

/// Whether the request needs the second account.
fn names_other_account(request: &Request) -> bool {
    match request {
        Request::CreateCreditor(new) => new.account == Account::Other,
        Request::CreateUser(new) => {
            new.account == Account::Other || new.data_access.contains(&GroupRef::OtherAccount)
        }
        Request::List(look) => *look == Look::GroupsOfAccount(Account::Other),
    }
}

fn creditor_refusals(new: &NewCreditor) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    if new.active && !new.missing.is_empty() {
        refusals.push(Refusal::new(
            documented("amili.creditor.activation-fields"),
            INVALID,
        ));
    }
    if new.organisation == OrganisationNumber::Both {
        refusals.push(Refusal::new(
            documented("amili.creditor.one-organisation-number"),
            INVALID,
        ));
    }
    if !new.named {
        refusals.push(Refusal::new(
            proposed("amili.body.required-fields"),
            INVALID,
        ));
    }
    refusals.extend(account_refusal(
        new.account,
        proposed("amili.creditor.account-exists"),
    ));
    refusals
}

fn user_refusals(new: &NewUser) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    if !new.named {
        refusals.push(Refusal::new(
            documented("amili.body.required-fields"),
            INVALID,
        ));
    }
    refusals.extend(account_refusal(
        new.account,
        proposed("amili.user.account-exists"),
    ));
    if new.data_access.contains(&GroupRef::Unknown) {
        refusals.push(Refusal::new(
            proposed("amili.user.access-group-exists"),
            INVALID,
        ));
    }
    if new.data_access.contains(&GroupRef::OtherAccount) {
        refusals.push(Refusal::new(
            proposed("amili.user.group-of-own-account"),
            INVALID,
        ));
    }
    refusals
}

fn account_refusal(account: Account, exists: Rule) -> Option<Refusal> {
    match account {
        Account::Own => None,
        Account::Unknown => Some(Refusal::new(exists, INVALID)),
        Account::Other => Some(Refusal::new(
            proposed("amili.scope.foreign-account"),
            Status::Is(403),
        )),
        // The editions differ on whether an owner of another kind would do instead.
        Account::LeftOut => Some(Refusal::new(
            proposed("amili.body.required-fields"),
            INVALID,
        )),
    }
}

/// The rule that a refusal of this sound request would break, and the status of its acceptance.
fn acceptance(request: &Request) -> (Rule, Status) {
    match request {
        Request::CreateCreditor(new) if new.organisation == OrganisationNumber::Neither => {
            (proposed("amili.creditor.one-organisation-number"), CREATED)
        }
        Request::CreateCreditor(new) if !new.active => {
            (documented("amili.creditor.inactive-first"), CREATED)
        }
        Request::CreateUser(new) => (user_rule(&new.data_access), CREATED),
        Request::CreateCreditor(_) => (documented("amili.write.created"), CREATED),
        // Whether a foreign account's groups are hidden or forbidden, no document says.
        Request::List(Look::GroupsOfAccount(Account::Other)) => {
            (proposed("amili.scope.foreign-account"), Status::Is(200))
        }
        Request::List(_) => (documented("amili.query.where"), Status::Is(200)),
    }
}

/// No guide repeats a group, and the guides' list of groups for people leaves `api_user` out.
fn user_rule(groups: &[GroupRef]) -> Rule {
    let id = if groups.len() > 1 {
        "amili.user.many-groups"
    } else {
        "amili.write.created"
    };
    let odd = repeats(groups) || groups.contains(&GroupRef::Own(Group::ApiUser));
    if odd { proposed(id) } else { documented(id) }
}

fn repeats(groups: &[GroupRef]) -> bool {
    groups
        .iter()
        .enumerate()
        .any(|(at, group)| groups[..at].contains(group))
}

/// The Amili half of the model.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Amili;

impl Model for Amili {
    type Offer = Offer;
    type Object = Object;
    type Look = Look;
    type Item = Item;

    fn fresh(offer: &Offer) -> State {
        State {
            creditors: 0,
            active: BTreeSet::new(),
            groups: vec![Group::AccountAdmin, Group::ApiUser],
            users: 0,
            access: BTreeSet::new(),
            enabled: Kind::offered(offer),
            offer: offer.clone(),
        }
    }

    fn swarm(offer: &Offer) -> BoxedStrategy<State> {
        generate::swarm(Self::fresh(offer))
    }

    fn expected(state: &State, step: &Transition) -> Expected {
        match step.caller {
            // Authentication comes before everything else, whatever else is wrong.
            Caller::NoToken | Caller::UnknownToken => Expected::Refused(vec![Refusal::new(
                documented("amili.auth.token-required"),
                Status::Is(401),
            )]),
            Caller::AccountApiUser => {
                let (rule, status) = acceptance(&step.request);
                Expected::unless(state.refusals(&step.request), rule, status)
            }
        }
    }

    fn makes(state: &State, step: &Transition) -> Option<Object> {
        if !Self::expected(state, step).accepted() {
            return None;
        }
        match step.request {
            Request::CreateCreditor(_) => Some(Object::Creditor(Creditor(state.creditors))),
            Request::CreateUser(_) => Some(Object::User(User(state.users))),
            Request::List(_) => None,
        }
    }

    fn looks(before: &State, step: &Transition) -> Vec<Look> {
        match (&step.request, Self::makes(before, step)) {
            (Request::List(look), _) => vec![*look],
            (Request::CreateUser(_), _) => vec![Look::Users],
            (Request::CreateCreditor(_), Some(Object::Creditor(made))) => vec![
                Look::Creditors,
                Look::GroupsOfAccount(Account::Own),
                Look::GroupsOfCreditor(CreditorRef::Made(made)),
            ],
            (Request::CreateCreditor(_), _) => {
                vec![Look::Creditors, Look::GroupsOfAccount(Account::Own)]
            }
        }
    }

    fn all_looks(state: &State) -> Vec<Look> {
        let of_creditors =
            (0..state.creditors).map(|n| Look::GroupsOfCreditor(CreditorRef::Made(Creditor(n))));
        [
            Look::Creditors,
            Look::GroupsOfAccount(Account::Own),
            Look::Users,
        ]
        .into_iter()
        .chain(of_creditors)
        .collect()
    }

    fn view(state: &State, look: &Look) -> View<Item> {
        let missing = match look {
            Look::GroupsOfAccount(_) | Look::GroupsOfCreditor(_) => {
                "amili.access-group.on-creation"
            }
            Look::Creditors | Look::Users => "amili.write.created",
        };
        View {
            items: state.listed(*look),
            // The account's users at the start are not told in full.
            complete: *look != Look::Users,
            missing: documented(missing),
            surplus: documented("amili.query.where"),
            order: Some(documented("amili.list.insertion-order")),
        }
    }
}

impl ReferenceStateMachine for Amili {
    type State = State;
    type Transition = Transition;

    fn init_state() -> BoxedStrategy<State> {
        Self::swarm(&Offer {
            other_account: true,
            proposals: true,
        })
    }

    fn transitions(state: &State) -> BoxedStrategy<Transition> {
        generate::transitions(state)
    }

    fn apply(mut state: State, step: &Transition) -> State {
        if Self::expected(&state, step).accepted() {
            match &step.request {
                Request::CreateCreditor(new) => state.add_creditor(new),
                Request::CreateUser(new) => state.add_user(new),
                Request::List(_) => {}
            }
        }
        state
    }

    fn preconditions(state: &State, step: &Transition) -> bool {
        state.exists(&step.request)
            && (state.offer.other_account || !names_other_account(&step.request))
            && (state.offer.proposals || Self::expected(state, step).basis() == Basis::Documented)
    }
}
