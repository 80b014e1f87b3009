//! The rules of a schema, applied to a document from its root to its leaves. It knows which failed
//! rule hides which other, and no store.

use std::collections::BTreeSet;
use std::slice;

use bson::oid::ObjectId;
use bson::{Bson, Document};

use super::super::hex;
use super::super::issues::{Issues, StepIn};
use super::super::normalise;
use super::super::python::print;
use super::super::schema::{Field, Kind, Level};
use super::{Checks, Mode, Unknown};

pub(super) const READ_ONLY: &str = "readonly";

/// The rules that ask the store bring their own texts, which stand before those of named rules.
const ASKED: &str = "";

/// The members of a list or of an object with free keys, each with the field that describes it.
pub(super) fn members(kind: Kind, value: &Bson) -> Vec<(StepIn<'_>, &Bson, &'static Field)> {
    match (kind, value) {
        (Kind::ObjectOf(values), Bson::Document(inner)) => inner
            .iter()
            .map(|(key, member)| (StepIn::Name(key), member, values))
            .collect(),
        (Kind::List(element), Bson::Array(items)) => {
            let steps = (0..).map(StepIn::Index);
            steps
                .zip(items)
                .map(|(step, item)| (step, item, element))
                .collect()
        }
        _ => Vec::new(),
    }
}

/// A walk over a document, with all it has found.
pub(super) struct Walk<'a, 'd> {
    pub(super) checks: &'a Checks<'a>,
    pub(super) path: Vec<StepIn<'d>>,
    pub(super) issues: Issues,
}

impl<'a, 'd> Walk<'a, 'd> {
    /// A walk that adds to these.
    pub(super) fn new(checks: &'a Checks<'a>, issues: Issues) -> Self {
        Self {
            checks,
            path: Vec::new(),
            issues,
        }
    }

    /// Checks the fields of one object, and whether any is missing.
    pub(super) fn mapping(&mut self, document: &'d Document, level: Level<'d>) {
        let mut released = BTreeSet::new();
        for (key, value) in document {
            self.path.push(StepIn::Name(key));
            match level.named(key) {
                Some(field) => {
                    let hides_nothing = self.field(field, value);
                    if hides_nothing && !field.excludes.is_empty() {
                        self.excludes(field, document, level, &mut released);
                    }
                }
                None if self.checks.unknown == Unknown::Refuse => {
                    self.add("unknown", "unknown field")
                }
                None => {}
            }
            self.path.pop();
        }
        if matches!(self.checks.mode, Mode::Create) {
            self.required(document, level, &released);
        }
    }

    /// All rules of a field but `excludes`; false if a failed one hides that too.
    fn field(&mut self, field: &Field, value: &'d Bson) -> bool {
        let is_null = matches!(value, Bson::Null);
        if is_null && !field.nullable {
            self.add("nullable", "null value not allowed");
        }
        if self.issues.names(&self.path, READ_ONLY) {
            return false;
        }
        if !is_null {
            if let Some(expected) = field.kind.type_name().filter(|_| !is_of(field.kind, value)) {
                self.add("type", format!("must be of {expected} type"));
                return false;
            }
            self.content(field, value);
            self.inside(field.kind, value);
        }
        self.relation(field, value);
        self.uniqueness(field, value);
        true
    }

    fn content(&mut self, field: &Field, value: &Bson) {
        let length = length(value);
        if field.empty_refused && length == Some(0) {
            return self.add("empty", "empty values not allowed");
        }
        if let Some(allowed) = field.allowed {
            self.allowed(allowed, value);
        }
        if let Some(least) = field
            .min_length
            .filter(|least| length.is_some_and(|is| is < *least))
        {
            self.add("minlength", format!("min length is {least}"));
        }
        if let Some(most) = field
            .max_length
            .filter(|most| length.is_some_and(|is| is > *most))
        {
            self.add("maxlength", format!("max length is {most}"));
        }
    }

    fn allowed(&mut self, allowed: &[&str], value: &Bson) {
        let is_allowed = |value: &Bson| value.as_str().is_some_and(|text| allowed.contains(&text));
        if let Bson::Array(items) = value {
            let unallowed: Vec<&Bson> = items.iter().filter(|item| !is_allowed(item)).collect();
            if !unallowed.is_empty() {
                self.add(
                    "allowed",
                    format!("unallowed values {}", print::tuple(&unallowed)),
                );
            }
        } else if !is_allowed(value) {
            self.add("allowed", format!("unallowed value {}", print::str(value)));
        }
    }

