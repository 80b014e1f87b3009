//! One request with its answer, as kept for messages and reports: already free of secrets.

use serde::Serialize;

/// One request with its answer.
#[derive(Debug, Clone, Serialize)]
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
    #[serde(skip)]
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
    /// The request as a `curl` line.
    pub curl: String,
}

/// What a `curl` line is made of.
pub(super) struct Curl<'a> {
    pub(super) method: &'a str,
    pub(super) url: &'a str,
    pub(super) headers: &'a [(String, String)],
    /// Shown in double quotes, for the shell to fill in the token.
    pub(super) authorisation: Option<String>,
    pub(super) body: Option<&'a str>,
}

impl Curl<'_> {
    pub(super) fn line(&self) -> String {
        let mut line = format!("curl -i -X {} {}", self.method, quoted(self.url));
        if let Some(header) = &self.authorisation {
            line.push_str(&format!(" -H \"{header}\""));
        }
        for (name, value) in self.headers {
            line.push_str(&format!(" -H {}", quoted(&format!("{name}: {value}"))));
        }
        if let Some(body) = self.body {
            line.push_str(&format!(" --data-raw {}", quoted(body)));
        }
        line
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
