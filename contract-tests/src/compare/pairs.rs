//! Which exchanges of two recordings belong together, and what differs between them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::difference::Where;
use super::{Comparison, Difference, Kind, Level, values};
use crate::recording::{Observed, Outcome, Recorded, Response};

/// Compares what two recordings have of one scenario.
pub(super) fn scenario(
    name: &str,
    old: &Recorded,
    new: &Recorded,
    sides: [&str; 2],
    comparison: &mut Comparison,
) {
    for (side, recorded) in sides.into_iter().zip([old, new]) {
        if let Some(because) = unseen(side, recorded) {
            comparison.skip(name, &because);
            return;
        }
    }
    comparison.compared.push(name.to_owned());
    let rules = rules_of(old, new);
    let (before, after) = (by_step(&old.exchanges), by_step(&new.exchanges));
    for (key, seen) in &before {
        let other = at(&after, *key);
        let rules = touched([Some(*seen), other], &rules);
        let place = Where::at(name, &seen.step, &rules);
        match other {
            None => {
                let told = Some(json!(line(seen)));
                let gone = place.differs(Level::Breaking, Kind::Missing, "exchange", told, None);
                comparison.differences.push(gone);
            }
            Some(other) if seen.request != other.request => {
                let because = format!("at '{}' the two asked different things", seen.step);
                comparison.skip(name, &because);
            }
            Some(other) => {
                let found = responses(&place, &seen.response, &other.response);
                comparison.differences.extend(found);
            }
        }
    }
    for (_, seen) in after.iter().filter(|(key, _)| at(&before, *key).is_none()) {
        let told = Some(json!(line(seen)));
        let rules = touched([Some(*seen), None], &rules);
        let place = Where::at(name, &seen.step, &rules);
        let more = place.differs(Level::Behaviour, Kind::Unexpected, "exchange", None, told);
        comparison.differences.push(more);
    }
    comparison.differences.extend(verdicts(
        &Where::at(name, "", &rules),
        old.outcome.as_ref(),
        new.outcome.as_ref(),
    ));
}

/// Why there is nothing to compare on a side.
fn unseen(side: &str, recorded: &Recorded) -> Option<String> {
    let Some(outcome) = &recorded.outcome else {
        return Some(format!("{side} breaks off within it"));
    };
    let said = outcome.because.as_deref().unwrap_or_default();
    ["not observable", "instrument failed"]
        .contains(&outcome.verdict.as_str())
        .then(|| format!("{} in {side}: {said}", outcome.verdict))
}

fn rules_of(old: &Recorded, new: &Recorded) -> Vec<String> {
    let outcomes = [old, new]
        .into_iter()
        .filter_map(|side| side.outcome.as_ref());
    let rules: BTreeSet<&String> = outcomes.flat_map(|outcome| &outcome.proves).collect();
    rules.into_iter().cloned().collect()
}

/// The rules that a difference at a step touches: the one by which the mock refuses there, if it does, before
/// those that the scenario is about.
fn touched(sides: [Option<&Observed>; 2], rules: &[String]) -> Vec<String> {
    let mut sides = sides.into_iter().flatten();
    let refuses = sides.find_map(|seen| seen.mock.as_ref()?.rule.clone());
    let mut touched: Vec<String> = refuses.into_iter().collect();
    let others = rules.iter().filter(|rule| touched.first() != Some(rule));
    let others: Vec<String> = others.cloned().collect();
    touched.extend(others);
    touched
}

/// A step, and how often it has been taken before.
type Step<'a> = (&'a str, usize);

/// The exchanges by step, in their order.
fn by_step(exchanges: &[Observed]) -> Vec<(Step<'_>, &Observed)> {
    let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
    let mut steps = Vec::with_capacity(exchanges.len());
    for seen in exchanges {
        let times = taken.entry(&seen.step).or_default();
        *times += 1;
        steps.push(((seen.step.as_str(), *times), seen));
    }
    steps
}

/// The exchange of a step.
fn at<'a>(exchanges: &[(Step<'_>, &'a Observed)], step: Step<'_>) -> Option<&'a Observed> {
    let mut exchanges = exchanges.iter();
    exchanges
        .find(|(known, _)| *known == step)
        .map(|(_, seen)| *seen)
}

