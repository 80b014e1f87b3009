//! Reading the fields of a body, all problems at once. Knows no HTTP and no resource.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::platform::rule::Rule;

/// The problems of a body, by field.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Problems {
    by_field: BTreeMap<&'static str, Vec<String>>,
    rule: Option<&'static Rule>,
}

impl Problems {
    /// Adds one.
    pub(super) fn add(&mut self, field: &'static str, problem: impl Into<String>) {
        self.by_field.entry(field).or_default().push(problem.into());
    }

    /// Adds one that a document's rule is about.
    pub(super) fn add_by(&mut self, rule: &'static Rule, field: &'static str, problem: String) {
        self.rule = Some(rule);
        self.add(field, problem);
    }

    /// Takes back what was found about a field that turns out not to count.
    pub(super) fn forgive(&mut self, field: &'static str) {
        self.by_field.remove(field);
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.by_field.is_empty()
    }

    /// The rule that one of them breaks.
    pub(super) fn rule(&self) -> Option<&'static Rule> {
        self.rule
    }

    /// Every problem by its field, in the form that the answer shows.
    pub(super) fn by_field(&self) -> &BTreeMap<&'static str, Vec<String>> {
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
pub(super) struct Form<'a> {
    fields: &'a Map<String, Value>,
    pub(super) problems: Problems,
}

impl<'a> Form<'a> {
    /// A form over the fields sent.
    pub(super) fn new(fields: &'a Map<String, Value>) -> Self {
        Self {
            fields,
            problems: Problems::default(),
        }
    }

    /// The value of a field that is there; null counts as absent.
    pub(super) fn given(&self, field: &str) -> Option<&'a Value> {
        self.fields.get(field).filter(|value| !value.is_null())
    }

    /// Text that must be there and not be empty.
    pub(super) fn required_text(&mut self, field: &'static str) -> Option<String> {
        let text = self.text(field)?;
        if text.trim().is_empty() {
            self.require(field);
            return None;
        }
        Some(text)
    }

    /// Text, if it is there.
    pub(super) fn text(&mut self, field: &'static str) -> Option<String> {
        match self.given(field)? {
            Value::String(text) => Some(text.clone()),
            _ => {
                self.problems
                    .add(field, format!("The {field} must be a string."));
                None
            }
        }
    }

    /// The id of a record, if it is there.
    pub(super) fn id(&mut self, field: &'static str) -> Option<i64> {
        let id = self.given(field)?.as_i64();
        if id.is_none() {
            self.problems
                .add(field, format!("The {field} must be an integer."));
        }
        id
    }

    /// A list of ids that must be there; repeated ones collapse.
    pub(super) fn required_ids(&mut self, field: &'static str) -> BTreeSet<i64> {
        let ids = match self.given(field) {
            None => {
                self.require(field);
                return BTreeSet::new();
            }
            Some(Value::Array(list)) => list.iter().map(Value::as_i64).collect::<Option<_>>(),
            Some(_) => {
                self.problems
                    .add(field, format!("The {field} must be an array."));
                return BTreeSet::new();
            }
        };
        ids.unwrap_or_else(|| {
            let problem = format!("The {field} must hold integers only.");
            self.problems.add(field, problem);
            BTreeSet::new()
        })
    }

    /// Notes that a field is missing.
    pub(super) fn require(&mut self, field: &'static str) {
        let problem = format!("The {field} field is required.");
        self.problems.add(field, problem);
    }

    /// The fields sent that are none of these.
    pub(super) fn unread(&self, known: &[&str]) -> Vec<String> {
        let unread = self
            .fields
            .keys()
            .filter(|key| !known.contains(&key.as_str()));
        unread
            .map(|key| {
                format!(
                    "nothing reads the field '{key}'; this call reads {}",
                    known.join(", ")
                )
            })
            .collect()
    }
}
