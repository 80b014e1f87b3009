//! Requests as text, sent to a server without a connection. Between two of them stands a line `===`; each has
//! a line of method and target, lines of headers, an empty line and a body.

use std::convert::Infallible;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, Uri};
use axum::response::Response;
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use tower::ServiceExt;
use tower::util::BoxCloneService;

use crate::catalogue;
use crate::control::AllowedHosts;
use crate::options::Options;
use crate::platform::assumption::Answers;
use crate::platform::clock::Clock;
use crate::platform::space::Known;
use crate::platform::state_file::StateFile;
use crate::server::{APIS, Bound, Running, app, offered};

const BETWEEN: &str = "\n===\n";
/// More of them find nothing that fewer do not.
const MOST: usize = 6;
/// What would wait, stream without an end, or forge answers on purpose.
const LEFT_OUT: [&str; 2] = ["/faults", "/journal/stream"];

/// A server that has an address and does not listen.
pub(super) struct Bench {
    runtime: Runtime,
    running: Running,
    app: BoxCloneService<Request, Response, Infallible>,
}

impl Bench {
    pub(super) fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        let Ok(runtime) = runtime else {
            unreachable!("a runtime without threads takes no more than memory");
        };
        let clock = Clock::parse("2025-11-11T12:22:34Z").unwrap_or_default();
        let options = Options {
            clock,
            seed: Some(7),
            ..Options::default()
        };
        let running = match runtime.block_on(Bound::new(options)) {
            Ok(bound) => bound.running(),
            Err(fault) => unreachable!("{fault}"),
        };
        let app = BoxCloneService::new(app(running.clone(), AllowedHosts::default()));
        Self {
            runtime,
            running,
            app,
        }
    }

    /// Sends each request, to fresh spaces.
    pub(super) fn send_all(&self, bytes: &[u8]) {
        self.forget();
        let text = String::from_utf8_lossy(bytes);
        for text in text.split(BETWEEN).take(MOST) {
            if let Some(request) = request(text) {
                self.send(request, text);
            }
        }
        self.check_saved();
    }

    fn forget(&self) {
        for space in self.running.spaces().all() {
            self.running.spaces().remove(&space.name);
        }
        let _ = self.running.spaces().get("default");
    }

    fn send(&self, request: Request, text: &str) {
        let before = self.saved();
        let (status, told) = self.runtime.block_on(async {
            let Ok(response) = self.app.clone().oneshot(request).await;
            let status = response.status();
            let body = to_bytes(response.into_body(), usize::MAX).await;
            (status, body.unwrap_or_default())
        });
        let told = String::from_utf8_lossy(&told);
        assert!(
            !status.is_server_error() || [501, 507].contains(&status.as_u16()),
            "{text}\n{status} {told}"
        );
        if status.is_client_error() || status.is_server_error() {
            let after = self.saved();
            for (name, space) in before["spaces"].as_object().into_iter().flatten() {
                assert_eq!(*space, after["spaces"][name], "{text}\n{status} {told}");
            }
        }
    }

    /// Everything that a state file would hold.
    fn saved(&self) -> Value {
        let mut saved = json!(self.running.spaces().saved(&catalogue::assumptions()));
        let spaces = saved["spaces"].as_object_mut().into_iter().flatten();
        for (_, space) in spaces.filter(|(_, space)| space["clock"]["runs"] == true) {
            // A clock that runs has moved on whatever happened.
            space["clock"]["now"] = json!("2025-11-11T12:22:34Z");
        }
        saved
    }

    /// What the server writes it reads.
    fn check_saved(&self) {
        let saved = self.saved();
        match StateFile::parse(saved.to_string().as_bytes()) {
            Ok(content) => {
                let names = self.running.spaces().all().len();
                assert!(self.restore(content) || names == 0, "{saved}");
                assert_eq!(self.saved(), saved);
            }
            Err(fault) => unreachable!("{fault}: {saved}"),
        }
    }

    /// Puts spaces in place; says whether they could be.
    pub(super) fn restore(&self, content: StateFile) -> bool {
        let known = Known {
            assumptions: &catalogue::assumptions(),
            calls: &offered(),
        };
        self.running.spaces().restore(content, &known).is_ok()
    }

    /// The state file after these requests.
    pub(super) fn saved_after(&self, texts: &[Vec<u8>]) -> Vec<u8> {
        for text in texts {
            let text = String::from_utf8_lossy(text);
            if let Some(request) = request(&text).filter(|_| !text.contains(BETWEEN)) {
                self.send(request, &text);
            }
        }
        self.saved().to_string().into_bytes()
    }
}

/// The request that a text stands for, if it can be written at all.
fn request(text: &str) -> Option<Request> {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let (method, target) = lines.next()?.split_once(' ')?;
    if LEFT_OUT.iter().any(|path| target.contains(path)) {
        return None;
    }
    let uri: Uri = target.parse().ok()?;
    let mut request = Request::new(Body::from(body.to_owned()));
    *request.method_mut() = Method::from_bytes(method.as_bytes()).ok()?;
    *request.uri_mut() = uri;
    let headers = request.headers_mut();
    headers.insert("host", HeaderValue::from_static("localhost"));
    for line in lines {
        let (name, value) = line.split_once(':')?;
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        headers.append(name, HeaderValue::from_str(value.trim()).ok()?);
    }
    Some(request)
}

