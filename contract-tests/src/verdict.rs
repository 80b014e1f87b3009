//! The verdicts on a scenario, and what can stop one early. A wrong answer, a failed conversation and
//! something that cannot be seen are three types that are never mixed. Knows no HTTP and no scenario.

use serde::Serialize;

/// What one scenario came to.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "verdict", rename_all = "kebab-case")]
pub enum Verdict {
    /// Every step went as the rules say.
    Held,
    /// The target does not do what a rule says.
    Broken(Failure),
    /// This target offers no way to see it.
    NotObservable {
        /// What is missing.
        because: String,
    },
    /// Our side, the network or the credentials failed: nothing is known about the rule.
    InstrumentFailed(Trouble),
    /// The answer that the target gives to an open question.
    Answered {
        /// One of the answers that the catalogue knows.
        answer: &'static str,
    },
    /// The target answers an open question in a way that the catalogue does not know.
    UnknownAnswer(Failure),
}

impl Verdict {
    /// The verdict in words.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Broken(_) => "broken",
            Self::NotObservable { .. } => "not observable",
            Self::InstrumentFailed(_) => "instrument failed",
            Self::Answered { .. } => "answered",
            Self::UnknownAnswer(_) => "unknown answer",
        }
    }

    /// Whether something was seen of the target's behaviour.
    pub fn observed(&self) -> bool {
        match self {
            Self::Held | Self::Broken(_) | Self::Answered { .. } | Self::UnknownAnswer(_) => true,
            Self::NotObservable { .. } | Self::InstrumentFailed(_) => false,
        }
    }
}

/// A wrong answer: what was asked, expected and seen. Holds no secret.
#[derive(Debug, Clone, Serialize)]
pub struct Failure {
    /// The step whose answer was wrong.
    pub step: String,
    /// The caller of that step.
    pub caller: String,
    /// What the rule demands.
    pub expected: String,
    /// What was seen.
    pub actual: String,
    /// The request as a `curl` line.
    pub request: String,
}

/// What a failed conversation failed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TroubleKind {
    /// No connection, or no answer in time.
    Unreachable,
    /// The target refused credentials that were given as valid.
    Credentials,
    /// Anything else: an unreadable answer, a used-up limit, a gateway's error.
    Other,
}

/// A conversation that failed, so that nothing was learned.
#[derive(Debug, Clone, Serialize)]
pub struct Trouble {
    /// What it failed on.
    pub kind: TroubleKind,
    /// The step that could not be finished.
    pub step: String,
    /// What happened.
    pub text: String,
    /// The request as a `curl` line; empty when there was none.
    pub request: String,
}

/// Why the steps of a scenario ended early.
#[derive(Debug)]
pub(crate) enum Stop {
    /// A wrong answer.
    Broken(Box<Failure>),
    /// Something that this target lacks.
    NotObservable(String),
    /// A failed conversation.
    InstrumentFailed(Box<Trouble>),
}

impl Stop {
    /// A scene that could not be set: a wrong answer there is the fault of other rules than those in
    /// question, whose own scenarios tell it, and leaves these unseen.
    pub(crate) fn while_setting_the_scene(self) -> Self {
        match self {
            Self::Broken(failure) => Self::NotObservable(format!(
                "the scene cannot be set: at '{}' expected {}, got {}",
                failure.step, failure.expected, failure.actual
            )),
            Self::NotObservable(_) | Self::InstrumentFailed(_) => self,
        }
    }
}

/// How the steps of a scenario about rules end.
pub(crate) type Outcome = Result<(), Stop>;

/// How the steps of a scenario about an assumption end.
pub(crate) type Answered = Result<Observation, Stop>;

/// What was seen of an open question.
#[derive(Debug)]
pub(crate) enum Observation {
    /// One of the answers that the catalogue knows.
    Known(&'static str),
    /// Another one.
    Unknown(Box<Failure>),
}

impl Verdict {
    pub(crate) fn on_rules(outcome: Outcome) -> Self {
        match outcome {
            Ok(()) => Self::Held,
            Err(stop) => Self::stopped(stop),
        }
    }

    /// A scenario about an assumption is never broken: an answer that ended it early is an unknown one.
    pub(crate) fn on_assumption(answered: Answered) -> Self {
        match answered {
            Ok(Observation::Known(answer)) => Self::Answered { answer },
            Ok(Observation::Unknown(failure)) | Err(Stop::Broken(failure)) => {
                Self::UnknownAnswer(*failure)
            }
            Err(stop) => Self::stopped(stop),
        }
    }

    fn stopped(stop: Stop) -> Self {
        match stop {
            Stop::Broken(failure) => Self::Broken(*failure),
            Stop::NotObservable(because) => Self::NotObservable { because },
            Stop::InstrumentFailed(trouble) => Self::InstrumentFailed(*trouble),
        }
    }
}
