//! A kept walk taken from Rust: what a test that `explore` wrote calls.

use super::hunt::Hunt;
use super::{party, save, tell};
use crate::event::Walked;
use crate::target::Target;
use crate::verdict::Verdict;

/// What a walk came to that did not hold.
#[derive(Debug, thiserror::Error)]
pub enum Replayed {
    /// The text is no walk, or this target does not offer what it needs.
    #[error("the walk cannot be taken: {0}")]
    CannotBeTaken(String),
    /// The target does otherwise than the documents say, or than the model supposes.
    #[error("{}", told(.0))]
    Differs(Box<Walked>),
    /// Our side, the network or the credentials failed: nothing is known.
    #[error("the instrument failed: {0}")]
    InstrumentFailed(String),
}

/// Takes the walk in this text, the JSON that `contract-tests explore` keeps.
///
/// # Errors
/// When the walk does not hold on this target, or cannot be taken.
pub fn replay(target: &Target, walk: &str) -> Result<(), Replayed> {
    let api = save::api(walk).map_err(Replayed::CannotBeTaken)?;
    let hunt = Hunt {
        target,
        run: &format!("replay-{:x}", std::process::id()),
        walks: 1,
        steps: 0,
        seed: 0,
        tell: &|| {},
    };
    let hunted = party::taken(hunt, walk, api).map_err(Replayed::CannotBeTaken)?;
    let walked = tell::walked(format!("{}/replay", api.name()), hunted, Vec::new());
    match &walked.verdict {
        Verdict::Broken(_) | Verdict::UnknownAnswer(_) => Err(Replayed::Differs(Box::new(walked))),
        Verdict::InstrumentFailed(trouble) => Err(Replayed::InstrumentFailed(trouble.text.clone())),
        Verdict::NotObservable { because } => Err(Replayed::CannotBeTaken(because.clone())),
        Verdict::Held | Verdict::Answered { .. } => Ok(()),
    }
}

fn told(walked: &Walked) -> String {
    let Some(finding) = &walked.finding else {
        return walked.verdict.name().to_owned();
    };
    let rules: Vec<_> = finding.rules.iter().map(|rule| rule.id).collect();
    let failure = &finding.failure;
    let mut text = format!(
        "{}: {}\n  expected  {}\n  actual    {}\n  request   {}\n  the walk\n",
        rules.join(", "),
        failure.step,
        failure.expected,
        failure.actual,
        failure.request
    );
    for (at, step) in finding.steps.iter().enumerate() {
        text.push_str(&format!(
            "    {}. {}: status {}\n",
            at + 1,
            step.words,
            step.status
        ));
    }
    text
}
