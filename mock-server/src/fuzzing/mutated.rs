//! Bytes that were well formed once: seeds, changed here and there, and what takes them. It knows no target.

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestRunner;

/// What breaks readers elsewhere.
const WORDS: [&str; 58] = [
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\",
    ",",
    ":",
    "(",
    ")",
    ".",
    "$",
    "%",
    "&",
    "=",
    "?",
    "/",
    "\n",
    "\n\n",
    "\r\n",
    "\0",
    "\u{feff}",
    "å",
    "\u{1F600}",
    "\\u0000",
    "\\ud800",
    "null",
    "true",
    "-1",
    "0",
    "1e309",
    "-0.0",
    "NaN",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "18446744073709551616",
    "1e-400",
    "\"\"",
    "{}",
    "[]",
    "[[[[[[[[",
    "{\"a\":{\"a\":",
    "$and",
    "$or",
    "$not",
    "$elemMatch",
    "$regex",
    "(a*)*",
    "_id",
    "_etag",
    "a.b.c",
    "..",
    "%00",
    "%ff",
    "*",
    "9999-12-31T23:59:60Z",
    "\u{202e}",
];

#[derive(Debug, Clone)]
enum Change {
    Set(Index, u8),
    Cut(Index, Index),
    Copy(Index, Index, Index),
    Insert(Index, Vec<u8>),
    End(Index),
    Splice(Index, Index, Index, Index),
    Repeat(Index, Index, usize),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    let word = proptest::sample::select(&WORDS[..]).prop_map(|word| word.as_bytes().to_vec());
    prop_oneof![
        2 => (at(), any::<u8>()).prop_map(|(place, byte)| Change::Set(place, byte)),
        2 => (at(), at()).prop_map(|(one, other)| Change::Cut(one, other)),
        2 => (at(), at(), at()).prop_map(|(one, other, to)| Change::Copy(one, other, to)),
        4 => (at(), word).prop_map(|(place, word)| Change::Insert(place, word)),
        1 => (at(), prop::collection::vec(any::<u8>(), 0..8))
            .prop_map(|(place, bytes)| Change::Insert(place, bytes)),
        1 => at().prop_map(Change::End),
        2 => (at(), at(), at(), at()).prop_map(|(seed, one, other, to)| Change::Splice(seed, one, other, to)),
        1 => (at(), at(), 2..40_usize).prop_map(|(one, other, times)| Change::Repeat(one, other, times)),
    ]
}

/// Seeds with a few changes each.
pub(crate) fn mutated(seeds: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let changes = prop::collection::vec(change(), 0..6);
    (any::<Index>(), changes).prop_map(move |(seed, changes)| {
        let first = seed.get(&seeds).clone();
        changes
            .iter()
            .fold(first, |bytes, change| change.made(bytes, &seeds))
    })
}

/// The range between two places of something so long.
fn between(one: &Index, other: &Index, length: usize) -> std::ops::Range<usize> {
    let (one, other) = (one.index(length + 1), other.index(length + 1));
    one.min(other)..one.max(other)
}

impl Change {
    fn made(&self, mut bytes: Vec<u8>, seeds: &[Vec<u8>]) -> Vec<u8> {
        let length = bytes.len();
        let place = |index: &Index| index.index(length + 1);
        let insert = |bytes: &mut Vec<u8>, at: usize, more: Vec<u8>| {
            bytes.splice(at..at, more);
        };
        match self {
            Self::Set(index, byte) => {
                if let Some(old) = bytes.get_mut(place(index)) {
                    *old = *byte;
                }
            }
            Self::Cut(one, other) => {
                bytes.drain(between(one, other, length));
            }
            Self::Copy(one, other, to) => {
                let part = bytes[between(one, other, length)].to_vec();
                insert(&mut bytes, place(to), part);
            }
            Self::Insert(at, more) => insert(&mut bytes, place(at), more.clone()),
            Self::End(at) => bytes.truncate(place(at)),
            Self::Splice(seed, one, other, to) => {
                let seed = seed.get(seeds);
                let part = seed[between(one, other, seed.len())].to_vec();
                insert(&mut bytes, place(to), part);
            }
            Self::Repeat(one, other, times) => {
                let range = between(one, other, length);
                let range = range.start..range.end.min(range.start + 2000);
                let part = bytes[range.clone()].repeat(*times);
                insert(&mut bytes, range.start, part);
            }
        }
        bytes
    }
}

/// Runs a target on its seeds and on as many texts made of them; on as many as `PROPTEST_CASES` says, if it does.
#[track_caller]
pub(super) fn take(name: &str, seeds: Vec<Vec<u8>>, cases: u32, run: impl Fn(&[u8])) {
    seeds.iter().for_each(|seed| run(seed));
    let asked = std::env::var_os("PROPTEST_CASES").is_some();
    let mut config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    if !asked {
        config.cases = cases;
    }
    let outcome = TestRunner::new(config).run(&mutated(seeds), |bytes| {
        // For whoever looks for what takes long: nothing fails by it.
        let begin = std::time::Instant::now();
        run(&bytes);
        if asked && begin.elapsed().as_millis() > 500 {
            let text = String::from_utf8_lossy(&bytes);
            eprintln!("{name} took {:?}: {text:.300}", begin.elapsed());
        }
        Ok(())
    });
    if let Err(fault) = outcome {
        panic!("{fault}");
    }
}

/// Each target has a file for the tool, in `fuzz/fuzz_targets` of the crate in this folder.
#[track_caller]
pub(super) fn have_files(crate_folder: &str, targets: impl IntoIterator<Item = &'static str>) {
    for name in targets {
        let file = format!("{crate_folder}/fuzz/fuzz_targets/{name}.rs");
        let text = std::fs::read_to_string(&file).expect(&file);
        assert!(text.contains(&format!("\"{name}\"")), "{file}");
    }
}
