//! The time line of a rule: a bar of segments, each with a colour, a pattern where it is bad, and a sign.

use maud::{Markup, html};

use crate::history::rules::{RuleCell, RuleTrace};

/// The most that a bar is wide, so that it stands on a phone.
const WIDEST: usize = 336;
/// How wide a recording is as long as there is room.
const WIDE: usize = 28;
const HIGH: usize = 22;
/// About the width of a letter.
const LETTER: usize = 8;

/// Neighbouring recordings that say the same.
struct Segment<'a> {
    first: usize,
    last: usize,
    cell: &'a RuleCell,
}

/// What hatches the segments of broken rules, for every bar of the page.
pub(super) fn patterns() -> Markup {
    html! {
        svg.patterns width="0" height="0" aria-hidden="true" focusable="false" {
            defs {
                pattern #hatch width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                    line.hatch x1="0" y1="0" x2="0" y2="6" {}
                }
            }
        }
    }
}

pub(super) fn legend() -> Markup {
    let signs = [
        ("held", "held"),
        ("broken", "broken, hatched"),
        ("answered", "the answer to an open question"),
        ("unknown answer", "an answer that is not known"),
        ("instrument failed", "instrument failed"),
        ("not observable", "not observable"),
        ("not in it", "not in the recording"),
    ];
    html! {
        ul.legend aria-label="Signs" {
            @for (verdict, meaning) in signs {
                li {
                    svg width="22" height="22" aria-hidden="true" focusable="false" {
                        (segment(verdict, sign(verdict), 1, 20))
                    }
                    " " (meaning)
                }
            }
            li {
                svg width="22" height="22" aria-hidden="true" focusable="false" {
                    line.turn x1="11" y1="0" x2="11" y2="22" {}
                }
                " it changed here"
            }
        }
    }
}

pub(super) fn of_rule(rule: &RuleTrace) -> Markup {
    let count = rule.cells.len().max(1);
    let width = (count * WIDE).min(WIDEST);
    let at = |place: usize| place * width / count;
    let segments = segments(&rule.cells);
    html! {
        svg.bar width=(width) height=(HIGH) viewBox={ "0 0 " (width) " " (HIGH) } role="img" aria-label=(told(&segments)) {
            @for it in &segments {
                @let (left, right) = (at(it.first), at(it.last + 1));
                (segment(&it.cell.verdict, word(it.cell, right - left), left + 1, (right - left).saturating_sub(2).max(1)))
            }
            @for (place, cell) in rule.cells.iter().enumerate() {
                @if !cell.changed.is_empty() {
                    line.turn x1=(at(place)) y1="0" x2=(at(place)) y2=(HIGH) {}
                }
            }
        }
        p.said { (told(&segments)) }
    }
}

fn segments(cells: &[RuleCell]) -> Vec<Segment<'_>> {
    let mut segments: Vec<Segment<'_>> = Vec::new();
    for (place, cell) in cells.iter().enumerate() {
        match segments.last_mut() {
            Some(last) if last.cell.said() == cell.said() && cell.changed.is_empty() => {
                last.last = place;
            }
            _ => segments.push(Segment {
                first: place,
                last: place,
                cell,
            }),
        }
    }
    segments
}

/// The bar in words, with the recordings by number.
fn told(segments: &[Segment<'_>]) -> String {
    let mut before = "";
    let told = segments.iter().map(|it| {
        let said = it.cell.said();
        // The verdict alone would not tell what changed.
        let otherwise = match said == before && !it.cell.changed.is_empty() {
            true => "otherwise than before, yet ",
            false => "",
        };
        before = said;
        match it.first == it.last {
            true => format!("{otherwise}{said} in {}", it.first + 1),
            false => format!("{otherwise}{said} in {} to {}", it.first + 1, it.last + 1),
        }
    });
    told.collect::<Vec<_>>().join(", ")
}

fn segment(verdict: &str, word: &str, left: usize, width: usize) -> Markup {
    html! {
        g data-verdict=(verdict) {
            rect.fill x=(left) y="1" width=(width) height=(HIGH - 2) rx="3" {}
            @if verdict == "broken" {
                rect x=(left) y="1" width=(width) height=(HIGH - 2) rx="3" fill="url(#hatch)" {}
            }
            text x=(left + width / 2) y="15" text-anchor="middle" { (word) }
        }
    }
}

/// What stands in a segment: the answer or the verdict where there is room, else a sign.
fn word(cell: &RuleCell, width: usize) -> &str {
    let said = cell.said();
    if said.chars().count() * LETTER + 6 <= width && !cell.verdict.starts_with("not") {
        said
    } else if width >= 12 {
        sign(&cell.verdict)
    } else {
        ""
    }
}

fn sign(verdict: &str) -> &'static str {
    match verdict {
        "held" => "✓",
        "broken" => "✗",
        "answered" => "=",
        "unknown answer" => "?",
        "instrument failed" => "!",
        "not observable" => "·",
        _ => "",
    }
}
