//! Reading `fixtures/guides`: the requests and answers that the documents print, and comparing forms.

use serde_json::Value;

/// The text of a document.
#[track_caller]
pub(crate) fn page(name: &str) -> String {
    let path = format!(
        "{}/../fixtures/guides/{name}.txt",
        env!("CARGO_MANIFEST_DIR")
    );
    std::fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{path}: {fault}"))
}

/// A text with every run of white space as one blank.
pub(crate) fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The object that a page prints after certain words, at their first place.
#[track_caller]
pub(crate) fn printed(page: &str, words: &str) -> Value {
    let all = every_printed(page, words);
    all.into_iter()
        .next()
        .unwrap_or_else(|| panic!("nothing is printed after '{words}'"))
}

/// The objects that a page prints after certain words, at each of their places.
#[track_caller]
pub(crate) fn every_printed(page: &str, words: &str) -> Vec<Value> {
    page.match_indices(words)
        .map(|(place, _)| as_json(object(&page[place + words.len()..])))
        .collect()
}

/// From the first brace to the one that closes it.
#[track_caller]
fn object(text: &str) -> &str {
    let start = text.find('{').expect("an object");
    let mut depth = 0;
    for (place, letter) in text[start..].char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => continue,
        }
        if depth == 0 {
            return &text[start..=start + place];
        }
    }
    panic!("the object does not end: {text}");
}

/// The pages print JSON, some of it as Python: with `True`, comments and commas before brackets.
#[track_caller]
fn as_json(text: &str) -> Value {
    let uncommented: Vec<&str> = text
        .lines()
        .map(|line| line.split(" # ").next().unwrap_or(line))
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let mut json = plain(&uncommented.join("\n")).replace("True", "true");
    for bracket in ["}", "]"] {
        json = json
            .replace(&format!(", {bracket}"), bracket)
            .replace(&format!(",{bracket}"), bracket);
    }
    serde_json::from_str(&json).unwrap_or_else(|fault| panic!("{fault}: {json}"))
}

/// That an answer has the keys printed, in the order printed, and each value as printed or, where
/// the server makes the value up, of the form printed.
#[track_caller]
pub(crate) fn same_form(printed: &Value, answered: &Value) {
    match (printed, answered) {
        (Value::Object(expected), Value::Object(actual)) => {
            let keys = |object: &serde_json::Map<String, Value>| {
                object.keys().cloned().collect::<Vec<_>>()
            };
            assert_eq!(keys(expected), keys(actual), "the keys of {answered}");
            for (key, value) in expected {
                same_form(value, &actual[key]);
            }
        }
        (Value::Array(expected), Value::Array(actual)) => {
            assert_eq!(expected.len(), actual.len(), "the length of {answered}");
            for (value, other) in expected.iter().zip(actual) {
                same_form(value, other);
            }
        }
        (Value::String(expected), Value::String(actual)) if made_up(expected) => {
            assert_eq!(form(expected), form(actual), "{actual} beside {expected}");
        }
        _ => assert_eq!(printed, answered),
    }
}

fn made_up(text: &str) -> bool {
    form(text) != Form::Other
}

/// The forms of what a server makes up.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// So many lower-case hex digits: an id has 24, an etag 40 or 32.
    Hex(usize),
    /// RFC 1123 in GMT.
    Date,
    Other,
}

pub(crate) fn form(text: &str) -> Form {
    let hex = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    if hex && [24, 32, 40].contains(&text.len()) {
        return Form::Hex(text.len());
    }
    let date = jiff::fmt::strtime::parse("%a, %d %b %Y %H:%M:%S GMT", text);
    let written = date.ok().and_then(|date| date.to_datetime().ok());
    match written.map(|date| date.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()) {
        // The round trip refuses a wrong weekday and missing zeros.
        Some(again) if again == text => Form::Date,
        _ => Form::Other,
    }
}

#[test]
fn forms_are_told_apart() {
    assert_eq!(form("69132a8bc9ea54f691cc407c"), Form::Hex(24));
    assert_eq!(form("32f9bf44c64a4491893cfef2d77541e1"), Form::Hex(32));
    assert_eq!(
        form("2646bc714fe277d4e317cfaddaeb450a34f28053"),
        Form::Hex(40)
    );
    assert_eq!(form("Tue, 11 Nov 2025 12:22:34 GMT"), Form::Date);
    for other in [
        "69132A8BC9EA54F691CC407C",
        "1122334455",
        "2025-11-11T12:22:34Z",
        "Mon, 11 Nov 2025 12:22:34 GMT",
        "Tue, 11 Nov 2025 12:22:34",
    ] {
        assert_eq!(form(other), Form::Other, "{other}");
    }
}
