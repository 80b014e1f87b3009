//! Whether a document meets a condition: the database's rules of matching.

use std::cmp::Ordering;

use bson::{Bson, Document};

use super::super::order;
use super::condition::{Comparison, Condition, Operator, Test};
use super::path::{self, AtArray};
use super::types;

impl Condition {
    pub(super) fn holds(&self, document: &Document) -> bool {
        match self {
            Self::All(all) => all.iter().all(|condition| condition.holds(document)),
            Self::Any(any) => any.iter().any(|condition| condition.holds(document)),
            Self::Not(condition) => !condition.holds(document),
            Self::Field(path, operators) => all_hold(operators, &|test| {
                path::any(document, &path.parts, test.at_array(), &|value| {
                    test.holds(value)
                })
            }),
        }
    }
}

fn all_hold(operators: &[Operator], holds: &dyn Fn(&Test) -> bool) -> bool {
    operators.iter().all(|operator| match operator {
        Operator::Is(test) => holds(test),
        Operator::Not(operators) => !all_hold(operators, holds),
    })
}

impl Test {
    /// Some tests are about an array, not about what it holds.
    fn at_array(&self) -> AtArray {
        match self {
            Self::Size(_) | Self::ElementObject(_) | Self::ElementValue(_) => AtArray::Stay,
            Self::Never
            | Self::Equal(_)
            | Self::Compared(..)
            | Self::In(_)
            | Self::Exists
            | Self::Type(_)
            | Self::Remainder { .. } => AtArray::Enter,
        }
    }

    fn holds(&self, value: Option<&Bson>) -> bool {
        match self {
            Self::Never => false,
            Self::Exists => value.is_some(),
            // To equality and order an absent field is null.
            Self::Equal(wanted) => order::same(value.unwrap_or(&Bson::Null), wanted),
            Self::Compared(comparison, bound) => {
                comparison.holds(value.unwrap_or(&Bson::Null), bound)
            }
            Self::In(wanted) => {
                let value = value.unwrap_or(&Bson::Null);
                wanted.iter().any(|wanted| order::same(value, wanted))
            }
            Self::Type(types) => {
                value.is_some_and(|value| types.iter().any(|test| test.holds(value)))
            }
            Self::Size(size) => elements(value).is_some_and(|items| items.len() == *size),
            Self::Remainder { divisor, remainder } => value
                .and_then(types::truncated)
                .is_some_and(|number| number.wrapping_rem(*divisor) == *remainder),
            Self::ElementObject(condition) => elements(value).is_some_and(|items| {
                items.iter().any(|item| match item {
                    Bson::Document(inner) => condition.holds(inner),
                    Bson::Array(inner) => condition.holds(&path::as_object(inner)),
                    _ => false,
                })
            }),
            Self::ElementValue(operators) => elements(value).is_some_and(|items| {
                items
                    .iter()
                    .any(|item| all_hold(operators, &|test| test.holds(Some(item))))
            }),
        }
    }
}

fn elements(value: Option<&Bson>) -> Option<&Vec<Bson>> {
    value.and_then(Bson::as_array)
}

impl Comparison {
    /// Only values of one group of types are compared.
    fn holds(self, value: &Bson, bound: &Bson) -> bool {
        if order::class(value) != order::class(bound) {
            return false;
        }
        let ordering = order::compare(value, bound);
        match self {
            Self::Greater => ordering == Ordering::Greater,
            Self::GreaterOrEqual => ordering != Ordering::Less,
            Self::Less => ordering == Ordering::Less,
            Self::LessOrEqual => ordering != Ordering::Greater,
        }
    }
}
