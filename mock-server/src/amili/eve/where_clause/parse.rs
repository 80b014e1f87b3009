//! A query document, already retyped, to a condition. It refuses what the database refuses, saying
//! where. Its depth is bounded by that of the text.

use bson::{Array, Bson, Document};

use super::super::normalise;
use super::super::query_error::QueryError;
use super::condition::{Comparison, Condition, Operator, Path, Test};
use super::operators::misplaced;
use super::types::{self, TypeTest};

type Parsed<T> = Result<T, QueryError>;

/// What a query asks of a document.
pub(super) fn condition(query: &Document) -> Parsed<Condition> {
    let members = query.iter().map(|(key, value)| match key.as_str() {
        "$and" => Ok(Condition::All(branches(key, value)?)),
        "$or" => Ok(Condition::Any(branches(key, value)?)),
        "$nor" => Ok(Condition::Not(Box::new(Condition::Any(branches(
            key, value,
        )?)))),
        operator if operator.starts_with('$') => Err(misplaced(operator, "")),
        field => Ok(Condition::Field(Path::new(field), asked(field, value)?)),
    });
    members.collect::<Parsed<Vec<_>>>().map(Condition::All)
}

fn branches(name: &str, value: &Bson) -> Parsed<Vec<Condition>> {
    let refused = |what: &str| {
        QueryError::malformed(format!(
            "where gives {name} {what}; right is a list of objects, such as \
             {{\"{name}\": [{{\"name\": \"a\"}}, {{\"name\": \"b\"}}]}}"
        ))
    };
    let items = value
        .as_array()
        .ok_or_else(|| refused("something that is no list"))?;
    if items.is_empty() {
        return Err(refused("an empty list"));
    }
    items
        .iter()
        .map(|item| {
            item.as_document()
                .ok_or_else(|| refused("a list of other things than objects"))
        })
        .map(|item| condition(item?))
        .collect()
}

/// What is asked of a field: operators, or to equal a value.
fn asked(field: &str, value: &Bson) -> Parsed<Vec<Operator>> {
    match value {
        Bson::Document(inner) if begins_with_operator(inner) => operators(field, inner),
        plain => Ok(vec![Operator::Is(Test::Equal(plain.clone()))]),
    }
}

fn begins_with_operator(inner: &Document) -> bool {
    inner.keys().next().is_some_and(|key| key.starts_with('$'))
}

fn operators(field: &str, members: &Document) -> Parsed<Vec<Operator>> {
    let mut all = Vec::new();
    for (name, value) in members {
        all.extend(operator(field, name, value)?);
    }
    Ok(all)
}

fn operator(field: &str, name: &str, value: &Bson) -> Parsed<Vec<Operator>> {
    let is = |test| vec![Operator::Is(test)];
    let not = |test| vec![Operator::Not(vec![Operator::Is(test)])];
    let compared = |comparison| is(Test::Compared(comparison, value.clone()));
    Ok(match name {
        "$eq" => is(Test::Equal(value.clone())),
        "$ne" => not(Test::Equal(value.clone())),
        "$gt" => compared(Comparison::Greater),
        "$gte" => compared(Comparison::GreaterOrEqual),
        "$lt" => compared(Comparison::Less),
        "$lte" => compared(Comparison::LessOrEqual),
        "$in" => is(Test::In(plain_list(field, name, value)?)),
        "$nin" => not(Test::In(plain_list(field, name, value)?)),
        "$exists" if is_true(value) => is(Test::Exists),
        "$exists" => not(Test::Exists),
        "$type" => is(Test::Type(type_tests(field, value)?)),
        "$all" => all_of(field, value)?,
        "$elemMatch" => is(element(field, value)?),
        "$size" => is(Test::Size(size(field, value)?)),
        "$mod" => is(remainder(field, value)?),
        "$not" => vec![Operator::Not(negated(field, value)?)],
        _ => return Err(misplaced(name, field)),
    })
}

/// Any text counts as true; null and zero do not.
fn is_true(value: &Bson) -> bool {
    match value {
        Bson::Null | Bson::Undefined | Bson::Boolean(false) => false,
        Bson::Int32(_) | Bson::Int64(_) | Bson::Double(_) => !normalise::is_false(value),
        _ => true,
    }
}

