//! A history as one page that needs nothing else and no script: read on a phone, on paper or by a screen
//! reader.

mod line;
mod matrix;

use maud::{Markup, html};

use super::rules::RuleTrace;
use super::{History, OfTarget, Standing};
use crate::report::Frame;

const STYLE: &str = include_str!("../../assets/history.css");

pub(super) fn page(history: &History) -> String {
    let content = html! {
        (unread(history))
        (line::patterns())
        @for (number, of) in history.targets.iter().enumerate() { (target(number, of)) }
    };
    let frame = Frame {
        title: &format!("{} · history of contract tests", outcome(history)),
        style: STYLE,
        head: head(history),
        content,
        foot: "",
        script: "",
    };
    frame.page()
}

/// What it came to in a few words.
fn outcome(history: &History) -> String {
    let moved: usize = history.targets.iter().map(|of| of.moved().count()).sum();
    match moved {
        0 => "nothing changed of late".to_owned(),
        1 => "1 scenario changed in the newest recording".to_owned(),
        _ => format!("{moved} scenarios changed in the newest recordings"),
    }
}

fn head(history: &History) -> Markup {
    html! {
        p.kicker { "contract-tests history" }
        h1 { (outcome(history)) }
        @if history.targets.len() > 1 { nav aria-label="Targets" {
            ul { @for (number, of) in history.targets.iter().enumerate() {
                li { a href={ "#target-" (number) } { (of.target) } }
            } }
        } }
    }
}

fn unread(history: &History) -> Markup {
    html! {
        @if !history.unread.is_empty() {
            div.alert role="alert" {
                p { strong { "Not every file could be read." } }
                ul { @for unread in &history.unread { li { code { (unread.file) } ": " (unread.because) } } }
            }
        }
    }
}

fn target(number: usize, of: &OfTarget) -> Markup {
    let id = format!("target-{number}");
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (of.target) }
            (tiles(of))
            (recordings(of))
            h3 { "Rules and open questions over time" }
            (line::legend())
            @for standing in Standing::ALL { (rules(of, standing)) }
            h3 id={ (id) "-matrix" } { "Scenarios by recording" }
            (matrix::table(of, &id))
        }
    }
}

fn tiles(of: &OfTarget) -> Markup {
    html! {
        ul.tiles {
            @for standing in Standing::ALL {
                li.tile data-standing=(standing.name()) {
                    span.number { (of.rules.iter().filter(|it| it.standing == standing).count()) } " "
                    span.label { "rules " (standing.name()) }
                }
            }
            li.tile { span.number { (of.scenarios.len()) } " " span.label { "scenarios" } }
        }
    }
}

fn recordings(of: &OfTarget) -> Markup {
    html! {
        h3 { "Recordings" }
        ol.recordings {
            @for facts in &of.recordings {
                li {
                    time datetime=(facts.time) { (facts.time.strftime("%-d %B %Y, %H:%M UTC")) } " "
                    span.quiet { (facts.file) ", by version " (facts.tool) }
                }
            }
        }
    }
}

fn rules(of: &OfTarget, standing: Standing) -> Markup {
    let rules: Vec<_> = of
        .rules
        .iter()
        .filter(|it| it.standing == standing)
        .collect();
    html! {
        @if !rules.is_empty() {
            h4 { (title(standing)) }
            // A table laid out as blocks on a small screen is one to a screen reader only by its roles.
            table.lines role="table" {
                thead role="rowgroup" {
                    tr role="row" {
                        th role="columnheader" scope="col" { "Rule or question" }
                        th role="columnheader" scope="col" { "How long" }
                        th role="columnheader" scope="col" { "Time line" }
                    }
                }
                tbody role="rowgroup" { @for rule in rules { (row(of, rule)) } }
            }
        }
    }
}

fn row(of: &OfTarget, rule: &RuleTrace) -> Markup {
    let newest = of.recordings.len().saturating_sub(1);
    html! {
        tr role="row" {
            th role="rowheader" scope="row" { code { (rule.id) } }
            td role="cell" {
                @if let Some(since) = rule.since { "since " (day(of, since)) } @else { "never seen" }
                @if let Some(last) = rule.last_seen.filter(|last| *last < newest) {
                    " " span.quiet { "last seen " (day(of, last)) }
                }
            }
            td role="cell" {
                (line::of_rule(rule))
                @if let Some(cell) = rule.cells.iter().rev().find(|cell| !cell.changed.is_empty()) {
                    p.said { "by " @for (place, name) in cell.changed.iter().enumerate() {
                        @if place > 0 { ", " } a href={ "#" (anchor(&of.target, name)) } { (name) }
                    } }
                }
            }
        }
    }
}

/// What a scenario's row of the matrix is reached by.
fn anchor(target: &str, scenario: &str) -> String {
    format!("{target}/{scenario}")
}

fn day(of: &OfTarget, recording: usize) -> Markup {
    let facts = of.recordings.get(recording);
    html! {
        @if let Some(facts) = facts {
            time datetime=(facts.time) { (facts.time.strftime("%Y-%m-%d %H:%M")) }
        }
    }
}

fn title(standing: Standing) -> &'static str {
    match standing {
        Standing::Flapping => "Flapping: back and forth",
        Standing::Changed => "Changed",
        Standing::Steady => "Steady",
        Standing::Unseen => "Never seen",
    }
}
