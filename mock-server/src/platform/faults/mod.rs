//! Faults: what a space does to requests on purpose, so that clients can be seen to bear it. It knows no API,
//! and nothing of how a fault is carried out.

mod effect;
#[cfg(test)]
mod tests;

use axum::http::Method;
use jiff::Timestamp;
use rand_core::{Rng, SeedableRng};
use rand_pcg::Pcg64;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::limits::{Spent, Windows};
use super::paths::PathPattern;
use super::whole;

pub(crate) use effect::Effect;

/// The most faults of a space.
const MOST: usize = 1_000;

/// Faults that are known by a name: what they are called, and the list that stands for each.
const PRESETS: [(&str, &str); 1] = [(
    // "100 requests per minute with a burst limit of 10 requests per second", for each API key.
    "amili-limits",
    r#"[
        { "match": { "api": "amili" }, "effect": { "rate_limit": { "requests": 100, "seconds": 60 } } },
        { "match": { "api": "amili" }, "effect": { "rate_limit": { "requests": 10, "seconds": 1 } } }
    ]"#,
)];

/// Which requests a fault strikes; what is not given holds for all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Match {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) api: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) method: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) path: Option<PathPattern>,
}

/// How often a fault has met requests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Seen {
    /// Requests that matched.
    pub(crate) matched: u64,
    /// Requests that it struck.
    pub(crate) struck: u64,
}

/// One fault, as it is set and shown.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fault {
    #[serde(rename = "match", default)]
    pub(crate) matches: Match,
    pub(crate) effect: Effect,
    /// Leaves so many matching requests alone before the first that it strikes.
    #[serde(default, skip_serializing_if = "is_zero")]
    skip: u64,
    /// Strikes every so many-th matching request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    every: Option<u64>,
    /// Strikes at most so many requests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    times: Option<u64>,
    /// Strikes a request with this probability, drawn from the space's seed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    probability: Option<f64>,
    #[serde(default)]
    seen: Seen,
    #[serde(skip)]
    windows: Windows,
}

fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// Why faults cannot be set: which of them, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {fault}")]
pub struct FaultsError {
    /// The place in the list, `faults.0.match.path`.
    pub place: String,
    /// What is wrong there.
    pub fault: String,
}

/// A call that an API offers: what a fault can match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) api: &'static str,
    pub(crate) method: Method,
    /// The path as a template, `/creditors/{id}`.
    pub(crate) path: String,
}

/// The faults of a space, in the order in which they are asked.
#[derive(Debug, Clone)]
pub(crate) struct Faults {
    list: Vec<Fault>,
    chance: Pcg64,
}

/// A request as faults see it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Aim<'a> {
    pub(crate) api: &'a str,
    pub(crate) method: &'a Method,
    pub(crate) path: &'a str,
    /// The key or token, whose requests are counted together.
    pub(crate) key: &'a str,
}

/// What happens to a request.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Blow {
    /// How long it waits first, in milliseconds.
    pub(crate) delay_ms: u64,
    /// What happens then, with what a limit says of it.
    pub(crate) effect: Option<(Effect, Option<Spent>)>,
}

impl Blow {
    /// How a journal tells it; none when nothing happens.
    pub(crate) fn told(&self) -> Option<Value> {
        let effect = self.effect.as_ref().map(|(effect, _)| effect);
        match (effect, self.delay_ms) {
            (None, 0) => None,
            (None, delay) => Some(json!({ "effect": { "delay_ms": delay } })),
            (Some(effect), 0) => Some(json!({ "effect": effect })),
            (Some(effect), delay) => Some(json!({ "effect": effect, "delay_ms": delay })),
        }
    }
}

impl Faults {
    /// No faults, with the chance that a seed determines.
    pub(crate) fn none(seed: u64) -> Self {
        Self {
            list: Vec::new(),
            // Another stream than that of the ids, which faults must not move.
            chance: Pcg64::seed_from_u64(seed ^ 0x0066_6175_6c74_7321),
        }
    }

    /// Every fault.
    pub(crate) fn list(&self) -> &[Fault] {
        &self.list
    }

    /// Puts others in their place.
    pub(crate) fn set(&mut self, list: Vec<Fault>) {
        self.list = list;
    }

    /// What happens to a request: every delay that strikes it, and the first other effect.
    pub(crate) fn strike(&mut self, aim: Aim<'_>, now: Timestamp) -> Blow {
        let mut blow = Blow::default();
        for fault in &mut self.list {
            if !fault.matches.takes(aim) {
                continue;
            }
            // Of two effects the first counts; a fault that comes too late has not struck.
            let is_late = blow.effect.is_some() && !matches!(fault.effect, Effect::Delay { .. });
            let Some(spent) = fault.meets(aim, now, &mut self.chance, is_late) else {
                continue;
            };
            match &fault.effect {
                Effect::Delay { delay_ms } => {
                    blow.delay_ms = blow.delay_ms.saturating_add(*delay_ms)
                }
                effect => blow.effect = Some((effect.clone(), spent)),
            }
        }
        blow
    }
}

impl Match {
    fn takes(&self, aim: Aim<'_>) -> bool {
        let method = self.method.as_deref();
        self.api.as_deref().is_none_or(|api| api == aim.api)
            && method.is_none_or(|method| aim.method.as_str().eq_ignore_ascii_case(method))
            && self.path.as_ref().is_none_or(|path| path.matches(aim.path))
    }

