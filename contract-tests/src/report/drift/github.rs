//! Annotations for GitHub Actions: what breaks clients as an error, other behaviour as a warning, the rest as
//! notices. The worst come first, for no more than ten of a kind are shown.

use super::{Drift, excuse, place};
use crate::compare::{Level, in_full};
use crate::report::github::annotation;

pub(super) fn annotations(drift: &Drift<'_>) -> String {
    let moved = drift.sides.moved();
    let mut text = String::new();
    for difference in drift.differences() {
        let level = match difference.level {
            Level::Breaking => "error",
            Level::Behaviour => "warning",
            Level::Additive | Level::Cosmetic => "notice",
        };
        let title = format!("{}: {}", difference.level.name(), difference.scenario);
        let message = format!(
            "{} is {} ({moved})\n{}",
            place(difference),
            difference.kind.in_words(),
            in_full(difference).trim_start()
        );
        text.push_str(&annotation(level, &title, &message));
    }
    for stale in &drift.judged.stale {
        text.push_str(&annotation("error", "stale excuse", stale));
    }
    for excused in &drift.judged.excused {
        let title = format!("excused: {}", excused.difference.scenario);
        let message = format!("{}, {}", place(&excused.difference), excuse(excused));
        text.push_str(&annotation("notice", &title, &message));
    }
    text
}
