//! Where ids and tokens come from: everything random of a space, all of it a function of the seed.

use bson::oid::ObjectId;
use jiff::Timestamp;
use rand_core::{Rng, SeedableRng};
use rand_pcg::Pcg64;
use serde::{Deserialize, Serialize};

/// The source of one space's ids. Equal seeds give equal ids in equal order.
#[derive(Debug, Clone)]
pub(crate) struct Ids {
    process: [u8; 5],
    counter: u32,
    random: Pcg64,
    drawn: Drawn,
}

/// How much has been taken from a source: with the seed, all there is to know of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Drawn {
    /// Ids in MongoDB's form.
    object_ids: u64,
    /// Random bytes and digits.
    random: u64,
}

impl Ids {
    /// The source that a seed determines.
    pub(crate) fn from_seed(seed: u64) -> Self {
        let mut random = Pcg64::seed_from_u64(seed);
        let mut process = [0; 5];
        random.fill_bytes(&mut process);
        let counter = random.next_u32();
        Self {
            process,
            counter,
            random,
            drawn: Drawn::default(),
        }
    }

    /// The source that a seed determines, after so much has been taken from it.
    pub(crate) fn after(seed: u64, drawn: Drawn) -> Self {
        let mut ids = Self::from_seed(seed);
        // The counter wraps at 32 bits, of which an id shows 24.
        ids.counter = ids.counter.wrapping_add(drawn.object_ids as u32);
        ids.random.advance(drawn.random.into());
        ids.drawn = drawn;
        ids
    }

    /// How much has been taken from it.
    pub(crate) fn drawn(&self) -> Drawn {
        self.drawn
    }

    fn next(&mut self) -> u32 {
        self.drawn.random += 1;
        self.random.next_u32()
    }

    /// The next id in MongoDB's form: the second, five bytes of the process, a counter of three bytes.
    pub(crate) fn object_id(&mut self, now: Timestamp) -> ObjectId {
        self.drawn.object_ids += 1;
        self.counter = self.counter.wrapping_add(1);
        let second = u32::try_from(now.as_second()).unwrap_or(u32::MAX);
        let mut bytes = [0; 12];
        bytes[..4].copy_from_slice(&second.to_be_bytes());
        bytes[4..9].copy_from_slice(&self.process);
        bytes[9..].copy_from_slice(&self.counter.to_be_bytes()[1..]);
        ObjectId::from_bytes(bytes)
    }

    /// So many random bytes as lower-case hex: an etag that no document determines, a token.
    pub(crate) fn hex(&mut self, bytes: usize) -> String {
        let mut text = String::with_capacity(bytes * 2);
        for _ in 0..bytes {
            let byte = self.next() & 0xff;
            text.push_str(&format!("{byte:02x}"));
        }
        text
    }

    /// So many random decimal digits.
    pub(crate) fn digits(&mut self, count: usize) -> String {
        let digit = |_| char::from(b'0' + (self.next() % 10) as u8);
        (0..count).map(digit).collect()
    }
}

/// A seed that nobody chose.
///
/// # Errors
/// When the operating system has no randomness to give.
pub(crate) fn random_seed() -> Result<u64, getrandom::Error> {
    // Seeds travel through JSON, where many readers hold numbers as doubles: 53 bits survive them.
    Ok(getrandom::u64()? >> 11)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_can_be_taken_up_where_it_was_left() {
        let mut ids = Ids::from_seed(7);
        let draw = |ids: &mut Ids| {
            (
                ids.object_id(Timestamp::UNIX_EPOCH),
                ids.hex(5),
                ids.digits(3),
            )
        };
        draw(&mut ids);
        draw(&mut ids);
        let mut again = Ids::after(7, ids.drawn());
        assert_eq!(draw(&mut again), draw(&mut ids));
        assert_ne!(draw(&mut Ids::from_seed(7)), draw(&mut ids));
    }
}
