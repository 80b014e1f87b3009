//! A mock on a thread of its own, callers by role, and their answers. Expects nothing of either API but what its
//! OpenAPI document says.

mod in_force;

use std::sync::Arc;

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{HOST, HeaderMap, HeaderName, HeaderValue};
use hyper_util::rt::TokioIo;
use mock_server::{Answers, Clock, MockServer, Options, catalogue};
use serde_json::Value;
use tokio::net::TcpStream;

use self::in_force::{forget, starts};

/// The account of `amili-api-user`, and one that its caller has nothing to do with.
pub(crate) const ACCOUNT: &str = "6662fb1df4d1eaf404cb08de";
pub(crate) const OTHER_ACCOUNT: &str = "6662fb1df4d1eaf404cb0900";
/// The instant of the guide's first answer.
pub(crate) const GUIDE_TIME: &str = "2025-11-11T12:22:34Z";

/// A running mock. Its clones are the same mock, which stops with the last of them.
#[derive(Clone)]
pub(crate) struct Mock {
    server: Arc<MockServer>,
}

impl Mock {
    /// With the built-in world.
    pub(crate) fn start() -> Self {
        Self::with(Options::default())
    }

    pub(crate) fn with(options: Options) -> Self {
        let answers = options.answers.clone();
        let server = MockServer::with(options).expect("a mock starts");
        let address = Caller::to(server.base_url()).address;
        forget(&address);
        starts(address, answers);
        Self {
            server: Arc::new(server),
        }
    }

    /// With another world, made from the built-in one.
    pub(crate) fn with_world(edit: impl FnOnce(&mut Value)) -> Self {
        Self::with(Options {
            world: Some(world(edit)),
            ..Options::default()
        })
    }

    /// With one other answer to an undocumented question.
    pub(crate) fn assuming(id: &str, answer: &str) -> Self {
        Self::with(Options {
            answers: answers(id, answer),
            ..Options::default()
        })
    }

    /// With the guide's time standing still and a known seed.
    pub(crate) fn at_guide_time() -> Self {
        Self::with(Options {
            clock: Clock::parse(GUIDE_TIME).unwrap(),
            seed: Some(7),
            ..Options::default()
        })
    }

    /// With the guide's time standing still, and what the framework does wherever it has a way of its own.
    pub(crate) fn as_the_framework() -> Self {
        Self::with(Options {
            answers: Answers::framework(&catalogue::assumptions()),
            clock: Clock::parse(GUIDE_TIME).unwrap(),
            seed: Some(7),
            ..Options::default()
        })
    }

    pub(crate) fn base_url(&self) -> &str {
        self.server.base_url()
    }

    /// A caller without any credentials.
    pub(crate) fn anybody(&self) -> Caller {
        Caller::to(self.base_url())
    }

    pub(crate) fn amili(&self, token: &str) -> Caller {
        self.anybody().with("x-api-key", token)
    }

    pub(crate) fn ams(&self, token: &str) -> Caller {
        self.anybody()
            .with("authorization", &format!("Bearer {token}"))
    }

    pub(crate) fn api_user(&self) -> Caller {
        self.amili("amili-api-user")
    }

    pub(crate) fn other_account(&self) -> Caller {
        self.amili("amili-other-account")
    }

    /// The AMS caller with every permission and no company.
    pub(crate) fn setup(&self) -> Caller {
        self.ams("ams-setup")
    }

    /// The AMS caller with the five documented permissions, in company 24.
    pub(crate) fn manager(&self) -> Caller {
        self.ams("ams-manager")
    }

    /// `GET /_mock/state` of the default space.
    pub(crate) fn state(&self) -> Value {
        self.anybody().get("/_mock/state").expect(200).json()
    }

    pub(crate) fn outbox(&self) -> Vec<Value> {
        let outbox = self.anybody().get("/_mock/outbox").expect(200).json();
        outbox["mails"].as_array().unwrap().clone()
    }
}

/// The built-in world, edited.
pub(crate) fn world(edit: impl FnOnce(&mut Value)) -> String {
    let mut world = serde_json::from_str(catalogue::DEFAULT_WORLD).unwrap();
    edit(&mut world);
    world.to_string()
}

/// The default answers but for one.
pub(crate) fn answers(id: &str, answer: &str) -> Answers {
    let mut answers = Answers::default();
    answers
        .choose(&catalogue::assumptions(), id, answer)
        .unwrap();
    answers
}

/// The elements of a list inside a JSON document.
#[track_caller]
pub(crate) fn list<'a>(value: &'a Value, pointer: &str) -> &'a [Value] {
    let found = value.pointer(pointer).and_then(Value::as_array);
    found.unwrap_or_else(|| panic!("no list at {pointer} in {value}"))
}

/// `PATH?KEY=VALUE&…`, encoded.
pub(crate) fn asking(path: &str, pairs: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs);
    format!("{path}?{}", query.finish())
}

