//! OCR numbers, by which a payment is told apart. No page shows a document of one: only ids and digits.

use bson::oid::ObjectId;
use jiff::tz::TimeZone;

use crate::platform::moment::Moment;

/// Digits in all, as in the documented example.
const LENGTH: usize = 20;

/// An OCR number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    /// Its id.
    pub(super) id: ObjectId,
    /// Its digits.
    pub(super) digits: String,
}

impl Number {
    /// A number that none has yet.
    ///
    /// Its form is read off the one example, 20251852687013699044 of 4 July 2025: the year, the day of the
    /// year, digits, and a check digit by Luhn's rule, which that number meets. No page says so.
    pub(super) fn fresh(moment: &mut Moment) -> Self {
        let id = moment.object_id();
        let today = moment.instant().to_zoned(TimeZone::UTC);
        let date = format!("{:04}{:03}", today.year(), today.day_of_year());
        let rest = LENGTH.saturating_sub(date.len() + 1);
        let body = date + &moment.digits(rest);
        let digits = format!("{body}{}", check_digit(&body));
        Self { id, digits }
    }
}

/// The digit that makes the sum of Luhn's rule a multiple of ten.
fn check_digit(body: &str) -> u32 {
    let digits = body.chars().rev().filter_map(|letter| letter.to_digit(10));
    let weighed = digits.enumerate().map(|(place, digit)| match place % 2 {
        0 if digit > 4 => digit * 2 - 9,
        0 => digit * 2,
        _ => digit,
    });
    (10 - weighed.sum::<u32>() % 10) % 10
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::platform::ids::Ids;
    use crate::platform::moment::Trace;

    #[track_caller]
    fn check(body: &str, digit: u32) {
        assert_eq!(check_digit(body), digit, "{body}");
    }

    #[test]
    fn the_documented_number_meets_the_check() {
        check("2025185268701369904", 4);
        // The usual example of Luhn's rule.
        check("7992739871", 3);
    }

    #[test]
    fn a_fresh_number_begins_with_the_day_and_has_twenty_digits() {
        let now = "2025-07-04T13:43:19Z".parse().unwrap();
        let number = |seed| {
            let mut moment = Moment::new(now, Ids::from_seed(seed), Trace::new(Arc::default()));
            Number::fresh(&mut moment)
        };
        let digits = number(1).digits;
        assert!(digits.starts_with("2025185"), "{digits}");
        assert_eq!(digits.len(), 20);
        assert!(digits.bytes().all(|byte| byte.is_ascii_digit()), "{digits}");
        assert_eq!(number(1), number(1));
        assert_ne!(number(1).digits, number(2).digits);
    }
}
