//! An OpenAPI document as tests read it: its references followed, its schemas made to validators once.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use mock_server::{Answers, catalogue};
use serde_json::{Map, Value, json};

/// A document under some answers, with the validators made so far.
pub(super) struct Document {
    pub(super) text: Value,
    schemas: Value,
    validators: Mutex<HashMap<String, Arc<Validator>>>,
}

type Documents = Mutex<HashMap<String, Arc<OnceLock<Arc<Document>>>>>;

/// The document of an API under some answers, read once.
pub(super) fn document(name: &str, answers: &Answers) -> Arc<Document> {
    static MADE: LazyLock<Documents> = LazyLock::new(Documents::default);
    let known = catalogue::assumptions();
    let own = known.iter().filter(|assumption| assumption.api() == name);
    let own: Vec<&str> = own.map(|assumption| answers.of(assumption)).collect();
    let place = {
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(made.entry(format!("{name} {own:?}")).or_default())
    };
    // Making one takes so long that nobody who wants another should wait for it.
    let document = place.get_or_init(|| {
        let text = catalogue::openapi(name, "http://127.0.0.1", answers);
        let text = text.unwrap_or_else(|| panic!("no document is called {name}"));
        let mut schemas = text["components"]["schemas"].clone();
        close(&mut schemas);
        let validators = Mutex::default();
        Arc::new(Document {
            text,
            schemas,
            validators,
        })
    });
    Arc::clone(document)
}

/// An answer may hold nothing that its form does not name, although the document leaves room for more.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            members.values_mut().for_each(close);
            let is_schema = members.get("properties").is_some_and(Value::is_object);
            if is_schema && members.get("type").is_some_and(|kind| kind == "object") {
                members
                    .entry("additionalProperties")
                    .or_insert(Value::Bool(false));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A fault with its place; of a choice between forms those of the form that fits best.
fn nearest(fault: ValidationError<'_>) -> Vec<(String, String)> {
    let told = (fault.instance_path().to_string(), fault.to_string());
    match fault.into_parts().kind {
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            let forms = context
                .into_iter()
                .map(|faults| faults.into_iter().flat_map(nearest).collect());
            let best = forms.min_by_key(|faults: &Vec<_>| faults.len());
            best.unwrap_or_else(|| vec![told])
        }
        _ => vec![told],
    }
}

impl Document {
    fn validator(&self, place: &str, schema: &Value) -> Arc<Validator> {
        let mut made = self
            .validators
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let validator = made.entry(place.to_owned()).or_insert_with(|| {
            let mut whole = schema.clone();
            close(&mut whole);
            let mut used = Map::new();
            self.gather(schema, &mut used);
            whole["components"] = json!({ "schemas": used });
            let options = jsonschema::draft202012::options().should_validate_formats(true);
            let built = options.build(&whole);
            Arc::new(built.unwrap_or_else(|fault| panic!("{place}: {fault}")))
        });
        Arc::clone(validator)
    }

    /// What of a value is not as a schema says; the place is the schema's own, by which it is known again.
    pub(super) fn faults(&self, place: &str, schema: &Value, value: &Value) -> Vec<String> {
        let validator = self.validator(place, schema);
        let faults = validator.iter_errors(value).flat_map(nearest);
        faults
            .map(|(at, fault)| format!("{place}, {at}: {fault}"))
            .collect()
    }

    /// The named schemas that a schema refers to, wherever.
    fn gather(&self, schema: &Value, used: &mut Map<String, Value>) {
        match schema {
            Value::Object(members) => {
                let reference = members.get("$ref").and_then(Value::as_str);
                let name = reference.and_then(|place| place.rsplit('/').next());
                if let Some(name) = name.filter(|name| !used.contains_key(*name)) {
                    used.insert(name.to_owned(), self.schemas[name].clone());
                    self.gather(&self.schemas[name], used);
                }
                members.values().for_each(|inner| self.gather(inner, used));
            }
            Value::Array(items) => items.iter().for_each(|item| self.gather(item, used)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// Follows a reference.
    pub(super) fn whole<'a>(&'a self, value: &'a Value) -> &'a Value {
        let reference = value.get("$ref").and_then(Value::as_str);
        let place = reference.and_then(|reference| reference.strip_prefix('#'));
        place.map_or(value, |place| {
            self.text.pointer(place).expect("a component")
        })
    }
}
