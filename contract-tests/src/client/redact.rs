//! Takes secrets out of text before it is kept. Knows no HTTP.

use std::cell::RefCell;

use memchr::memmem::{self, Finder};
use serde_json::Value;

const HIDDEN: &str = "<token>";

/// A secret in one of its forms, ready to be looked for: every text that is kept is searched for all of them.
#[derive(Debug)]
struct Hidden {
    form: String,
    finder: Finder<'static>,
}

impl Hidden {
    /// The text without it; nothing where it does not hold it, as most texts do not: copying each of them once
    /// for every secret takes its time.
    fn taken_out_of(&self, text: &str) -> Option<String> {
        let mut places = self.finder.find_iter(text.as_bytes()).peekable();
        places.peek()?;
        let mut shown = String::with_capacity(text.len());
        let mut rest = 0;
        for place in places {
            shown.push_str(&text[rest..place]);
            shown.push_str(HIDDEN);
            rest = place + self.form.len();
        }
        shown.push_str(&text[rest..]);
        Some(shown)
    }
}

/// The secrets of one conversation.
#[derive(Debug, Default)]
pub(super) struct Redactor {
    secrets: RefCell<Vec<Hidden>>,
    /// The last body that something was learned from: the state of a mock is read over and over.
    learned: RefCell<String>,
}

impl Redactor {
    /// From now on this is never shown, neither as it is nor as a body or a URL would write it.
    pub(super) fn keep(&self, secret: &str) {
        let mut secrets = self.secrets.borrow_mut();
        for form in forms(secret) {
            if form.is_empty() || secrets.iter().any(|known| known.form == form) {
                continue;
            }
            let finder = Finder::new(&form).into_owned();
            secrets.push(Hidden { form, finder });
        }
        // The longest first, so that no secret leaves a rest of another that it is part of.
        secrets.sort_by_key(|known| std::cmp::Reverse(known.form.len()));
    }

    pub(super) fn text(&self, text: &str) -> String {
        let secrets = self.secrets.borrow();
        let mut shown = text.to_owned();
        for secret in secrets.iter() {
            if let Some(without) = secret.taken_out_of(&shown) {
                shown = without;
            }
        }
        shown
    }

    /// Notes the tokens that an answer shows, by the name of their member: one handed out, or the list in
    /// the state of a mock.
    pub(super) fn learn(&self, body: &str) {
        let names = |name: &&str| memmem::find(body.as_bytes(), name.as_bytes()).is_some();
        if !NAMES.iter().any(names) {
            return;
        }
        if *self.learned.borrow() == body {
            return;
        }
        body.clone_into(&mut self.learned.borrow_mut());
        let Ok(body) = serde_json::from_str::<Value>(body) else {
            return;
        };
        let list = body.get("tokens").and_then(Value::as_array);
        let holders = list.into_iter().flatten().chain([&body]);
        let members = holders.filter_map(Value::as_object).flatten();
        for (name, value) in members {
            let named = NAMES.iter().any(|part| name.contains(part));
            if let Some(secret) = value.as_str().filter(|_| named) {
                self.keep(secret);
            }
        }
    }
}

/// The secret, and how JSON and a query would write it.
fn forms(secret: &str) -> [String; 3] {
    let in_json = Value::from(secret).to_string();
    let inside = in_json
        .strip_prefix('"')
        .and_then(|it| it.strip_suffix('"'));
    [
        secret.to_owned(),
        inside.unwrap_or_default().to_owned(),
        super::http::encoded(secret),
    ]
}

/// What the name of a member holds whose value opens something.
const NAMES: [&str; 2] = ["token", "api_key"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_never_survives_even_inside_another() {
        let redactor = Redactor::default();
        redactor.keep("abc");
        redactor.keep("abcdef");
        assert_eq!(redactor.text("x abcdef y abc"), "x <token> y <token>");
        assert_eq!(redactor.text("abcabc ä abc"), "<token><token> ä <token>");
    }

    #[test]
    fn a_secret_is_known_in_the_forms_that_bodies_and_urls_give_it() {
        let redactor = Redactor::default();
        redactor.keep("a/b \"c\"");
        let shown = redactor.text(r#"{"echo":"a/b \"c\""} ?key=a%2Fb+%22c%22 a/b "c""#);
        assert_eq!(shown, r#"{"echo":"<token>"} ?key=<token> <token>"#);
    }

    #[test]
    fn a_token_that_an_answer_shows_is_a_secret() {
        let redactor = Redactor::default();
        redactor.learn(r#"{"token": "fresh"}"#);
        redactor.learn(r#"{"x_api_key": "named otherwise"}"#);
        redactor.learn(r#"{"tokens": [{"token": "listed"}]}"#);
        let shown = redactor.text("fresh, named otherwise, listed");
        assert_eq!(shown, "<token>, <token>, <token>");
    }
}
