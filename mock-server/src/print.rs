//! What the commands print: the welcome, and the lists of rules and assumptions.

use std::fmt::Write;

use mock_server::{Answers, catalogue};
use serde_json::{Value, json};

use crate::cli::{AssumptionFormat, DEFAULT_LISTEN, ListFormat};

/// What stdout shows at the start: addresses, tokens, and a call for each API that works when pasted.
pub(crate) fn welcome(info: &Value, examples: &[(&'static str, String)]) -> String {
    let mut text = String::new();
    let mut line = |line: String| {
        text.push_str(&line);
        text.push('\n');
    };
    let part = |pointer: &str| {
        info.pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    line(format!("mock-server {}", part("/version")));
    for (api, _) in examples {
        line(format!("  {api:<8}{}", part(&format!("/{api}/base_url"))));
    }
    line(format!("  {:<8}{}", "control", part("/control/base_url")));
    line("\nTokens:".to_owned());
    for token in info["tokens"].as_array().into_iter().flatten() {
        let part = |key: &str| token[key].as_str().unwrap_or_default().to_owned();
        line(format!(
            "  {:<22}{:<7}{}",
            part("token"),
            part("api"),
            part("may")
        ));
    }
    line("\nTry:".to_owned());
    for (_, example) in examples {
        line(format!("  {example}"));
    }
    text
}

/// Every rule.
pub(crate) fn rules(format: ListFormat) -> String {
    let rules = catalogue::rules();
    if format == ListFormat::Json {
        return pretty(&json!(rules));
    }
    let mut text = String::new();
    for rule in &rules {
        let refused = match rule.refused_as {
            Some(refused) => format!("{} {}", refused.status, refused.error),
            None => "shapes the answer".to_owned(),
        };
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "{}\n  {}\n  {} · {}: “{}”\n  {refused}\n\n",
            rule.id,
            rule.text,
            rule.basis.name(),
            rule.page,
            rule.quote,
        );
    }
    let _ = writeln!(text, "{} rules", rules.len());
    text
}

/// Every assumption, with the answer in force.
pub(crate) fn assumptions(format: AssumptionFormat, answers: &Answers) -> String {
    let known = catalogue::assumptions();
    let mut text = String::new();
    if format == AssumptionFormat::Json {
        let listed = known.iter().map(|assumption| {
            let mut listed = json!(assumption);
            listed["answer"] = answers.of(assumption).into();
            listed
        });
        return pretty(&listed.collect());
    }
    for assumption in &known {
        let in_force = answers.of(assumption);
        // Writing to a String cannot fail.
        let _ = if format == AssumptionFormat::Toml {
            writeln!(text, "# {}", assumption.question)
        } else {
            writeln!(text, "{}\n  {}", assumption.id, assumption.question)
        };
        for answer in assumption.answers {
            let mark = if answer.id == in_force { '*' } else { ' ' };
            let _ = if format == AssumptionFormat::Toml {
                writeln!(text, "#  {mark} {}: {}", answer.id, answer.text)
            } else {
                writeln!(text, "  {mark} {}: {}", answer.id, answer.text)
            };
        }
        if format == AssumptionFormat::Toml {
            let _ = writeln!(text, "\"{}\" = \"{in_force}\"", assumption.id);
        }
        text.push('\n');
    }
    text
}

/// An OpenAPI document, for clients of a server on the default address.
pub(crate) fn openapi(document: &str, answers: &Answers) -> String {
    let base_url = format!("http://{DEFAULT_LISTEN}");
    let made = catalogue::openapi(document, &base_url, answers);
    pretty(&made.unwrap_or_default())
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}
