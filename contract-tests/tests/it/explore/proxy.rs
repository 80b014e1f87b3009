//! A server in front of the mock that changes requests or answers on their way: a target with a defect.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use mock_server::MockServer;
use serde_json::{Value, json};

use crate::wire::{self, Mock};

pub(super) use crate::wire::{Answer, Request};

/// Serves as long as the test's process runs.
pub(super) struct Proxy {
    base_url: String,
}

impl Proxy {
    pub(super) fn before(
        mock: &MockServer,
        asked: impl Fn(&mut Request) + Send + Sync + 'static,
        answered: impl Fn(&Request, &mut Answer) + Send + Sync + 'static,
    ) -> Self {
        let mock = Mock::at(mock.base_url());
        let base_url = wire::serve(Arc::new(move |mut request: Request| {
            asked(&mut request);
            let mut answer = mock.ask(&request);
            answered(&request, &mut answer);
            answer
        }));
        Self { base_url }
    }

    pub(super) fn base_url(&self) -> &str {
        &self.base_url
    }
}

/// The groups that each user was ever given, by the path of the call.
#[derive(Default)]
pub(super) struct Kept {
    groups: Mutex<BTreeMap<String, BTreeSet<i64>>>,
}

impl Kept {
    /// The groups given now and before.
    pub(super) fn with(&self, path: &str, groups: &Value) -> Value {
        let mut kept = self.groups.lock().unwrap();
        let kept = kept.entry(path.to_owned()).or_default();
        kept.extend(groups.as_array().unwrap().iter().filter_map(Value::as_i64));
        json!(kept)
    }
}

pub(super) fn address() -> Value {
    json!({
        "address_line_1": "Redaregatan 50",
        "zip_code": "25236",
        "city": "Helsingborg",
        "country": "SE",
    })
}
