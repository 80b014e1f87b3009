//! Every case of an API with what was said in it, folded.

use maud::{Markup, html};

use super::badge;
use crate::Exchange;
use crate::report::story::{Case, Story};
use crate::report::words;
use crate::scenario::Api;

/// The most of a body that is shown.
const BODY: usize = 2 * 1024;

pub(super) fn list(story: &Story, api: Api) -> Markup {
    let cases: Vec<_> = story.cases.iter().filter(|case| case.api == api).collect();
    html! {
        h3 { "Everything that was asked" }
        // Shown by the script, which alone can use it.
        div.filter hidden {
            label {
                "Show only what holds this text "
                input type="search" data-filters=(api.name()) autocomplete="off";
            }
            span.quiet data-count=(api.name()) role="status" {}
        }
        div.cases data-cases=(api.name()) { @for case in cases { (folded(case)) } }
    }
}

/// The place of a case on the page.
pub(super) fn anchor(case: &Case) -> String {
    case.name
        .replace(|letter: char| !letter.is_ascii_alphanumeric(), "-")
}

fn folded(case: &Case) -> Markup {
    html! {
        details.case id=(anchor(case)) {
            summary {
                (badge(case.verdict.name())) " " span.name { (case.name) } " "
                span.quiet { (case.took.as_millis()) " ms" }
            }
            @if super::failures::noteworthy(case) {
                p { "What came of it is told under " a href="#failures" { "What to look at" } "." }
            } @else {
                p { (words::in_short(case)) }
            }
            @if !case.proves.is_empty() {
                p { "About" @for id in &case.proves { " " code { (id) } } }
            }
            @if case.exchanges.is_empty() {
                p.quiet { "Nothing was said that is kept." }
            } @else {
                ol.exchanges { @for exchange in &case.exchanges { li { (said(exchange)) } } }
            }
        }
    }
}

fn said(exchange: &Exchange) -> Markup {
    html! {
        p.step { (exchange.step) " " span.quiet { "as " (exchange.caller) } }
        p.line {
            code { strong { (exchange.method) } " " (exchange.path) } " "
            span.status data-class=(exchange.status / 100) { (exchange.status) }
        }
        // What a mock tells of itself is long, and no behaviour of the API.
        @if !exchange.path.starts_with("/_mock") {
            @if let Some(sent) = &exchange.sent { (body("Sent", sent)) }
            @if !exchange.body.is_empty() { (body("Answered", &exchange.body)) }
        }
    }
}

fn body(label: &str, text: &str) -> Markup {
    html! {
        p.quiet.label { (label) }
        pre.wrap { code { (words::body(text, BODY)) } }
    }
}
