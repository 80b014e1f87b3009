//! Postal addresses: the same four fields wherever one stands.

use super::eve::schema::Field;

/// The fields of an address.
pub(super) const ADDRESS: &[Field] = &[
    Field::text("address_line_1"),
    Field::text("zip_code"),
    Field::text("city"),
    Field::text("country"),
];
