//! A text with symbols: `Department {{…}} not found.` It is compared with a real text, and filled in from it.

use std::collections::BTreeMap;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Words(String),
    /// A symbol by its name, without its braces and without the mark of a number.
    Symbol(String),
}

/// A text in pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    pub(super) text: String,
    pieces: Vec<Piece>,
}

impl Pattern {
    pub(super) fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            pieces: pieces(text),
        }
    }

    /// What the symbols stand for, if a text is of this form.
    pub(super) fn matches(&self, text: &str) -> Option<BTreeMap<String, String>> {
        let mut found: BTreeMap<String, String> = BTreeMap::new();
        let mut rest = text;
        let mut pieces = self.pieces.iter().peekable();
        while let Some(piece) = pieces.next() {
            match piece {
                Piece::Words(words) => rest = rest.strip_prefix(words.as_str())?,
                Piece::Symbol(name) => {
                    let end = match pieces.peek() {
                        None => rest.len(),
                        Some(Piece::Words(words)) => rest.find(words.as_str())?,
                        // Where one ends and the next begins cannot be told.
                        Some(Piece::Symbol(_)) => return None,
                    };
                    let (value, after) = rest.split_at(end);
                    let known = found
                        .entry(name.clone())
                        .or_insert_with(|| value.to_owned());
                    if value.is_empty() || known != value {
                        return None;
                    }
                    rest = after;
                }
            }
        }
        rest.is_empty().then_some(found)
    }
}

/// Two texts with the symbols of the first numbered in both: the same words about other things are the same.
pub(super) fn numbered(from: &str, to: &str) -> (String, String) {
    let mut names: Vec<String> = Vec::new();
    for piece in pieces(from) {
        if let Piece::Symbol(name) = piece
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    let number = |text: &str| {
        filled(text, |name| {
            match names.iter().position(|known| known == name) {
                Some(place) => format!("{{{{{}}}}}", place + 1),
                None => format!("{{{{{name}}}}}"),
            }
        })
    };
    (number(from), number(to))
}

/// A text with each symbol replaced.
pub(super) fn filled(text: &str, mut value: impl FnMut(&str) -> String) -> String {
    let told = pieces(text).into_iter().map(|piece| match piece {
        Piece::Words(words) => words,
        Piece::Symbol(name) => value(&name),
    });
    told.collect()
}

/// The name of the symbol that a text is as a whole, and whether it stands for a number.
pub(super) fn symbol(text: &str) -> Option<(String, bool)> {
    match pieces(text).as_slice() {
        [Piece::Symbol(name)] => Some((name.clone(), text.starts_with("{{#"))),
        _ => None,
    }
}

/// The pieces of a text. The name of a symbol may hold symbols.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let begins = rest.find("{{").unwrap_or(rest.len());
        let (words, after) = rest.split_at(begins);
        let Some(end) = end_of_symbol(after) else {
            pieces.push(Piece::Words(rest.to_owned()));
            break;
        };
        if !words.is_empty() {
            pieces.push(Piece::Words(words.to_owned()));
        }
        let name = &after[2..end - 2];
        pieces.push(Piece::Symbol(name.trim_start_matches('#').to_owned()));
        rest = &after[end..];
    }
    pieces
}

/// Where the symbol ends that a text begins with.
fn end_of_symbol(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(pair) = bytes.get(at..at + 2) {
        match pair {
            b"{{" => (depth, at) = (depth + 1, at + 2),
            b"}}" => {
                (depth, at) = (depth.checked_sub(1)?, at + 2);
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => at += 1,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(from: &str, live: &str, to: &str, expected: Option<&str>) {
        let found = Pattern::new(from).matches(live);
        let told = found.map(|found| {
            filled(to, |name| {
                found.get(name).cloned().unwrap_or_else(|| "?".to_owned())
            })
        });
        assert_eq!(told.as_deref(), expected, "{from} / {live}");
    }

    #[test]
    fn a_text_is_said_in_the_other_words_with_its_own_values() {
        let from = "Department {{#a {{b/c}} d>/0}} not found.";
        let to = "Ingen avdelning {{a {{b/c}} d>/0}}!";
        check(
            from,
            "Department 900 not found.",
            to,
            Some("Ingen avdelning 900!"),
        );
        check(from, "Department  not found.", to, None);
        check(from, "Group 900 not found.", to, None);
        check("{{a}}-{{a}}", "1-1", "{{a}}", Some("1"));
        check("{{a}}-{{a}}", "1-2", "{{a}}", None);
        check("{{a}}{{b}}", "12", "{{a}}", None);
        check("é {{a", "é {{a", "{{z}}", Some("?"));
    }
}
