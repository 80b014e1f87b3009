//! A history in words: what flaps, what changed and since when, what is missing, and how much is steady.

use std::fmt::Write;

use super::rules::RuleTrace;
use super::trace::{Change, Trace};
use super::{History, OfTarget, Standing};
use crate::compare::Difference;

/// How much of a value a line shows.
const SHOWN: usize = 100;
/// How many differences of one change are shown.
const MOST: usize = 6;

pub(super) fn summary(history: &History) -> String {
    let mut out = String::new();
    for of in &history.targets {
        target(&mut out, of);
    }
    // Writing into a text cannot fail.
    for unread in &history.unread {
        let _ = writeln!(out, "NOT READ  {}", unread.because);
    }
    out
}

fn target(out: &mut String, of: &OfTarget) {
    let count = of.recordings.len();
    let newest = count.saturating_sub(1);
    // Writing into a text cannot fail.
    let _ = writeln!(
        out,
        "{}: {count} recording{} from {} to {}",
        of.target,
        if count == 1 { "" } else { "s" },
        of.time(0),
        of.time(newest)
    );
    for standing in [Standing::Flapping, Standing::Changed] {
        for rule in of.rules.iter().filter(|it| it.standing == standing) {
            out.push_str(&rule_line(of, rule));
        }
        for scenario in of.scenarios.iter().filter(|it| it.standing == standing) {
            out.push_str(&scenario_lines(of, scenario));
        }
    }
    for scenario in &of.scenarios {
        out.push_str(&coming_and_going(of, scenario));
    }
    let counted = Standing::ALL.map(|standing| {
        let rules = of.rules.iter().filter(|it| it.standing == standing).count();
        format!("{rules} {}", standing.name())
    });
    let _ = writeln!(
        out,
        "  {} rules and questions: {}",
        of.rules.len(),
        counted.join(", ")
    );
    let moved = of.moved().count();
    let _ = match count {
        1 => writeln!(out, "  one recording alone shows no change\n"),
        _ if moved == 0 => writeln!(out, "  nothing changed in the newest recording\n"),
        _ => writeln!(
            out,
            "  the newest recording changed {moved} of {} scenarios\n",
            of.scenarios.len()
        ),
    };
}

/// What a rule did before and does now, and since when.
fn rule_line(of: &OfTarget, rule: &RuleTrace) -> String {
    let since = rule.since.unwrap_or_default();
    let seen = rule.cells.iter().enumerate().filter(|(_, cell)| {
        ![
            "not in it",
            "broken off",
            "not observable",
            "instrument failed",
        ]
        .contains(&cell.verdict.as_str())
    });
    let mut said: Vec<&str> = Vec::new();
    for (_, cell) in seen {
        if said.last() != Some(&cell.said()) || !cell.changed.is_empty() {
            said.push(cell.said());
        }
    }
    format!(
        "  {:<10}{}: {}, since {}\n",
        rule.standing.name().to_uppercase(),
        rule.id,
        said.join(" -> "),
        of.time(since)
    )
}

fn scenario_lines(of: &OfTarget, scenario: &Trace) -> String {
    let mut out = String::new();
    for change in &scenario.changes {
        out.push_str(&change_lines(of, scenario, change));
    }
    out
}

fn change_lines(of: &OfTarget, scenario: &Trace, change: &Change) -> String {
    let back = if change.back {
        ", back to what it was"
    } else {
        ""
    };
    let mut out = format!(
        "    {}, between {} and {}{back}\n",
        scenario.scenario,
        of.time(change.from),
        of.time(change.to)
    );
    let more = change.differences.len().saturating_sub(MOST);
    for difference in change.differences.iter().take(MOST) {
        out.push_str(&format!("      {}\n", in_line(difference)));
    }
    if more > 0 {
        out.push_str(&format!("      and {more} more\n"));
    }
    out
}

/// A difference in a line.
pub(super) fn in_line(difference: &Difference) -> String {
    let step = match difference.step.as_str() {
        "" => String::new(),
        step => format!("'{step}', "),
    };
    format!(
        "{}: {step}{}: {} -> {}",
        difference.level.name(),
        difference.place,
        Difference::shown(difference.old.as_ref(), SHOWN),
        Difference::shown(difference.new.as_ref(), SHOWN)
    )
}

/// A scenario that was not seen from the first recording on, or is not seen in the newest one.
fn coming_and_going(of: &OfTarget, scenario: &Trace) -> String {
    let newest = of.recordings.len().saturating_sub(1);
    let (Some(first), Some(last)) = (scenario.first_seen, scenario.last_seen) else {
        return String::new();
    };
    let mut out = String::new();
    if first > 0 {
        out.push_str(&format!(
            "  NEW       {} first seen {}\n",
            scenario.scenario,
            of.time(first)
        ));
    }
    if last < newest {
        let now = scenario.cells.get(newest).map_or("", |cell| cell.said());
        out.push_str(&format!(
            "  GONE      {} last seen {}; in the newest recording {now}\n",
            scenario.scenario,
            of.time(last)
        ));
    }
    out
}
