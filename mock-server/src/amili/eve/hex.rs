//! Hex digits: those of ids and of entity tags. Every request has some of them.

use bson::oid::ObjectId;

/// How many digits an id has.
const OF_ID: usize = 24;

/// The id that a text spells, with letters of any case.
pub(crate) fn id(text: &str) -> Option<ObjectId> {
    let is_spelled = text.len() == OF_ID && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let number = is_spelled.then(|| u128::from_str_radix(text, 16).ok())??;
    let [_, _, _, _, bytes @ ..] = number.to_be_bytes();
    Some(ObjectId::from_bytes(bytes))
}

/// Bytes as digits, with small letters.
pub(super) fn digits<const N: usize>(bytes: [u8; N]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| DIGITS[usize::from(half)];
    let pairs = bytes.map(|byte| [digit(byte >> 4), digit(byte & 0xf)]);
    String::from_utf8(pairs.as_flattened().to_vec()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn ids_are_read_and_written_as_the_database_does(bytes: [u8; 12]) {
            let expected = ObjectId::from_bytes(bytes);
            prop_assert_eq!(digits(bytes), expected.to_hex());
            prop_assert_eq!(id(&expected.to_hex()), Some(expected));
            prop_assert_eq!(id(&expected.to_hex().to_uppercase()), Some(expected));
        }

        #[test]
        fn what_is_no_id_to_the_database_is_none(text in "[0-9a-fA-FgG+_ é]{22,26}") {
            prop_assert_eq!(id(&text), ObjectId::parse_str(&text).ok());
        }
    }
}
