//! The fields of a resource as JSON Schema: as a read shows them, and as a body brings them.

use serde_json::{Map, Value, json};

use super::{date, object_id, singular};
use crate::amili::assumptions::{OwnId, UnknownField};
use crate::amili::eve::schema::{Field, Kind};
use crate::amili::eve::text;
use crate::amili::resource::Resource;
use crate::openapi::schema::{
    boolean, integer, integer_sent, list, map, matching, named, one_of_texts, optional, or_null,
    text as any_text, with,
};
use crate::platform::assumption::Answers;

/// Which way a document goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// A read shows it.
    Out,
    /// A creation brings it.
    New,
    /// A change brings parts of it.
    Part,
}

/// What the framework adds to each document.
pub(super) fn automatic() -> [(&'static str, Value); 3] {
    [
        ("_updated", date()),
        ("_created", date()),
        ("_etag", matching("^[0-9a-f]+$")),
    ]
}

/// A document as a read shows it. A projection may leave out all but the automatic fields.
pub(super) fn shown(resource: &Resource, answers: &Answers) -> Value {
    let own = resource
        .fields
        .iter()
        .filter(|field| !resource.hides.contains(&field.name));
    let mut members = vec![("_id", object_id())];
    members.extend(own.map(|field| (field.name, form(field, Way::Out))));
    members.extend(automatic());
    members.extend(resource.names.iter().map(|name| (name.key, any_text())));
    let required = json!(["_id", "_updated", "_created", "_etag"]);
    let mut form = with(optional(members), "required", required);
    if answers.to::<UnknownField>() == UnknownField::Kept {
        form["additionalProperties"] = true.into();
    }
    named(&singular(resource.name), form)
}

/// A document as a body brings it, whole or in part.
pub(in crate::amili) fn sent(resource: &Resource, is_new: bool, answers: &Answers) -> Value {
    let way = if is_new { Way::New } else { Way::Part };
    let own = resource.fields.iter().filter(|field| !field.read_only);
    let chosen = is_new && answers.to::<OwnId>() == OwnId::Accepted;
    let id = chosen.then(|| ("_id", object_id()));
    let members = id
        .into_iter()
        .chain(own.clone().map(|field| (field.name, form(field, way))));
    let mut form = optional(members);
    let required = own
        .clone()
        .filter(|field| is_new && field.required && field.excludes.is_empty());
    let required: Vec<&str> = required.map(|field| field.name).collect();
    if !required.is_empty() {
        form["required"] = json!(required);
    }
    let exclusive = exclusions(own, is_new);
    if !exclusive.is_empty() {
        form["allOf"] = exclusive.into();
    }
    let kept = answers.to::<UnknownField>() == UnknownField::Kept;
    form["additionalProperties"] = kept.into();
    let prefix = if is_new { "New" } else { "ChangesOf" };
    named(&format!("{prefix}{}", singular(resource.name)), form)
}

/// What excludes each other: at most one of them, and one at the least where each is required.
fn exclusions<'a>(fields: impl Iterator<Item = &'a Field> + Clone, is_new: bool) -> Vec<Value> {
    let mut told: Vec<Value> = Vec::new();
    for field in fields.clone() {
        for other in fields
            .clone()
            .filter(|other| field.excludes.contains(&other.name))
        {
            if field.name > other.name {
                continue;
            }
            told.push(if is_new && field.required && other.required {
                json!({ "oneOf": [{ "required": [field.name] }, { "required": [other.name] }] })
            } else {
                json!({ "not": { "required": [field.name, other.name] } })
            });
        }
    }
    told
}

fn form(field: &Field, way: Way) -> Value {
    let mut form = kind(field.kind, way);
    if let Some(allowed) = field.allowed {
        form = one_of_texts(allowed);
    }
    let (least, most) = match field.kind {
        Kind::List(_) | Kind::FreeList => ("minItems", "maxItems"),
        Kind::Object(_) | Kind::FreeObject | Kind::ObjectOf(_) => {
            ("minProperties", "maxProperties")
        }
        _ => ("minLength", "maxLength"),
    };
    if let Some(length) = field.min_length.or(field.empty_refused.then_some(1)) {
        form[least] = length.into();
    }
    if let Some(length) = field.max_length {
        form[most] = length.into();
    }
    if let Some(default) = field.default.filter(|_| way == Way::New) {
        form["default"] = serde_json::from_str(&text::value(&default.value())).unwrap_or_default();
    }
    if let Some(resource) = field.refers_to {
        form["x-refers-to"] = resource.into();
    }
    match field.nullable {
        true => or_null(form),
        false => form,
    }
}

fn kind(kind: Kind, way: Way) -> Value {
    match kind {
        Kind::Text => any_text(),
        Kind::Boolean => boolean(),
        Kind::Integer if way == Way::Out => integer(),
        Kind::Integer => integer_sent(),
        Kind::Float | Kind::Number => json!({ "type": "number" }),
        Kind::Id => object_id(),
        Kind::Date => date(),
        Kind::Object(fields) => object(fields, way),
        Kind::FreeObject => json!({ "type": "object", "additionalProperties": true }),
        Kind::ObjectOf(values) => map(form(values, way)),
        Kind::List(element) => list(form(element, way)),
        Kind::FreeList => json!({ "type": "array" }),
        Kind::Any => json!({}),
    }
}

fn object(fields: &[Field], way: Way) -> Value {
    let inner = fields.iter().map(|field| (field.name, form(field, way)));
    let mut form = optional(inner);
    if way == Way::Out {
        return form;
    }
    let required: Vec<&str> = fields
        .iter()
        .filter(|field| field.required)
        .map(|field| field.name)
        .collect();
    if !required.is_empty() {
        form["required"] = json!(required);
    }
    form["additionalProperties"] = false.into();
    let exclusive = exclusions(fields.iter(), true);
    if !exclusive.is_empty() {
        form["allOf"] = exclusive.into();
    }
    form
}

/// A form with other members beside its own.
pub(super) fn extended(mut form: Value, members: Vec<(&str, Value)>) -> Value {
    for (name, member) in members {
        form["properties"][name] = member;
        if let Some(required) = form["required"].as_array_mut() {
            required.push(name.into());
        }
    }
    form
}

/// The members of an object, by name.
pub(in crate::amili) fn members(form: &mut Value) -> Option<&mut Map<String, Value>> {
    form.get_mut("properties")?.as_object_mut()
}
