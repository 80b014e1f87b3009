//! JSON text, read into what documents hold without anything in between: keys in their order, of
//! repeated keys the last value at the first place.

use std::fmt;

use bson::{Bson, Document};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::normalise;

/// A value that was read.
struct Stored(Bson);

/// Reads a JSON text. Of an integer beyond 64 bits it makes a float.
pub(super) fn read(text: &str) -> serde_json::Result<Bson> {
    serde_json::from_str(text).map(|Stored(value)| value)
}

impl<'de> Deserialize<'de> for Stored {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        source.deserialize_any(Reader).map(Self)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Bson;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("any JSON value")
    }

    fn visit_unit<E>(self) -> Result<Bson, E> {
        Ok(Bson::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Bson, E> {
        Ok(Bson::Boolean(truth))
    }

    fn visit_i64<E>(self, whole: i64) -> Result<Bson, E> {
        Ok(normalise::integer(whole))
    }

    fn visit_u64<E>(self, whole: u64) -> Result<Bson, E> {
        Ok(i64::try_from(whole).map_or(Bson::Double(whole as f64), normalise::integer))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Bson, E> {
        Ok(Bson::Double(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Bson, E> {
        Ok(Bson::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Bson, E> {
        Ok(Bson::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Bson, A::Error> {
        let mut array = Vec::new();
        while let Some(Stored(item)) = items.next_element()? {
            array.push(item);
        }
        Ok(Bson::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Bson, A::Error> {
        let mut document = Document::new();
        while let Some((key, Stored(value))) = members.next_entry::<String, Stored>()? {
            document.insert(key, value);
        }
        Ok(Bson::Document(document))
    }
}
