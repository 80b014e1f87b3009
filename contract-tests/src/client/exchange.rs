//! One request with its answer, as kept for messages and reports: already free of secrets.

use serde::{Serialize, Serializer};

/// One request with its answer.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// The step that it belongs to.
    pub step: String,
    /// Who called.
    pub caller: String,
    /// The method.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// Where path and query belong to.
    pub base_url: String,
    /// The headers that the step set by itself; none of them holds a secret.
    pub sent_headers: Vec<(String, String)>,
    /// The body sent.
    pub sent: Option<String>,
    /// The status answered; 0 in a dry run.
    pub status: u16,
    /// The headers answered.
    pub headers: Vec<(String, String)>,
    /// The body answered.
    pub body: String,
    /// The whole URL, as it is sent.
    pub(super) url: String,
    /// The header with the token, as a shell would fill it in.
    pub(super) authorisation: Option<String>,
}

impl Exchange {
    /// The request as a `curl` line. It is made when it is asked for: of most exchanges nobody shows one.
    pub fn curl(&self) -> String {
        let mut line = format!("curl -i -X {} {}", self.method, quoted(&self.url));
        if let Some(header) = &self.authorisation {
            // In double quotes, for the shell to fill in the token.
            line.push_str(&format!(" -H \"{header}\""));
        }
        for (name, value) in &self.sent_headers {
            line.push_str(&format!(" -H {}", quoted(&format!("{name}: {value}"))));
        }
        if let Some(body) = &self.sent {
            line.push_str(&format!(" --data-raw {}", quoted(body)));
        }
        line
    }
}

/// An exchange as reports write it.
#[derive(Serialize)]
struct Written<'a> {
    step: &'a str,
    caller: &'a str,
    method: &'a str,
    path: &'a str,
    sent_headers: &'a [(String, String)],
    sent: &'a Option<String>,
    status: u16,
    headers: &'a [(String, String)],
    body: &'a str,
    curl: String,
}

impl Serialize for Exchange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let written = Written {
            step: &self.step,
            caller: &self.caller,
            method: &self.method,
            path: &self.path,
            sent_headers: &self.sent_headers,
            sent: &self.sent,
            status: self.status,
            headers: &self.headers,
            body: &self.body,
            curl: self.curl(),
        };
        written.serialize(serializer)
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