/// Ids of the built-in world, for the parameters of paths.
const IDS: [(&str, &str); 4] = [
    ("/accounts/", "6662fb1df4d1eaf404cb08de"),
    ("/access--groups/", "6662fb1df4d1eaf404cb08e0"),
    ("/v2/", "4"),
    ("/_mock/", "default"),
];

/// Every call of the documents, with every example of a body, as somebody may send it who is allowed to.
pub(super) fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for (path, method, bodies) in calls() {
        let found = IDS.iter().find(|(prefix, _)| path.starts_with(prefix));
        let id = found.map_or("0123456789abcdef01234567", |(_, id)| id);
        let target = filled(&path, id);
        let key = match path.starts_with("/v2/") {
            true => "authorization: Bearer ams-setup",
            false => "x-api-key: amili-api-user",
        };
        for body in bodies {
            let text =
                format!("{method} {target}\n{key}\ncontent-type: application/json\n\n{body}");
            seeds.push(text.into_bytes());
        }
    }
    seeds.extend(ROWS.map(|row| row.as_bytes().to_vec()));
    seeds
}

/// Requests that only make sense one after the other, and queries.
const ROWS: [&str; 7] = [
    "POST /creditors\nx-api-key: amili-api-user\ncontent-type: application/json\n\n\
     {\"_id\": \"0123456789abcdef01234567\", \"account\": \"6662fb1df4d1eaf404cb08de\", \"name\": \"Acme\"}\n===\n\
     PATCH /creditors/0123456789abcdef01234567\nx-api-key: amili-api-user\ncontent-type: application/json\n\
     if-match: \"x\"\n\n{\"name\": \"Acme 2\", \"is_active\": true}\n===\n\
     DELETE /creditors/0123456789abcdef01234567\nx-api-key: amili-api-user\n\n",
    "PUT /_mock/assumptions\n\n{\"amili.patch.if-match\": \"optional\"}\n===\n\
     PATCH /accounts/6662fb1df4d1eaf404cb08de\nx-api-key: amili-api-user\ncontent-type: application/json\n\n\
     {\"name\": \"Acme 2\"}\n===\nGET /_mock/journal/1\n\n",
    "GET /access--groups?where={\"account\":\"6662fb1df4d1eaf404cb08de\"}&sort=-_created&projection={\"type\":1}&page=1\
     &max_results=5&pretty\nx-api-key: amili-api-user\nif-modified-since: Tue, 11 Nov 2025 12:22:34 GMT\n\n",
    "POST /creditors\nx-api-key: amili-api-user\ncontent-type: application/x-www-form-urlencoded\n\n\
     account=6662fb1df4d1eaf404cb08de&name=Acme&name=Inc&sender_address.city=Lund",
    "POST /creditors\nx-api-key: amili-api-user\ncontent-type: multipart/form-data; boundary=b\n\n\
     --b\r\ncontent-disposition: form-data; name=\"name\"\r\n\r\nAcme\r\n--b--\r\n",
    "POST /access--groups/6662fb1df4d1eaf404cb08e0\nx-api-key: amili-api-user\nx-http-method-override: PATCH\n\
     content-type: application/json\n\n{}",
    "GET /authenticates/api-code\n\
     x-api-key: eyJhbGciOiJFUzI1NiJ9.eyJhcGlfY29kZSI6ImFwaS1jb2RlLWVzMjU2IiwiZXhwIjoxNzYyODYzODAwfQ.c2VjcmV0\n\n",
];

/// The examples of bodies alone.
pub(super) fn bodies() -> Vec<Vec<u8>> {
    let all = calls().into_iter().flat_map(|(_, _, bodies)| bodies);
    let filled = all.filter(|body| !body.is_empty());
    filled.map(String::into_bytes).collect()
}

/// Path, method and bodies of every call; of one that takes none, the empty one.
fn calls() -> Vec<(String, String, Vec<String>)> {
    let names = APIS.iter().map(|api| api.name()).chain(["control"]);
    let documents = names.filter_map(|name| catalogue::openapi(name, "", &Answers::default()));
    let mut calls = Vec::new();
    for document in documents {
        for (path, item) in document["paths"].as_object().into_iter().flatten() {
            for (method, call) in item.as_object().into_iter().flatten() {
                let examples = &call["requestBody"]["content"]["application/json"]["examples"];
                let examples = examples.as_object().into_iter().flatten();
                let mut bodies: Vec<String> = examples
                    .map(|(_, example)| example["value"].to_string())
                    .collect();
                if bodies.is_empty() {
                    bodies.push(String::new());
                }
                calls.push((path.clone(), method.to_uppercase(), bodies));
            }
        }
    }
    calls
}

fn filled(path: &str, id: &str) -> String {
    let parts = path.split('/');
    let parts = parts.map(|part| if part.starts_with('{') { id } else { part });
    parts.collect::<Vec<_>>().join("/")
}
