//! What walks came to, in words: a line for each API, a failed walk in full. Runs nothing.

use mock_server::catalogue;

use super::hunt::{Finding, Hunted};
use super::walk::{Mismatch, Taken};
use crate::model::{Basis, Rule};
use crate::verdict::Trouble;

/// The line for one API.
pub(super) fn line(hunted: &Hunted) -> String {
    let verdict = match (&hunted.finding, &hunted.trouble) {
        (Some(finding), _) if finding.mismatch.open() => "differs",
        (Some(_), _) => "broken",
        (None, Some(_)) => "instrument failed",
        (None, None) => "held",
    };
    let tally = hunted.tally;
    format!(
        "{verdict:>17}  {}: {} held, {} and {} at lists ({:.1} s)\n",
        hunted.api.name(),
        counted(hunted.walks as usize, "walk"),
        counted(tally.steps, "step"),
        counted(tally.looks, "look"),
        hunted.took.as_secs_f64()
    )
}

/// Everything that was found on one API; nothing when all held.
pub(super) fn in_full(hunted: &Hunted) -> String {
    let api = hunted.api.name();
    let finding = hunted.finding.as_ref();
    let mut text = finding.map_or_else(String::new, |finding| failed_walk(api, finding));
    for mismatch in &hunted.otherwise {
        text.push_str(&format!(
            "\n{api}: the target answers an open question otherwise\n"
        ));
        text.push_str(&differing(mismatch));
    }
    if let Some(trouble) = &hunted.trouble {
        text.push_str(&instrument_failed(api, trouble, finding.is_some()));
    }
    text
}

fn failed_walk(api: &str, finding: &Finding) -> String {
    let mismatch = &finding.mismatch;
    let heading = if mismatch.open() {
        "THE TARGET ANSWERS AN OPEN QUESTION OTHERWISE"
    } else {
        "BROKEN"
    };
    let steps = counted(mismatch.taken.len(), "step");
    let shrunk = if finding.tries > 0 {
        let tries = counted(finding.tries as usize, "try");
        format!(
            "{}, shrunk to {steps} in {tries}",
            counted(finding.from_steps, "step")
        )
    } else {
        steps
    };
    format!(
        "\n{heading}  {api}, walk {} of {shrunk}\n{}",
        finding.walk,
        differing(mismatch)
    )
}

fn counted(number: usize, what: &str) -> String {
    match (number, what) {
        (1, _) => format!("1 {what}"),
        (_, "try") => format!("{number} tries"),
        _ => format!("{number} {what}s"),
    }
}

fn differing(mismatch: &Mismatch) -> String {
    let failure = &mismatch.failure;
    let rules: String = mismatch.breach.rules.iter().map(cited).collect();
    let walk: String = mismatch.taken.iter().enumerate().map(step).collect();
    format!(
        "{rules}  at        {} (as {})\n  expected  {}\n  actual    {}\n  request   {}\n  the walk\n{walk}",
        failure.step, failure.caller, failure.expected, failure.actual, failure.request
    )
}

fn step((at, taken): (usize, &Taken)) -> String {
    let mut text = format!("    {}. {}: status {}\n", at + 1, taken.words, taken.status);
    if !taken.curl.is_empty() {
        text.push_str(&format!("       {}\n", taken.curl));
    }
    text
}

/// The rule with its source, or the open question with its known answers.
fn cited(rule: &Rule) -> String {
    let known = catalogue::rules();
    let known = known.into_iter().find(|known| known.id == rule.id);
    let mut text = match known {
        Some(known) => format!(
            "  rule      {}: {}\n  source    {}: \"{}\"\n",
            known.id, known.text, known.page, known.quote
        ),
        None => format!("  rule      {}\n", rule.id),
    };
    if rule.basis == Basis::Proposed {
        text.push_str(
            "  basis     no document settles this case; the model supposes the likely answer\n",
        );
    }
    text
}

fn instrument_failed(api: &str, trouble: &Trouble, shrinking: bool) -> String {
    let while_shrinking = if shrinking { " while shrinking" } else { "" };
    let mut text = format!(
        "\nINSTRUMENT FAILED  {api}{while_shrinking}\n  trouble   {}\n",
        trouble.text
    );
    for (name, value) in [("step", &trouble.step), ("request", &trouble.request)] {
        if !value.is_empty() {
            text.push_str(&format!("  {name:<9} {value}\n"));
        }
    }
    text
}
