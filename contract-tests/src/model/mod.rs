//! The reference model: what the guides say each request must bring about, as facts.
//!
//! Written from the documents alone. It knows nothing of the fakes, of HTTP, of ids or of bodies: objects
//! are numbered in the order of their making, and whoever drives a walk keeps number → real id. The model
//! says whether a request is accepted or by which rule it is refused, and what the lists show afterwards.

pub(crate) mod amili;
pub(crate) mod ams;
#[cfg(test)]
mod tests;

use std::fmt::Debug;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use proptest::strategy::{BoxedStrategy, Strategy};
use proptest_state_machine::{ReferenceStateMachine, Sequential};

/// A rule by its id, with the ground it stands on in the case at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    pub(crate) id: &'static str,
    pub(crate) basis: Basis,
}

/// Whether a target that does otherwise contradicts a document, or only a likely answer to an open question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Basis {
    Documented,
    Proposed,
}

pub(crate) const fn documented(id: &'static str) -> Rule {
    Rule {
        id,
        basis: Basis::Documented,
    }
}

pub(crate) const fn proposed(id: &'static str) -> Rule {
    Rule {
        id,
        basis: Basis::Proposed,
    }
}

/// The statuses a document leaves possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Is(u16),
    Success,
    /// A refusal whose code says more than its status, which no document gives. Not 401: that one means "no
    /// valid token".
    Refused,
    /// As `Refused`, and not 403 either, which means "lacks the permission".
    Unfit,
}

impl Status {
    fn admits(self, status: u16) -> bool {
        match self {
            Self::Is(only) => status == only,
            Self::Success => (200..300).contains(&status),
            Self::Refused => (400..500).contains(&status) && status != 401,
            Self::Unfit => (400..500).contains(&status) && status != 401 && status != 403,
        }
    }
}

/// One refusal that the documents call for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) rule: Rule,
    pub(crate) status: Status,
    /// The error code of the body, where a document names one.
    pub(crate) code: Option<&'static str>,
}

impl Refusal {
    pub(crate) const fn new(rule: Rule, status: Status) -> Self {
        Self {
            rule,
            status,
            code: None,
        }
    }

    pub(crate) const fn coded(rule: Rule, status: Status, code: &'static str) -> Self {
        Self {
            rule,
            status,
            code: Some(code),
        }
    }

    fn admits(&self, answer: &Answer) -> bool {
        self.status.admits(answer.status)
            && self
                .code
                .is_none_or(|code| answer.code.as_deref() == Some(code))
    }
}

/// What the documents say of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    /// `rule` is the one that a refusal would break.
    Accepted { rule: Rule, status: Status },
    /// One refusal for each constraint broken; the documents rarely order them, so any of them will do.
    /// Never empty.
    Refused(Vec<Refusal>),
}

impl Expected {
    /// Accepted as given, unless something was found against it.
    fn unless(refusals: Vec<Refusal>, rule: Rule, status: Status) -> Self {
        if refusals.is_empty() {
            Self::Accepted { rule, status }
        } else {
            Self::Refused(refusals)
        }
    }

    pub(crate) fn accepted(&self) -> bool {
        matches!(self, Self::Accepted { .. })
    }

    /// The rules that the prediction rests on.
    pub(crate) fn rules(&self) -> Vec<Rule> {
        match self {
            Self::Accepted { rule, .. } => vec![*rule],
            Self::Refused(refusals) => refusals.iter().map(|refusal| refusal.rule).collect(),
        }
    }

    /// A refusal stands on a document as soon as one of the constraints broken does.
    pub(crate) fn basis(&self) -> Basis {
        self.rules()
            .iter()
            .map(|rule| rule.basis)
            .min()
            .unwrap_or(Basis::Proposed)
    }

    pub(crate) fn judge(&self, answer: &Answer) -> Result<(), Breach> {
        let held = match self {
            Self::Accepted { status, .. } => status.admits(answer.status),
            Self::Refused(refusals) => refusals.iter().any(|refusal| refusal.admits(answer)),
        };
        if held {
            Ok(())
        } else {
            Err(Breach::new(
                &self.rules(),
                format!("expected {self:?}, answered {answer:?}"),
            ))
        }
    }
}

/// What of an answer the model judges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) code: Option<String>,
}

/// A prediction that did not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Breach {
    /// The rules of which at least one is broken.
    pub(crate) rules: Vec<Rule>,
    pub(crate) what: String,
}

impl Breach {
    fn new(rules: &[Rule], what: String) -> Self {
        Self {
            rules: rules.to_vec(),
            what,
        }
    }
}

