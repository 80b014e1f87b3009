//! What a dry run shows: requests that are not sent. Runs nothing.

use crate::client::Exchange;

/// The requests in order, each with the step that it belongs to and who would make it.
pub(crate) fn requests(exchanges: &[Exchange]) -> String {
    let mut text = String::new();
    for exchange in exchanges {
        let body = exchange.sent.as_deref().unwrap_or_default();
        text.push_str(&format!(
            "  {} (as {})\n    {} {} {body}\n",
            exchange.step, exchange.caller, exchange.method, exchange.path
        ));
    }
    text
}

/// How many requests go to the target: what a mock is asked about itself is not among them.
pub(crate) fn count(exchanges: &[Exchange]) -> usize {
    let to_target = |exchange: &&Exchange| !exchange.path.starts_with("/_mock");
    exchanges.iter().filter(to_target).count()
}
