//! Every rule and every open question is observed, and what is cited is really written.

use std::collections::BTreeSet;
use std::path::Path;

use contract_tests::all;
use mock_server::catalogue;

fn proved(asks: bool) -> BTreeSet<&'static str> {
    let scenarios = all();
    let chosen = scenarios.iter().filter(|scenario| scenario.asks() == asks);
    chosen
        .flat_map(|scenario| scenario.proves)
        .copied()
        .collect()
}

fn rules() -> BTreeSet<&'static str> {
    catalogue::rules().iter().map(|rule| rule.id).collect()
}

fn assumptions() -> BTreeSet<&'static str> {
    let known = catalogue::assumptions();
    known.iter().map(|assumption| assumption.id).collect()
}

#[test]
fn every_rule_has_a_scenario_and_every_scenario_a_rule() {
    assert_eq!(proved(false), rules());
}

#[test]
fn every_assumption_has_a_scenario_and_every_question_an_assumption() {
    assert_eq!(proved(true), assumptions());
}

#[test]
fn a_question_is_about_one_assumption_and_of_its_own_api() {
    for scenario in all() {
        let api = format!("{}.", scenario.api().name());
        for id in scenario.proves {
            assert!(id.starts_with(&api), "{} proves {id}", scenario.name);
        }
        if scenario.asks() {
            assert_eq!(scenario.proves.len(), 1, "{}", scenario.name);
        }
    }
}

#[test]
fn the_names_of_scenarios_are_theirs_alone() {
    let names: BTreeSet<_> = all().iter().map(|scenario| scenario.name).collect();
    assert_eq!(names.len(), all().len());
}

#[test]
fn every_quote_stands_in_its_guide() {
    let guides = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/guides");
    for rule in catalogue::rules() {
        let guide = std::fs::read_to_string(guides.join(format!("{}.txt", rule.page)));
        let guide = words(&guide.unwrap_or_else(|error| panic!("{}: {error}", rule.page)));
        let quote = words(rule.quote);
        assert!(
            guide.contains(&quote),
            "{}: {} does not say \"{quote}\"",
            rule.id,
            rule.page
        );
    }
}

/// The guides lost the blanks around words that were set apart, so no blank counts.
fn words(text: &str) -> String {
    text.split_whitespace().collect()
}
