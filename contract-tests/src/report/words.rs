//! What several reports say in the same words: rules with their sources, exchanges, bodies.

use mock_server::{Assumption, Rule, catalogue};
use serde_json::Value;

use super::story::Case;
use crate::Exchange;
use crate::verdict::{Failure, Trouble, Verdict};

/// The rule of this id, if it is one.
pub(super) fn rule(id: &str) -> Option<&'static Rule> {
    catalogue::rules().into_iter().find(|rule| rule.id == id)
}

/// The open question of this id, if it is one.
pub(super) fn assumption(id: &str) -> Option<&'static Assumption> {
    let all = catalogue::assumptions();
    all.into_iter().find(|assumption| assumption.id == id)
}

/// The answers that the catalogue knows.
pub(super) fn known_answers(assumption: &Assumption) -> String {
    let answers = assumption.answers.iter().map(|answer| answer.id);
    answers.collect::<Vec<_>>().join(", ")
}

/// The rule with its source, or the open question with its known answers.
pub(super) fn cited(id: &str) -> String {
    if let Some(rule) = rule(id) {
        return format!(
            "  rule      {}: {}\n  source    {}: \"{}\"\n",
            rule.id, rule.text, rule.page, rule.quote
        );
    }
    match assumption(id) {
        Some(assumption) => format!(
            "  question  {}: {}\n  known     {}\n",
            assumption.id,
            assumption.question,
            known_answers(assumption)
        ),
        None => format!("  rule      {id}\n"),
    }
}

/// A wrong answer.
pub(super) fn wrong(failure: &Failure) -> String {
    format!(
        "  step      {} (as {})\n  expected  {}\n  actual    {}\n  request   {}\n",
        failure.step, failure.caller, failure.expected, failure.actual, failure.request
    )
}

/// A failed conversation.
pub(super) fn failed(trouble: &Trouble) -> String {
    let mut text = String::new();
    for (name, value) in [
        ("step", &trouble.step),
        ("trouble", &trouble.text),
        ("request", &trouble.request),
    ] {
        if !value.is_empty() {
            text.push_str(&format!("  {name:<9} {value}\n"));
        }
    }
    text
}

/// What a case came to, in one line.
pub(super) fn in_short(case: &Case) -> String {
    if let Some(contradiction) = &case.contradiction {
        return format!(
            "{}: the mock says {} and does {}",
            contradiction.assumption, contradiction.says, contradiction.does
        );
    }
    match &case.verdict {
        Verdict::Held => "held".to_owned(),
        Verdict::Broken(failure) | Verdict::UnknownAnswer(failure) => format!(
            "{}: expected {}, got {}",
            failure.step, failure.expected, failure.actual
        ),
        Verdict::NotObservable { because } => because.clone(),
        Verdict::InstrumentFailed(trouble) => trouble.text.clone(),
        Verdict::Answered { answer } => format!("the answer is {answer}"),
    }
}

/// What a case came to, with the rules, their documents, the step and the request.
pub(super) fn in_full(case: &Case) -> String {
    let mut text: String = case.proves.iter().map(|id| cited(id)).collect();
    match &case.verdict {
        Verdict::Broken(failure) | Verdict::UnknownAnswer(failure) => {
            text.push_str(&wrong(failure));
        }
        Verdict::InstrumentFailed(trouble) => text.push_str(&failed(trouble)),
        Verdict::NotObservable { because } => text.push_str(&format!("  because   {because}\n")),
        Verdict::Answered { answer } => text.push_str(&format!("  answer    {answer}\n")),
        Verdict::Held => {}
    }
    if let Some(contradiction) = &case.contradiction {
        text.push_str(&format!(
            "  mock      says {} and does {}\n",
            contradiction.says, contradiction.does
        ));
    }
    text
}

/// An exchange as text, with at most so many bytes of each body.
pub(super) fn said(exchange: &Exchange, most: usize) -> String {
    let mut text = format!(
        "{} (as {})\n{} {}\n",
        exchange.step, exchange.caller, exchange.method, exchange.path
    );
    if let Some(sent) = &exchange.sent {
        text.push_str(&format!("{}\n", body(sent, most)));
    }
    text.push_str(&format!("answered {}\n", exchange.status));
    if !exchange.body.is_empty() {
        text.push_str(&format!("{}\n", body(&exchange.body, most)));
    }
    text
}

/// A body, easy to read when it is JSON, cut after so many bytes and saying so.
pub(super) fn body(body: &str, most: usize) -> String {
    // What is long before it is made pretty would only be cut again.
    let parsed = (body.len() <= most).then(|| serde_json::from_str::<Value>(body).ok());
    let pretty = parsed.flatten().map(|value| format!("{value:#}"));
    let text = pretty.unwrap_or_else(|| body.to_owned());
    if text.len() <= most {
        return text;
    }
    let cut = text.floor_char_boundary(most);
    let rest = text.len() - cut;
    format!("{}\n… and {rest} bytes more", &text[..cut])
}

/// How many of something, in words.
pub(super) fn counted(number: usize, what: &str) -> String {
    match (number, what) {
        (1, _) => format!("1 {what}"),
        (_, "try") => format!("{number} tries"),
        _ => format!("{number} {what}s"),
    }
}

/// Text of others without what a terminal would obey.
pub(super) fn harmless(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_control() && letter != '\n' && letter != '\t' {
            shown.extend(letter.escape_default());
        } else {
            shown.push(letter);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_body_is_cut_between_letters_and_says_so() {
        assert_eq!(body("åäö", 3), "å\n… and 4 bytes more");
        assert_eq!(body("åäö", 6), "åäö");
        assert_eq!(body(r#"{"a":1}"#, 99), "{\n  \"a\": 1\n}");
    }

    #[test]
    fn a_terminal_obeys_nothing_that_a_target_says() {
        assert_eq!(
            harmless("a\u{1b}[2Jb\u{9b}\r\n\tå"),
            "a\\u{1b}[2Jb\\u{9b}\\r\n\tå"
        );
    }
}
