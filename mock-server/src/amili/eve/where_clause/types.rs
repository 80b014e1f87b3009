//! The names and numbers of `$type`. It knows every type of the database, also those that no JSON
//! document can hold.

use bson::Bson;
use bson::spec::ElementType;

/// One type, or all numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TypeTest {
    Number,
    Element(ElementType),
}

const NAMES: [(&str, i64, ElementType); 21] = [
    ("double", 1, ElementType::Double),
    ("string", 2, ElementType::String),
    ("object", 3, ElementType::EmbeddedDocument),
    ("array", 4, ElementType::Array),
    ("binData", 5, ElementType::Binary),
    ("undefined", 6, ElementType::Undefined),
    ("objectId", 7, ElementType::ObjectId),
    ("bool", 8, ElementType::Boolean),
    ("date", 9, ElementType::DateTime),
    ("null", 10, ElementType::Null),
    ("regex", 11, ElementType::RegularExpression),
    ("dbPointer", 12, ElementType::DbPointer),
    ("javascript", 13, ElementType::JavaScriptCode),
    ("symbol", 14, ElementType::Symbol),
    (
        "javascriptWithScope",
        15,
        ElementType::JavaScriptCodeWithScope,
    ),
    ("int", 16, ElementType::Int32),
    ("timestamp", 17, ElementType::Timestamp),
    ("long", 18, ElementType::Int64),
    ("decimal", 19, ElementType::Decimal128),
    ("minKey", -1, ElementType::MinKey),
    ("maxKey", 127, ElementType::MaxKey),
];

impl TypeTest {
    /// Reads a name or a number.
    pub(super) fn read(value: &Bson) -> Option<Self> {
        if value.as_str() == Some("number") {
            return Some(Self::Number);
        }
        let number = whole(value);
        NAMES
            .iter()
            .find(|(name, code, _)| value.as_str() == Some(name) || number == Some(*code))
            .map(|(_, _, element)| Self::Element(*element))
    }

    pub(super) fn holds(self, value: &Bson) -> bool {
        match self {
            Self::Number => {
                matches!(
                    value,
                    Bson::Int32(_) | Bson::Int64(_) | Bson::Double(_) | Bson::Decimal128(_)
                )
            }
            Self::Element(element) => value.element_type() == element,
        }
    }
}

/// The whole number a value is, `2.0` included.
pub(super) fn whole(value: &Bson) -> Option<i64> {
    match value {
        Bson::Double(number) if number.fract() == 0.0 => truncated(value),
        Bson::Double(_) => None,
        _ => truncated(value),
    }
}

/// The whole number left when a number's fraction is cut off.
pub(super) fn truncated(value: &Bson) -> Option<i64> {
    match value {
        Bson::Int32(number) => Some(i64::from(*number)),
        Bson::Int64(number) => Some(*number),
        // Beyond these bounds the cast would stop at the largest number.
        Bson::Double(number) if number.abs() < 9.2e18 => Some(*number as i64),
        _ => None,
    }
}
