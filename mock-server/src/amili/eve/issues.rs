//! The problems of one document, as a tree that follows the document's own. It knows the two forms
//! they are shown in and no rule that finds them.

use std::collections::BTreeMap;
use std::fmt;

use bson::{Bson, Document};

/// One step from a value to a value in it. Indexes sort as numbers, names by code point.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    Index(usize),
    Name(String),
}

impl fmt::Display for Step {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Index(index) => write!(out, "{index}"),
            Self::Name(name) => out.write_str(name),
        }
    }
}

/// The same of a document that is being walked over, whose names need no copies.
#[derive(Debug, Clone, Copy)]
pub(super) enum StepIn<'d> {
    Index(usize),
    Name(&'d str),
}

impl From<StepIn<'_>> for Step {
    fn from(step: StepIn<'_>) -> Self {
        match step {
            StepIn::Index(index) => Self::Index(index),
            StepIn::Name(name) => Self::Name(name.to_owned()),
        }
    }
}

impl From<&str> for Step {
    fn from(text: &str) -> Self {
        match text.parse::<usize>() {
            Ok(index) if index.to_string() == text => Self::Index(index),
            _ => Self::Name(text.to_owned()),
        }
    }
}

/// Messages of an unnamed rule stand behind those of the schema's rules.
const LAST: &str = "~";

/// All problems of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Issues {
    /// The name of the rule and its message; messages stand in the order of the rules' names.
    here: Vec<(&'static str, String)>,
    below: BTreeMap<Step, Issues>,
}

impl Issues {
    /// No problems yet.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds a problem at a dotted path, such as `data_access.0.access_group`.
    pub(crate) fn add(&mut self, path: &str, message: impl Into<String>) {
        self.note(path.split('.').map(Step::from), LAST, message.into());
    }

    /// Adds what a rule of the schema says about the value at `path`.
    pub(super) fn at(&mut self, path: &[StepIn<'_>], rule: &'static str, message: String) {
        self.note(path.iter().map(|step| Step::from(*step)), rule, message);
    }

    fn note(&mut self, path: impl Iterator<Item = Step>, rule: &'static str, message: String) {
        let place = path.fold(self, |place, step| place.below.entry(step).or_default());
        let behind = place.here.partition_point(|(earlier, _)| *earlier <= rule);
        place.here.insert(behind, (rule, message));
    }

    /// The same problems, of a value that stands at this name.
    pub(crate) fn under(self, name: &str) -> Self {
        let mut whole = Self::new();
        whole.below.insert(Step::from(name), self);
        whole
    }

    /// Adds the problems of another part of the same document.
    pub(crate) fn take_in(&mut self, others: Self) {
        self.here.extend(others.here);
        self.below.extend(others.below);
    }

    /// True if nothing is wrong.
    pub(crate) fn is_empty(&self) -> bool {
        self.here.is_empty() && self.below.is_empty()
    }

    /// True if something is wrong at a dotted path or below it.
    pub(crate) fn has(&self, path: &str) -> bool {
        let mut steps = path.split('.').map(Step::from);
        let place = steps.try_fold(self, |place, step| place.below.get(&step));
        place.is_some()
    }

    /// True if that very rule has spoken at `path`.
    pub(super) fn names(&self, path: &[StepIn<'_>], rule: &str) -> bool {
        if self.is_empty() {
            return false;
        }
        let mut steps = path.iter().map(|step| Step::from(*step));
        let place = steps.try_fold(self, |place, step| place.below.get(&step));
        place.is_some_and(|place| place.here.iter().any(|(earlier, _)| *earlier == rule))
    }

    /// The framework's `_issues`: objects follow the document, one problem is a text, several a list.
    pub(crate) fn to_document(&self) -> Document {
        self.below
            .iter()
            .map(|(step, below)| (step.to_string(), below.to_value()))
            .collect()
    }

    fn to_value(&self) -> Bson {
        let texts = self
            .here
            .iter()
            .map(|(_, message)| Bson::String(message.clone()));
        let below = (!self.below.is_empty()).then(|| Bson::Document(self.to_document()));
        let mut all: Vec<Bson> = texts.chain(below).collect();
        if all.len() == 1 {
            all.remove(0)
        } else {
            Bson::Array(all)
        }
    }

    /// The flat form: dotted path to message; several messages at one place are one text.
    pub(crate) fn to_details(&self) -> Document {
        let mut details = Document::new();
        self.collect("", &mut details);
        details
    }

    fn collect(&self, path: &str, details: &mut Document) {
        if !self.here.is_empty() {
            let messages: Vec<&str> = self
                .here
                .iter()
                .map(|(_, message)| message.as_str())
                .collect();
            details.insert(path, messages.join("; "));
        }
        for (step, below) in &self.below {
            let dot = if path.is_empty() { "" } else { "." };
            below.collect(&format!("{path}{dot}{step}"), details);
        }
    }
}
