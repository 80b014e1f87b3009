//! A server in front of the mock that changes requests or answers on their way: a target with a defect.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use mock_server::MockServer;
use serde_json::{Value, json};

pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) path: String,
    headers: Vec<String>,
    body: Vec<u8>,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<String>,
    body: Vec<u8>,
}

impl Request {
    /// Sets a header in the place of the one there was.
    pub(crate) fn set_header(&mut self, name: &str, value: &str) {
        let begins = format!("{}:", name.to_ascii_lowercase());
        let other = |header: &String| !header.to_ascii_lowercase().starts_with(&begins);
        self.headers.retain(other);
        self.headers.push(format!("{name}: {value}"));
    }

    pub(crate) fn change(&mut self, change: impl FnOnce(&mut Value)) {
        changed(&mut self.body, change);
    }
}

impl Answer {
    pub(crate) fn change(&mut self, change: impl FnOnce(&mut Value)) {
        changed(&mut self.body, change);
    }
}

fn changed(body: &mut Vec<u8>, change: impl FnOnce(&mut Value)) {
    let mut value = serde_json::from_slice(body).unwrap();
    change(&mut value);
    *body = value.to_string().into_bytes();
}

/// Serves as long as the test's process runs.
pub(crate) struct Proxy {
    base_url: String,
}

struct Defect<Asked, Answered> {
    mock: String,
    asked: Asked,
    answered: Answered,
}

impl Proxy {
    pub(crate) fn before(
        mock: &MockServer,
        asked: impl Fn(&mut Request) + Send + Sync + 'static,
        answered: impl Fn(&Request, &mut Answer) + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let mock = mock.base_url().trim_start_matches("http://").to_owned();
        let defect = Arc::new(Defect {
            mock,
            asked,
            answered,
        });
        thread::spawn(move || {
            for caller in listener.incoming() {
                let defect = Arc::clone(&defect);
                thread::spawn(move || defect.serve(caller.unwrap()));
            }
        });
        Self { base_url }
    }

    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }
}

impl<Asked, Answered> Defect<Asked, Answered>
where
    Asked: Fn(&mut Request),
    Answered: Fn(&Request, &mut Answer),
{
    fn serve(&self, caller: TcpStream) {
        caller.set_nodelay(true).unwrap();
        let mut reader = BufReader::new(caller.try_clone().unwrap());
        let mut writer = caller;
        while let Some((first, headers, body)) = message(&mut reader) {
            let mut words = first.split(' ');
            let mut request = Request {
                method: words.next().unwrap().to_owned(),
                path: words.next().unwrap().to_owned(),
                headers,
                body,
            };
            (self.asked)(&mut request);
            let mut answer = self.forward(&request);
            (self.answered)(&request, &mut answer);
            let first = format!("HTTP/1.1 {} Changed", answer.status);
            // A caller that has hung up wants no answer.
            if send(&mut writer, &first, &answer.headers, &answer.body).is_err() {
                return;
            }
        }
    }

    fn forward(&self, request: &Request) -> Answer {
        let mut mock = TcpStream::connect(&self.mock).unwrap();
        let first = format!("{} {} HTTP/1.1", request.method, request.path);
        send(&mut mock, &first, &request.headers, &request.body).unwrap();
        let (first, headers, body) = message(&mut BufReader::new(mock)).unwrap();
        let status = first.split(' ').nth(1).unwrap();
        Answer {
            status: status.parse().unwrap(),
            headers,
            body,
        }
    }
}

/// The first line, the other headers and the body of the next message, if there is one.
fn message(reader: &mut impl BufRead) -> Option<(String, Vec<String>, Vec<u8>)> {
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
            Some(told) => length = told.trim().parse().unwrap(),
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

/// The groups that each user was ever given, by the path of the call.
#[derive(Default)]
pub(crate) struct Kept {
    groups: Mutex<BTreeMap<String, BTreeSet<i64>>>,
}

impl Kept {
    /// The groups given now and before.
    pub(crate) fn with(&self, path: &str, groups: &Value) -> Value {
        let mut kept = self.groups.lock().unwrap();
        let kept = kept.entry(path.to_owned()).or_default();
        kept.extend(groups.as_array().unwrap().iter().filter_map(Value::as_i64));
        json!(kept)
    }
}

fn address() -> Value {
    json!({
        "address_line_1": "Redaregatan 50",
        "zip_code": "25236",
        "city": "Helsingborg",
        "country": "SE",
    })
}

/// A check of the activation fields with a hole: a creditor that lacks one of them is given it.
pub(crate) fn completing_one_field(request: &mut Request) {
    let fields = [
        (
            "payout_details",
            json!({ "sek": { "bankgiro": "12312312" } }),
        ),
        ("sender_address", address()),
        ("invoice_address", address()),
        ("standard_debt_description", json!("Standard")),
    ];
    if request.method == "POST" && request.path.ends_with("/creditors") {
        request.change(|body| {
            let members = body.as_object_mut().unwrap();
            let lacking = fields
                .iter()
                .filter(|(name, _)| !members.contains_key(*name));
            let lacking: Vec<_> = lacking.cloned().collect();
            if let [(name, value)] = lacking.as_slice() {
                members.insert((*name).to_owned(), value.clone());
            }
        });
    }
}
