//! Which operators may stand in a query at all. The framework looks at every key of every object,
//! values included, before the database sees any.

use bson::{Bson, Document};

use super::super::query_error::QueryError;

const BANNED: [&str; 2] = ["$where", "$regex"];

/// The operators this fake applies.
const APPLIED: [&str; 18] = [
    "$eq",
    "$ne",
    "$gt",
    "$gte",
    "$lt",
    "$lte",
    "$in",
    "$nin",
    "$and",
    "$or",
    "$nor",
    "$not",
    "$exists",
    "$type",
    "$all",
    "$elemMatch",
    "$size",
    "$mod",
];

/// Operators the framework lets through and this fake does not apply.
const UNMODELLED: [&str; 16] = [
    "$expr",
    "$text",
    "$geoWithin",
    "$geoIntersects",
    "$near",
    "$nearSphere",
    "$centerSphere",
    "$geometry",
    "$box",
    "$center",
    "$maxDistance",
    "$minDistance",
    "$bitsAllClear",
    "$bitsAllSet",
    "$bitsAnyClear",
    "$bitsAnySet",
];

/// Parts of other operators: alone the database knows none of them.
const PARTS: [&str; 5] = [
    "$options",
    "$search",
    "$language",
    "$caseSensitive",
    "$diacriticSensitive",
];

/// Refuses a query that names an operator the framework bans or does not know.
pub(super) fn check_names(query: &Document, place: &str) -> Result<(), QueryError> {
    for (key, value) in query {
        check_name(key, place)?;
        let inner = if place.is_empty() {
            key.clone()
        } else {
            format!("{place}.{key}")
        };
        check_value(value, &inner)?;
    }
    Ok(())
}

fn check_value(value: &Bson, place: &str) -> Result<(), QueryError> {
    match value {
        Bson::Document(inner) => check_names(inner, place),
        Bson::Array(items) => items.iter().try_for_each(|item| check_value(item, place)),
        _ => Ok(()),
    }
}

fn check_name(key: &str, place: &str) -> Result<(), QueryError> {
    let at = if place.is_empty() {
        String::new()
    } else {
        format!(" at {place:?}")
    };
    if key.is_empty() {
        return Err(QueryError::malformed(format!(
            "where holds an empty key{at}; a field name is right"
        )));
    }
    if BANNED.contains(&key) {
        return Err(QueryError::malformed(format!(
            "where uses {key}{at}, which the framework bans; $eq, $in or $gte and $lt are right"
        )));
    }
    let is_known = [&APPLIED[..], &UNMODELLED, &PARTS]
        .iter()
        .any(|names| names.contains(&key));
    if key.starts_with('$') && !is_known {
        return Err(QueryError::malformed(format!(
            "where uses the unknown operator {key}{at}; known are {}",
            APPLIED.join(" ")
        )));
    }
    Ok(())
}

/// The refusal of an operator that is known, where it cannot stand or is not applied.
pub(super) fn misplaced(name: &str, place: &str) -> QueryError {
    if UNMODELLED.contains(&name) {
        return QueryError::unmodelled(name);
    }
    let reason = match (place, name.starts_with('$')) {
        ("", _) => format!(
            "where has the operator {name} in place of a field name; \
             right are a field name, $and, $or or $nor"
        ),
        (_, true) => format!("where uses {name} at {place:?}, where it cannot stand"),
        (_, false) => format!(
            "where mixes the plain key {name:?} with operators at {place:?}; \
             right is an object of operators only, or of plain keys only"
        ),
    };
    QueryError::malformed(reason)
}
