//! Values as the JSON text the framework writes, which is Python's: blanks after `,` and `:`, ASCII
//! only, floats with their fraction. It knows two dialects: that of answers, and the canonical one
//! that entity tags are computed from.

use std::fmt::Write;

use bson::{Bson, DateTime, Document};
use jiff::Timestamp;

use super::dates;
use super::hex;
use super::python::number;

/// The text of an answer, on one line.
pub(crate) fn document(document: &Document) -> String {
    written(Dialect::Answer, None, |writer| writer.object(document))
}

/// The text of an answer without some of its fields, on one line.
pub(crate) fn without(document: &Document, hidden: &[&str]) -> String {
    let all = document.iter().map(|(key, value)| (key.as_str(), value));
    members(all.filter(|(key, _)| !hidden.contains(key)))
}

/// The text of an answer that holds these, on one line.
pub(crate) fn members<'d>(members: impl Iterator<Item = (&'d str, &'d Bson)>) -> String {
    written(Dialect::Answer, None, |writer| {
        writer.list('{', '}', members, Writer::member);
    })
}

/// The text of an object with a text more at its end.
pub(crate) fn extended(object: &mut String, key: &str, text: &str) {
    object.pop();
    object.push_str(if object.len() > 1 { ", " } else { "" });
    let mut writer = Writer::after(std::mem::take(object), Dialect::Answer, None);
    writer.string(key);
    writer.out.push_str(": ");
    writer.string(text);
    writer.out.push('}');
    *object = writer.out;
}

/// The text of any value, on one line.
pub(crate) fn value(value: &Bson) -> String {
    written(Dialect::Answer, None, |writer| writer.value(value))
}

/// The text of an answer to `?pretty`: four blanks for each level.
pub(crate) fn pretty(document: &Document) -> String {
    written(Dialect::Answer, Some(0), |writer| writer.object(document))
}

