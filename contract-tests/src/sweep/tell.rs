//! What clean-up came to, in words. Runs nothing.

use std::collections::BTreeMap;
use std::path::Path;

use super::clean::Cleaned;
use crate::ledger::{Made, Wanted};
use crate::target::Target;

/// After a run; nothing when there was nothing to do.
pub(super) fn of_run(cleaned: &Cleaned, target: &Target) -> String {
    let text = told(cleaned);
    if text.is_empty() {
        return text;
    }
    let mut text = format!("\nclean-up of {}\n{text}", target.name());
    if !cleaned.failed.is_empty() {
        let path = target.ledger().path();
        let path = path.map_or_else(String::new, |path| path.display().to_string());
        text.push_str(&format!(
            "  again           contract-tests sweep --target {} --ledger {path}\n",
            target.name()
        ));
    }
    text
}

/// After a sweep.
pub(super) fn of_ledger(cleaned: &Cleaned, path: &Path) -> String {
    let text = told(cleaned);
    let heading = path.display();
    match text.is_empty() {
        true => format!("{heading}: nothing is left\n"),
        false => format!("{heading}\n{text}"),
    }
}

fn told(cleaned: &Cleaned) -> String {
    let mut text = String::new();
    for (resource, count) in counted(&cleaned.gone) {
        text.push_str(&format!(
            "  deleted         {resource}: {count}, each proved gone by a read\n"
        ));
    }
    if cleaned.never > 0 {
        text.push_str(&format!(
            "  never made      {} of the requests whose answers were lost\n",
            cleaned.never
        ));
    }
    for (what, why) in &cleaned.failed {
        text.push_str(&format!("  NOT DELETED     {what}: {why}\n"));
    }
    if let Some(error) = &cleaned.unwritten {
        text.push_str(&format!(
            "  NOT WRITTEN     into the ledger, which does not tell all of this: {error}\n"
        ));
    }
    for made in &cleaned.left {
        text.push_str(&format!("  left            {}\n", described(made)));
    }
    for wanted in &cleaned.perhaps {
        text.push_str(&format!("  perhaps left    {}\n", lost(wanted)));
    }
    if !cleaned.left.is_empty() || !cleaned.perhaps.is_empty() {
        text.push_str("  What is left, the APIs document no way to delete.\n");
    }
    text
}

fn counted(gone: &[Made]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for made in gone {
        let kind = format!("{} {}", made.thing.api.name(), made.thing.resource);
        *counts.entry(kind).or_default() += 1;
    }
    counts
}

fn described(made: &Made) -> String {
    let thing = &made.thing;
    let name = made.name.as_deref().unwrap_or_default();
    let text = format!(
        "{} {} {}  {name}",
        thing.api.name(),
        thing.resource,
        thing.id
    );
    text.trim_end().to_owned()
}

fn lost(wanted: &Wanted) -> String {
    let intent = &wanted.intent;
    format!(
        "{} {} {}  (the answer to '{}' was lost)",
        intent.api.name(),
        intent.resource,
        intent.names.join(", "),
        intent.step
    )
}
