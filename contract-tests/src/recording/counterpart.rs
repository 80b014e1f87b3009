//! Which rule an answer of the target is about: the same scenario is played on the mock, which names its
//! rules, and what it said at the same step is noted beside. It plays nothing itself.

use super::format::{Counterpart, Observed};
use super::write::{counted, header, recorded};
use crate::client::Exchange;
use crate::run::Performed;

/// Notes beside each exchange what the mock did, or that it was not asked the same.
pub(super) fn note(exchanges: &mut [Observed], beside: &Performed) {
    let said = counted(&beside.exchanges);
    let told = recorded(beside).exchanges;
    let mut known: Vec<_> = said.into_iter().zip(&told).collect();
    for seen in exchanges {
        let same = |(_, told): &(&Exchange, &Observed)| {
            told.step == seen.step && told.request == seen.request
        };
        let Some(place) = known.iter().position(same) else {
            seen.mock = Some(Counterpart {
                absent: true,
                ..Counterpart::default()
            });
            continue;
        };
        // A step that is taken again has its own.
        let (said, told) = known.remove(place);
        let found = counterpart(said, told, seen);
        seen.mock = (found != Counterpart::default()).then_some(found);
    }
}

fn counterpart(said: &Exchange, told: &Observed, seen: &Observed) -> Counterpart {
    let refused = told.response.status >= 400;
    let rule = header(said, "x-mock-rule").filter(|_| refused);
    let assumptions = said
        .headers
        .iter()
        .filter(|(name, _)| refused && name.eq_ignore_ascii_case("x-mock-assumption"));
    let (mine, others) = (&told.response, &seen.response);
    Counterpart {
        absent: false,
        rule: rule.map(str::to_owned),
        assumptions: assumptions.map(|(_, id)| id.clone()).collect(),
        status: (mine.status != others.status).then_some(mine.status),
        body: mine.body.clone().filter(|_| mine.body != others.body),
    }
}
