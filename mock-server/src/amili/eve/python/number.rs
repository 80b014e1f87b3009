//! Python's `int(text)`, `float(text)` and `repr(float)`.

/// What `int(text)` makes of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Integer {
    Fits(i64),
    /// A whole number for Python, too large for the database.
    Beyond64Bit,
}

/// Reads as `int(text)`: blanks around, a sign and single underscores between digits are fine.
pub(in super::super) fn integer(text: &str) -> Option<Integer> {
    let plain = without_underscores(text.trim())?;
    let digits = plain.strip_prefix(['+', '-']).unwrap_or(&plain);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(plain.parse().map_or(Integer::Beyond64Bit, Integer::Fits))
}

/// Reads as `float(text)`, which also knows `inf` and `nan`.
pub(in super::super) fn float(text: &str) -> Option<f64> {
    without_underscores(text.trim())?.parse().ok()
}

fn without_underscores(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let is_digit = |at: Option<&u8>| at.is_some_and(u8::is_ascii_digit);
    let misplaced = bytes.iter().enumerate().any(|(at, &byte)| {
        byte == b'_' && (at == 0 || !is_digit(bytes.get(at - 1)) || !is_digit(bytes.get(at + 1)))
    });
    (!misplaced).then(|| text.replace('_', ""))
}

/// `repr(float)`: the shortest digits that read back, with a fraction or an exponent.
pub(in super::super) fn repr(number: f64) -> String {
    if number.is_nan() {
        return "nan".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "inf" } else { "-inf" }.to_owned();
    }
    let scientific = format!("{number:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    match exponent.parse::<i32>() {
        Ok(exponent) if !(-4..16).contains(&exponent) => {
            let sign = if exponent < 0 { '-' } else { '+' };
            format!("{digits}e{sign}{:02}", exponent.unsigned_abs())
        }
        _ => format!("{number:?}"),
    }
}
