//! The one form of date the framework reads and writes: RFC 1123 in GMT, whole seconds.
//!
//! Reading is as patient as Python's `strptime` with `%a, %d %b %Y %H:%M:%S GMT`: letters of any
//! case, one digit where two are usual, longer blanks; the weekday must be one, but not the right
//! one. Everything else (ISO 8601, `UTC`, an offset, a fraction) is no date.

use bson::DateTime;
use jiff::{Timestamp, civil, fmt::rfc2822::DateTimePrinter, fmt::strtime, tz::TimeZone};

/// Reads a date, or says that the text is none.
pub(crate) fn parse(text: &str) -> Option<DateTime> {
    if text.trim() != text {
        return None;
    }
    let parts: Vec<&str> = text.split_whitespace().collect();
    let &[weekday, day, month, year, time, zone] = parts.as_slice() else {
        return None;
    };
    let in_form = weekday.len() == 4
        && month.len() == 3
        && year.len() == 4
        && all_short_numbers(std::iter::once(day).chain(time.split(':')))
        && year.bytes().all(|byte| byte.is_ascii_digit())
        && zone.eq_ignore_ascii_case("GMT");
    in_form.then(|| read(&format!("{weekday} {day} {month} {year} {time}")))?
}

fn all_short_numbers<'a>(mut parts: impl Iterator<Item = &'a str>) -> bool {
    parts.all(|part| {
        matches!(part.len(), 1 | 2)
            && part.bytes().all(|byte| byte.is_ascii_digit())
            // A leap second is a second to some readers; Python's calendar has none.
            && !matches!(part, "60" | "61")
    })
}

fn read(text: &str) -> Option<DateTime> {
    let parts = strtime::parse("%a, %d %b %Y %H:%M:%S", text).ok()?;
    let year = parts.year().filter(|&year| year > 0)?;
    let (hour, minute, second) = (parts.hour()?, parts.minute()?, parts.second()?);
    let moment =
        civil::DateTime::new(year, parts.month()?, parts.day()?, hour, minute, second, 0).ok()?;
    let moment = moment.to_zoned(TimeZone::UTC).ok()?.timestamp();
    Some(DateTime::from_millis(moment.as_millisecond()))
}

/// Prints a date; its fraction of a second is cut off.
pub(crate) fn print(date: DateTime) -> String {
    Timestamp::from_second(date.timestamp_millis().div_euclid(1000))
        .and_then(|moment| DateTimePrinter::new().timestamp_to_rfc9110_string(&moment))
        .unwrap_or_default()
}
