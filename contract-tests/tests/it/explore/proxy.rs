//! A server in front of the mock that changes requests or answers on their way: a target with a defect.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use mock_server::MockServer;
use serde_json::{Value, json};

use crate::wire::{self, Mock};

pub(crate) use crate::wire::{Answer, Request};

/// Serves as long as the test's process runs.
pub(crate) struct Proxy {
    base_url: String,
}

impl Proxy {
    pub(crate) fn before(
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

    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }
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

pub(crate) fn address() -> Value {
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
