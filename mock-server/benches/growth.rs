//! What a call costs as the records grow: each line twice, with 1,000 and with 100,000 creditors in the space.
//! Lists by `where`, with an index and by a scan; pages and their order; commits; checkpoints and resets.
//!
//! `cargo bench -p mock-server`. Over HTTP on loopback, one connection, as a client meets it.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark may stop at the first surprise"
)]

use criterion::{Criterion, criterion_group, criterion_main};
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::body::Bytes;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use mock_server::{MockServer, Options, catalogue};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::runtime::Runtime;

const SIZES: [usize; 2] = [1_000, 100_000];
const ACCOUNT: &str = "6662fb1df4d1eaf404cb08de";

/// A mock that holds so many creditors, each with its two groups, and one connection to it.
struct Bench {
    runtime: Runtime,
    connection: SendRequest<Full<Bytes>>,
    _mock: MockServer,
}

fn id(kind: u8, number: usize) -> String {
    format!("{kind:02x}{number:022x}")
}

fn world(creditors: usize) -> String {
    let date = "Tue, 11 Nov 2025 12:22:34 GMT";
    let mut world: Value = serde_json::from_str(catalogue::DEFAULT_WORLD).unwrap();
    let amili = &mut world["amili"];
    for number in 0..creditors {
        let creditor = id(1, number);
        amili["creditors"].as_array_mut().unwrap().push(json!({
            "_id": creditor, "account": ACCOUNT, "name": format!("Creditor {number}"),
            "is_active": false, "_created": date,
        }));
        for (kind, name) in [(2, "admin"), (3, "user")] {
            amili["access--groups"].as_array_mut().unwrap().push(json!({
                "_id": id(kind, number), "account": ACCOUNT, "creditor": creditor,
                "name": name, "type": name, "_created": date,
            }));
        }
    }
    world.to_string()
}

impl Bench {
    fn with(creditors: usize) -> Self {
        let mock = MockServer::with(Options {
            world: Some(world(creditors)),
            ..Options::default()
        })
        .unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let address = mock.base_url().trim_start_matches("http://").to_owned();
        let connection = runtime.block_on(async {
            let stream = TcpStream::connect(address).await.unwrap();
            stream.set_nodelay(true).unwrap();
            let (sender, connection) = http1::handshake(TokioIo::new(stream)).await.unwrap();
            tokio::spawn(connection);
            sender
        });
        Self {
            runtime,
            connection,
            _mock: mock,
        }
    }

    fn call(&mut self, method: &str, path: &str, body: String) -> u16 {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "localhost")
            .header("x-api-key", "amili-api-user")
            .header("content-type", "application/json")
            .body(Full::new(Bytes::from(body)))
            .unwrap();
        self.runtime.block_on(async {
            let answer = self.connection.send_request(request).await.unwrap();
            let status = answer.status().as_u16();
            answer.into_body().collect().await.unwrap();
            status
        })
    }
}

fn encoded(filter: &Value) -> String {
    let pairs = [("where", filter.to_string())];
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

/// The lists: what people call each, its path and its `where`.
fn filtered(size: usize) -> [(&'static str, &'static str, Value); 8] {
    let middle = size / 2;
    [
        (
            "list by account",
            "/creditors",
            json!({ "account": ACCOUNT }),
        ),
        ("list by id", "/creditors", json!({ "_id": id(1, middle) })),
        (
            "groups by creditor",
            "/access--groups",
            json!({ "creditor": id(1, middle) }),
        ),
        (
            "users by group",
            "/users",
            json!({ "data_access.access_group": id(2, middle) }),
        ),
        (
            "where with $in",
            "/creditors",
            json!({ "_id": { "$in": [id(1, 1), id(1, middle)] } }),
        ),
        (
            "where with $or, a scan",
            "/creditors",
            json!({ "$or": [{ "name": format!("Creditor {middle}") }, { "is_active": true }] }),
        ),
        (
            "where of a date, a scan",
            "/creditors",
            json!({ "_updated": { "$gt": "Tue, 11 Nov 2025 12:22:34 GMT" } }),
        ),
        (
            "where of a number, a scan",
            "/creditors",
            json!({ "creditor_number": { "$gt": 1 } }),
        ),
    ]
}

fn queries(criterion: &mut Criterion, bench: &mut Bench, size: usize) {
    for (name, path, filter) in filtered(size) {
        let path = format!("{path}?{}", encoded(&filter));
        get(criterion, bench, &format!("{name}, {size}"), &path);
    }
    let last = size / 100;
    get(
        criterion,
        bench,
        &format!("first page of 100, {size}"),
        "/creditors?max_results=100",
    );
    let path = format!("/creditors?max_results=100&page={last}");
    get(
        criterion,
        bench,
        &format!("last page of 100, {size}"),
        &path,
    );
    get(
        criterion,
        bench,
        &format!("page by name, {size}"),
        "/creditors?sort=-name",
    );
    let path = format!("/creditors/{}", id(1, size / 2));
    get(criterion, bench, &format!("read by id, {size}"), &path);
}

fn get(criterion: &mut Criterion, bench: &mut Bench, name: &str, path: &str) {
    criterion.bench_function(name, |timer| {
        timer.iter(|| assert_eq!(bench.call("GET", path, String::new()), 200));
    });
}

fn commits(criterion: &mut Criterion, bench: &mut Bench, size: usize) {
    let body = json!({ "account": ACCOUNT, "name": "One more" }).to_string();
    criterion.bench_function(&format!("create a creditor, {size}"), |timer| {
        timer.iter(|| assert_eq!(bench.call("POST", "/creditors", body.clone()), 201));
    });
}

fn returns(criterion: &mut Criterion, bench: &mut Bench, size: usize) {
    let checkpoint = "/_mock/checkpoints/bench";
    let rewind = format!("{checkpoint}/rewind");
    assert_eq!(bench.call("PUT", checkpoint, String::new()), 201);
    criterion.bench_function(&format!("checkpoint, {size}"), |timer| {
        timer.iter(|| assert_eq!(bench.call("PUT", checkpoint, String::new()), 204));
    });
    criterion.bench_function(&format!("rewind, {size}"), |timer| {
        timer.iter(|| assert_eq!(bench.call("POST", &rewind, String::new()), 204));
    });
    criterion.bench_function(&format!("reset, {size}"), |timer| {
        timer.iter(|| assert_eq!(bench.call("POST", "/_mock/reset", String::new()), 204));
    });
}

fn growth(criterion: &mut Criterion) {
    for size in SIZES {
        let mut bench = Bench::with(size);
        queries(criterion, &mut bench, size);
        commits(criterion, &mut bench, size);
        returns(criterion, &mut bench, size);
    }
}

criterion_group!(benches, growth);
criterion_main!(benches);
