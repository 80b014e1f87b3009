//! Reading the fields of a body, all problems at once. Knows no HTTP and no resource.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::assumptions::{Blanks, IdForms, LongestText, RepeatedIds, UnknownField};
use crate::platform::moment::Moment;
use crate::platform::rule::Rule;

/// As many characters as a text column of the framework holds.
pub(super) const COLUMN: usize = 255;

/// The problems of a body, by field.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Problems {
    by_field: BTreeMap<String, Vec<String>>,
    rule: Option<&'static Rule>,
}

impl Problems {
    /// Adds one.
    pub(super) fn add(&mut self, field: &str, problem: impl Into<String>) {
        let problems = self.by_field.entry(field.to_owned()).or_default();
        problems.push(problem.into());
    }

    /// Adds one that a document's rule is about.
    pub(super) fn add_by(&mut self, rule: &'static Rule, field: &str, problem: impl Into<String>) {
        self.rule = Some(rule);
        self.add(field, problem);
    }

    /// Notes that a field is missing.
    pub(super) fn require(&mut self, field: &str) {
        self.add(field, format!("The {field} field is required."));
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.by_field.is_empty()
    }

    /// The rule that one of them breaks.
    pub(super) fn rule(&self) -> Option<&'static Rule> {
        self.rule
    }

    /// Every problem by its field.
    pub(super) fn by_field(&self) -> &BTreeMap<String, Vec<String>> {
        &self.by_field
    }

    /// The first problem, and how many more there are.
    pub(super) fn summary(&self) -> String {
        let mut all = self.by_field.values().flatten();
        let first = all
            .next()
            .map_or("The given data was invalid.", String::as_str);
        match all.count() {
            0 => first.to_owned(),
            1 => format!("{first} (and 1 more error)"),
            more => format!("{first} (and {more} more errors)"),
        }
    }
}

/// A body whose fields are read one after the other.
pub(super) struct Form {
    fields: Map<String, Value>,
    pub(super) problems: Problems,
}

impl Form {
    /// A form over the fields sent.
    pub(super) fn new(moment: &mut Moment, fields: Map<String, Value>) -> Self {
        let outer_blanks = |value: &Value| {
            let text = value.as_str();
            text.is_some_and(|text| text.is_empty() || text.trim() != text)
        };
        let blank = fields.values().any(outer_blanks);
        let cut = blank && moment.assumes::<Blanks>() == Blanks::Trimmed;
        Self {
            fields: if cut { trimmed(fields) } else { fields },
            problems: Problems::default(),
        }
    }

    /// The value of a field that is there; null counts as absent.
    pub(super) fn given(&self, field: &str) -> Option<&Value> {
        self.fields.get(field).filter(|value| !value.is_null())
    }

    /// Text that must be there and not be empty.
    pub(super) fn required_text(&mut self, moment: &mut Moment, field: &str) -> Option<String> {
        if self.given(field).is_none() {
            self.problems.require(field);
        }
        let text = self.text(moment, field)?;
        if text.trim().is_empty() {
            self.problems.require(field);
            return None;
        }
        Some(text)
    }

    /// Text, if it is there.
    pub(super) fn text(&mut self, moment: &mut Moment, field: &str) -> Option<String> {
        let Value::String(text) = self.given(field)?.clone() else {
            let problem = format!("The {field} must be a string.");
            self.problems.add(field, problem);
            return None;
        };
        let long = text.chars().nth(COLUMN).is_some();
        if long && moment.assumes::<LongestText>() == LongestText::Column {
            let problem = format!("The {field} may not be longer than {COLUMN} characters.");
            self.problems.add(field, problem);
            return None;
        }
        Some(text)
    }

    /// The id of a record, if it is there.
    pub(super) fn id(&mut self, moment: &mut Moment, field: &str) -> Option<i64> {
        let id = integer(moment, self.given(field)?);
        if id.is_none() {
            let problem = format!("The {field} must be an integer.");
            self.problems.add(field, problem);
        }
        id
    }

    /// A list of ids that must be there.
    pub(super) fn required_ids(&mut self, moment: &mut Moment, field: &str) -> BTreeSet<i64> {
        let listed = match self.given(field) {
            None => Err(format!("The {field} field is required.")),
            Some(Value::Array(list)) => list
                .iter()
                .map(|id| integer(moment, id))
                .collect::<Option<Vec<_>>>()
                .ok_or_else(|| format!("The {field} must hold integers only.")),
            Some(_) => Err(format!("The {field} must be an array.")),
        };
        let listed = listed.unwrap_or_else(|problem| {
            self.problems.add(field, problem);
            Vec::new()
        });
        let ids: BTreeSet<i64> = listed.iter().copied().collect();
        let repeats = ids.len() != listed.len();
        if repeats && moment.assumes::<RepeatedIds>() == RepeatedIds::Refused {
            let problem = format!("The {field} must not hold an id twice.");
            self.problems.add(field, problem);
        }
        ids
    }

    /// The problems found; fields that are none of these may be one more. Without any, the caller is told
    /// which fields nothing read.
    pub(super) fn finish(mut self, moment: &mut Moment, known: &[&str]) -> Result<(), Problems> {
        let keys = self.fields.keys().cloned().collect::<Vec<_>>();
        let unread = keys
            .into_iter()
            .filter(|key| !known.contains(&key.as_str()))
            .collect::<Vec<_>>();
        if !unread.is_empty() && moment.assumes::<UnknownField>() == UnknownField::Refused {
            for key in &unread {
                self.problems
                    .add(key, format!("The {key} is not a field of this call."));
            }
        }
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        for key in unread {
            moment.warns(format!(
                "nothing reads the field '{key}'; this call reads {}",
                known.join(", ")
            ));
        }
        Ok(())
    }
}

/// Without the blanks around texts; a text of blanks alone is null.
fn trimmed(fields: Map<String, Value>) -> Map<String, Value> {
    let cut = |value: Value| match value.as_str().map(str::trim) {
        Some("") => Value::Null,
        Some(text) => text.into(),
        None => value,
    };
    let fields = fields.into_iter();
    fields.map(|(key, value)| (key, cut(value))).collect()
}

/// An id in a form that the answers in force allow.
pub(super) fn integer(moment: &mut Moment, value: &Value) -> Option<i64> {
    if let Some(id) = value.as_i64() {
        return Some(id);
    }
    let id = loose_integer(value)?;
    (moment.assumes::<IdForms>() == IdForms::NumericTexts).then_some(id)
}

/// What the framework's integer rule takes besides integers: whole numbers with a point, and their texts.
fn loose_integer(value: &Value) -> Option<i64> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        // Up to here a float is exact, and its text has no exponent.
        Value::Number(number) => {
            let whole = number.as_f64()?;
            let exact = whole.fract() == 0.0 && whole.abs() < 9_007_199_254_740_992.0;
            exact.then(|| format!("{whole:.0}"))?
        }
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    let id: i64 = text.parse().ok()?;
    // No leading zeros, as PHP's own check has it.
    (id.to_string() == text.trim_start_matches('+')).then_some(id)
}
