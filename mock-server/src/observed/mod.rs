//! What a recording of the real API showed and no document says: the words of its refusals, and fields that
//! the fake's answers lack. Both are put into the answers, and marked. It changes no decision, and knows no
//! API: which answer of the real one belongs to which rule stands in the recording.

mod documented;
mod dress;
mod example;
mod learn;
mod marks;
mod outline;
mod pattern;
mod read;

use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::Value;

pub(crate) use self::dress::Dressing;
use self::pattern::Pattern;
pub use self::read::ObservedError;

/// What a recording showed.
#[derive(Debug, Clone)]
pub struct Observed(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    target: String,
    on: Date,
    texts: Vec<Text>,
    fields: Vec<Field>,
}

/// What decided a refusal: a rule, or the open questions where none did.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Cause {
    api: String,
    rule: Option<String>,
    assumptions: Vec<String>,
    status: u16,
}

/// A call: method, and path with `{}` for each id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Call {
    api: String,
    method: String,
    path: String,
}

/// Words of the fake's refusals, and what was seen in their stead.
#[derive(Debug)]
struct Text {
    /// The part that they play in the body.
    part: String,
    /// What the fake says, its symbols numbered.
    from: Pattern,
    samples: Vec<Sample>,
}

/// Where words were seen.
#[derive(Debug)]
struct Sample {
    cause: Cause,
    /// The open questions that these words answer.
    concerned: Vec<String>,
    /// Where in that part: the path of a field.
    place: String,
    call: Call,
    /// What was said.
    to: String,
    step: String,
}

/// A field that the fake's answers lack.
#[derive(Debug)]
struct Field {
    scope: Scope,
    /// Which object of the body has it.
    place: &'static str,
    name: String,
    example: Value,
    /// Where the value of a symbol stands in the same object: symbol, and the name of that field.
    kin: Vec<(String, String)>,
    step: String,
}

/// Which answers have a field.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Scope {
    /// Those to a call, where nothing is refused.
    Shown(Call),
    /// Refusals that were decided so.
    Refused(Cause),
    /// Every refusal of an API.
    Refusals(String),
}

impl Observed {
    /// Takes what a recording shows: JSON Lines, as `contract-tests run --record` writes it.
    ///
    /// # Errors
    /// When the text is no such recording, or one of a schema that is not known.
    pub fn parse(text: &str) -> Result<Self, ObservedError> {
        let recording = read::recording(text)?;
        let learnt = learn::from(&recording.exchanges);
        Ok(Self(Arc::new(Parts {
            target: recording.header.target,
            on: recording.header.time.to_zoned(TimeZone::UTC).date(),
            texts: learnt.texts,
            fields: learnt.fields,
        })))
    }

    /// How many texts and how many fields it shows that neither the documents nor the fake have.
    pub fn counts(&self) -> (usize, usize) {
        (self.0.texts.len(), self.0.fields.len())
    }

    /// What answers that it changed are marked with.
    pub fn id(&self) -> String {
        format!("observed.{}", self.0.on)
    }
}

impl Call {
    fn new(api: &str, method: &str, path: &str) -> Self {
        // The name of a symbol may hold a slash.
        let path = pattern::filled(path, |_| ID.to_owned());
        let parts = path.split('/').map(|part| match is_id(part) {
            true => ID,
            false => part,
        });
        Self {
            api: api.to_owned(),
            method: method.to_owned(),
            path: parts.collect::<Vec<_>>().join("/"),
        }
    }
}

/// What stands for an id in a path.
const ID: &str = "{}";

/// Whether a part of a path is an id.
fn is_id(part: &str) -> bool {
    let all = |test: fn(&u8) -> bool| !part.is_empty() && part.bytes().all(|letter| test(&letter));
    all(u8::is_ascii_digit) || (part.len() == 24 && all(u8::is_ascii_hexdigit))
}
