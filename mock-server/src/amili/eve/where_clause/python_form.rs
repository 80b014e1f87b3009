//! The Python-like form of `where`: `name == "Acme Inc" and sender_address.city != "Lund"`. It
//! becomes a query document, as in the framework. Where the framework silently misreads a text
//! (it skips `not`, `True`, `-5` and the end of `1 < a < 2`) this refuses it.

use bson::{Bson, DateTime, Document};
use jiff::{civil, tz::TimeZone};

use super::super::hex;
use super::super::normalise;
use super::super::python::expression::{self, Expression};

/// The query document, or why the text is of another form.
pub(super) fn query(text: &str) -> Result<Document, String> {
    if text.starts_with([' ', '\t']) {
        return Err("the Python form must not begin with a blank".to_owned());
    }
    condition(&expression::parse(text)?)
}

fn condition(expression: &Expression) -> Result<Document, String> {
    match expression {
        Expression::Comparison(operands, operators) => comparison(operands, operators),
        Expression::And(operands) => joined("$and", operands),
        Expression::Or(operands) => joined("$or", operands),
        _ => Err("the Python form knows comparisons, joined by `and` and `or`".to_owned()),
    }
}

fn joined(operator: &str, operands: &[Expression]) -> Result<Document, String> {
    let operands: Result<Vec<Bson>, String> = operands
        .iter()
        .map(|operand| condition(operand).map(Bson::Document))
        .collect();
    Ok([(operator.to_owned(), Bson::Array(operands?))]
        .into_iter()
        .collect())
}

fn comparison(operands: &[Expression], operators: &[&str]) -> Result<Document, String> {
    let ([left, right], [operator]) = (operands, operators) else {
        return Err("the Python form compares two operands at a time".to_owned());
    };
    let (Expression::Name(name) | Expression::Text(name)) = left else {
        return Err("the left side of a comparison must be a field name".to_owned());
    };
    if name.is_empty() || name.starts_with('$') || name.contains('\0') {
        return Err(format!("{name:?} is no field name"));
    }
    let asked = match *operator {
        "==" => return Ok([(name.clone(), value(right)?)].into_iter().collect()),
        "!=" => "$ne",
        ">" => "$gt",
        ">=" => "$gte",
        "<" => "$lt",
        "<=" => "$lte",
        other => {
            return Err(format!(
                "the Python form does not know the operator `{other}`"
            ));
        }
    };
    let asked: Document = [(asked.to_owned(), value(right)?)].into_iter().collect();
    Ok([(name.clone(), Bson::Document(asked))]
        .into_iter()
        .collect())
}

fn value(expression: &Expression) -> Result<Bson, String> {
    match expression {
        // A bare name on the right is a text, as if in quotes.
        Expression::Text(text) | Expression::Name(text) => Ok(Bson::String(text.clone())),
        Expression::Whole(number) => Ok(normalise::integer(*number)),
        Expression::Fraction(number) => Ok(Bson::Double(*number)),
        Expression::Call(name, arguments) if name == "ObjectId" => id(arguments),
        Expression::Call(name, arguments) if name == "datetime" => date(arguments),
        Expression::Constant(word) => Err(format!(
            "the Python form does not know {word}; JSON knows true, false and null"
        )),
        _ => Err(
            "the right side of a comparison must be a text in quotes, a number from 0, \
                  ObjectId(\"...\") or datetime(2020, 1, 1)"
                .to_owned(),
        ),
    }
}

fn id(arguments: &[Expression]) -> Result<Bson, String> {
    let parsed = match arguments {
        [Expression::Text(text)] => hex::id(text),
        _ => None,
    };
    parsed
        .map(Bson::ObjectId)
        .ok_or_else(|| "ObjectId takes 24 hex digits in quotes".to_owned())
}

/// Year, month and day, and any of hour, minute, second and microsecond.
fn date(arguments: &[Expression]) -> Result<Bson, String> {
    let numbers: Option<Vec<i64>> = arguments
        .iter()
        .map(|argument| match argument {
            Expression::Whole(number) => Some(*number),
            _ => None,
        })
        .collect();
    numbers
        .and_then(|numbers| moment(&numbers))
        .map(Bson::DateTime)
        .ok_or_else(|| {
            "datetime takes the numbers of a date, such as (2020, 1, 31, 12, 0)".to_owned()
        })
}

fn moment(numbers: &[i64]) -> Option<DateTime> {
    let at = |index: usize| numbers.get(index).copied().unwrap_or(0);
    let small = |index: usize| i8::try_from(at(index)).ok();
    if !(3..=7).contains(&numbers.len()) || at(0) < 1 || !(0..1_000_000).contains(&at(6)) {
        return None;
    }
    let nanosecond = i32::try_from(at(6) * 1000).ok()?;
    let year = i16::try_from(at(0)).ok()?;
    let moment = civil::DateTime::new(
        year,
        small(1)?,
        small(2)?,
        small(3)?,
        small(4)?,
        small(5)?,
        nanosecond,
    );
    let moment = moment.ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp();
    Some(DateTime::from_millis(moment.as_millisecond()))
}
