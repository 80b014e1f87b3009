//! A failed walk as a Rust test. It holds the walk as JSON and has this crate take it: the walk says what
//! is asked, the model what must come of it.

use super::hunt::Finding;
use super::kept::Origin;
use crate::target::MOCK;

/// The text of a file for the `tests` of a crate that depends on `contract-tests`.
pub(super) fn text(name: &str, origin: Origin<'_>, finding: &Finding) -> String {
    let failure = &finding.mismatch.failure;
    let rules: Vec<_> = finding.mismatch.rules().into_iter().collect();
    Written {
        name,
        origin,
        rules: &rules.join(", "),
        expected: &failure.expected,
        actual: &failure.actual,
        walk: &finding.saved,
    }
    .text()
}

struct Written<'a> {
    name: &'a str,
    origin: Origin<'a>,
    rules: &'a str,
    expected: &'a str,
    actual: &'a str,
    walk: &'a str,
}

impl Written<'_> {
    fn text(&self) -> String {
        let Self { name, rules, .. } = self;
        let found = self.origin.target;
        let target = if found == MOCK {
            "Target::mock()".to_owned()
        } else {
            // Debug writes what is a literal of Rust.
            let file = self.origin.targets.display().to_string();
            format!("Target::named({found:?}, {file:?}.as_ref(), false)")
        };
        let fence = fence(self.walk);
        format!(
            "//! A walk that `contract-tests explore` found to fail on `{found}`: {rules}.\n\
             //!\n{}{}\n\
             use contract_tests::{{Target, replay}};\n\n\
             const WALK: &str = r{fence}\"{}\"{fence};\n\n\
             #[test]\n\
             fn {name}() {{\n    \
                 let target = {target}.unwrap();\n    \
                 replay(&target, WALK).unwrap_or_else(|differs| panic!(\"{{differs}}\"));\n\
             }}\n",
            comment("Expected: ", self.expected),
            comment("Got: ", self.actual),
            self.walk
        )
    }
}

/// As many as the text needs to be a raw literal.
fn fence(text: &str) -> String {
    let mut fence = "#".to_owned();
    while text.contains(&format!("\"{fence}")) {
        fence.push('#');
    }
    fence
}

/// Text of others stays in the comment: what would end its line is written as an escape.
fn comment(label: &str, text: &str) -> String {
    let line: String = text
        .chars()
        .take(300)
        .flat_map(char::escape_debug)
        .collect();
    format!(
        "//! {label}`{}`\n",
        line.replace("\\\"", "\"").replace('`', "'")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A test that was written is a test of this crate, so that it must compile and hold on the mock.
    #[test]
    fn what_is_written_is_the_test_that_is_compiled() {
        let origin = Origin {
            target: MOCK,
            targets: "targets.toml".as_ref(),
        };
        let written = Written {
            name: "amili_creditor_activation_fields_0",
            origin,
            rules: "amili.creditor.activation-fields",
            expected: "status 422 by amili.creditor.activation-fields",
            actual: "status 201: {\"_id\":\n\"`}",
            walk: include_str!("../../tests/walks/activation.json"),
        };
        let known = include_str!("../../tests/it/kept_walk.rs");
        assert_eq!(written.text(), known);
    }

    #[test]
    fn a_literal_ends_where_its_text_does() {
        assert_eq!(fence("a"), "#");
        assert_eq!(fence("a\"#b"), "##");
    }
}
