//! A page for people: what moved, scenario by scenario, the worst first; then what is excused and what could not
//! be compared. One file that needs nothing else and no script.

use maud::{Markup, html};

use super::{Drift, api, excuse, place};
use crate::compare::{Difference, Level};
use crate::recording::Header;
use crate::report::frame::Frame;
use crate::report::html::cited;
use crate::report::words::{body, counted};

const STYLE: &str = include_str!("../../../assets/drift.css");

/// The most of a value that the page shows.
const BODY: usize = 4 * 1024;

pub(super) fn page(drift: &Drift<'_>) -> String {
    let content = html! {
        (alerts(drift))
        (tiles(drift))
        (moved(drift))
        (excused(drift))
        (not_compared(drift))
        (alike(drift))
    };
    let frame = Frame {
        title: &format!(
            "{} · {} against {}",
            drift.outcome(),
            drift.sides.new.target,
            drift.sides.old.target
        ),
        style: STYLE,
        head: head(drift),
        content,
        foot: " Ids, dates, etags and names stand as symbols.",
        script: "",
    };
    frame.page()
}

fn head(drift: &Drift<'_>) -> Markup {
    html! {
        p.kicker { "contract-tests compare" }
        h1 { (drift.outcome()) }
        @if !drift.judged.differences.is_empty() { p.lead { (sentence(&drift.sides.moved())) } }
        dl.facts.sides {
            div { dt { "Old" } dd { (side(drift, drift.sides.old)) } }
            div { dt { "New" } dd { (side(drift, drift.sides.new)) } }
        }
        @if !drift.judged.differences.is_empty() { nav aria-label="Scenarios that differ" {
            ul { @for (number, (scenario, worst)) in scenarios(drift).into_iter().enumerate() {
                li { a href={ "#moved-" (number) } data-level=(worst.name()) { (scenario) } }
            } }
        } }
    }
}

/// A text as a sentence of its own.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).chain(['.']).collect()
}

fn side(drift: &Drift<'_>, header: &Header) -> Markup {
    html! {
        strong { (header.target) } ", "
        time datetime=(header.time) { (header.time.strftime("%-d %B %Y, %H:%M UTC")) }
        br;
        span.quiet { (drift.sides.age(header)) ", recorded by version " (header.tool) }
    }
}

fn alerts(drift: &Drift<'_>) -> Markup {
    html! {
        @if drift.comparison.compared.is_empty() {
            div.alert role="alert" { p { strong { "Nothing could be compared. " } "The two recordings share no scenario that both saw." } }
        }
        @if !drift.judged.stale.is_empty() {
            div.alert role="alert" {
                p { strong { "Excuses that excuse nothing: by them the comparison fails." } }
                ul { @for stale in &drift.judged.stale { li { (stale) } } }
            }
        }
    }
}

fn tiles(drift: &Drift<'_>) -> Markup {
    html! {
        ul.tiles {
            @for level in Level::ALL {
                li.tile data-level=(level.name()) data-none[drift.count(level) == 0] {
                    span.number { (drift.count(level)) } " " span.label { (level.name()) }
                }
            }
            @if !drift.judged.excused.is_empty() {
                li.tile { span.number { (drift.judged.excused.len()) } " " span.label { "excused" } }
            }
            li.tile { span.number { (drift.comparison.compared.len()) } " " span.label { "scenarios compared" } }
        }
    }
}

/// The scenarios that differ, each with its worst level, the worst first.
fn scenarios<'a>(drift: &Drift<'a>) -> Vec<(&'a str, Level)> {
    let mut found: Vec<(&str, Level)> = Vec::new();
    for difference in &drift.judged.differences {
        match found
            .iter_mut()
            .find(|(name, _)| *name == difference.scenario)
        {
            Some((_, worst)) => *worst = difference.level.max(*worst),
            None => found.push((&difference.scenario, difference.level)),
        }
    }
    found.sort_by_key(|(_, worst)| std::cmp::Reverse(*worst));
    found
}

fn moved(drift: &Drift<'_>) -> Markup {
    html! {
        @if !drift.judged.differences.is_empty() {
            section aria-labelledby="moved" {
                h2 #moved { "What moved" }
                @for (number, (scenario, worst)) in scenarios(drift).into_iter().enumerate() {
                    (article(drift, number, scenario, worst))
                }
            }
        }
    }
}

