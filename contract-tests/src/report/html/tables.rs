//! The rules of an API with what was seen of each, and its open questions with the answers.

use maud::{Markup, html};

use super::badge;
use crate::report::story::{Case, Standing, Story};
use crate::report::words;
use crate::scenario::Api;
use crate::verdict::Verdict;

pub(super) fn rules(story: &Story, api: Api) -> Markup {
    let rules: Vec<_> = story
        .rules()
        .into_iter()
        .filter(|(id, _)| id.split('.').next() == Some(api.name()))
        .collect();
    html! {
        @if !rules.is_empty() {
            h3 { "Rules" }
            // A table laid out as blocks on a small screen is one to a screen reader only by its roles.
            table role="table" {
                thead role="rowgroup" {
                    tr role="row" {
                        th role="columnheader" scope="col" { "Rule" }
                        th role="columnheader" scope="col" { "What was seen" }
                        th role="columnheader" scope="col" { "Scenarios" }
                    }
                }
                tbody role="rowgroup" {
                    @for (id, standing) in &rules { (rule(story, id, *standing)) }
                }
            }
        }
    }
}

fn rule(story: &Story, id: &str, standing: Standing) -> Markup {
    let verdict = match standing {
        Standing::Held => "held",
        Standing::Broken => "broken",
        Standing::Unseen => "not observed",
    };
    let about = story
        .cases
        .iter()
        .filter(|case| !case.asks && case.proves.contains(&id));
    html! {
        tr role="row" {
            th role="rowheader" scope="row" {
                code { (id) }
                @if let Some(rule) = words::rule(id) {
                    p { (rule.text) }
                    p.source { q { (rule.quote) } " " span.quiet { (rule.page) } }
                }
            }
            td role="cell" { (badge(verdict)) }
            td role="cell" { ul.links { @for case in about { li { (link(case)) } } } }
        }
    }
}

pub(super) fn assumptions(story: &Story, api: Api) -> Markup {
    let asked = story
        .cases
        .iter()
        .filter(|case| case.api == api && case.asks);
    let asked: Vec<_> = asked.filter(|case| case.walk.is_none()).collect();
    html! {
        @if !asked.is_empty() {
            h3 { "Open questions" }
            table role="table" {
                thead role="rowgroup" {
                    tr role="row" {
                        th role="columnheader" scope="col" { "Question" }
                        th role="columnheader" scope="col" { "Answer seen" }
                        th role="columnheader" scope="col" { "Known answers" }
                    }
                }
                tbody role="rowgroup" { @for case in asked { (assumption(case)) } }
            }
        }
    }
}

fn assumption(case: &Case) -> Markup {
    let id = case.proves.first().copied().unwrap_or_default();
    let known = words::assumption(id);
    let seen = match &case.verdict {
        Verdict::Answered { answer } => Some(*answer),
        _ => None,
    };
    html! {
        tr role="row" {
            th role="rowheader" scope="row" {
                code { (id) }
                @if let Some(known) = known { p { (known.question) } }
                p.quiet { (link(case)) }
            }
            td role="cell" {
                @match seen {
                    Some(answer) => strong { (answer) },
                    None => (badge(case.verdict.name())),
                }
            }
            td role="cell" {
                @if let Some(known) = known {
                    ul.answers {
                        @for answer in known.answers {
                            li.seen[seen == Some(answer.id)] { code { (answer.id) } @if answer.text != answer.id { " " (answer.text) } }
                        }
                    }
                }
            }
        }
    }
}

fn link(case: &Case) -> Markup {
    html! { a href={ "#" (super::cases::anchor(case)) } { (case.name) } }
}