/// The text an entity tag is computed from: keys sorted, ids and dates marked as such, without some fields.
pub(super) fn canonical(document: &Document, skipped: &[&str]) -> String {
    written(Dialect::Canonical, None, |writer| {
        writer.sorted(document, skipped);
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Dialect {
    Answer,
    Canonical,
}

impl Dialect {
    /// What most texts find room in. Answers are kept in the journal, with all the room that they were given.
    fn room(self) -> usize {
        match self {
            Self::Answer => 256,
            Self::Canonical => 2048,
        }
    }
}

struct Writer {
    out: String,
    dialect: Dialect,
    /// The level of indentation; none for text on one line.
    indent: Option<usize>,
    /// The date written last, and its text: a document's own two are mostly the same.
    last_date: Option<(DateTime, String)>,
}

fn written(dialect: Dialect, indent: Option<usize>, write: impl FnOnce(&mut Writer)) -> String {
    let mut writer = Writer::after(String::with_capacity(dialect.room()), dialect, indent);
    write(&mut writer);
    writer.out
}

impl Writer {
    /// Writes behind a text.
    fn after(out: String, dialect: Dialect, indent: Option<usize>) -> Self {
        Self {
            out,
            dialect,
            indent,
            last_date: None,
        }
    }

    fn value(&mut self, value: &Bson) {
        match value {
            Bson::Null | Bson::Undefined => self.out.push_str("null"),
            Bson::Boolean(truth) => self.out.push_str(if *truth { "true" } else { "false" }),
            Bson::Int32(number) => self.out.push_str(&number.to_string()),
            Bson::Int64(number) => self.out.push_str(&number.to_string()),
            // JSON has no word for the others, and no body brings them in.
            Bson::Double(number) if !number.is_finite() => self.out.push_str("null"),
            Bson::Double(number) => self.out.push_str(&number::repr(*number)),
            Bson::String(text) => self.string(text),
            Bson::Array(items) => {
                self.list('[', ']', items.iter(), |writer, item| writer.value(item));
            }
            Bson::Document(document) => self.object(document),
            Bson::ObjectId(id) => self.marked("$oid", &hex::digits(id.bytes())),
            Bson::DateTime(date) => self.date(*date),
            other => self.string(&other.to_string()),
        }
    }

    fn object(&mut self, document: &Document) {
        if self.dialect == Dialect::Answer {
            let members = document.iter().map(|(key, value)| (key.as_str(), value));
            return self.list('{', '}', members, Self::member);
        }
        self.sorted(document, &[]);
    }

    fn sorted(&mut self, document: &Document, skipped: &[&str]) {
        let members = document.iter().map(|(key, value)| (key.as_str(), value));
        let members = members.filter(|(key, _)| !skipped.contains(key));
        let mut sorted: Vec<(u64, &str, &Bson)> = Vec::with_capacity(document.len());
        sorted.extend(members.map(|(key, value)| (beginning(key), key, value)));
        sorted.sort_unstable_by_key(|(beginning, key, _)| (*beginning, *key));
        let members = sorted.into_iter().map(|(_, key, value)| (key, value));
        self.list('{', '}', members, Self::member);
    }

    fn member(&mut self, (key, value): (&str, &Bson)) {
        self.string(key);
        self.out.push_str(": ");
        self.value(value);
    }

    fn list<T>(
        &mut self,
        open: char,
        close: char,
        items: impl Iterator<Item = T>,
        mut write: impl FnMut(&mut Self, T),
    ) {
        self.out.push(open);
        let mut items = items.peekable();
        if items.peek().is_some() {
            let outer = self.indent;
            self.indent = outer.map(|level| level + 1);
            for (index, item) in items.enumerate() {
                self.separate(index > 0);
                write(self, item);
            }
            self.indent = outer;
            self.new_line();
        }
        self.out.push(close);
    }

    fn separate(&mut self, comma: bool) {
        match (comma, self.indent) {
            (true, None) => self.out.push_str(", "),
            (true, Some(_)) => self.out.push(','),
            (false, _) => {}
        }
        self.new_line();
    }

    fn new_line(&mut self) {
        if let Some(level) = self.indent {
            self.out.push('\n');
            self.out.extend(std::iter::repeat_n("    ", level));
        }
    }

    fn date(&mut self, date: DateTime) {
        let last = self.last_date.take().filter(|(last, _)| *last == date);
        let text = last.map_or_else(|| self.printed(date), |(_, text)| text);
        self.marked("$date", &text);
        self.last_date = Some((date, text));
    }

    fn printed(&self, date: DateTime) -> String {
        if self.dialect == Dialect::Answer {
            return dates::print(date);
        }
        // Years have four digits: no date outside of them can be written in a body.
        Timestamp::from_millisecond(date.timestamp_millis())
            .map(|moment| moment.to_string())
            .unwrap_or_default()
    }

    /// A value that JSON has no type for: bare text in answers, an object in the canonical form.
    fn marked(&mut self, mark: &str, text: &str) {
        if self.dialect == Dialect::Answer {
            return self.string(text);
        }
        self.out.push_str("{\"");
        self.out.push_str(mark);
        // Ids and dates are plain.
        self.out.push_str("\": \"");
        self.out.push_str(text);
        self.out.push_str("\"}");
    }

    fn string(&mut self, text: &str) {
        self.out.push('"');
        let mut rest = text;
        while !rest.is_empty() {
            let (plain, others) = rest.split_at(plain_length(rest.as_bytes()));
            self.out.push_str(plain);
            let mut letters = others.chars();
            letters.next().into_iter().for_each(|it| self.letter(it));
            rest = letters.as_str();
        }
        self.out.push('"');
    }

    fn letter(&mut self, letter: char) {
        match letter {
            '"' => self.out.push_str("\\\""),
            '\\' => self.out.push_str("\\\\"),
            '\n' => self.out.push_str("\\n"),
            '\r' => self.out.push_str("\\r"),
            '\t' => self.out.push_str("\\t"),
            '\u{8}' => self.out.push_str("\\b"),
            '\u{c}' => self.out.push_str("\\f"),
            _ => {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    // Writing to a String cannot fail.
                    let _ = write!(self.out, "\\u{unit:04x}");
                }
            }
        }
    }
}

/// The first bytes of a key as a number, in which most keys differ already: numbers are compared at once.
fn beginning(key: &str) -> u64 {
    let mut first = [0; 8];
    for (place, byte) in first.iter_mut().zip(key.bytes()) {
        *place = byte;
    }
    u64::from_be_bytes(first)
}

/// How many of the first bytes stand in a text as they are: mostly all.
fn plain_length(text: &[u8]) -> usize {
    let (eights, _) = text.as_chunks::<8>();
    let is_plain_all =
        |eight: &&[u8; 8]| eight.iter().fold(true, |all, byte| all & is_plain(*byte));
    let sure = 8 * eights.iter().take_while(is_plain_all).count();
    let rest = text[sure..].iter();
    sure + rest.take_while(|byte| is_plain(**byte)).count()
}

/// Without a branch, so that eight bytes can be looked at together.
fn is_plain(byte: u8) -> bool {
    (byte.wrapping_sub(b' ') <= b'~' - b' ') & (byte != b'"') & (byte != b'\\')
}
