//! The fuzz targets: each takes any bytes and panics when the mock does with them what it never should. Built with
//! the feature `fuzzing`, for `fuzz/`, and for the tests, which run the same targets without any tool.

mod requests;
#[cfg(test)]
mod tests;

use std::cell::RefCell;

use bson::{Document, doc};
use serde_json::Value;

use crate::amili::eve::{Filter, Paging, Projection, Sort, body, text};
use crate::catalogue;
use crate::observed::Observed;
use crate::platform::assumption::Answers;
use crate::platform::faults;
use crate::platform::journal::Filter as JournalFilter;
use crate::platform::query::Query;
use crate::platform::state_file::StateFile;
use crate::platform::world::World;
use crate::server::{APIS, offered};

use self::requests::Bench;

/// A name, what is done with any bytes, and bytes to begin with.
pub struct Target {
    /// Its name, which is that of its file in `fuzz/fuzz_targets`.
    pub name: &'static str,
    /// Panics when something is wrong.
    pub run: fn(&[u8]),
    /// What it takes, well formed.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

/// Every target.
pub const TARGETS: [Target; 10] = [
    target(
        "where_clause",
        |bytes| where_clause(&text(bytes)),
        || lines(WHERE),
    ),
    target("sort", |bytes| sort(&text(bytes)), || lines(SORT)),
    target(
        "projection",
        |bytes| projection(&text(bytes)),
        || lines(PROJECTION),
    ),
    target("query", |bytes| query(&text(bytes)), || lines(QUERY)),
    target("body", read_body, requests::bodies),
    target("requests", requests, requests::seeds),
    target("world", world, || {
        vec![catalogue::DEFAULT_WORLD.as_bytes().to_vec()]
    }),
    target("state_file", state_file, state_files),
    target("faults", read_faults, || lines(FAULTS)),
    target("files", |bytes| files(&text(bytes)), recordings),
];

/// Runs the target of this name.
///
/// # Panics
/// When the target finds something, or there is none of this name.
pub fn run(name: &str, bytes: &[u8]) {
    match TARGETS.iter().find(|target| target.name == name) {
        Some(target) => (target.run)(bytes),
        None => unreachable!("no target is called {name}"),
    }
}

const fn target(name: &'static str, run: fn(&[u8]), seeds: fn() -> Vec<Vec<u8>>) -> Target {
    Target { name, run, seeds }
}

const WHERE: &[&str] = &[
    r#"{"account": "6662fb1df4d1eaf404cb08de", "type": {"$in": ["admin", "user"]}}"#,
    r#"{"$or": [{"name": {"$regex": "^A(c|b)+", "$options": "i"}}, {"n": {"$gte": 1.5, "$mod": [2, 1]}}]}"#,
    r#"{"address.lines": {"$elemMatch": {"b": {"$exists": false}}, "$size": 3}, "$nor": [{"n": {"$type": 10}}]}"#,
    r#"{"_created": {"$lt": "Tue, 11 Nov 2025 12:22:34 GMT"}, "list": {"$all": [[1]], "$not": {"$ne": null}}}"#,
    r#"name == "Acme" and (n >= 1.5 or not is_active == True)"#,
    r#"_id == ObjectId("6662fb1df4d1eaf404cb08de") and _created > datetime(2025, 11, 11, 12)"#,
];
const SORT: &[&str] = &[
    "name,-_created",
    r#"[("name", -1), ("address.city", 1)]"#,
    r#"{"name": 1}"#,
    r#"[["name", 1]]"#,
];
const PROJECTION: &[&str] = &[
    r#"{"name": 1, "address.city": 1}"#,
    r#"{"name": 0, "_id": 0}"#,
    r#"{"list": {"$slice": [1, 2]}, "address": {"$elemMatch": {"city": "Lund"}}}"#,
    r#"["name", "n"]"#,
];
const QUERY: &[&str] = &[
    "page=2&max_results=50",
    "page=-1&max_results=1e3",
    "api=amili&method=POST&path=/users/{id}/**&status=4xx&rule=amili.*&since=17&limit=5",
    "since=2025-11-11T12:22:34Z&status=422",
];
const FAULTS: &[&str] = &[
    r#"[{"match": {"api": "amili", "method": "POST", "path": "/creditors"}, "effect": "lose_answer", "times": 1}]"#,
    r#"[{"match": {"api": "ams"}, "effect": {"status": 503, "body": {"a": 1}}, "every": 3, "skip": 2}]"#,
    r#"[{"effect": {"delay_ms": 200}, "probability": 0.1}, {"preset": "amili-limits"}]"#,
    r#"[{"effect": {"rate_limit": {"requests": 100, "seconds": 60, "retry_after": 30}}}, {"effect": {"truncate": 5}}]"#,
];

fn lines(lines: &[&str]) -> Vec<Vec<u8>> {
    lines.iter().map(|line| line.as_bytes().to_vec()).collect()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn documents() -> [Document; 2] {
    let inner = doc! { "city": "Lund", "lines": ["a", 1, { "b": null }] };
    [
        doc! { "name": "Acme", "is_active": true, "address": inner.clone(), "n": 1.5, "list": [[1], []] },
        doc! { "name": 5, "address": [inner], "n": null },
    ]
}

/// Reads a `where` clause and matches documents with it.
fn where_clause(text: &str) {
    if let Ok(filter) = Filter::parse(text) {
        for document in documents() {
            filter.matches(&document);
        }
        filter.required_equalities();
    }
}

/// Reads a `sort` and compares documents by it: the order must not depend on which comes first.
fn sort(text: &str) {
    if let Ok(sort) = Sort::parse(text) {
        let [a, b] = documents();
        assert_eq!(sort.compare(&a, &b), sort.compare(&b, &a).reverse());
    }
}

/// Reads a `projection` and shows documents by it.
fn projection(text: &str) {
    if let Ok(projection) = Projection::parse(text) {
        for document in documents() {
            let _ = projection.apply(&document, &[]);
        }
    }
}

/// Reads a query as lists and the journal do.
fn query(text: &str) {
    let query = Query::parse(text);
    let _ = Paging::read(query.get("page"), query.get("max_results"), 25, 100);
    let _ = JournalFilter::read(query.pairs(), &["amili", "ams"]);
}

/// Reads a body of Amili: what is read is written alike.
fn read_body(bytes: &[u8]) {
    if let Ok(value) = body::read(bytes) {
        assert_eq!(
            body::read(text::value(&value).as_bytes()),
            Ok(value.clone())
        );
        let _ = body::posted(value);
    }
}

/// Sends requests, one after the other: none is answered 500, and none that is refused changes anything.
fn requests(bytes: &[u8]) {
    thread_local! {
        static BENCH: RefCell<Option<Bench>> = const { RefCell::new(None) };
    }
    BENCH.with_borrow_mut(|bench| {
        let bench = bench.get_or_insert_with(Bench::new);
        bench.send_all(bytes);
    });
}

/// Reads a world: what is read is a world again when it is written.
fn world(bytes: &[u8]) {
    if let Ok(world) = World::parse(bytes, APIS) {
        let mut again = serde_json::json!({ "tokens": world.grants() });
        for api in APIS {
            again[api.name()] = world.section(api.name());
        }
        if let Err(fault) = world.sibling(again.to_string().as_bytes()) {
            unreachable!("a world that was read is refused: {fault}: {again}");
        }
    }
}

/// Reads a state file and puts its spaces in place.
fn state_file(bytes: &[u8]) {
    thread_local! {
        static BENCH: RefCell<Option<Bench>> = const { RefCell::new(None) };
    }
    if let Ok(content) = StateFile::parse(bytes) {
        BENCH.with_borrow_mut(|bench| bench.get_or_insert_with(Bench::new).restore(content));
    }
}

fn state_files() -> Vec<Vec<u8>> {
    vec![Bench::new().saved_after(&requests::seeds())]
}

/// Reads a list of faults; what is read reads back.
fn read_faults(bytes: &[u8]) {
    let offered = offered();
    if let Ok(list) = faults::read(bytes, &offered) {
        let shown = serde_json::json!(list).to_string();
        let again = faults::read(shown.as_bytes(), &offered);
        assert_eq!(
            again.map(|again| serde_json::json!(again).to_string()),
            Ok(shown)
        );
    }
}

/// Reads the other files that a server is started with: a recording, and answers to open questions.
fn files(text: &str) {
    if let Ok(observed) = Observed::parse(text) {
        observed.counts();
    }
    let _ = Answers::from_toml(&catalogue::assumptions(), text);
}

fn recordings() -> Vec<Vec<u8>> {
    let recording = include_str!("../../../fixtures/recordings/ams/mock.jsonl");
    let some: Vec<&str> = recording.lines().take(12).collect();
    let answers: Vec<String> = catalogue::assumptions()
        .iter()
        .map(|open| format!("{:?} = {:?}", open.id, Answers::default().of(open)))
        .collect();
    vec![
        some.join("\n").into_bytes(),
        answers.join("\n").into_bytes(),
        Value::from(some).to_string().into_bytes(),
    ]
}
