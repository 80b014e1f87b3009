//! Takes secrets out of text before it is kept. Knows no HTTP.

use std::cell::RefCell;

use serde_json::Value;

const HIDDEN: &str = "<token>";

/// The secrets of one conversation.
#[derive(Debug, Default)]
pub(super) struct Redactor {
    secrets: RefCell<Vec<String>>,
}

impl Redactor {
    /// From now on this is never shown.
    pub(super) fn keep(&self, secret: &str) {
        let mut secrets = self.secrets.borrow_mut();
        if secret.is_empty() || secrets.iter().any(|known| known == secret) {
            return;
        }
        secrets.push(secret.to_owned());
        // The longest first, so that no secret leaves a rest of another that it is part of.
        secrets.sort_by_key(|known| std::cmp::Reverse(known.len()));
    }

    pub(super) fn text(&self, text: &str) -> String {
        let secrets = self.secrets.borrow();
        secrets
            .iter()
            .fold(text.to_owned(), |text, secret| text.replace(secret, HIDDEN))
    }

    /// Notes the tokens that an answer shows, by the name of their member: one handed out, or the list in
    /// the state of a mock.
    pub(super) fn learn(&self, body: &Value) {
        let list = body.get("tokens").and_then(Value::as_array);
        let holders = list.into_iter().flatten().chain([body]);
        for holder in holders {
            if let Some(token) = holder.get("token").and_then(Value::as_str) {
                self.keep(token);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_never_survives_even_inside_another() {
        let redactor = Redactor::default();
        redactor.keep("abc");
        redactor.keep("abcdef");
        assert_eq!(redactor.text("x abcdef y abc"), "x <token> y <token>");
    }

    #[test]
    fn a_token_that_an_answer_shows_is_a_secret() {
        let redactor = Redactor::default();
        redactor.learn(&serde_json::json!({"token": "fresh"}));
        redactor.learn(&serde_json::json!({"tokens": [{"token": "listed"}]}));
        assert_eq!(redactor.text("fresh, listed"), "<token>, <token>");
    }
}
