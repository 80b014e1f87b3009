//! The Amili section of a world file: documents by resource, checked like those that a client sends.

use std::collections::HashSet;

use bson::oid::ObjectId;
use bson::{Bson, DateTime, Document};
use serde_json::{Map, Value};

use super::authenticates::{self, ApiCodes};
use super::document::AUTOMATIC;
use super::eve::schema::Field;
use super::eve::{Checks, Mode, Neighbours, Unknown, dates, etag, hex, normalise};
use super::resource::Resource;
use super::store::{Change, Store};
use super::{NAME, RESOURCES};
use crate::platform::api::WorldError;

/// The store that a section describes, all of it or none.
pub(super) fn open(section: &Value) -> Result<Store, WorldError> {
    let mut store = Store::empty();
    let section = match section {
        Value::Null => return Ok(store),
        Value::Object(section) => section,
        _ => return Err(WorldError::at(NAME, "must be an object")),
    };
    let mut known: Vec<&str> = RESOURCES.iter().map(|resource| resource.name).collect();
    known.push(authenticates::SECTION);
    if let Some(key) = section.keys().find(|key| !known.contains(&key.as_str())) {
        let fault = format!("no such part; there are {}", known.join(", "));
        return Err(WorldError::at(format!("{NAME}.{key}"), fault));
    }
    let named = Named::in_section(section)?;
    let mut change = Change::default();
    for resource in RESOURCES {
        for (place, object) in documents(section, resource.name)?.into_iter().enumerate() {
            let place = format!("{NAME}.{}.{place}", resource.name);
            change
                .inserts
                .push((resource.name, document(resource, &named, object, &place)?));
        }
    }
    store.commit(change);
    let codes = section.get(authenticates::SECTION);
    let codes = ApiCodes::open(codes, |id| store.exists("users", id))?;
    Ok(store.with_api_codes(codes))
}

fn documents(
    section: &Map<String, Value>,
    resource: &str,
) -> Result<Vec<Map<String, Value>>, WorldError> {
    let list = match section.get(resource) {
        None => return Ok(Vec::new()),
        Some(Value::Array(list)) => list,
        Some(_) => {
            return Err(WorldError::at(
                format!("{NAME}.{resource}"),
                "must be a list",
            ));
        }
    };
    let object = |(place, entry): (usize, &Value)| match entry {
        Value::Object(object) => Ok(object.clone()),
        _ => Err(WorldError::at(
            format!("{NAME}.{resource}.{place}"),
            "must be an object",
        )),
    };
    list.iter().enumerate().map(object).collect()
}

/// Every id that the section gives a document: what relations may point to.
struct Named(HashSet<(String, ObjectId)>);

impl Named {
    fn in_section(section: &Map<String, Value>) -> Result<Self, WorldError> {
        let mut ids = HashSet::new();
        let resources = section.keys().filter(|key| *key != authenticates::SECTION);
        for resource in resources {
            for (place, object) in documents(section, resource)?.iter().enumerate() {
                let place = format!("{NAME}.{resource}.{place}._id");
                let id = object.get("_id").and_then(Value::as_str);
                let id = id.and_then(hex::id);
                let id = id.ok_or_else(|| WorldError::at(&place, "must be 24 hex digits"))?;
                if !ids.insert((resource.clone(), id)) {
                    return Err(WorldError::at(place, format!("{id} stands twice")));
                }
            }
        }
        Ok(Self(ids))
    }
}

impl Neighbours for Named {
    fn exists(&self, resource: &str, id: ObjectId) -> bool {
        self.0.contains(&(resource.to_owned(), id))
    }

    fn is_taken(&self, _path: &str, _value: &Bson) -> bool {
        false
    }
}

fn document(
    resource: &Resource,
    named: &Named,
    mut object: Map<String, Value>,
    place: &str,
) -> Result<Document, WorldError> {
    let automatic: Vec<(&str, Option<Value>)> = AUTOMATIC
        .iter()
        .skip(1)
        .map(|key| (*key, object.shift_remove(*key)))
        .collect();
    // The world may set what only the server sets later.
    let fields: Vec<Field> = resource
        .fields
        .iter()
        .map(|field| Field {
            read_only: false,
            ..*field
        })
        .collect();
    let checks = Checks {
        fields: &fields,
        mode: Mode::Create,
        unknown: Unknown::Refuse,
        neighbours: named,
    };
    let checked = checks.check(normalise::document(object));
    if let Some((path, problem)) = checked.issues.to_details().iter().next() {
        let problem = problem.as_str().unwrap_or_default();
        return Err(WorldError::at(format!("{place}.{path}"), problem));
    }
    with_automatic(checked.document, automatic, place)
}

/// `_created` is asked for; `_updated` is the same unless given, and the etag follows from the document.
fn with_automatic(
    fields: Document,
    automatic: Vec<(&str, Option<Value>)>,
    place: &str,
) -> Result<Document, WorldError> {
    let given = |key: &str| {
        let value = automatic
            .iter()
            .find(|(name, _)| *name == key)?
            .1
            .as_ref()?;
        Some(value.as_str().unwrap_or_default())
    };
    let date = |key: &str| -> Result<Option<DateTime>, WorldError> {
        let fault = "must be a date such as Tue, 11 Nov 2025 12:22:34 GMT";
        let parsed = |text| {
            dates::parse(text).ok_or_else(|| WorldError::at(format!("{place}.{key}"), fault))
        };
        given(key).map(parsed).transpose()
    };
    let created = date("_created")?
        .ok_or_else(|| WorldError::at(format!("{place}._created"), "is missing"))?;
    let updated = date("_updated")?.unwrap_or(created);
    let mut document = Document::new();
    if let Ok(id) = fields.get_object_id("_id") {
        document.insert("_id", id);
    }
    document.extend(fields.into_iter().filter(|(key, _)| key != "_id"));
    document.insert("_updated", updated);
    document.insert("_created", created);
    let etag = given("_etag").map_or_else(|| etag::replaced(&document), str::to_owned);
    document.insert("_etag", etag);
    Ok(document)
}
