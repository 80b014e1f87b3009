//! A filter's parts. They hold no behaviour; `parse` builds them, `matches` applies them.

use bson::Bson;

use super::types::TypeTest;

/// What a whole document must meet.
#[derive(Debug, Clone)]
pub(super) enum Condition {
    /// All of them; with none, everything is wanted.
    All(Vec<Condition>),
    /// At least one.
    Any(Vec<Condition>),
    Not(Box<Condition>),
    /// All these operators, at this path.
    Field(Path, Vec<Operator>),
}

/// A dotted name, also cut at its dots.
#[derive(Debug, Clone)]
pub(super) struct Path {
    pub(super) dotted: String,
    pub(super) parts: Vec<String>,
}

impl Path {
    pub(super) fn new(dotted: &str) -> Self {
        let parts = dotted.split('.').map(str::to_owned).collect();
        Self {
            dotted: dotted.to_owned(),
            parts,
        }
    }
}

/// What is asked at a path. A negation is of the whole search there: no value may meet it.
#[derive(Debug, Clone)]
pub(super) enum Operator {
    Is(Test),
    Not(Vec<Operator>),
}

/// What is asked of one value.
#[derive(Debug, Clone)]
pub(super) enum Test {
    Never,
    Equal(Bson),
    Compared(Comparison, Bson),
    In(Vec<Bson>),
    Exists,
    Type(Vec<TypeTest>),
    Size(usize),
    Remainder {
        divisor: i64,
        remainder: i64,
    },
    /// An array with an element that is an object meeting this.
    ElementObject(Box<Condition>),
    /// An array with an element meeting all of these.
    ElementValue(Vec<Operator>),
}

/// The four operators that follow the order of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}
