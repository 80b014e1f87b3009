//! A page for people: one file that needs nothing else, read on a phone, on paper or by a screen reader.
//! Everything is there without its script, which only filters.

mod cases;
mod failures;
mod tables;

use maud::{Markup, html};

pub(super) use self::failures::cited;

use super::frame::Frame;
use super::story::{Case, Standing, Story};
use super::words::counted;
use crate::scenario::Api;
use crate::verdict::Verdict;

const SCRIPT: &str = include_str!("../../assets/report.js");

pub(super) fn page(story: &Story) -> String {
    let content = html! {
        (alerts(story))
        @if !story.cases.is_empty() { (tiles(story)) }
        (failures::section(story))
        @for api in [Api::Amili, Api::Ams] { (of_api(story, api)) }
    };
    let frame = Frame {
        title: &format!("{} · contract tests on {}", outcome(story), story.target),
        style: "",
        head: head(story),
        content,
        foot: " Secrets are left out of every exchange.",
        script: SCRIPT,
    };
    frame.page()
}

/// What it came to in a few words: they stand in the title of a browser's tab.
fn outcome(story: &Story) -> String {
    let failed = story.cases.iter().filter(|case| failed(case)).count();
    match (failed, &story.stopped) {
        (0, Some(_)) => "stopped early".to_owned(),
        (0, None) if story.saw_nothing() => "nothing observed".to_owned(),
        (0, None) => "nothing broken".to_owned(),
        (failed, _) => format!("{failed} failed"),
    }
}

/// Whether the case is no good news.
fn failed(case: &Case) -> bool {
    case.fails || matches!(case.verdict, Verdict::InstrumentFailed(_))
}

fn head(story: &Story) -> Markup {
    let about = story.about();
    html! {
        p.kicker { "contract-tests " (about.command) }
        h1 { (outcome(story)) " on " (story.target) }
        dl.facts {
            div { dt { "Target" } dd { (story.target) } }
            @if !story.run.is_empty() { div { dt { "Run" } dd { (story.run) } } }
            @if let Some(seed) = story.seed { div { dt { "Seed" } dd { (seed) } } }
            div {
                dt { "Began" }
                dd { time datetime=(about.at) { (about.at.strftime("%-d %B %Y, %H:%M:%S UTC")) } }
            }
            div { dt { "Took" } dd { (spent(story)) } }
            div { dt { "Version" } dd { (env!("CARGO_PKG_VERSION")) } }
        }
        @if !story.cases.is_empty() { nav aria-label="Sections" {
            ul {
                @if failures::any(story) { li { a href="#failures" { "What to look at" } } }
                @for api in [Api::Amili, Api::Ams] {
                    @if has(story, api) { li { a href={ "#" (api.name()) } { (title(api)) } } }
                }
            }
        } }
    }
}

fn spent(story: &Story) -> String {
    let took = story.took();
    match took.as_secs() {
        seconds @ 60.. => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{:.1} s", took.as_secs_f64()),
    }
}

fn alerts(story: &Story) -> Markup {
    html! {
        @if let Some(trouble) = &story.stopped {
            div.alert role="alert" {
                p { strong { "The run ended before its work was done. " } (trouble.text) }
                @if !trouble.request.is_empty() { pre.wrap tabindex="0" { code { (trouble.request) } } }
            }
        } @else if story.saw_nothing() {
            div.alert role="alert" { p { strong { "Nothing was observed. " } "A run that saw nothing fails." } }
        }
    }
}

fn tiles(story: &Story) -> Markup {
    let rules = story.rules();
    let held = rules
        .values()
        .filter(|seen| **seen == Standing::Held)
        .count();
    let walks: u32 = story.walks().map(|walk| walk.held).sum();
    let steps: usize = story.walks().map(|walk| walk.steps).sum();
    html! {
        section aria-labelledby="summary" {
            h2 #summary { "Summary" }
            ul.tiles {
                @for (verdict, count) in story.counts() {
                    li.tile data-verdict=(verdict) { span.number { (count) } " " span.label { (verdict) } }
                }
                @if !rules.is_empty() {
                    li.tile { span.number { (held) " of " (rules.len()) } " " span.label { "rules held" } }
                }
                @if walks > 0 {
                    li.tile { span.number { (walks) } " " span.label { "walks held, " (counted(steps, "step")) } }
                }
            }
        }
    }
}

fn has(story: &Story, api: Api) -> bool {
    story.cases.iter().any(|case| case.api == api)
}

fn of_api(story: &Story, api: Api) -> Markup {
    html! {
        @if has(story, api) {
            section.api aria-labelledby=(api.name()) {
                h2 id=(api.name()) { (title(api)) }
                (tables::rules(story, api))
                (tables::assumptions(story, api))
                (cases::list(story, api))
            }
        }
    }
}

fn title(api: Api) -> &'static str {
    match api {
        Api::Amili => "Amili",
        Api::Ams => "AMS",
    }
}

/// A verdict in words, coloured besides.
fn badge(verdict: &str) -> Markup {
    html! { span.badge data-verdict=(verdict) { (verdict) } }
}
