//! The JSON text of answers, and dates.

use bson::oid::ObjectId;
use bson::{Bson, DateTime, doc};

use super::super::{dates, text};
use super::document;

#[track_caller]
fn check(value: impl Into<Bson>, expected: &str) {
    assert_eq!(text::value(&value.into()), expected);
}

#[test]
fn everything_outside_ascii_is_escaped_in_lower_case() {
    check("på Konto", r#""p\u00e5 Konto""#);
    check("😀", r#""\ud83d\ude00""#);
    check(
        "\u{7f}\0\u{2028}/<\"\\\u{8}\u{c}\n\r\t",
        r#""\u007f\u0000\u2028/<\"\\\b\f\n\r\t""#,
    );
}

#[test]
fn floats_keep_a_fraction_and_integers_have_none() {
    check(1.0, "1.0");
    check(2_000_037, "2000037");
    check(1_i64 << 40, "1099511627776");
    check(1e16, "1e+16");
    check(1e-5, "1e-05");
    check(0.0001, "0.0001");
    check(123_456_789.123, "123456789.123");
}

#[test]
fn ids_are_hex_and_dates_are_rfc_1123() {
    check(
        ObjectId::from_bytes([0xab; 12]),
        "\"abababababababababababab\"",
    );
    check(
        DateTime::from_millis(1_762_863_754_999),
        "\"Tue, 11 Nov 2025 12:22:34 GMT\"",
    );
}

#[test]
fn members_keep_their_order_and_stand_apart() {
    let value = doc! { "b": [1, { "x": "y" }, true], "a": {}, "c": [] };
    check(value, r#"{"b": [1, {"x": "y"}, true], "a": {}, "c": []}"#);
}

#[test]
fn pretty_text_indents_by_four_blanks() {
    let value = document(r#"{"a":[],"b":{},"c":[1,{"x":2}]}"#);
    let expected = "{\n    \"a\": [],\n    \"b\": {},\n    \"c\": [\n        1,\n        {\n            \"x\": 2\n        }\n    ]\n}";
    assert_eq!(text::pretty(&value), expected);
}

/// What `strptime` of Python 3.11 made of each text.
#[test]
fn a_date_is_read_as_patiently_as_python_reads_it() {
    for text in [
        "Tue, 11 Nov 2025 12:22:34 GMT",
        "Mon, 11 Nov 2025 12:22:34 GMT",
        "tue, 11 nov 2025 12:22:34 gmt",
        "Tue, 11 Nov 2025  12:22:34 GMT",
    ] {
        let printed = dates::parse(text).map(dates::print);
        assert_eq!(
            printed.as_deref(),
            Some("Tue, 11 Nov 2025 12:22:34 GMT"),
            "{text}"
        );
    }
    let short = dates::parse("Sat, 1 Nov 2025 1:2:3 GMT").map(dates::print);
    assert_eq!(short.as_deref(), Some("Sat, 01 Nov 2025 01:02:03 GMT"));
}

#[test]
fn other_forms_are_no_dates() {
    for text in [
        "",
        "Tue,11 Nov 2025 12:22:34 GMT",
        " Tue, 11 Nov 2025 12:22:34 GMT",
        "Tue, 11 Nov 2025 12:22:34 GMT ",
        "Tue, 11 Nov 2025 12:22:60 GMT",
        "Tue, 11 Nov 2025 12:22:34GMT",
        "Tue, 31 Feb 2025 12:22:34 GMT",
        "Tue, 11 Nov 0000 12:22:34 GMT",
        "Tue, 11 Nov 25 12:22:34 GMT",
        "Tue, 11 November 2025 12:22:34 GMT",
        "Tuesday, 11 Nov 2025 12:22:34 GMT",
        "Tue, 11 Nov 2025 24:00:00 GMT",
        "Tue, +1 Nov 2025 12:22:34 GMT",
        "Tue, 11 Nov 2025 12:22:34 UTC",
        "2025-11-11T12:22:34Z",
        "2025-11-11",
    ] {
        assert_eq!(dates::parse(text), None, "{text}");
    }
}
