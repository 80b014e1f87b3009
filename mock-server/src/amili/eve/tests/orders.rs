//! The database's order of values.

use std::cmp::Ordering;

use bson::{Bson, bson};

use super::super::order;

/// Every value stands before the next.
#[track_caller]
fn check(values: &[Bson]) {
    for pair in values.windows(2) {
        assert_eq!(
            order::compare(&pair[0], &pair[1]),
            Ordering::Less,
            "{pair:?}"
        );
        assert_eq!(
            order::compare(&pair[1], &pair[0]),
            Ordering::Greater,
            "{pair:?}"
        );
    }
}

#[test]
fn objects_are_compared_member_by_member_type_before_key_before_value() {
    check(&[
        bson!({}),
        bson!({ "z": 1 }),
        bson!({ "a": "x" }),
        bson!({ "b": "a" }),
        bson!({ "b": "a", "c": 1 }),
        bson!({ "b": "b" }),
    ]);
}

#[test]
fn arrays_are_compared_element_by_element() {
    check(&[
        bson!([]),
        bson!([1]),
        bson!([1, 0]),
        bson!([2]),
        bson!(["a"]),
    ]);
}

#[test]
fn numbers_are_compared_exactly_whatever_their_type() {
    check(&[
        Bson::Double(f64::NAN),
        Bson::Double(-1e300),
        Bson::Int64(i64::MIN),
        Bson::Double(-0.5),
        Bson::Int32(0),
        Bson::Double(0.5),
        Bson::Int32(1),
        Bson::Int64(9_007_199_254_740_993),
        Bson::Double(9_007_199_254_740_994.0),
        Bson::Int64(i64::MAX),
        Bson::Double(9_223_372_036_854_775_808.0),
        Bson::Double(1e300),
    ]);
    assert!(order::same(&Bson::Int32(1), &Bson::Double(1.0)));
    assert!(order::same(&Bson::Int32(1), &Bson::Int64(1)));
}
