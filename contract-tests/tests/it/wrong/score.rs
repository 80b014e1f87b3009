//! The score: rules and kinds of breakage, and who noticed which.

use std::collections::BTreeMap;

use super::judge::{Judged, Outcome};

/// A line for each rule with the kinds that were noticed, and the sums.
pub(super) fn table(judged: &[Judged]) -> String {
    let mut rules: BTreeMap<&str, Vec<(Outcome, &str)>> = BTreeMap::new();
    for each in judged {
        let kinds = rules.entry(each.wrong.rule).or_default();
        kinds.push((each.outcome, each.wrong.kind));
    }
    let mut text = String::from(
        "rule: breakages noticed on the wire, + with the control API only, ! by nobody\n",
    );
    for (rule, kinds) in &mut rules {
        kinds.sort();
        let sum = |outcome| kinds.iter().filter(|(seen, _)| *seen == outcome).count();
        text.push_str(&format!("{rule}: {}", sum(Outcome::OnWire)));
        for (mark, outcome) in [(" + ", Outcome::OnControl), (" ! ", Outcome::Missed)] {
            let names: Vec<_> = kinds
                .iter()
                .filter(|(seen, _)| *seen == outcome)
                .map(|(_, kind)| *kind)
                .collect();
            if !names.is_empty() {
                text.push_str(&format!("{mark}{}", names.join(", ")));
            }
        }
        text.push('\n');
    }
    let sum = |outcome| judged.iter().filter(|each| each.outcome == outcome).count();
    let (wire, control, missed) = (
        sum(Outcome::OnWire),
        sum(Outcome::OnControl),
        sum(Outcome::Missed),
    );
    let all = wire + control + missed;
    text.push_str(&format!(
        "{} rules, {all} breakages: {wire} noticed on the wire, {control} more with the control API, {missed} missed",
        rules.len()
    ));
    text
}
