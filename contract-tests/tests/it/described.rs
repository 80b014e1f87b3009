//! Every exchange of the scenarios on the mock is as the OpenAPI documents say.

use contract_tests::{Exchange, Performed};
use mock_server::Answers;

#[path = "../../../mock-server/tests/it/documented.rs"]
mod documented;

/// What a report never shows of an answer stands in no document either.
#[track_caller]
pub(crate) fn check(performed: &Performed) {
    let faults = performed.exchanges.iter().flat_map(faults);
    let faults: Vec<String> = faults.collect();
    let name = performed.scenario.name;
    assert!(faults.is_empty(), "{name}: not as documented: {faults:#?}");
}

fn faults(exchange: &Exchange) -> Vec<String> {
    let lower = |(name, value): &(String, String)| (name.to_ascii_lowercase(), value.clone());
    let headers: Vec<_> = exchange.headers.iter().map(lower).collect();
    let mut sent = exchange.sent_headers.iter();
    let instead = sent.find(|(name, _)| name.eq_ignore_ascii_case("x-http-method-override"));
    let seen = documented::Seen {
        method: &exchange.method,
        target: &exchange.path,
        instead: instead.map(|(_, value)| value.as_str()),
        status: exchange.status,
        headers: &headers,
        body: exchange.body.as_bytes(),
    };
    let faults = documented::faults(&Answers::default(), &seen);
    let told = faults
        .into_iter()
        .map(|fault| format!("{}: {fault}", exchange.step));
    told.collect()
}
