//! The findings as an assumptions file, and what people are told of them besides. Knows no target.

use std::fmt::Write;

use jiff::civil::Date;

use super::{Finding, Seen};

/// As much of a text as a line shows.
const SHOWN: usize = 300;

/// The assumptions file. What was not answered stands in it as a comment.
pub(super) fn file(findings: &[Finding], target: &str, day: Date) -> String {
    let mut text = format!(
        "# The answers of {target}, as contract-tests {} saw them on {day}.\n\
         # mock-server --assumptions FILE gives the same ones.\n",
        env!("CARGO_PKG_VERSION")
    );
    for finding in findings {
        let (comment, line) = entry(finding, day);
        // Writing into a text cannot fail.
        let _ = write!(text, "\n# {}\n{line}\n", one_line(&comment));
    }
    text
}

/// The comment and the line of one question.
fn entry(finding: &Finding, day: Date) -> (String, String) {
    let Finding {
        assumption,
        seen,
        by,
    } = finding;
    // The names of the catalogue need no escape.
    let id = format!("\"{}\"", assumption.id);
    match seen {
        Seen::Answer(answer) => (
            format!("observed on {day} by {by}"),
            format!("{id} = \"{answer}\""),
        ),
        Seen::Unknown { wanted, got, .. } => (
            format!("no known answer on {day} by {by}: expected {wanted}, got {got}"),
            format!("# {id} = …  known: {}", known(finding)),
        ),
        Seen::NotObservable(because) => (
            assumption.question.to_owned(),
            format!("# {id} = …  not observable: {}", one_line(because)),
        ),
        Seen::Failed { text, .. } => (
            assumption.question.to_owned(),
            format!("# {id} = …  instrument failed: {}", one_line(text)),
        ),
    }
}

/// What people are told: what has no known answer, what failed, and the counts.
pub(super) fn summary(findings: &[Finding], target: &str) -> String {
    let mut text = String::new();
    for finding in findings {
        let id = finding.assumption.id;
        // Writing into a text cannot fail.
        let _ = match &finding.seen {
            Seen::Unknown {
                wanted,
                got,
                request,
            } => writeln!(
                text,
                "unknown answer     {id}\n  {}\n  expected  {}\n  got       {}\n  request   {}\n  known     {}",
                one_line(&finding.by),
                one_line(wanted),
                one_line(got),
                one_line(request),
                known(finding)
            ),
            Seen::Failed { text: trouble, .. } => {
                writeln!(text, "instrument failed  {id}: {}", one_line(trouble))
            }
            Seen::Answer(_) | Seen::NotObservable(_) => Ok(()),
        };
    }
    let count = |wanted: fn(&Seen) -> bool| {
        let found = findings.iter().filter(|finding| wanted(&finding.seen));
        found.count()
    };
    let answered = count(|seen| matches!(seen, Seen::Answer(_)));
    let unknown = count(|seen| matches!(seen, Seen::Unknown { .. }));
    let unseen = count(|seen| matches!(seen, Seen::NotObservable(_)));
    let failed = count(|seen| matches!(seen, Seen::Failed { .. }));
    let all = findings.len();
    text + &format!(
        "{target}: {answered} of {all} questions answered, {unknown} with an unknown answer, {unseen} not observable, {failed} failed\n"
    )
}

fn known(finding: &Finding) -> String {
    let answers = finding.assumption.answers.iter();
    let answers: Vec<_> = answers.map(|answer| answer.id).collect();
    answers.join(", ")
}

/// The text as part of one line: what breaks lines, and what a TOML comment may not hold, is a blank.
fn one_line(text: &str) -> String {
    let plain = text.replace(|letter: char| letter.is_control(), " ");
    match plain.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &plain[..end]),
        None => plain,
    }
}