fn refused<T>(field: &str, name: &str, what: &str, right: &str) -> Parsed<T> {
    Err(QueryError::malformed(format!(
        "where gives {name} at {field:?} {what}; right is {{\"{field}\": {{\"{name}\": {right}}}}}"
    )))
}

fn list<'a>(field: &str, name: &str, value: &'a Bson) -> Parsed<&'a Array> {
    match value {
        Bson::Array(items) => Ok(items),
        _ => refused(field, name, "something that is no list", "[\"a\", \"b\"]"),
    }
}

fn plain_list(field: &str, name: &str, value: &Bson) -> Parsed<Vec<Bson>> {
    let items = list(field, name, value)?;
    if items
        .iter()
        .filter_map(Bson::as_document)
        .any(begins_with_operator)
    {
        return refused(
            field,
            name,
            "a list with an operator in it",
            "[\"a\", \"b\"]",
        );
    }
    Ok(items.clone())
}

fn type_tests(field: &str, value: &Bson) -> Parsed<Vec<TypeTest>> {
    let named = match value {
        Bson::Array(items) if !items.is_empty() => items.iter().map(TypeTest::read).collect(),
        single => TypeTest::read(single).map(|test| vec![test]),
    };
    match named {
        Some(tests) => Ok(tests),
        None => refused(field, "$type", "no type", "\"string\""),
    }
}

/// Every value of the list, each on its own; an empty list finds nothing.
fn all_of(field: &str, value: &Bson) -> Parsed<Vec<Operator>> {
    let items = list(field, "$all", value)?;
    let is_element = |item: &Bson| {
        item.as_document()
            .and_then(|inner| inner.keys().next())
            .is_some_and(|key| key == "$elemMatch")
    };
    if items.is_empty() {
        return Ok(vec![Operator::Is(Test::Never)]);
    }
    if items.first().is_some_and(is_element) {
        let elements = items.iter().map(|item| match item {
            Bson::Document(inner) if is_element(item) && inner.len() == 1 => {
                operators(field, inner)
            }
            _ => refused(
                field,
                "$all",
                "$elemMatch beside other values",
                "[\"a\", \"b\"]",
            ),
        });
        return elements
            .collect::<Parsed<Vec<_>>>()
            .map(|elements| elements.concat());
    }
    let values = plain_list(field, "$all", value)?;
    Ok(values
        .into_iter()
        .map(|item| Operator::Is(Test::Equal(item)))
        .collect())
}

/// The first key decides whether an element is looked at as an object or as a value.
fn element(field: &str, value: &Bson) -> Parsed<Test> {
    let Bson::Document(inner) = value else {
        return refused(
            field,
            "$elemMatch",
            "something that is no object",
            "{\"$gte\": 1}",
        );
    };
    let is_logic = inner
        .keys()
        .next()
        .is_some_and(|key| matches!(key.as_str(), "$and" | "$or" | "$nor"));
    if begins_with_operator(inner) && !is_logic {
        return operators(field, inner).map(Test::ElementValue);
    }
    condition(inner).map(|condition| Test::ElementObject(Box::new(condition)))
}

fn size(field: &str, value: &Bson) -> Parsed<usize> {
    match types::whole(value).and_then(|size| usize::try_from(size).ok()) {
        Some(size) => Ok(size),
        None => refused(
            field,
            "$size",
            "something other than a whole number from 0",
            "2",
        ),
    }
}

fn remainder(field: &str, value: &Bson) -> Parsed<Test> {
    let numbers = value
        .as_array()
        .map(|items| items.iter().map(types::truncated).collect());
    let numbers: Option<Vec<i64>> = numbers.flatten();
    match numbers.as_deref() {
        Some(&[divisor, remainder]) if divisor != 0 => Ok(Test::Remainder { divisor, remainder }),
        _ => {
            let what = "something other than two numbers, of which the first is not zero";
            refused(field, "$mod", what, "[4, 0]")
        }
    }
}

fn negated(field: &str, value: &Bson) -> Parsed<Vec<Operator>> {
    match value {
        Bson::Document(inner) if !inner.is_empty() => operators(field, inner),
        _ => refused(
            field,
            "$not",
            "something that is no object of operators",
            "{\"$gt\": 1}",
        ),
    }
}
