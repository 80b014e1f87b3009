//! Valid request bodies, as the guide prints them but for the names, which are unique, and the ids.

use serde_json::{Value, json};

use crate::client::Client;

/// A user; the company is the caller's.
pub(super) fn user(ams: &Client) -> Value {
    json!({
        "name": ams.unique(),
        "surname": "Surname",
        "email": ams.unique_email(),
        "mail_otp": 1,
        "service_number": "abc123",
    })
}

/// A department without a parent.
pub(super) fn department(ams: &Client) -> Value {
    json!({ "name": ams.unique() })
}
