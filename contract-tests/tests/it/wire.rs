//! HTTP as far as a server in front of the mock needs it. Knows nothing of what such a server changes.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::Value;

#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: String,
    /// With the query.
    pub(crate) path: String,
    pub(crate) headers: Vec<String>,
    pub(crate) body: Vec<u8>,
}

#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<String>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn new(method: &str, path: &str, body: Option<&Value>) -> Self {
        let json = body.map(|_| "Content-Type: application/json".to_owned());
        let host = "Host: 127.0.0.1".to_owned();
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            headers: json.into_iter().chain([host]).collect(),
            body: body.map_or_else(Vec::new, |body| body.to_string().into_bytes()),
        }
    }

    /// Names this token in the way of either API.
    pub(crate) fn authorise(&mut self, token: &str) {
        self.set_header("X-API-Key", token);
        self.set_header("Authorization", &format!("Bearer {token}"));
    }

    pub(crate) fn change(&mut self, change: impl FnOnce(&mut Value)) {
        changed(&mut self.body, change);
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }

    pub(crate) fn set_header(&mut self, name: &str, value: &str) {
        set_header(&mut self.headers, name, value);
    }
}

impl Answer {
    pub(crate) fn new(status: u16, body: &Value) -> Self {
        Self {
            status,
            headers: vec!["Content-Type: application/json".to_owned()],
            body: match body {
                Value::Null => Vec::new(),
                body => body.to_string().into_bytes(),
            },
        }
    }

    pub(crate) fn succeeded(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body; null where it is no JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    pub(crate) fn change(&mut self, change: impl FnOnce(&mut Value)) {
        changed(&mut self.body, change);
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }
}

fn changed(body: &mut Vec<u8>, change: impl FnOnce(&mut Value)) {
    let mut value = serde_json::from_slice(body).unwrap();
    change(&mut value);
    *body = value.to_string().into_bytes();
}

fn header<'h>(headers: &'h [String], name: &str) -> Option<&'h str> {
    let mut fields = headers.iter().filter_map(|line| line.split_once(':'));
    let found = fields.find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.trim())
}

fn set_header(headers: &mut Vec<String>, name: &str, value: &str) {
    headers.retain(|line| header(std::slice::from_ref(line), name).is_none());
    headers.push(format!("{name}: {value}"));
}

/// The mock, by connections that are kept.
pub(crate) struct Mock {
    address: String,
    idle: Mutex<Vec<BufReader<TcpStream>>>,
}

impl Mock {
    pub(crate) fn at(base_url: &str) -> Self {
        Self {
            address: base_url.trim_start_matches("http://").to_owned(),
            idle: Mutex::default(),
        }
    }

    pub(crate) fn ask(&self, request: &Request) -> Answer {
        let idle = self.idle.lock().unwrap().pop();
        let mut connection = idle.unwrap_or_else(|| {
            let fresh = TcpStream::connect(&self.address).unwrap();
            fresh.set_nodelay(true).unwrap();
            BufReader::new(fresh)
        });
        let first = format!("{} {} HTTP/1.1", request.method, request.path);
        let to = connection.get_mut();
        send(to, &first, &request.headers, &request.body).unwrap();
        let asked_for_a_body = request.method != "HEAD";
        let (first, headers, body) = message(&mut connection, asked_for_a_body).unwrap();
        self.idle.lock().unwrap().push(connection);
        let status = first.split(' ').nth(1).unwrap();
        Answer {
            status: status.parse().unwrap(),
            headers,
            body,
        }
    }
}

/// Serves on a free port as long as the test's process runs; gives the base URL.
pub(crate) fn serve(answer: Arc<impl Fn(Request) -> Answer + Send + Sync + 'static>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for caller in listener.incoming() {
            let answer = Arc::clone(&answer);
            thread::spawn(move || converse(caller.unwrap(), &*answer));
        }
    });
    base_url
}

fn converse(caller: TcpStream, answer: &impl Fn(Request) -> Answer) {
    caller.set_nodelay(true).unwrap();
    let mut reader = BufReader::new(caller.try_clone().unwrap());
    let mut writer = caller;
    while let Some((first, headers, body)) = message(&mut reader, true) {
        let mut words = first.split(' ');
        let answer = answer(Request {
            method: words.next().unwrap().to_owned(),
            path: words.next().unwrap().to_owned(),
            headers,
            body,
        });
        let first = format!("HTTP/1.1 {} Changed", answer.status);
        // A caller that has hung up wants no answer.
        if send(&mut writer, &first, &answer.headers, &answer.body).is_err() {
            return;
        }
    }
}
/// The first line, the other headers and the body of the next message, if there is one. The answer to HEAD
/// tells a length and has no body.
fn message(reader: &mut impl BufRead, with_body: bool) -> Option<(String, Vec<String>, Vec<u8>)> {
    let mut first = String::new();
    reader.read_line(&mut first).ok().filter(|read| *read > 0)?;
    let mut headers = Vec::new();
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        match line.to_ascii_lowercase().strip_prefix("content-length:") {
            Some(told) if with_body => length = told.trim().parse().unwrap(),
            Some(_) => {}
            None => headers.push(line.to_owned()),
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((first.trim_end().to_owned(), headers, body))
}

fn send(to: &mut impl Write, first: &str, headers: &[String], body: &[u8]) -> std::io::Result<()> {
    let mut text = format!("{first}\r\n");
    for header in headers {
        text.push_str(&format!("{header}\r\n"));
    }
    text.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
    to.write_all(&[text.as_bytes(), body].concat())
}