    /// Whether a call that is offered can ever match.
    fn can_take(&self, offered: &Call) -> bool {
        let method = self.method.as_deref().is_none_or(|method| {
            offered.method.as_str().eq_ignore_ascii_case(method)
                || (offered.method == Method::GET && method.eq_ignore_ascii_case("HEAD"))
                || method.eq_ignore_ascii_case("OPTIONS")
        });
        self.api.as_deref().is_none_or(|api| api == offered.api)
            && method
            && self
                .path
                .as_ref()
                .is_none_or(|path| path.meets(&offered.path))
    }
}

impl Fault {
    /// Counts a matching request, and says whether the fault strikes it.
    fn meets(
        &mut self,
        aim: Aim<'_>,
        now: Timestamp,
        chance: &mut Pcg64,
        is_late: bool,
    ) -> Option<Option<Spent>> {
        self.seen.matched += 1;
        let spent = match &self.effect {
            Effect::RateLimit {
                allowance: Some(allowance),
                ..
            } => {
                let [spent] = self.windows.spend(aim.key, [*allowance], now);
                if !spent.is_exceeded() {
                    return None;
                }
                Some(spent)
            }
            _ => None,
        };
        let place = self.seen.matched.checked_sub(self.skip.saturating_add(1))?;
        let is_turn = self
            .every
            .is_none_or(|every| (place + 1) % every.max(1) == 0);
        let is_left = self.times.is_none_or(|times| self.seen.struck < times);
        // 53 bits are what a double holds exactly.
        let drawn = self.probability.map(|bound| {
            (
                (chance.next_u64() >> 11) as f64 / (1_u64 << 53) as f64,
                bound,
            )
        });
        let is_drawn = drawn.is_none_or(|(drawn, bound)| drawn < bound);
        if !(is_turn && is_left && is_drawn) || is_late {
            return None;
        }
        self.seen.struck += 1;
        Some(spent)
    }

    /// What is wrong with it, if anything: where, and what would be right.
    fn fault(&self, offered: &[Call]) -> Option<(&'static str, String)> {
        let takes = |of: &Match| offered.iter().any(|offered| of.can_take(offered));
        let Match { api, method, path } = &self.matches;
        let alone = |api, method, path| Match { api, method, path };
        if !takes(&alone(api.clone(), None, None)) {
            let mut known: Vec<&str> = offered.iter().map(|offered| offered.api).collect();
            known.dedup();
            let api = api.as_deref().unwrap_or_default();
            return Some((
                "match.api",
                format!("no API is called '{api}'; there are {}", known.join(", ")),
            ));
        }
        if !takes(&alone(api.clone(), None, path.clone())) {
            let text = path.as_ref().map(ToString::to_string).unwrap_or_default();
            return Some((
                "match.path",
                format!("no path that is offered can match '{text}'"),
            ));
        }
        if !takes(&alone(api.clone(), method.clone(), path.clone())) {
            let method = method.as_deref().unwrap_or_default();
            return Some((
                "match.method",
                format!("'{method}' is not offered where this fault looks"),
            ));
        }
        if self.times == Some(0) {
            return Some(("times", "0 would strike nothing".to_owned()));
        }
        if self.every == Some(0) {
            return Some(("every", "must be at least 1".to_owned()));
        }
        if self
            .probability
            .is_some_and(|chance| !(chance > 0.0 && chance <= 1.0))
        {
            return Some(("probability", "must be above 0, and at most 1".to_owned()));
        }
        None
    }
}

/// Reads a list of faults, all of it or none.
///
/// # Errors
/// When an entry cannot be read, or can match nothing that is offered.
pub(crate) fn read(text: &[u8], offered: &[Call]) -> Result<Vec<Fault>, FaultsError> {
    let at = |place: &str, fault: String| FaultsError {
        place: place.to_owned(),
        fault,
    };
    let list: Vec<Value> = serde_json::from_slice(text)
        .map_err(|fault| at("faults", format!("must be a JSON list of faults: {fault}")))?;
    let mut faults = Vec::new();
    for (number, mut entry) in list.into_iter().enumerate() {
        let place = format!("faults.{number}");
        spell(&mut entry);
        for entry in spelled_out(entry).map_err(|fault| at(&place, fault))? {
            let fault: Fault =
                serde_json::from_value(entry).map_err(|fault| at(&place, fault.to_string()))?;
            if let Some((part, text)) = fault.fault(offered) {
                return Err(at(&format!("{place}.{part}"), text));
            }
            faults.push(fault);
        }
    }
    if faults.len() > MOST {
        return Err(at(
            "faults",
            format!("are {}; a space has at most {MOST}", faults.len()),
        ));
    }
    Ok(faults)
}

/// Writes whole numbers as such, but for those of a body, which is given as it is.
fn spell(entry: &mut Value) {
    let body = entry.pointer_mut("/effect/body").map(Value::take);
    whole::spelled(entry);
    if let (Some(body), Some(place)) = (body, entry.pointer_mut("/effect/body")) {
        *place = body;
    }
}

/// The faults that a preset stands for, or the fault itself.
fn spelled_out(entry: Value) -> Result<Vec<Value>, String> {
    let Some(name) = entry.get("preset") else {
        return Ok(vec![entry]);
    };
    let known: Vec<&str> = PRESETS.iter().map(|(name, _)| *name).collect();
    let preset = PRESETS.iter().find(|(known, _)| name == known);
    let Some((_, list)) = preset else {
        return Err(format!(
            "no preset is called {name}; there are {}",
            known.join(", ")
        ));
    };
    if entry.as_object().is_some_and(|parts| parts.len() > 1) {
        return Err("a preset stands alone".to_owned());
    }
    serde_json::from_str(list).map_err(|fault| fault.to_string())
}