fn line(seen: &Observed) -> String {
    let request = &seen.request;
    format!(
        "{} {}: {}",
        request.method, request.path, seen.response.status
    )
}

fn responses(place: &Where<'_>, old: &Response, new: &Response) -> Vec<Difference> {
    let mut found = Vec::new();
    if old.status != new.status {
        let level = Level::of_statuses(old.status, new.status);
        let (before, after) = (Some(json!(old.status)), Some(json!(new.status)));
        found.push(place.differs(level, Kind::Value, "status", before, after));
    }
    found.extend(headers(place, old, new));
    found.extend(bodies(place, old.body.as_ref(), new.body.as_ref()));
    found.extend(key_orders(place, old, new));
    found
}

fn headers(place: &Where<'_>, old: &Response, new: &Response) -> Vec<Difference> {
    let names: BTreeSet<&String> = old.headers.keys().chain(new.headers.keys()).collect();
    let differs = |name: &String| {
        let (before, after) = (old.headers.get(name), new.headers.get(name));
        if before == after {
            return None;
        }
        let kind = match (before, after) {
            (_, None) => Kind::Missing,
            (None, _) => Kind::Unexpected,
            _ => Kind::Value,
        };
        let level = Level::of_header(name, kind);
        let value = |text: Option<&String>| text.map(|text| json!(text));
        let place_in = format!("header {name}");
        Some(place.differs(level, kind, place_in, value(before), value(after)))
    };
    names.into_iter().filter_map(differs).collect()
}

fn bodies(place: &Where<'_>, old: Option<&Value>, new: Option<&Value>) -> Vec<Difference> {
    let (old, new) = match (old, new) {
        (None, None) => return Vec::new(),
        (Some(old), Some(new)) => (old, new),
        (old, new) => {
            let kind = if new.is_none() {
                Kind::Missing
            } else {
                Kind::Unexpected
            };
            let level = Level::of_body("", kind, old, new);
            return vec![place.differs(level, kind, "body", old.cloned(), new.cloned())];
        }
    };
    let found = values::differing(old, new).into_iter();
    let found = found.map(|inside| {
        let level = Level::of_body(
            &inside.pointer,
            inside.kind,
            inside.old.as_ref(),
            inside.new.as_ref(),
        );
        let place_in = format!("body {}", inside.pointer);
        place.differs(
            level,
            inside.kind,
            place_in.trim_end(),
            inside.old,
            inside.new,
        )
    });
    found.collect()
}

/// Objects that have the same keys in another order. Where the keys differ, that is told already.
fn key_orders(place: &Where<'_>, old: &Response, new: &Response) -> Vec<Difference> {
    let mut found = Vec::new();
    for (pointer, before) in &old.key_order {
        let Some(after) = new.key_order.get(pointer) else {
            continue;
        };
        let common = |keys: &Vec<String>, others: &Vec<String>| -> Vec<String> {
            let kept = keys.iter().filter(|key| others.contains(key));
            kept.cloned().collect()
        };
        let (before, after) = (common(before, after), common(after, before));
        if before != after {
            let place_in = format!("keys {pointer}");
            let (before, after) = (Some(json!(before)), Some(json!(after)));
            found.push(place.differs(
                Level::Cosmetic,
                Kind::Order,
                place_in.trim_end(),
                before,
                after,
            ));
        }
    }
    found
}

fn verdicts(place: &Where<'_>, old: Option<&Outcome>, new: Option<&Outcome>) -> Option<Difference> {
    let said = |outcome: &Outcome| match &outcome.answer {
        Some(answer) => format!("{} {answer}", outcome.verdict),
        None => outcome.verdict.clone(),
    };
    let (old, new) = (old?, new?);
    let (before, after) = (said(old), said(new));
    // That a rule is kept no longer, or at last, is what clients have to know; open questions may turn.
    let level = match [old, new].iter().any(|side| side.verdict == "broken") {
        true => Level::Breaking,
        false => Level::Behaviour,
    };
    (before != after).then(|| {
        let (before, after) = (Some(json!(before)), Some(json!(after)));
        place.differs(level, Kind::Value, "verdict", before, after)
    })
}
