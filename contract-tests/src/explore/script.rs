//! A failed walk as a script of `curl` calls. The steps are planned once more, with names where ids will
//! be; what they make is captured from the answers. Sends nothing, knows neither API.

mod shell;
mod writer;

use proptest_state_machine::ReferenceStateMachine;

pub(super) use self::shell::placeholder;

use self::writer::Writer;
use super::mismatch::{Mismatch, Place};
use super::walk::{Driver, Offer, Transition};
use crate::model::Model;
use crate::scenario::Api;
use crate::target::Target;

/// Functions that the calls are made with.
const PRELUDE: &str = include_str!("../../assets/walk.sh");

/// How a list is read in a script, and what it must show.
#[derive(Debug)]
pub(super) struct Lines {
    /// Where the list stands in the answer: the first of these.
    pub(super) roots: &'static str,
    /// What of an entry is compared.
    pub(super) fields: &'static str,
    /// The entries that must be there.
    pub(super) expected: Vec<String>,
    /// The ids that are the walk's.
    pub(super) known: Vec<String>,
}

/// How the id of something that no step makes is found: the first entry of a list.
#[derive(Debug)]
pub(super) struct Found {
    /// Who asks; none for the default caller.
    pub(super) role: Option<&'static str>,
    pub(super) path: &'static str,
    pub(super) filter: String,
}

/// The text of the script; none when a step cannot be planned.
pub(super) fn text<D: Driver>(
    target: &Target,
    offer: &Offer<D>,
    steps: &[Transition<D>],
    mismatch: &Mismatch,
) -> Option<String> {
    let mut writer = Writer::<D>::new(target)?;
    let mut state = D::Model::fresh(offer);
    let last = mismatch.place.step();
    for (at, step) in steps.iter().take(last + 1).enumerate() {
        let title = format!("step {}: {}", at + 1, D::in_words(step));
        writer.step(&title, step, &state)?;
        if mismatch.place == (Place::Answer { at }) {
            return Some(whole::<D>(target, mismatch, &writer));
        }
        let looks = D::Model::looks(&state, step);
        state = D::Model::apply(state, step);
        let place = |index| Place::List {
            at,
            index,
            ending: false,
        };
        if writer.looks(&looks, &state, mismatch, place)? {
            return Some(whole::<D>(target, mismatch, &writer));
        }
    }
    let place = |index| Place::List {
        at: last,
        index,
        ending: true,
    };
    writer.looks(&D::Model::all_looks(&state), &state, mismatch, place)?;
    Some(whole::<D>(target, mismatch, &writer))
}

fn whole<D: Driver>(target: &Target, mismatch: &Mismatch, writer: &Writer<D>) -> String {
    let rules: Vec<_> = mismatch.rules().into_iter().collect();
    let api = D::API.name().to_uppercase();
    let header = match D::API {
        Api::Amili => "X-API-Key: ",
        Api::Ams => "Authorization: Bearer ",
    };
    let account = writer.account.as_ref().map_or_else(String::new, |account| {
        format!("account=${{{api}_ACCOUNT:-{account}}}\n")
    });
    let failure = &mismatch.failure;
    format!(
        "#!/usr/bin/env bash\n\
         # A walk that `contract-tests explore` found to fail on {}: {}.\n\
         # {}\n# {}\n\
         # Ends in 1 when the fault shows, 0 when it does not, 2 when the walk cannot be taken.\n\
         # Needs bash, curl and awk, and {api}_BASE_URL and {api}_TOKEN, as `mock-server exec` sets them.\n\
         set -eu\n\n\
         base=${{{api}_BASE_URL:?the address to ask}} token=${{{api}_TOKEN:?what opens it}}\n\
         header='{header}'\n{account}\n{PRELUDE}\n{}\n\
         echo 'every step went as expected' >&2\n",
        shell::comment(target.name()),
        rules.join(", "),
        shell::comment(&format!("expected: {}", failure.expected)),
        shell::comment(&format!("got:      {}", failure.actual)),
        writer.out
    )
}
