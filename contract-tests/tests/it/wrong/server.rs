//! A wrong server: the mock behind a talk that breaks one rule in one way. Knows no rule and no scenario.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;

use crate::wire::{Answer, Mock, Request};

/// How a server answers in place of the mock behind it.
pub(super) type How = Box<dyn Fn(&mut Talk<'_>) -> Answer + Send + Sync>;

/// A breakage of one rule.
pub(super) struct Wrong {
    pub(super) rule: &'static str,
    pub(super) kind: &'static str,
    pub(super) how: How,
}

impl Wrong {
    pub(super) fn new(
        rule: &'static str,
        kind: &'static str,
        how: impl Fn(&mut Talk<'_>) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let how = Box::new(how);
        Self { rule, kind, how }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.rule, self.kind)
    }
}

/// What a wrong server remembers from one request to the next.
#[derive(Default)]
pub(super) struct Memory {
    values: Mutex<BTreeMap<String, Value>>,
    altered: AtomicBool,
}

impl Memory {
    /// Whether anything was answered otherwise than the mock would.
    pub(super) fn altered(&self) -> bool {
        self.altered.load(Ordering::Relaxed)
    }
}

/// One request to a wrong server, and the mock behind it.
pub(super) struct Talk<'t> {
    pub(super) asked: Request,
    mock: &'t Mock,
    space: &'t str,
    memory: &'t Memory,
}

impl<'t> Talk<'t> {
    pub(super) fn new(asked: Request, mock: &'t Mock, space: &'t str, memory: &'t Memory) -> Self {
        Self {
            asked,
            mock,
            space,
            memory,
        }
    }

    /// What the mock answers to the request as it is now.
    pub(super) fn forward(&self) -> Answer {
        self.ask(&self.asked)
    }

    /// What the mock answers to another request.
    pub(super) fn ask(&self, request: &Request) -> Answer {
        let mut inside = request.clone();
        inside.path = format!("/_spaces/{}{}", self.space, request.path);
        self.mock.ask(&inside)
    }

    /// The same request by the owner of another token.
    pub(super) fn ask_as(&self, token: &str) -> Answer {
        let mut request = self.asked.clone();
        request.authorise(token);
        self.ask(&request)
    }

    /// A read by the owner of this token.
    pub(super) fn read_as(&self, token: &str, path: &str) -> Answer {
        let mut request = Request::new("GET", path, None);
        request.authorise(token);
        self.ask(&request)
    }

    /// The whole space.
    pub(super) fn state(&self) -> Value {
        self.ask(&Request::new("GET", "/_mock/state", None)).json()
    }

    /// Replaces the whole space; says whether the mock could take it.
    pub(super) fn put_state(&self, state: &Value) -> bool {
        let request = Request::new("PUT", "/_mock/state", Some(state));
        self.ask(&request).succeeded()
    }

    /// Changes the state; says whether the mock could take it.
    pub(super) fn arrange(&self, change: impl FnOnce(&mut Value)) -> bool {
        let mut state = self.state();
        change(&mut state);
        self.put_state(&state)
    }

    /// Brings the space back to what it was.
    pub(super) fn rewind(&self, before: &Value) {
        assert!(
            self.put_state(before),
            "a state that was given is not taken"
        );
    }

    pub(super) fn remember(&self, key: &str, value: Value) {
        self.memory
            .values
            .lock()
            .unwrap()
            .insert(key.to_owned(), value);
    }

    pub(super) fn recall(&self, key: &str) -> Option<Value> {
        self.memory.values.lock().unwrap().get(key).cloned()
    }

    /// How often this was counted before.
    pub(super) fn count(&self, key: &str) -> u64 {
        let seen = self.recall(key).and_then(|seen| seen.as_u64());
        let seen = seen.unwrap_or_default();
        self.remember(key, (seen + 1).into());
        seen
    }

    /// Notes that this answer is another than the mock's.
    pub(super) fn alters(&self) {
        self.memory.altered.store(true, Ordering::Relaxed);
    }

    /// Whether the method and the path without its query are these; `*` stands for any one part.
    pub(super) fn is(&self, method: &str, pattern: &str) -> bool {
        let path = self.asked.path.split('?').next().unwrap_or_default();
        let (parts, wanted) = (path.split('/'), pattern.split('/'));
        self.asked.method == method
            && parts.clone().count() == wanted.clone().count()
            && parts
                .zip(wanted)
                .all(|(part, wanted)| wanted == "*" || part == wanted)
    }

    /// One part of the path, the first being 0.
    pub(super) fn part(&self, place: usize) -> &str {
        let path = self.asked.path.split('?').next().unwrap_or_default();
        path.split('/').nth(place + 1).unwrap_or_default()
    }

    /// The body as JSON; null where it is none.
    pub(super) fn body(&self) -> Value {
        serde_json::from_slice(&self.asked.body).unwrap_or_default()
    }
}