/// Somebody who calls a mock, always with the same headers.
#[derive(Clone)]
pub(crate) struct Caller {
    /// Whether the server is no mock, so that no document speaks of its answers.
    is_foreign: bool,
    address: String,
    prefix: String,
    headers: Vec<(String, String)>,
}

impl Caller {
    /// A caller of a server that no test has called yet.
    pub(crate) fn at(base_url: &str) -> Self {
        let caller = Self::to(base_url);
        forget(&caller.address);
        caller
    }

    fn to(base_url: &str) -> Self {
        let rest = base_url.strip_prefix("http://").expect("an http address");
        let (address, prefix) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        Self {
            is_foreign: false,
            address: address.to_owned(),
            prefix: prefix.to_owned(),
            headers: Vec::new(),
        }
    }

    /// A caller of a server that is no mock.
    pub(crate) fn of_another(base_url: &str) -> Self {
        Self {
            is_foreign: true,
            ..Self::at(base_url)
        }
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same caller in a space named by path.
    pub(crate) fn in_space(self, name: &str) -> Self {
        self.below(&format!("/_spaces/{name}"))
    }

    /// The same caller below a path.
    pub(crate) fn below(mut self, path: &str) -> Self {
        self.prefix = path.to_owned();
        self
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.call("GET", path).send()
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        self.call("POST", path).json(body).send()
    }

    pub(crate) fn put(&self, path: &str, body: &Value) -> Answer {
        self.call("PUT", path).json(body).send()
    }

    pub(crate) fn call(&self, method: &str, path: &str) -> Call {
        let mut call = Call {
            is_foreign: self.is_foreign,
            address: self.address.clone(),
            method: method.to_owned(),
            target: format!("{}{path}", self.prefix),
            headers: HeaderMap::new(),
            body: Bytes::new(),
        };
        for (name, value) in &self.headers {
            call = call.header(name, value);
        }
        call
    }
}

/// One request.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    is_foreign: bool,
    address: String,
    method: String,
    target: String,
    headers: HeaderMap,
    body: Bytes,
}

impl Call {
    /// Sets a header, in place of an older one of that name. Values may hold any bytes.
    pub(crate) fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        let name: HeaderName = name.parse().unwrap();
        let value = HeaderValue::from_bytes(value.as_ref()).unwrap();
        self.headers.insert(name, value);
        self
    }

    /// Adds a header beside an older one of that name.
    pub(crate) fn also(mut self, name: &str, value: &str) -> Self {
        let name: HeaderName = name.parse().unwrap();
        self.headers.append(name, value.parse().unwrap());
        self
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    pub(crate) fn body(self, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.header("content-type", content_type).unlabelled(body)
    }

    /// A body without a content type.
    pub(crate) fn unlabelled(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Bytes::from(body.into());
        self
    }

    #[track_caller]
    pub(crate) fn send(self) -> Answer {
        let told = format!("{} {}", self.method, self.target);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let asked = self.clone();
        match runtime.block_on(self.exchange()) {
            Ok(answer) => {
                let faults = match asked.is_foreign {
                    true => Vec::new(),
                    false => asked.faults(&answer, &runtime),
                };
                assert!(faults.is_empty(), "{told}: not as documented: {faults:#?}");
                answer
            }
            Err(fault) => panic!("{told}: no answer: {fault}"),
        }
    }

    async fn exchange(self) -> Result<Answer, Box<dyn std::error::Error>> {
        let stream = TcpStream::connect(&self.address).await?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        let told = format!("{} {}", self.method, self.target);
        let mut request = hyper::Request::builder()
            .method(self.method.as_str())
            .uri(&self.target)
            .body(Full::new(self.body))?;
        *request.headers_mut() = self.headers;
        if !request.headers().contains_key(HOST) {
            request.headers_mut().insert(HOST, self.address.parse()?);
        }
        let response = sender.send_request(request).await?;
        let (parts, body) = response.into_parts();
        Ok(Answer {
            told,
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: body.collect().await?.to_bytes().to_vec(),
        })
    }
}

/// What came back.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    told: String,
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}: {}", self.told, self.text());
        self
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        match serde_json::from_slice(&self.body) {
            Ok(value) => value,
            Err(fault) => panic!("{}: {fault}: {}", self.told, self.text()),
        }
    }

    /// The text member at a place of the body.
    #[track_caller]
    pub(crate) fn text_at(&self, pointer: &str) -> String {
        let body = self.json();
        let found = body.pointer(pointer).and_then(Value::as_str);
        found
            .unwrap_or_else(|| panic!("no text at {pointer} in {body}"))
            .to_owned()
    }

    /// The `_id` of a document that has been made.
    #[track_caller]
    pub(crate) fn id(&self) -> String {
        self.text_at("/_id")
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    pub(crate) fn rule(&self) -> Option<&str> {
        self.header("x-mock-rule")
    }

    /// Every value of a repeatable header.
    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        let values = self.headers.get_all(name).into_iter();
        values.map(|value| value.to_str().unwrap()).collect()
    }
}
