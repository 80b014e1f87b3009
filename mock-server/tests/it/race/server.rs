//! A mock that works on several requests at a time, and clients that keep their connections.

use std::net::SocketAddr;
use std::sync::mpsc;
use std::thread::{self, JoinHandle};

use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::body::Bytes;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use mock_server::{Bound, Options};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

/// Stops when dropped.
pub(super) struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    pub(super) fn start() -> Self {
        Self::with(Options::default())
    }

    pub(super) fn with(options: Options) -> Self {
        let (stop, stopped) = oneshot::channel();
        let (report, started) = mpsc::channel();
        let thread = thread::spawn(move || {
            let runtime = Builder::new_multi_thread()
                .worker_threads(4)
                .enable_all()
                .build();
            runtime.unwrap().block_on(async {
                let bound = Bound::new(options).await.unwrap();
                report.send(bound.address()).unwrap();
                // Told or gone: both mean that the test is over.
                let stop = async { stopped.await.unwrap_or_default() };
                bound.serve(stop).await.unwrap();
            });
        });
        Self {
            address: started.recv().unwrap(),
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    /// Somebody who calls it with these headers.
    pub(super) fn client(&self, headers: &[(&'static str, &str)]) -> Client {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let sender = runtime.block_on(async {
            let stream = TcpStream::connect(self.address).await.unwrap();
            stream.set_nodelay(true).unwrap();
            let (sender, connection) = http1::handshake(TokioIo::new(stream)).await.unwrap();
            tokio::spawn(connection);
            sender
        });
        let headers = headers.iter();
        Client {
            runtime,
            sender,
            prefix: String::new(),
            headers: headers
                .map(|(name, value)| (*name, (*value).to_owned()))
                .collect(),
        }
    }

    /// The user of the built-in world who may do all that Amili offers in its account.
    pub(super) fn amili(&self) -> Client {
        self.client(&[("x-api-key", "amili-api-user")])
    }

    /// The caller of AMS with every permission.
    pub(super) fn ams(&self) -> Client {
        self.client(&[("authorization", "Bearer ams-setup")])
    }

    /// Somebody without a token, for the control API.
    pub(super) fn control(&self) -> Client {
        self.client(&[])
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // Gone only when the server has ended already.
            stop.send(()).unwrap_or_default();
        }
        let ended = self.thread.take().map(JoinHandle::join);
        if !thread::panicking() {
            ended.unwrap().unwrap();
        }
    }
}

/// One connection.
pub(super) struct Client {
    runtime: Runtime,
    sender: SendRequest<Full<Bytes>>,
    prefix: String,
    headers: Vec<(&'static str, String)>,
}

/// What came back. No request whatever may be answered with a 5xx.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub(super) status: u16,
    pub(super) body: Value,
}

impl Seen {
    #[track_caller]
    pub(super) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.body);
        self
    }

    #[track_caller]
    pub(super) fn text(&self, name: &str) -> String {
        let text = self.body[name].as_str();
        text.unwrap_or_else(|| panic!("no {name} in {}", self.body))
            .to_owned()
    }

    #[track_caller]
    pub(super) fn id(&self) -> String {
        self.text("_id")
    }

    #[track_caller]
    pub(super) fn etag(&self) -> String {
        self.text("_etag")
    }
}

impl Client {
    /// The same in a space named by path.
    pub(super) fn in_space(mut self, name: &str) -> Self {
        self.prefix = format!("/_spaces/{name}");
        self
    }

    #[track_caller]
    pub(super) fn get(&mut self, path: &str) -> Seen {
        self.send("GET", path, None, None)
    }

    #[track_caller]
    pub(super) fn post(&mut self, path: &str, body: &Value) -> Seen {
        self.send("POST", path, None, Some(body))
    }

    #[track_caller]
    pub(super) fn put(&mut self, path: &str, body: &Value) -> Seen {
        self.send("PUT", path, None, Some(body))
    }

    #[track_caller]
    pub(super) fn delete(&mut self, path: &str) -> Seen {
        self.send("DELETE", path, None, None)
    }

    /// A change or deletion of what has this etag.
    #[track_caller]
    pub(super) fn if_match(
        &mut self,
        method: &str,
        path: &str,
        etag: &str,
        body: Option<&Value>,
    ) -> Seen {
        self.send(method, path, Some(etag), body)
    }

    #[track_caller]
    fn send(&mut self, method: &str, path: &str, etag: Option<&str>, body: Option<&Value>) -> Seen {
        let path = format!("{}{path}", self.prefix);
        let told = format!("{method} {path}");
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "localhost");
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if let Some(etag) = etag {
            request = request.header("if-match", etag);
        }
        if body.is_some() {
            request = request.header("content-type", "application/json");
        }
        let body = body.map(Value::to_string).unwrap_or_default();
        let request = request.body(Full::from(body)).unwrap();
        let sender = &mut self.sender;
        let (status, body) = self.runtime.block_on(async {
            sender.ready().await.unwrap();
            let answer = sender.send_request(request).await.unwrap();
            let status = answer.status().as_u16();
            (
                status,
                answer.into_body().collect().await.unwrap().to_bytes(),
            )
        });
        let seen = Seen {
            status,
            body: match body.is_empty() {
                true => Value::Null,
                false => serde_json::from_slice(&body).unwrap(),
            },
        };
        assert!(status < 500, "{told}: {status} {}", seen.body);
        seen
    }
}
