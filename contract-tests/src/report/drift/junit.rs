//! JUnit XML: a suite for each API, a test case for each scenario. A difference of the level asked for is a
//! failure, what could not be compared is skipped; an excuse that is none fails in a suite of its own.

use std::io;

use quick_junit::{NonSuccessKind, Property, Report, TestCase, TestCaseStatus, TestSuite};

use super::{Drift, api, excuse, place};
use crate::compare::{Difference, in_full};
use crate::report::junit::finished;
use crate::report::words::counted;
use crate::scenario::Api;

pub(super) fn document(drift: &Drift<'_>) -> io::Result<String> {
    let mut report = Report::new("contract-tests compare");
    for known in [Api::Amili, Api::Ams] {
        let compared = drift.comparison.compared.iter();
        let compared = compared.filter(|name| api(name) == known.name());
        let skipped = drift.comparison.not_compared.iter();
        let skipped = skipped.filter(|skipped| api(&skipped.scenario) == known.name());
        let cases = compared.map(|name| compared_case(drift, name));
        let cases = cases.chain(skipped.map(|skipped| {
            let mut status = TestCaseStatus::skipped();
            status.set_message(skipped.because.as_str());
            case(&skipped.scenario, status)
        }));
        let mut cases = cases.peekable();
        if cases.peek().is_some() {
            let mut suite = suite(drift, known.name());
            suite.add_test_cases(cases);
            report.add_test_suite(suite);
        }
    }
    if drift.comparison.compared.is_empty() {
        let status = failure("nothing compared", "no scenario could be compared");
        report.add_test_suite(single(drift, "compare", [case("compare", status)]));
    }
    if !drift.judged.stale.is_empty() {
        let stale = drift.judged.stale.iter();
        let cases = stale.map(|stale| case(stale, failure("stale excuse", stale)));
        report.add_test_suite(single(drift, "excuses", cases));
    }
    finished(&report)
}

fn single(drift: &Drift<'_>, name: &str, cases: impl IntoIterator<Item = TestCase>) -> TestSuite {
    let mut suite = suite(drift, name);
    suite.add_test_cases(cases);
    suite
}

fn suite(drift: &Drift<'_>, name: &str) -> TestSuite {
    let mut suite = TestSuite::new(name);
    let now = drift.sides.now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    suite.extra.insert("timestamp".into(), now.into());
    for (side, header) in [("old", drift.sides.old), ("new", drift.sides.new)] {
        let told = format!(
            "{} of {}, {}, by version {}",
            header.target,
            header.time,
            drift.sides.age(header),
            header.tool
        );
        suite.add_property(Property::new(side, told));
    }
    suite.add_property(Property::new("moved", drift.sides.moved()));
    suite.add_property(Property::new("fails at", drift.fails_at.name()));
    suite
}

fn compared_case(drift: &Drift<'_>, scenario: &str) -> TestCase {
    let (failing, others): (Vec<&Difference>, Vec<&Difference>) = drift
        .of(scenario)
        .partition(|difference| drift.fails(difference));
    let status = match failing.iter().max_by_key(|difference| difference.level) {
        None => TestCaseStatus::success(),
        Some(worst) => {
            let number = counted(failing.len(), "difference");
            let what = worst.kind.in_words();
            let message = format!("{number}, {} is {what}", place(worst));
            let mut status = failure(worst.level.name(), &message);
            status.set_description(told(&failing));
            status
        }
    };
    let mut case = case(scenario, status);
    let mut out = told(&others);
    for excused in drift.excused(scenario) {
        out.push_str(&format!("\n{}", excuse(excused)));
        out.push_str(&in_full(&excused.difference));
    }
    if !out.is_empty() {
        case.set_system_out(out);
    }
    case
}

fn told(differences: &[&Difference]) -> String {
    differences.iter().copied().map(in_full).collect()
}

fn failure(ty: &str, message: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_type(ty).set_message(message);
    status
}

fn case(name: &str, status: TestCaseStatus) -> TestCase {
    let mut case = TestCase::new(name, status);
    case.set_classname(api(name));
    case
}
