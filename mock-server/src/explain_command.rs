//! `explain N` and `wait URL`: questions to a mock that runs.

use std::time::Duration;

use clap::Args;
use serde_json::Value;
use tokio::time::Instant;

use crate::cli::{DEFAULT_LISTEN, Usage};
use crate::client::{self, ClientError};

/// How long `wait` rests between two tries.
const REST: Duration = Duration::from_millis(20);

/// Options of `explain`.
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The number of an entry of the journal, as the header X-Mock-Journal has it
    number: u64,
    #[command(flatten)]
    at: AtArgs,
    /// Print the entry and its explanation as JSON
    #[arg(long)]
    json: bool,
}

/// Options that say which space of which mock is asked.
#[derive(Debug, Args)]
pub(crate) struct AtArgs {
    /// The control address of the mock, with or without /_mock
    #[arg(long, value_name = "URL", env = "MOCK_CONTROL_URL", default_value_t = format!("http://{DEFAULT_LISTEN}"))]
    at: String,
    /// The space
    #[arg(long, value_name = "NAME")]
    space: Option<String>,
}

impl AtArgs {
    /// The address of a call of the control API.
    fn url(&self, call: &str) -> String {
        let base = self.at.trim_end_matches('/');
        let base = base.strip_suffix("/_mock").unwrap_or(base);
        match &self.space {
            Some(space) => format!("{base}/_spaces/{space}/_mock{call}"),
            None => format!("{base}/_mock{call}"),
        }
    }
}

/// Options of `wait`.
#[derive(Debug, Args)]
pub(crate) struct WaitArgs {
    /// The address of a mock, such as http://127.0.0.1:4080
    url: String,
    /// Give up after so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    timeout: u64,
}

/// The explanation of an entry, as text or as JSON.
pub(crate) async fn explain(args: &ExplainArgs) -> Result<String, Usage> {
    let url = args.at.url(&format!("/journal/{}", args.number));
    let (status, body) = client::get(&url)
        .await
        .map_err(|fault| Usage(fault.to_string()))?;
    let entry: Value = serde_json::from_slice(&body)
        .map_err(|fault| Usage(format!("{url} is no mock-server: {fault}")))?;
    if !status.is_success() {
        let told = entry["error"].as_str().unwrap_or("it does not say why");
        return Err(Usage(format!("{url}: {status}: {told}")));
    }
    Ok(match args.json {
        true => format!("{entry:#}\n"),
        false => text(&entry),
    })
}

/// Waits until a mock answers that it is well.
pub(crate) async fn wait(args: &WaitArgs) -> Result<String, String> {
    let base = args.url.trim_end_matches('/');
    let url = format!(
        "{}/_mock/health",
        base.strip_suffix("/_mock").unwrap_or(base)
    );
    let until = Instant::now() + Duration::from_secs(args.timeout);
    loop {
        let told = match client::get(&url).await {
            Ok((status, _)) if status.is_success() => return Ok(format!("{base} is ready\n")),
            Ok((status, _)) => format!("{url} answers {status}"),
            Err(fault @ ClientError::Address(_)) => return Err(fault.to_string()),
            Err(fault) => fault.to_string(),
        };
        if Instant::now() >= until {
            return Err(format!("not ready after {} s: {told}", args.timeout));
        }
        tokio::time::sleep(REST).await;
    }
}

/// The explanation for people.
fn text(entry: &Value) -> String {
    let explanation = &entry["explanation"];
    let mut out = String::new();
    let mut line = |text: String| {
        out.push_str(&text);
        out.push('\n');
    };
    let request = &entry["request"];
    let query = request["query"].as_str().map(|query| format!("?{query}"));
    line(format!(
        "{}  {} {}{}  ->  {}",
        entry["number"],
        part(&request["method"]),
        part(&request["path"]),
        query.unwrap_or_default(),
        entry["response"]["status"]
    ));
    line(part(&explanation["text"]));
    if let Some(source) = explanation["rule"]["source"].as_object() {
        line(format!("  “{}”", part(&source["quote"])));
        line(format!(
            "  {}, {}",
            part(&source["page"]),
            part(&explanation["rule"]["basis"])
        ));
    }
    let breaches = explanation["breaches"].as_array();
    if breaches.is_some_and(|breaches| !breaches.is_empty()) {
        line("What in the request broke it:".to_owned());
    }
    for breach in breaches.into_iter().flatten() {
        line(format!(
            "  {}: {}",
            part(&breach["place"]),
            part(&breach["why"])
        ));
    }
    for assumption in explanation["assumptions"].as_array().into_iter().flatten() {
        line(format!(
            "Open question {}: {} Answer in force: {}",
            part(&assumption["id"]),
            part(&assumption["question"]),
            part(&assumption["answer"])
        ));
    }
    out.push_str(&nearest(explanation));
    out
}

/// The request nearest to the refused one that is accepted, or why none was found.
fn nearest(explanation: &Value) -> String {
    let nearest = &explanation["nearest"];
    if nearest.is_null() {
        let why = part(&explanation["without_nearest"]);
        return format!("Nearest accepted request: {why}.\n");
    }
    let mut out = format!("Nearest accepted request ({}):\n", nearest["status"]);
    for change in nearest["changes"].as_array().into_iter().flatten() {
        out.push_str(&format!("  {}\n", part(change)));
    }
    out.push_str(&format!("\n{}\n", part(&nearest["curl"])));
    out
}

/// A text without its quotes, or any other value as it is.
fn part(value: &Value) -> String {
    let text = value.as_str().map(str::to_owned);
    text.unwrap_or_else(|| value.to_string())
}
