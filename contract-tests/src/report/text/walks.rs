//! What walks came to, in words: a line for each API, a failed walk in full.

use super::style;
use crate::WalkStep;
use crate::event::{Difference, RuleInDoubt, Walked};
use crate::report::words::{self, counted, harmless};
use crate::verdict::{Trouble, Verdict};

/// The line for walks over one API.
pub(super) fn line(walked: &Walked) -> String {
    // What fails the run though no document is contradicted is no unknown answer of the target's.
    let name = match &walked.verdict {
        Verdict::UnknownAnswer(_) => "differs",
        verdict => verdict.name(),
    };
    let verdict = style::verdict(name);
    if let Verdict::NotObservable { because } = &walked.verdict {
        return format!("{verdict}  {}: {}\n", title(walked), harmless(because));
    }
    format!(
        "{verdict}  {}: {} held, {} and {} at lists ({:.1} s)\n",
        title(walked),
        counted(walked.walks as usize, "walk"),
        counted(walked.steps, "step"),
        counted(walked.looks, "look"),
        walked.took.as_secs_f64()
    )
}

/// Random walks go by their API, a saved one by its file.
fn title(walked: &Walked) -> &str {
    match walked.name.contains("/saved/") {
        true => &walked.name,
        false => walked.api.name(),
    }
}

/// Everything that was found on one API; nothing when all held.
pub(super) fn in_full(walked: &Walked, target: &str) -> String {
    let mut text = walked
        .finding
        .as_ref()
        .map_or_else(String::new, |finding| failed_walk(walked, finding));
    if let Some(first) = walked.saved.first() {
        text.push_str(&format!(
            "  saved     {}\n  again     contract-tests explore --target {target} --replay {first}\n",
            walked.saved.join(", ")
        ));
    }
    for difference in &walked.otherwise {
        text.push_str(&format!(
            "\n{}: the target answers an open question otherwise\n{}",
            title(walked),
            differing(difference)
        ));
    }
    let stopped = match &walked.verdict {
        Verdict::InstrumentFailed(trouble) => Some(trouble),
        _ => walked.trouble.as_ref(),
    };
    if let Some(trouble) = stopped {
        text.push_str(&instrument_failed(walked, trouble));
    }
    text
}

fn failed_walk(walked: &Walked, finding: &Difference) -> String {
    let heading = match walked.verdict {
        Verdict::UnknownAnswer(_) => "the target answers an open question otherwise",
        _ => "broken",
    };
    let steps = counted(finding.steps.len(), "step");
    let walk = match walked.shrunk {
        Some(shrunk) if shrunk.tries > 0 => format!(
            "walk {} of {}, shrunk to {steps} in {}",
            shrunk.walk,
            counted(shrunk.from_steps, "step"),
            counted(shrunk.tries as usize, "try")
        ),
        Some(shrunk) => format!("walk {} of {steps}", shrunk.walk),
        None => format!("a walk of {steps}"),
    };
    format!(
        "\n{}  {}, {walk}\n{}",
        style::heading(heading),
        title(walked),
        differing(finding)
    )
}

fn differing(difference: &Difference) -> String {
    let rules: String = difference.rules.iter().map(cited).collect();
    let steps = difference.steps.iter().enumerate();
    let walk: String = steps.map(step).collect();
    let wrong = words::wrong(&difference.failure);
    format!("{rules}{}  the walk\n{}", harmless(&wrong), harmless(&walk))
}

fn step((at, taken): (usize, &WalkStep)) -> String {
    let mut text = format!("    {}. {}: status {}\n", at + 1, taken.words, taken.status);
    if !taken.curl.is_empty() {
        text.push_str(&format!("       {}\n", taken.curl));
    }
    text
}

fn cited(rule: &RuleInDoubt) -> String {
    let mut text = words::cited(rule.id);
    if !rule.documented {
        text.push_str(
            "  basis     no document settles this case; the model supposes the likely answer\n",
        );
    }
    text
}

fn instrument_failed(walked: &Walked, trouble: &Trouble) -> String {
    let shrinking = match walked.finding {
        Some(_) => " while the walk was made shorter",
        None => "",
    };
    format!(
        "\n{}  {}{shrinking}\n{}",
        style::heading("instrument failed"),
        title(walked),
        harmless(&words::failed(trouble))
    )
}
