//! A comparison in words: which side moved, how old each is, and every difference.

use std::fmt::Write;

use jiff::Timestamp;

use super::{Comparison, Difference, Judged, Level};
use crate::recording::Header;
use crate::target::MOCK;

/// How much of a value a line shows.
const SHOWN: usize = 160;

/// The two recordings of a comparison, seen from a moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sides<'a> {
    pub(crate) old: &'a Header,
    pub(crate) new: &'a Header,
    pub(crate) now: Timestamp,
}

impl Sides<'_> {
    /// Who moved, if anything differs.
    pub(crate) fn moved(&self) -> String {
        let (old, new) = (self.old.target.as_str(), self.new.target.as_str());
        match (old == MOCK, new == MOCK) {
            (true, true) => "the mock behaves otherwise than it did".to_owned(),
            (true, false) => format!("the mock is wrong: {new} behaves otherwise"),
            (false, true) => format!("the mock is wrong: {old} behaves otherwise"),
            (false, false) if old == new => {
                format!("the provider changed: {old} behaves otherwise than it did")
            }
            (false, false) => format!("{old} and {new} behave differently"),
        }
    }

    /// How old a side is.
    pub(crate) fn age(&self, header: &Header) -> String {
        let hours = self.now.duration_since(header.time).as_hours().max(0);
        match hours {
            0 => "less than an hour old".to_owned(),
            1..=47 => format!("{hours} h old"),
            _ => format!("{} days old", hours / 24),
        }
    }

    fn line(&self, name: &str, header: &Header) -> String {
        format!(
            "{name}  {} of {} ({}), by version {}\n",
            header.target,
            header.time,
            self.age(header),
            header.tool
        )
    }
}

/// The whole comparison for programs.
pub(crate) fn json(sides: &Sides<'_>, comparison: &Comparison, judged: &Judged) -> String {
    let side = |header: &Header| {
        serde_json::json!({
            "target": header.target,
            "time": header.time,
            "age": sides.age(header),
            "tool": header.tool,
        })
    };
    let document = serde_json::json!({
        "old": side(sides.old),
        "new": side(sides.new),
        "moved": sides.moved(),
        "compared": comparison.compared.len(),
        "not_compared": comparison.not_compared,
        "differences": judged.differences,
        "excused": judged.excused,
        "stale": judged.stale,
    });
    format!("{document:#}\n")
}

/// The whole comparison for people.
pub(super) fn text(sides: &Sides<'_>, comparison: &Comparison, judged: &Judged) -> String {
    let mut out = sides.line("old", sides.old) + &sides.line("new", sides.new);
    let mut differences: Vec<&Difference> = judged.differences.iter().collect();
    differences.sort_by_key(|difference| std::cmp::Reverse(difference.level));
    for difference in &differences {
        out.push_str(&in_full(difference));
    }
    // Writing into a text cannot fail.
    for excused in &judged.excused {
        let Difference {
            scenario,
            step,
            place,
            fingerprint,
            ..
        } = &excused.difference;
        let _ = write!(
            out,
            "\nEXCUSED  {scenario}, '{step}', {place} until {}: {}  [{fingerprint}]\n",
            excused.until, excused.reason
        );
    }
    for stale in &judged.stale {
        let _ = write!(out, "\nSTALE EXCUSE  {stale}\n");
    }
    for skipped in &comparison.not_compared {
        let _ = write!(
            out,
            "\nnot compared  {}: {}",
            skipped.scenario, skipped.because
        );
    }
    let counts = counts(&differences);
    let _ = write!(
        out,
        "\n{} scenarios compared: {counts}\n",
        comparison.compared.len()
    );
    if comparison.compared.is_empty() {
        out.push_str("The recordings have no scenario in common: nothing is known of drift.\n");
    }
    if !differences.is_empty() {
        let _ = writeln!(out, "{}", sides.moved());
    }
    out
}

fn counts(differences: &[&Difference]) -> String {
    if differences.is_empty() {
        return "no difference".to_owned();
    }
    let counted = Level::ALL.iter().map(|level| {
        let of_level = differences
            .iter()
            .filter(|difference| difference.level == *level);
        (level.name(), of_level.count())
    });
    let counted = counted.filter(|(_, count)| *count > 0);
    let counted: Vec<_> = counted
        .map(|(name, count)| format!("{count} {name}"))
        .collect();
    counted.join(", ")
}

/// One difference, over several lines.
pub(crate) fn in_full(difference: &Difference) -> String {
    let Difference {
        level,
        scenario,
        step,
        place,
        kind,
        old,
        new,
        rules,
        fingerprint,
    } = difference;
    let kind = kind.in_words();
    format!(
        "\n{}  {scenario}  [{fingerprint}]\n  step   {step}\n  place  {place}: {kind}\n  old    {}\n  new    {}\n  rules  {}\n",
        level.name().to_uppercase(),
        Difference::shown(old.as_ref(), SHOWN),
        Difference::shown(new.as_ref(), SHOWN),
        rules.join(", ")
    )
}