fn article(drift: &Drift<'_>, number: usize, scenario: &str, worst: Level) -> Markup {
    let mut differences: Vec<&Difference> = drift.of(scenario).collect();
    differences.sort_by_key(|difference| std::cmp::Reverse(difference.level));
    let rules = differences.first().map_or(&[][..], |first| &first.rules);
    html! {
        article.failure id={ "moved-" (number) } data-level=(worst.name()) {
            h3 { span.name { (scenario) } " " span.quiet { (counted(differences.len(), "difference")) } }
            @if rules.len() > 2 {
                details.rules { summary { "About " (rules.len()) " rules" } @for id in rules { (cited(id)) } }
            } @else {
                @for id in rules { (cited(id)) }
            }
            @for (difference, times) in once(differences) { (one(drift, difference, times)) }
        }
    }
}

/// Each difference once, and how many times it was seen: a step may be taken again.
fn once(differences: Vec<&Difference>) -> Vec<(&Difference, usize)> {
    let mut found: Vec<(&Difference, usize)> = Vec::new();
    for difference in differences {
        let same =
            |(known, _): &&mut (&Difference, usize)| known.fingerprint == difference.fingerprint;
        match found.iter_mut().find(same) {
            Some((_, times)) => *times += 1,
            None => found.push((difference, 1)),
        }
    }
    found
}

fn one(drift: &Drift<'_>, difference: &Difference, times: usize) -> Markup {
    html! {
        div.difference data-level=(difference.level.name()) {
            h4 {
                span.badge { (difference.level.name()) } " "
                code { (difference.place) } " is " (difference.kind.in_words())
            }
            @if !difference.step.is_empty() { p.step {
                "at " q { (difference.step) } @if times > 1 { ", " (times) " times" }
            } }
            div.values {
                (value("Old", drift.sides.old, difference.old.as_ref()))
                (value("New", drift.sides.new, difference.new.as_ref()))
            }
            details.accept {
                summary { "Excuse it: " code { (difference.fingerprint) } }
                pre.wrap tabindex="0" { code {
                    "[[accept]]\nfingerprint = \"" (difference.fingerprint) "\"\nreason = \"…\"\nuntil = \"…\"\n"
                } }
            }
        }
    }
}

fn value(side: &str, header: &Header, value: Option<&serde_json::Value>) -> Markup {
    html! {
        div {
            p.side { (side) " " span.quiet { (header.target) } }
            @match value {
                Some(value) => pre.wrap tabindex="0" { code { (body(&format!("{value:#}"), BODY)) } },
                None => p.nothing { "nothing" },
            }
        }
    }
}

fn excused(drift: &Drift<'_>) -> Markup {
    html! {
        @if !drift.judged.excused.is_empty() {
            section aria-labelledby="excused" {
                h2 #excused { "Excused for now" }
                ul { @for it in &drift.judged.excused {
                    li {
                        strong { (it.difference.scenario) } ", " (place(&it.difference)) " is " (it.difference.kind.in_words())
                        br;
                        (excuse(it))
                    }
                } }
            }
        }
    }
}

fn not_compared(drift: &Drift<'_>) -> Markup {
    let all = &drift.comparison.not_compared;
    html! {
        @if !all.is_empty() {
            section aria-labelledby="not-compared" {
                h2 #not-compared { "Not compared" }
                ul { @for skipped in all { li { strong { (skipped.scenario) } ": " (skipped.because) } } }
            }
        }
    }
}

fn alike(drift: &Drift<'_>) -> Markup {
    let compared = drift.comparison.compared.iter();
    let alike: Vec<&String> = compared
        .filter(|name| drift.of(name).next().is_none())
        .collect();
    html! {
        @if !alike.is_empty() {
            section aria-labelledby="alike" {
                h2 #alike { "No difference" }
                details {
                    summary { (counted(alike.len(), "scenario")) }
                    @for known in ["amili", "ams"] {
                        ul.names { @for name in alike.iter().filter(|name| api(name) == known) { li { (name) } } }
                    }
                }
            }
        }
    }
}
