//! Where ids and tokens come from: everything random of a space, all of it a function of the seed.

use bson::oid::ObjectId;
use jiff::Timestamp;
use rand_core::{Rng, SeedableRng};
use rand_pcg::Pcg64;

/// The source of one space's ids. Equal seeds give equal ids in equal order.
#[derive(Debug, Clone)]
pub(crate) struct Ids {
    process: [u8; 5],
    counter: u32,
    random: Pcg64,
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
        }
    }

    /// The next id in MongoDB's form: the second, five bytes of the process, a counter of three bytes.
    pub(crate) fn object_id(&mut self, now: Timestamp) -> ObjectId {
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
            let byte = self.random.next_u32() & 0xff;
            text.push_str(&format!("{byte:02x}"));
        }
        text
    }

    /// So many random decimal digits.
    pub(crate) fn digits(&mut self, count: usize) -> String {
        let digit = |_| char::from(b'0' + (self.random.next_u32() % 10) as u8);
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
