//! `page` and `max_results`, line by line as the framework was seen to use them.

use super::super::paging::Paging;

#[track_caller]
fn check(page: Option<&str>, max_results: Option<&str>, expected: Option<(u64, u64)>) {
    let read = Paging::read(page, max_results, 25, 100).ok();
    let shown = read.map(|paging| (paging.page, paging.max_results));
    assert_eq!(
        shown, expected,
        "page {page:?}, max_results {max_results:?}"
    );
}

#[test]
fn a_size_that_means_nothing_is_the_default() {
    check(None, None, Some((1, 25)));
    for text in ["", "x", "nan", "0", "-1", "0.5"] {
        check(None, Some(text), Some((1, 25)));
    }
}

#[test]
fn a_size_is_cut_to_a_whole_number_below_the_limit() {
    for (text, used) in [
        ("2.9", 2),
        ("1e0", 1),
        (" 2 ", 2),
        ("101", 100),
        ("1e300", 100),
    ] {
        check(None, Some(text), Some((1, used)));
    }
    check(None, Some("inf"), None);
}

#[test]
fn a_page_is_the_absolute_value_of_an_integer() {
    for (text, used) in [
        ("", 1),
        ("x", 1),
        ("2.5", 1),
        ("0", 1),
        ("-2", 2),
        ("+2", 2),
        (" 2 ", 2),
        ("0_2", 2),
        ("99", 99),
    ] {
        check(Some(text), None, Some((used, 25)));
    }
}

#[test]
fn an_offset_beyond_64_bits_is_refused() {
    check(Some("9223372036854775807"), None, None);
    check(Some("99999999999999999999"), None, None);
}

#[test]
fn the_pages_before_are_skipped() {
    let paging = Paging::read(Some("3"), Some("10"), 25, 100);
    assert_eq!(paging.map(Paging::skipped), Ok(20));
}
