//! The database's order of values, in which every value has its place: first by type, then within
//! it. Sorting and comparing both rest on it.

use std::cmp::Ordering;

use bson::{Bson, Document};

/// The group of types a value belongs to. Values of different groups are never equal, and `$gt` and
/// its kin do not compare them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    Smallest,
    Undefined,
    Null,
    Number,
    Text,
    Object,
    Array,
    Binary,
    Id,
    Boolean,
    Date,
    Other,
    Largest,
}

/// The group of a value.
pub(super) fn class(value: &Bson) -> Class {
    match value {
        Bson::MinKey => Class::Smallest,
        Bson::Undefined => Class::Undefined,
        Bson::Null => Class::Null,
        Bson::Int32(_) | Bson::Int64(_) | Bson::Double(_) | Bson::Decimal128(_) => Class::Number,
        Bson::String(_) | Bson::Symbol(_) => Class::Text,
        Bson::Document(_) => Class::Object,
        Bson::Array(_) => Class::Array,
        Bson::Binary(_) => Class::Binary,
        Bson::ObjectId(_) => Class::Id,
        Bson::Boolean(_) => Class::Boolean,
        Bson::DateTime(_) => Class::Date,
        Bson::Timestamp(_)
        | Bson::RegularExpression(_)
        | Bson::JavaScriptCode(_)
        | Bson::JavaScriptCodeWithScope(_)
        | Bson::DbPointer(_) => Class::Other,
        Bson::MaxKey => Class::Largest,
    }
}

/// The order of two values. No document of a JSON API holds the types left equal here.
pub(crate) fn compare(left: &Bson, right: &Bson) -> Ordering {
    class(left)
        .cmp(&class(right))
        .then_with(|| match (left, right) {
            (Bson::String(left), Bson::String(right)) => left.cmp(right),
            (Bson::Document(left), Bson::Document(right)) => compare_objects(left, right),
            (Bson::Array(left), Bson::Array(right)) => {
                compare_each(left.iter(), right.iter(), compare)
            }
            (Bson::ObjectId(left), Bson::ObjectId(right)) => left.cmp(right),
            (Bson::Boolean(left), Bson::Boolean(right)) => left.cmp(right),
            (Bson::DateTime(left), Bson::DateTime(right)) => left.cmp(right),
            _ => compare_numbers(left, right),
        })
}

/// True if the values are equal: `1` and `1.0` are, objects with their keys in another order are not.
pub(crate) fn same(left: &Bson, right: &Bson) -> bool {
    compare(left, right) == Ordering::Equal
}

/// Member by member: the type of the value first, then the key, then the value.
fn compare_objects(left: &Document, right: &Document) -> Ordering {
    compare_each(
        left.iter(),
        right.iter(),
        |(left_key, left), (right_key, right)| {
            class(left)
                .cmp(&class(right))
                .then_with(|| left_key.cmp(right_key))
                .then_with(|| compare(left, right))
        },
    )
}

fn compare_each<T>(
    mut left: impl Iterator<Item = T>,
    mut right: impl Iterator<Item = T>,
    compare: impl Fn(T, T) -> Ordering,
) -> Ordering {
    loop {
        match (left.next(), right.next()) {
            (Some(left), Some(right)) => match compare(left, right) {
                Ordering::Equal => {}
                unequal => return unequal,
            },
            (Some(_), None) => return Ordering::Greater,
            (None, Some(_)) => return Ordering::Less,
            (None, None) => return Ordering::Equal,
        }
    }
}

fn compare_numbers(left: &Bson, right: &Bson) -> Ordering {
    match (whole(left), whole(right)) {
        (Some(left), Some(right)) => left.cmp(&right),
        (Some(left), None) => with_fraction(left, right),
        (None, Some(right)) => with_fraction(right, left).reverse(),
        (None, None) => match (left, right) {
            (Bson::Double(left), Bson::Double(right)) => floats(*left, *right),
            _ => Ordering::Equal,
        },
    }
}

fn whole(value: &Bson) -> Option<i64> {
    match value {
        Bson::Int32(number) => Some(i64::from(*number)),
        Bson::Int64(number) => Some(*number),
        _ => None,
    }
}

/// No number stands before the value that is none.
fn floats(left: f64, right: f64) -> Ordering {
    left.partial_cmp(&right)
        .unwrap_or_else(|| right.is_nan().cmp(&left.is_nan()))
}

/// Exact, where turning the integer into a float would round it.
fn with_fraction(left: i64, right: &Bson) -> Ordering {
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    let Bson::Double(right) = *right else {
        return Ordering::Equal;
    };
    if right.is_nan() || right < -BEYOND {
        Ordering::Greater
    } else if right >= BEYOND {
        Ordering::Less
    } else {
        left.cmp(&(right.trunc() as i64))
            .then_with(|| floats(0.0, right.fract()))
    }
}
