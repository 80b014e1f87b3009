//! What to look at first: what was broken, what failed on our side, answers not known yet.

use maud::{Markup, html};

use super::{badge, failed};
use crate::report::story::{Case, Story, Walk};
use crate::report::words::{self, counted};
use crate::verdict::{Failure, Trouble, Verdict};

/// Whether there is anything to look at.
pub(super) fn any(story: &Story) -> bool {
    story.cases.iter().any(noteworthy)
}

pub(super) fn section(story: &Story) -> Markup {
    let mut cases: Vec<&Case> = story.cases.iter().filter(|case| noteworthy(case)).collect();
    cases.sort_by_key(|case| match case.verdict {
        Verdict::Broken(_) => 0,
        _ if case.fails => 1,
        Verdict::InstrumentFailed(_) => 2,
        _ => 3,
    });
    html! {
        @if !cases.is_empty() {
            section aria-labelledby="failures" {
                h2 #failures { "What to look at" }
                @for case in cases { (article(case)) }
            }
        }
    }
}

pub(super) fn noteworthy(case: &Case) -> bool {
    failed(case) || matches!(case.verdict, Verdict::UnknownAnswer(_))
}

fn article(case: &Case) -> Markup {
    html! {
        article.failure data-verdict=(case.verdict.name()) {
            h3 { (badge(case.verdict.name())) " " span.name { (case.name) } }
            (rules(case))
            dl.told {
                @match &case.verdict {
                    Verdict::Broken(failure) | Verdict::UnknownAnswer(failure) => (wrong(failure)),
                    Verdict::InstrumentFailed(trouble) => (stuck(trouble)),
                    Verdict::Held | Verdict::NotObservable { .. } | Verdict::Answered { .. } => {}
                }
                @if let Some(contradiction) = &case.contradiction {
                    div { dt { "The mock says" } dd { code { (contradiction.says) } } }
                    div { dt { "and does" } dd { code { (contradiction.does) } } }
                }
            }
            @if let Some(walk) = &case.walk { (steps(walk)) }
        }
    }
}

/// So many rules are read at a glance; more are folded, so that what was seen is.
const AT_A_GLANCE: usize = 2;

fn rules(case: &Case) -> Markup {
    let all = html! { @for id in &case.proves { (cited(id)) } };
    html! {
        @if case.proves.len() > AT_A_GLANCE {
            details.rules { summary { "Shows at least one of " (case.proves.len()) " rules otherwise" } (all) }
        } @else {
            (all)
        }
    }
}

/// The rule with its document, or the question with its answers.
pub(in crate::report) fn cited(id: &str) -> Markup {
    html! {
        @if let Some(rule) = words::rule(id) {
            figure.rule {
                figcaption { code { (rule.id) } " " (rule.text) }
                blockquote { p { (rule.quote) } footer { (rule.page) } }
            }
        } @else if let Some(assumption) = words::assumption(id) {
            div.rule {
                p { code { (assumption.id) } " " (assumption.question) }
                p { "No document answers this. Known answers: " (words::known_answers(assumption)) "." }
            }
        } @else {
            p.rule { code { (id) } }
        }
    }
}

fn wrong(failure: &Failure) -> Markup {
    html! {
        div { dt { "Step" } dd { (failure.step) " " span.quiet { "as " (failure.caller) } } }
        div { dt { "Expected" } dd.expected { (failure.expected) } }
        div { dt { "Actual" } dd.actual { (failure.actual) } }
        (curl(&failure.request))
    }
}

fn stuck(trouble: &Trouble) -> Markup {
    html! {
        @if !trouble.step.is_empty() { div { dt { "Step" } dd { (trouble.step) } } }
        div { dt { "Trouble" } dd.actual { (trouble.text) } }
        (curl(&trouble.request))
    }
}

fn curl(request: &str) -> Markup {
    html! {
        @if !request.is_empty() {
            div { dt { "To see it" } dd { pre.wrap tabindex="0" { code { (request) } } } }
        }
    }
}

fn steps(walk: &Walk) -> Markup {
    html! {
        @if !walk.taken.is_empty() {
            h4 { "The walk" }
            ol.walk {
                @for step in &walk.taken {
                    li {
                        (step.words) " " span.quiet { "status " (step.status) }
                        @if !step.curl.is_empty() { pre.wrap tabindex="0" { code { (step.curl) } } }
                    }
                }
            }
        }
        @if let Some(shrunk) = walk.shrunk {
            p.quiet {
                "Walk " (shrunk.walk) " of " (counted(shrunk.from_steps, "step")) ", made shorter in "
                (counted(shrunk.tries as usize, "try")) "."
            }
        }
        @if !walk.saved.is_empty() {
            p { "Kept in" }
            ul.links { @for file in &walk.saved { li { code { (file) } } } }
        }
        @if let Some(trouble) = &walk.trouble {
            p { "While the walk was made shorter the instrument failed: " (trouble.text) }
        }
    }
}
