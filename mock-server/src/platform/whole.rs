//! Whole numbers, however they are written: JSON makes no difference between `60` and `60.0`.

use serde::de::{Deserialize, Deserializer, Error};
use serde_json::{Number, Value};

/// The bound beyond which a 64-bit float does not tell whole numbers apart.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Reads a whole number of seconds.
pub(crate) fn seconds<'de, T, D>(source: D) -> Result<T, D::Error>
where
    T: TryFrom<i64>,
    D: Deserializer<'de>,
{
    let number = Number::deserialize(source)?;
    let seconds = whole(&number).and_then(|whole| T::try_from(whole).ok());
    seconds.ok_or_else(|| Error::custom(format!("{number} is no number of seconds, or too many")))
}

/// Writes each whole number without a fraction.
pub(crate) fn spelled(value: &mut Value) {
    match value {
        Value::Number(number) if !number.is_i64() && !number.is_u64() => {
            if let Some(whole) = whole(number) {
                *value = whole.into();
            }
        }
        Value::Array(list) => list.iter_mut().for_each(spelled),
        Value::Object(members) => members.values_mut().for_each(spelled),
        _ => {}
    }
}

fn whole(number: &Number) -> Option<i64> {
    let float = || {
        let float = number.as_f64()?;
        (float.fract() == 0.0 && float.abs() < EXACT).then_some(float as i64)
    };
    number.as_i64().or_else(float)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn whole_numbers_lose_their_fraction_and_others_stay() {
        let mut value = json!({ "a": [60.0, -0.0, 1.5, 1e300], "b": { "c": 9_007_199_254_740_992.0 }, "d": u64::MAX });
        spelled(&mut value);
        let expected = json!({ "a": [60, 0, 1.5, 1e300], "b": { "c": 9_007_199_254_740_992.0 }, "d": u64::MAX });
        assert_eq!(value, expected);
    }
}
