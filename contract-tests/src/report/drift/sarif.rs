//! SARIF 2.1.0: each difference is a result of the rule that it touches, known again by its fingerprint; one that
//! is excused is suppressed. An excuse that is none is a notification of the invocation.

use std::collections::BTreeMap;
use std::io;

use serde_json::json;

use super::{Drift, api, place};
use crate::compare::{self, Difference, Excused};
use crate::report::sarif::format::{
    Finding, Invocation, Level, Notification, Reference, Suppression, Text,
};
use crate::report::sarif::{Told, descriptors, located};

const STALE: &str = "stale-excuse";
const NOT_COMPARED: &str = "not-compared";

pub(super) fn document(drift: &Drift<'_>) -> io::Result<String> {
    let excused = drift.judged.excused.iter();
    let all = drift.judged.differences.iter();
    let all = all.chain(excused.clone().map(|excused| &excused.difference));
    let touched = all.flat_map(|difference| difference.rules.iter().map(String::as_str));
    let rules = descriptors::rules(touched);
    let index = |id: &str| rules.iter().position(|rule| rule.id == id);
    let open = drift.differences().into_iter();
    let results = open.map(|difference| finding(drift, difference, None, &index));
    let results = results
        .chain(excused.map(|excused| finding(drift, &excused.difference, Some(excused), &index)));
    let told = Told {
        category: format!("contract-tests/compare/{}/", drift.sides.new.target),
        results: results.collect(),
        invocation: invocation(drift),
        properties: json!({
            "old": { "target": drift.sides.old.target, "time": drift.sides.old.time },
            "new": { "target": drift.sides.new.target, "time": drift.sides.new.time },
            "moved": drift.sides.moved(),
        }),
        notifications: notifications(),
        rules,
    };
    told.written()
}

fn notifications() -> Vec<descriptors::Descriptor> {
    vec![
        descriptors::plain(
            STALE,
            "An excuse is past its day, or excuses nothing any more.",
            Level::Error,
        ),
        descriptors::plain(
            NOT_COMPARED,
            "The two recordings have not both something to say of a scenario.",
            Level::Note,
        ),
    ]
}

fn invocation(drift: &Drift<'_>) -> Invocation {
    let note = |id: &str, level: Level, text: String| Notification {
        level,
        message: Text::plain(text),
        descriptor: Reference { id: id.to_owned() },
        associated_rule: None,
        locations: Vec::new(),
    };
    let stale = drift.judged.stale.iter();
    let stale = stale.map(|stale| note(STALE, Level::Error, stale.clone()));
    let skipped = drift.comparison.not_compared.iter();
    let skipped = skipped.map(|skipped| {
        let text = format!("{}: {}", skipped.scenario, skipped.because);
        note(NOT_COMPARED, Level::Note, text)
    });
    Invocation {
        execution_successful: drift.judged.stale.is_empty(),
        start_time_utc: drift.sides.now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        tool_execution_notifications: stale.chain(skipped).collect(),
    }
}

fn finding(
    drift: &Drift<'_>,
    difference: &Difference,
    excused: Option<&Excused>,
    index: &dyn Fn(&str) -> Option<usize>,
) -> Finding {
    let rule = difference.rules.first().map_or("", String::as_str);
    let suppressed = excused.map(|excused| Suppression {
        kind: "external",
        justification: format!("{} (until {})", excused.reason, excused.until),
    });
    let side = |value| Difference::shown(value, usize::MAX);
    let message = format!(
        "{}: {} is {}\nold: {}\nnew: {}\n{}",
        difference.scenario,
        place(difference),
        difference.kind.in_words(),
        side(difference.old.as_ref()),
        side(difference.new.as_ref()),
        drift.sides.moved(),
    );
    Finding {
        rule_id: rule.to_owned(),
        rule_index: index(rule),
        level: level(difference.level),
        message: Text::plain(message),
        locations: [located(
            rule,
            api(&difference.scenario),
            &difference.scenario,
        )],
        partial_fingerprints: BTreeMap::from([("difference/v1", difference.fingerprint.clone())]),
        suppressions: suppressed.into_iter().collect(),
        code_flows: Vec::new(),
        web_request: None,
        web_response: None,
        properties: json!({
            "level": difference.level,
            "kind": difference.kind,
            "scenario": difference.scenario,
            "step": difference.step,
            "place": difference.place,
            "rules": difference.rules,
            "old": difference.old,
            "new": difference.new,
        }),
    }
}

fn level(level: compare::Level) -> Level {
    match level {
        compare::Level::Breaking => Level::Error,
        compare::Level::Behaviour => Level::Warning,
        compare::Level::Additive | compare::Level::Cosmetic => Level::Note,
    }
}
