//! Python's words, as far as a query parameter can hold them. It knows no grammar.

use super::number::{self, Integer};

/// One word of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Name(String),
    Text(String),
    Whole(i64),
    Fraction(f64),
    /// An operator, a bracket or another mark.
    Mark(&'static str),
    /// `and`, `or`, `not`, `in`, `is`, `True`, `False`, `None`.
    Word(&'static str),
}

/// The longest first, so that `**` is not read as two of `*`.
const MARKS: [&str; 31] = [
    "**", "//", "<<", ">>", "<=", ">=", "==", "!=", "->", ":=", "+", "-", "*", "/", "%", "@", "&",
    "|", "^", "~", "<", ">", "(", ")", "[", "]", "{", "}", ",", ":", ".",
];

const WORDS: [&str; 8] = ["and", "or", "not", "in", "is", "True", "False", "None"];

/// Words that begin what is no plain expression.
const REFUSED_WORDS: [&str; 27] = [
    "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else",
    "except", "finally", "for", "from", "global", "if", "import", "lambda", "nonlocal", "pass",
    "raise", "return", "try", "while", "with", "yield",
];

/// Cuts a text into words; the reason says which part is none.
pub(super) fn cut(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_matches([' ', '\t', '\n', '\r']);
    while let Some(first) = rest.chars().next() {
        let (token, behind) = match first {
            '"' | '\'' => string(rest, first)?,
            'a'..='z' | 'A'..='Z' | '_' => name(rest)?,
            _ if first.is_alphabetic() => name(rest)?,
            '0'..='9' => numeral(rest)?,
            '.' if rest[1..].starts_with(|next: char| next.is_ascii_digit()) => numeral(rest)?,
            _ => mark(rest)?,
        };
        tokens.push(token);
        rest = behind.trim_start_matches([' ', '\t', '\n', '\r']);
    }
    Ok(tokens)
}

fn name(text: &str) -> Result<(Token, &str), String> {
    let end = text.find(|letter: char| letter != '_' && !letter.is_alphanumeric());
    let (name, rest) = text.split_at(end.unwrap_or(text.len()));
    if REFUSED_WORDS.contains(&name) {
        return Err(format!("{name} is a keyword of Python"));
    }
    let word = WORDS.iter().find(|word| **word == name);
    Ok((
        word.map_or_else(|| Token::Name(name.to_owned()), |word| Token::Word(word)),
        rest,
    ))
}

fn mark(text: &str) -> Result<(Token, &str), String> {
    let found = MARKS
        .iter()
        .find_map(|mark| Some((*mark, text.strip_prefix(mark)?)));
    let first = text.chars().next().unwrap_or_default();
    found
        .map(|(mark, rest)| (Token::Mark(mark), rest))
        .ok_or_else(|| format!("{first:?} has no place in a Python expression"))
}

fn numeral(text: &str) -> Result<(Token, &str), String> {
    let mut before = ' ';
    let end = text.find(|letter: char| {
        let signed = matches!(letter, '+' | '-') && matches!(before, 'e' | 'E');
        before = letter;
        !signed && letter != '.' && letter != '_' && !letter.is_alphanumeric()
    });
    let (numeral, rest) = text.split_at(end.unwrap_or(text.len()));
    let padded = numeral.len() > 1 && numeral.starts_with('0');
    let token = match number::integer(numeral) {
        Some(Integer::Fits(whole)) if !padded || whole == 0 => Some(Token::Whole(whole)),
        Some(_) => None,
        None if numeral.starts_with(|first: char| first == '.' || first.is_ascii_digit()) => {
            number::float(numeral)
                .filter(|number| number.is_finite())
                .map(Token::Fraction)
        }
        None => None,
    };
    token
        .map(|token| (token, rest))
        .ok_or_else(|| format!("{numeral} is no number of 64 bits"))
}

fn string(text: &str, quote: char) -> Result<(Token, &str), String> {
    let mut content = String::new();
    let mut letters = text.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\n' => break,
            '\\' => content.push(match letters.next() {
                Some((_, 'n')) => '\n',
                Some((_, 't')) => '\t',
                Some((_, escaped @ ('\\' | '\'' | '"'))) => escaped,
                _ => {
                    return Err(
                        "a text holds an escape other than \\\\ \\' \\\" \\n \\t".to_owned()
                    );
                }
            }),
            _ if letter == quote => return Ok((Token::Text(content), &text[at + 1..])),
            _ => content.push(letter),
        }
    }
    Err(format!("a text opened with {quote} is not closed"))
}
