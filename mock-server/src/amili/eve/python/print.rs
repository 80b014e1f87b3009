//! Python's `str` and `repr` of stored values: messages quote values that way.

use bson::{Bson, Document};
use jiff::Timestamp;

use super::number;

/// `str(value)`.
pub(in super::super) fn str(value: &Bson) -> String {
    match value {
        Bson::String(text) => text.clone(),
        Bson::ObjectId(id) => id.to_hex(),
        Bson::DateTime(date) => Timestamp::from_millisecond(date.timestamp_millis())
            .map(|moment| moment.strftime("%Y-%m-%d %H:%M:%S").to_string())
            .unwrap_or_default(),
        other => repr(other),
    }
}

/// `repr(value)`.
pub(in super::super) fn repr(value: &Bson) -> String {
    match value {
        Bson::Null => "None".to_owned(),
        Bson::Boolean(true) => "True".to_owned(),
        Bson::Boolean(false) => "False".to_owned(),
        Bson::Int32(number) => number.to_string(),
        Bson::Int64(number) => number.to_string(),
        Bson::Double(number) => number::repr(*number),
        Bson::String(text) => quoted(text),
        Bson::ObjectId(id) => format!("ObjectId('{}')", id.to_hex()),
        Bson::DateTime(date) => Timestamp::from_millisecond(date.timestamp_millis())
            .map(|moment| date_repr(&moment))
            .unwrap_or_default(),
        Bson::Array(items) => format!("[{}]", joined(items)),
        Bson::Document(document) => dict_repr(document),
        other => other.to_string(),
    }
}

/// `repr` of a tuple, whose last comma stands only behind a single element.
pub(in super::super) fn tuple(items: &[&Bson]) -> String {
    match items {
        [single] => format!("({},)", repr(single)),
        several => format!("({})", joined(several.iter().copied())),
    }
}

fn joined<'a>(items: impl IntoIterator<Item = &'a Bson>) -> String {
    items.into_iter().map(repr).collect::<Vec<_>>().join(", ")
}

fn dict_repr(document: &Document) -> String {
    let members: Vec<String> = document
        .iter()
        .map(|(key, value)| format!("{}: {}", quoted(key), repr(value)))
        .collect();
    format!("{{{}}}", members.join(", "))
}

fn date_repr(moment: &Timestamp) -> String {
    let with_seconds = moment.strftime("%-Y, %-m, %-d, %-H, %-M, %-S").to_string();
    let shown = with_seconds.strip_suffix(", 0").unwrap_or(&with_seconds);
    format!("datetime.datetime({shown})")
}

/// `repr` of a text: apostrophes outside, unless only they stand inside.
pub(in super::super) fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    let mut out = String::from(quote);
    for letter in text.chars() {
        match letter {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if letter == quote => out.extend(['\\', letter]),
            ' ' => out.push(' '),
            _ if letter.is_control() || letter.is_whitespace() => out.push_str(&escaped(letter)),
            _ => out.push(letter),
        }
    }
    out.push(quote);
    out
}

fn escaped(letter: char) -> String {
    match u32::from(letter) {
        code @ 0..=0xff => format!("\\x{code:02x}"),
        code @ 0x100..=0xffff => format!("\\u{code:04x}"),
        code => format!("\\U{code:08x}"),
    }
}
