//! Why a request was answered as it was: the rule with its document, what in the request broke it, and the
//! nearest request that would have been accepted, found by trying on a copy of the space. It knows no API.

mod attempt;
mod candidates;
mod search;
mod values;

use serde_json::{Value, json};

use crate::platform::api::Api;
use crate::platform::assumption::{Answers, Assumption};
use crate::platform::journal::{Draft, Entry, Masked};
use crate::platform::space::Space;
use crate::platform::spaces::Address;

use self::attempt::Attempt;
use self::search::{Bench, Nearest};

/// The explanation of an entry of the journal.
pub(crate) async fn explain(
    entry: &Entry,
    space: &Space,
    address: &Address,
    api: &'static dyn Api,
) -> Value {
    let draft = entry.draft();
    let trace = &draft.trace;
    let answers = space.answers();
    let masked = space.masked();
    let is_refused = is_refused(draft);
    let nearest = match is_refused {
        true => nearest(draft, space, address, api).await,
        false => Err("the request was accepted".to_owned()),
    };
    let assumptions = trace.assumed.iter();
    json!({
        "text": told(draft),
        "rule": trace.refused_by,
        "applied": trace.applied,
        "assumptions": assumptions.map(|one| assumption(one, &answers)).collect::<Vec<_>>(),
        "breaches": trace.breaches,
        "nearest": nearest.as_ref().ok().map(|found| shown(found, address, &masked)),
        "without_nearest": nearest.err(),
    })
}

fn is_refused(draft: &Draft) -> bool {
    let status = draft.response.as_ref().map(|given| given.status);
    status.is_none_or(|status| status.is_client_error() || status.is_server_error())
}

/// The whole in one or two sentences.
fn told(draft: &Draft) -> String {
    let trace = &draft.trace;
    let status = draft.response.as_ref().map(|given| given.status.as_u16());
    if let Some(fault) = &draft.fault {
        return format!(
            "A fault that was asked for struck this request: {}.",
            fault["effect"]
        );
    }
    let Some(status) = status else {
        return "The connection was closed without an answer.".to_owned();
    };
    if !is_refused(draft) {
        let count = trace.applied.len();
        return format!("Accepted with {status}; {count} of the rules shaped the answer.");
    }
    let by = match (trace.refused_by, trace.assumed.first()) {
        (Some(rule), _) => format!("the rule {}: {}", rule.id, rule.text),
        (None, Some(assumption)) => format!(
            "the answer in force to an open question, {}: {}",
            assumption.id, assumption.question
        ),
        (None, None) if status == 501 => {
            "a gap: the documents name it and the fake does not model it".to_owned()
        }
        (None, None) => {
            "the fake itself; no document says how the real API answers this".to_owned()
        }
    };
    format!("Refused with {status} by {by}")
}

fn assumption(assumption: &Assumption, answers: &Answers) -> Value {
    let in_force = answers.of(assumption);
    let mut told = json!(assumption);
    told["answer"] = in_force.into();
    told
}

/// The largest body that is mended, in bytes: hundreds of mendings of it are tried.
const LARGEST_BODY: usize = 16 * 1024;

/// The nearest request that is accepted, or why there is none.
async fn nearest(
    draft: &Draft,
    space: &Space,
    address: &Address,
    api: &'static dyn Api,
) -> Result<Nearest, String> {
    if draft.fault.is_some() {
        return Err("a fault made the answer, not the request".to_owned());
    }
    if draft
        .response
        .as_ref()
        .is_some_and(|given| given.status == 501)
    {
        return Err("the fake models no request of this kind".to_owned());
    }
    if draft.request.is_cut {
        return Err("the body is too large to be kept".to_owned());
    }
    if draft.request.body.len() > LARGEST_BODY {
        let kib = LARGEST_BODY / 1024;
        return Err(format!("a body of more than {kib} KiB is not tried again"));
    }
    let bench = Bench::new(api, space, address);
    search::nearest(&bench, Attempt::of(&draft.request)).await
}

fn shown(found: &Nearest, address: &Address, masked: &Masked) -> Value {
    json!({
        "changes": found.changes,
        "status": found.status.as_u16(),
        "request": found.attempt.shown(masked),
        "curl": found.attempt.curl(&address.base_url, masked),
    })
}
