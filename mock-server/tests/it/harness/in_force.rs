//! Which answers to open questions are in force where a call goes, so that its answer can be held against the
//! document of its space.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use hyper::body::Bytes;
use hyper::header::HeaderValue;
use mock_server::{Answers, catalogue};
use tokio::runtime::Runtime;

use super::{Answer, Call, list};
use crate::documented::{self, Seen};

/// Of no space in particular are those that the server was started with.
type Known = HashMap<(String, Option<String>), Answers>;

/// The answers in force by address and space, as far as they were asked for.
fn known() -> MutexGuard<'static, Known> {
    static KNOWN: LazyLock<Mutex<Known>> = LazyLock::new(Mutex::default);
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Another server has this address now.
pub(super) fn forget(address: &str) {
    known().retain(|(other, _), _| other != address);
}

/// The server at this address was started with these answers.
pub(super) fn starts(address: String, answers: Answers) {
    known().insert((address, None), answers);
}

impl Call {
    /// What in the answer is not as the OpenAPI documents say.
    pub(super) fn faults(&self, answer: &Answer, runtime: &Runtime) -> Vec<String> {
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = answer.headers.iter();
        let headers: Vec<_> = headers
            .map(|(name, value)| (name.to_string(), text(value)))
            .collect();
        let instead = self.headers.get("x-http-method-override").map(text);
        let answers = self.answers_in_force(runtime);
        let seen = Seen {
            method: &self.method,
            target: &self.target,
            instead: instead.as_deref(),
            status: answer.status,
            headers: &headers,
            body: &answer.body,
        };
        documented::faults(&answers, &seen)
    }

    /// The answers to open questions in the space of this call. Those that a mock was started with count
    /// until a call of the control API may have changed them.
    fn answers_in_force(&self, runtime: &Runtime) -> Answers {
        const CHANGES: [&str; 4] = ["/assumptions", "/state", "/reset", "/rewind"];
        let header = self.headers.get("x-mock-space");
        let path = self.target.split('?').next().unwrap_or_default();
        let space = path.strip_prefix("/_spaces/");
        let prefix = space.map_or("", |rest| rest.split('/').next().unwrap_or_default());
        let key = (self.address.clone(), Some(format!("{prefix} {header:?}")));
        let may_change = self.method != "GET" && CHANGES.iter().any(|end| path.ends_with(end));
        if !may_change {
            let known = known();
            let start = || known.get(&(self.address.clone(), None));
            if let Some(answers) = known.get(&key).or_else(start) {
                return answers.clone();
            }
        }
        let asked = Self {
            is_foreign: false,
            method: "GET".to_owned(),
            target: if prefix.is_empty() {
                "/_mock/assumptions".to_owned()
            } else {
                format!("/_spaces/{prefix}/_mock/assumptions")
            },
            headers: self
                .headers
                .iter()
                .filter(|(name, _)| *name == "x-mock-space")
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
            body: Bytes::new(),
            address: self.address.clone(),
        };
        let mut answers = Answers::default();
        // A server that has stopped, or a space that there is not, has none.
        if let Ok(told) = runtime.block_on(asked.exchange())
            && told.status == 200
        {
            for open in list(&told.json(), "/assumptions") {
                let part = |name: &str| open[name].as_str().unwrap();
                answers
                    .choose(&catalogue::assumptions(), part("id"), part("answer"))
                    .unwrap();
            }
        }
        known().insert(key, answers.clone());
        answers
    }
}
