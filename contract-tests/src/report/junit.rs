//! JUnit XML: a suite for each API, a test case for each scenario and for the walks. A wrong answer is a
//! failure, a failed conversation an error, what cannot be seen is skipped. The form is that of Jenkins'
//! schema, which knows no properties of a test case: the rules are properties of the suite.

use std::io;

use quick_junit::{NonSuccessKind, Property, Report, TestCase, TestCaseStatus, TestSuite};

use super::story::{Case, Standing, Story};
use super::words;
use crate::scenario::Api;
use crate::verdict::Verdict;

/// The most of a body that a test case carries.
const BODY: usize = 8 * 1024;

pub(super) fn document(story: &Story) -> io::Result<String> {
    let about = story.about();
    let mut report = Report::new(format!("contract-tests {}", about.command));
    for api in [Api::Amili, Api::Ams] {
        let mut cases = story.cases.iter().filter(|case| case.api == api).peekable();
        if cases.peek().is_some() {
            let mut suite = TestSuite::new(api.name());
            suite.add_test_cases(cases.map(test_case));
            finish(&mut suite, story, api.name());
            report.add_test_suite(suite);
        }
    }
    if let Some(case) = run_itself(story) {
        let mut suite = TestSuite::new("run");
        suite.add_test_case(case);
        finish(&mut suite, story, "run");
        report.add_test_suite(suite);
    }
    report.set_time(story.took());
    finished(&report)
}

/// The report as the schema has it.
pub(super) fn finished(report: &Report) -> io::Result<String> {
    let skipped = format!(" skipped=\"{}\"", report.skipped);
    let xml = report.to_string().map_err(io::Error::other)?;
    // The schema has this attribute on each suite, not on the whole, whose tag comes first.
    Ok(xml.replacen(&skipped, "", 1))
}

/// A failure of the run as a whole, which no case tells: CI must not take silence for success.
fn run_itself(story: &Story) -> Option<TestCase> {
    if let Some(trouble) = &story.stopped {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status
            .set_type("stopped")
            .set_message(trouble.text.as_str());
        status.set_description(words::failed(trouble));
        return Some(TestCase::new("the run comes to its end", status));
    }
    story.saw_nothing().then(|| {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_type("nothing observed");
        status.set_message("nothing was observed");
        TestCase::new("something is observed", status)
    })
}

fn test_case(case: &Case) -> TestCase {
    let mut test = TestCase::new(case.name.as_str(), status(case));
    test.set_classname(case.api.name());
    test.set_time(case.took);
    let mut out = words::in_full(case);
    for line in walk_lines(case) {
        out.push_str(&line);
    }
    if !matches!(case.verdict, Verdict::Held | Verdict::Answered { .. }) || case.fails {
        for exchange in &case.exchanges {
            out.push_str(&format!("\n{}", words::said(exchange, BODY)));
        }
    }
    if !out.is_empty() {
        test.set_system_out(out);
    }
    test
}

fn walk_lines(case: &Case) -> Vec<String> {
    let Some(walk) = &case.walk else {
        return Vec::new();
    };
    let mut lines = vec![format!(
        "  walks     {} held, {} and {} at lists\n",
        walk.held,
        words::counted(walk.steps, "step"),
        words::counted(walk.looks, "look")
    )];
    let taken = walk.taken.iter().enumerate();
    lines.extend(taken.map(|(at, step)| {
        let number = at + 1;
        format!("  {number:>3}. {}: status {}\n", step.words, step.status)
    }));
    lines.extend(
        walk.saved
            .iter()
            .map(|file| format!("  saved     {file}\n")),
    );
    lines
}

fn status(case: &Case) -> TestCaseStatus {
    let (kind, ty) = match &case.verdict {
        Verdict::NotObservable { because } => {
            let mut status = TestCaseStatus::skipped();
            status
                .set_type("not observable")
                .set_message(because.as_str());
            return status;
        }
        Verdict::InstrumentFailed(_) => (NonSuccessKind::Error, "instrument failed"),
        Verdict::Broken(_) => (NonSuccessKind::Failure, "broken"),
        Verdict::UnknownAnswer(_) if case.walk.is_some() && case.fails => (
            NonSuccessKind::Failure,
            "answers an open question otherwise",
        ),
        _ if case.contradiction.is_some() => {
            (NonSuccessKind::Failure, "the mock contradicts itself")
        }
        Verdict::Held | Verdict::Answered { .. } | Verdict::UnknownAnswer(_) => {
            return TestCaseStatus::success();
        }
    };
    let mut status = TestCaseStatus::non_success(kind);
    status.set_type(ty).set_message(words::in_short(case));
    status.set_description(words::in_full(case));
    status
}

fn finish(suite: &mut TestSuite, story: &Story, api: &str) {
    suite.extra.insert("timestamp".into(), began(story).into());
    let cases = story.cases.iter().filter(|case| case.api.name() == api);
    suite.set_time(cases.clone().map(|case| case.took).sum());
    for (name, value) in [("target", &story.target), ("run", &story.run)] {
        suite.add_property(Property::new(name, value.as_str()));
    }
    suite.add_property(Property::new("version", env!("CARGO_PKG_VERSION")));
    if let Some(seed) = story.seed {
        suite.add_property(Property::new("seed", seed.to_string()));
    }
    for (rule, standing) in story.rules() {
        if rule.split('.').next() == Some(api) {
            let seen = match standing {
                Standing::Held => "held",
                Standing::Broken => "broken",
                Standing::Unseen => "not observed",
            };
            suite.add_property(Property::new(format!("rule {rule}"), seen));
        }
    }
    for case in cases {
        if let (Verdict::Answered { answer }, Some(question)) = (&case.verdict, case.proves.first())
        {
            suite.add_property(Property::new(format!("answer {question}"), *answer));
        }
    }
}

/// Without a fraction, as the form has it.
fn began(story: &Story) -> String {
    story.about().at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
