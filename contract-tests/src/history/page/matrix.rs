//! The matrix of scenarios by recordings; under a cell that is otherwise than before, what is.

use maud::{Markup, html};

use super::anchor;
use crate::history::OfTarget;
use crate::history::text::in_line;
use crate::history::trace::{Change, Trace};

pub(super) fn table(of: &OfTarget, id: &str) -> Markup {
    html! {
        // It is wider than a phone: it scrolls by itself, also by keys.
        div.scroll role="region" tabindex="0" aria-labelledby={ (id) "-matrix" } {
            table.matrix {
                thead {
                    tr {
                        th scope="col" { "Scenario" }
                        @for (number, facts) in of.recordings.iter().enumerate() {
                            th scope="col" {
                                (number + 1) " "
                                time.day datetime=(facts.time) { (facts.time.strftime("%Y-%m-%d")) }
                            }
                        }
                    }
                }
                tbody { @for scenario in &of.scenarios { (row(of, scenario)) } }
            }
        }
    }
}

fn row(of: &OfTarget, scenario: &Trace) -> Markup {
    html! {
        tr id=(anchor(&of.target, &scenario.scenario)) {
            th scope="row" { (scenario.scenario) }
            @for (place, cell) in scenario.cells.iter().enumerate() {
                td {
                    span.badge data-verdict=(cell.verdict) { (cell.said()) }
                    @for change in scenario.changes.iter().filter(|change| change.to == place) { (folded(change)) }
                }
            }
        }
    }
}

fn folded(change: &Change) -> Markup {
    html! {
        details.change {
            summary {
                @if change.back { "back, " }
                (change.differences.len())
                @if change.differences.len() == 1 { " difference" } @else { " differences" }
            }
            p.quiet { "Against recording " (change.from + 1) ":" }
            ul { @for difference in &change.differences { li { (in_line(difference)) } } }
        }
    }
}
