//! `page` and `max_results`: almost anything is forgiven. Knows no list, only the numbers.

use super::python::number::{self, Integer};
use super::query_error::QueryError;

/// Which part of the matches an answer shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Paging {
    /// The page shown, from 1.
    pub(crate) page: u64,
    /// The most that a page holds.
    pub(crate) max_results: u64,
}

impl Paging {
    /// Reads the two parameters; `default` and `limit` bound the size of a page.
    pub(crate) fn read(
        page: Option<&str>,
        max_results: Option<&str>,
        default: u32,
        limit: u32,
    ) -> Result<Self, QueryError> {
        let max_results = size(max_results, default, limit)?;
        let page = page
            .map_or(Some(1), number_of_page)
            .filter(|&page| i64::try_from(u128::from(page - 1) * u128::from(max_results)).is_ok());
        let page = page.ok_or_else(|| {
            QueryError::malformed("page is so large that its first document has no 64-bit number")
        })?;
        Ok(Self { page, max_results })
    }

    /// True if a text asks for more on a page than the limit.
    pub(crate) fn is_beyond(max_results: Option<&str>, limit: u32) -> bool {
        max_results
            .and_then(number::float)
            .is_some_and(|asked| asked.trunc() > f64::from(limit))
    }

    /// How many matches stand before this page.
    pub(crate) fn skipped(self) -> u64 {
        (self.page - 1).saturating_mul(self.max_results)
    }
}

/// Python's `int(float(text))`; what that refuses, and what is not above zero, means the default.
fn size(text: Option<&str>, default: u32, limit: u32) -> Result<u64, QueryError> {
    let asked = text.and_then(number::float).filter(|asked| !asked.is_nan());
    if asked.is_some_and(f64::is_infinite) {
        let reason = "max_results is infinite; a number from 1 is right";
        return Err(QueryError::malformed(reason));
    }
    let whole = asked.map(f64::trunc).filter(|&whole| whole > 0.0);
    // The cast stops at the largest number, and the limit is below that.
    let size = whole.map_or(default, |whole| whole as u32);
    Ok(u64::from(size.min(limit)))
}

/// Python's `abs(int(text)) or 1`; none for a number beyond 64 bits.
fn number_of_page(text: &str) -> Option<u64> {
    match number::integer(text) {
        None => Some(1),
        Some(Integer::Fits(page)) => Some(page.unsigned_abs().max(1)),
        Some(Integer::Beyond64Bit) => None,
    }
}