    fn inside(&mut self, kind: Kind, value: &'d Bson) {
        if let (Kind::Object(fields), Bson::Document(inner)) = (kind, value) {
            return self.mapping(inner, Level::inner(fields));
        }
        for (step, member, field) in members(kind, value) {
            self.path.push(step);
            self.field(field, member);
            self.path.pop();
        }
    }

    fn relation(&mut self, field: &Field, value: &Bson) {
        let Some(resource) = field.refers_to else {
            return;
        };
        if field.nullable && normalise::is_false(value) {
            return;
        }
        let targets = if let Bson::Array(items) = value {
            items
        } else {
            slice::from_ref(value)
        };
        for target in targets {
            let id = id_of(target);
            if !id.is_some_and(|id| self.checks.neighbours.exists(resource, id)) {
                let target = print::str(target);
                let message =
                    format!("value '{target}' must exist in resource '{resource}', field '_id'.");
                self.add(ASKED, message);
            }
        }
    }

    fn uniqueness(&mut self, field: &Field, value: &Bson) {
        if !field.unique {
            return;
        }
        let names = self.path.iter().filter_map(|step| match step {
            StepIn::Name(name) => Some(*name),
            StepIn::Index(_) => None,
        });
        let path = names.collect::<Vec<_>>().join(".");
        if self.checks.neighbours.is_taken(&path, value) {
            self.add(
                ASKED,
                format!("value '{}' is not unique", print::str(value)),
            );
        }
    }

    /// A field that is there releases its rivals, and itself, from being required.
    fn excludes(
        &mut self,
        field: &Field,
        document: &Document,
        level: Level<'_>,
        released: &mut BTreeSet<&'static str>,
    ) {
        if field.required {
            released.insert(field.name);
            released.extend(
                field
                    .excludes
                    .iter()
                    .filter(|rival| level.named(rival).is_some()),
            );
        }
        if field
            .excludes
            .iter()
            .any(|rival| document.contains_key(rival))
        {
            let rivals: Vec<String> = field
                .excludes
                .iter()
                .map(|rival| format!("'{rival}'"))
                .collect();
            let (rivals, name) = (rivals.join(", "), field.name);
            self.add(
                "excludes",
                format!("{rivals} must not be present with '{name}'"),
            );
        }
    }

    fn required(
        &mut self,
        document: &Document,
        level: Level<'d>,
        released: &BTreeSet<&'static str>,
    ) {
        let required = level
            .fields
            .iter()
            .filter(|field| field.required)
            .map(|field| field.name);
        let mut missing: Vec<&str> = required
            .filter(|name| !released.contains(name) && !document.contains_key(name))
            .collect();
        let is_given = |name: &&str| document.get(name).is_some_and(|value| *value != Bson::Null);
        if !released.iter().any(is_given) {
            missing.extend(released);
        }
        for name in missing {
            self.path.push(StepIn::Name(name));
            self.add("required", "required field");
            self.path.pop();
        }
    }

    /// Notes a problem at the place the walk has come to.
    pub(super) fn add(&mut self, rule: &'static str, message: impl Into<String>) {
        self.issues.at(&self.path, rule, message.into());
    }
}

/// A float field takes integers and truths as they are; only conversions make them floats.
fn is_of(kind: Kind, value: &Bson) -> bool {
    let is_whole = matches!(value, Bson::Int32(_) | Bson::Int64(_));
    match kind {
        Kind::Text => matches!(value, Bson::String(_)),
        Kind::Boolean => matches!(value, Bson::Boolean(_)),
        Kind::Integer => is_whole || matches!(value, Bson::Boolean(_)),
        Kind::Float => is_whole || matches!(value, Bson::Double(_) | Bson::Boolean(_)),
        Kind::Number => is_whole || matches!(value, Bson::Double(_)),
        Kind::Id => id_of(value).is_some(),
        Kind::Date => matches!(value, Bson::DateTime(_)),
        Kind::Object(_) | Kind::FreeObject | Kind::ObjectOf(_) => {
            matches!(value, Bson::Document(_))
        }
        Kind::List(_) | Kind::FreeList => matches!(value, Bson::Array(_)),
        Kind::Any => true,
    }
}

/// The text of an id will do: conversions may have ended before they reached it.
fn id_of(value: &Bson) -> Option<ObjectId> {
    match value {
        Bson::ObjectId(id) => Some(*id),
        Bson::String(text) => hex::id(text),
        _ => None,
    }
}

fn length(value: &Bson) -> Option<usize> {
    match value {
        Bson::String(text) => Some(text.chars().count()),
        Bson::Array(items) => Some(items.len()),
        Bson::Document(members) => Some(members.len()),
        _ => None,
    }
}