/// How much of a list may be judged: all of it where the world is known, else only what the walk made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    Everything,
    OnlyMade,
}

/// What a list must show, and which rule each way of differing breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct View<Item> {
    pub(crate) items: Vec<Item>,
    /// False where even the built-in world leaves open what else the list holds.
    pub(crate) complete: bool,
    pub(crate) missing: Rule,
    pub(crate) surplus: Rule,
    /// The rule that gives the list its order, if one does.
    pub(crate) order: Option<Rule>,
}

impl<Item: PartialEq + Debug> View<Item> {
    /// Judges a list; `None` stands for an entry that is none of the walk's.
    pub(crate) fn judge(&self, seen: &[Option<Item>], extent: Extent) -> Result<(), Breach> {
        let strangers = seen.iter().any(Option::is_none);
        let known: Vec<&Item> = seen.iter().flatten().collect();
        let mut rest = known.clone();
        for item in &self.items {
            match rest.iter().position(|other| *other == item) {
                Some(at) => drop(rest.remove(at)),
                None => {
                    return Err(self.breach(self.missing, &format!("{item:?} is missing"), seen));
                }
            }
        }
        if !rest.is_empty() {
            return Err(self.breach(self.surplus, &format!("{rest:?} should not be there"), seen));
        }
        if strangers && self.complete && extent == Extent::Everything {
            return Err(self.breach(self.surplus, "it holds what the walk did not make", seen));
        }
        match self.order {
            Some(rule) if !known.into_iter().eq(&self.items) => {
                Err(self.breach(rule, "the order differs", seen))
            }
            _ => Ok(()),
        }
    }

    fn breach(&self, rule: Rule, what: &str, seen: &[Option<Item>]) -> Breach {
        Breach::new(
            &[rule],
            format!("{what}: expected {:?}, seen {seen:?}", self.items),
        )
    }
}

/// A walk: the state it starts from, its steps, and the counter of steps taken, which helps shrinking.
pub(crate) type Walk<State, Transition> = (State, Vec<Transition>, Option<Arc<AtomicUsize>>);

/// What a driver needs of either API's model.
pub(crate) trait Model:
    ReferenceStateMachine<State: Send + Sync, Transition: Send + Sync>
{
    /// What the target offers; it limits what is generated.
    type Offer: Clone + Debug + Send + Sync + 'static;
    /// A numbered object that a step makes.
    type Object: Copy + Ord + Debug;
    /// A list that can be looked at.
    type Look: Clone + Debug;
    /// An entry of a list.
    type Item: PartialEq + Debug;

    /// The world before the first step, with every kind of request switched on.
    fn fresh(offer: &Self::Offer) -> Self::State;
    /// The same with a random part of the kinds switched off.
    fn swarm(offer: &Self::Offer) -> BoxedStrategy<Self::State>;
    /// What the documents say of this step.
    fn expected(state: &Self::State, step: &Self::Transition) -> Expected;
    /// What the step makes when it is accepted as expected.
    fn makes(state: &Self::State, step: &Self::Transition) -> Option<Self::Object>;
    /// The lists that this step could have changed, to be looked at after it, refused or not.
    fn looks(before: &Self::State, step: &Self::Transition) -> Vec<Self::Look>;
    /// Every list of which the model has an opinion.
    fn all_looks(state: &Self::State) -> Vec<Self::Look>;
    /// What the list shows in this state.
    fn view(state: &Self::State, look: &Self::Look) -> View<Self::Item>;

    /// Random walks within the offer, of at least one step: the walks of the library cannot be empty.
    fn walks(
        offer: Self::Offer,
        steps: RangeInclusive<usize>,
    ) -> BoxedStrategy<Walk<Self::State, Self::Transition>> {
        let least = (*steps.start()).max(1);
        let size = least..=(*steps.end()).max(least);
        let start = move || Self::swarm(&offer);
        Sequential::new(
            size.into(),
            start,
            Self::preconditions,
            Self::transitions,
            Self::apply,
        )
        .boxed()
    }

    /// The first step of a saved walk that cannot be taken, because what it refers to is never made.
    fn first_impossible(offer: &Self::Offer, steps: &[Self::Transition]) -> Option<usize> {
        let mut state = Self::fresh(offer);
        for (at, step) in steps.iter().enumerate() {
            if !Self::preconditions(&state, step) {
                return Some(at);
            }
            state = Self::apply(state, step);
        }
        None
    }
}
