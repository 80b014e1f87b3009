//! What a fault does, and how that is written.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::platform::limits::Allowance;

/// The longest delay, in milliseconds: ten minutes.
const LONGEST_DELAY: u64 = 600_000;

/// What a fault does to a request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Value", into = "Value")]
pub(crate) enum Effect {
    /// Answers at once with this status.
    Status {
        status: u16,
        /// The body; none: the API's own for an error of this status.
        body: Option<Value>,
    },
    /// Waits.
    Delay { delay_ms: u64 },
    /// Closes the connection before anything happens.
    Drop,
    /// Lets everything happen, then closes the connection.
    LoseAnswer,
    /// Cuts the body.
    Truncate {
        /// The bytes left; none: half of them.
        keep: Option<usize>,
    },
    /// 429 with `Retry-After`.
    RateLimit {
        /// What each key may use; none: nothing at all.
        allowance: Option<Allowance>,
        /// The value of `Retry-After`; none: until the window ends.
        retry_after: Option<u64>,
    },
}

impl Effect {
    /// The name of its kind.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Status { .. } => "status",
            Self::Delay { .. } => "delay_ms",
            Self::Drop => "drop",
            Self::LoseAnswer => "lose_answer",
            Self::Truncate { .. } => "truncate",
            Self::RateLimit { .. } => "rate_limit",
        }
    }
}

const FORMS: &str = r#"an effect is {"status": 503} (with a "body" if you like), {"delay_ms": 200}, "drop", "lose_answer", "truncate" or {"truncate": BYTES}, "rate_limit" or {"rate_limit": {"requests": 100, "seconds": 60, "retry_after": 30}}"#;

/// The parts of a limit, all of which may be left out.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Limit {
    #[serde(skip_serializing_if = "Option::is_none")]
    requests: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seconds: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after: Option<u64>,
}

impl TryFrom<Value> for Effect {
    type Error = String;

    fn try_from(value: Value) -> Result<Self, String> {
        let unknown = || format!("{value} is no effect; {FORMS}");
        if let Some(word) = value.as_str() {
            return match word {
                "drop" => Ok(Self::Drop),
                "lose_answer" => Ok(Self::LoseAnswer),
                "truncate" => Ok(Self::Truncate { keep: None }),
                "rate_limit" => limited(&json!({})),
                _ => Err(unknown()),
            };
        }
        let parts = value.as_object().ok_or_else(unknown)?;
        let keys: Vec<&str> = parts.keys().map(String::as_str).collect();
        match keys.as_slice() {
            ["status"] | ["status", "body"] | ["body", "status"] => answered(&value),
            ["delay_ms"] => delayed(&value["delay_ms"]),
            ["truncate"] => value["truncate"]
                .as_u64()
                .and_then(|keep| usize::try_from(keep).ok())
                .map(|keep| Self::Truncate { keep: Some(keep) })
                .ok_or_else(|| "truncate must be the number of bytes to keep".to_owned()),
            ["rate_limit"] => limited(&value["rate_limit"]),
            _ => Err(unknown()),
        }
    }
}

fn answered(value: &Value) -> Result<Effect, String> {
    let status = value["status"]
        .as_u64()
        .and_then(|status| u16::try_from(status).ok());
    // Below 200 nothing ends; a client would wait for the real answer.
    let status = status.filter(|status| (200..=599).contains(status));
    Ok(Effect::Status {
        status: status.ok_or("status must be from 200 to 599")?,
        body: value.get("body").cloned(),
    })
}

fn delayed(value: &Value) -> Result<Effect, String> {
    let delay = value
        .as_u64()
        .filter(|delay| (1..=LONGEST_DELAY).contains(delay));
    let told = || format!("delay_ms must be from 1 to {LONGEST_DELAY} milliseconds");
    delay
        .map(|delay_ms| Effect::Delay { delay_ms })
        .ok_or_else(told)
}

fn limited(value: &Value) -> Result<Effect, String> {
    let limit: Limit =
        serde_json::from_value(value.clone()).map_err(|fault| format!("rate_limit: {fault}"))?;
    let allowance = match (limit.requests, limit.seconds) {
        (None, None) => None,
        (Some(requests), Some(seconds)) if seconds > 0 => Some(Allowance { requests, seconds }),
        _ => {
            return Err(
                "rate_limit needs requests and seconds together, seconds at least 1".to_owned(),
            );
        }
    };
    Ok(Effect::RateLimit {
        allowance,
        retry_after: limit.retry_after,
    })
}

impl From<Effect> for Value {
    fn from(effect: Effect) -> Self {
        match effect {
            Effect::Status { status, body: None } => json!({ "status": status }),
            Effect::Status {
                status,
                body: Some(body),
            } => json!({ "status": status, "body": body }),
            Effect::Delay { delay_ms } => json!({ "delay_ms": delay_ms }),
            Effect::Drop | Effect::LoseAnswer | Effect::Truncate { keep: None } => {
                effect.name().into()
            }
            Effect::Truncate { keep: Some(keep) } => json!({ "truncate": keep }),
            Effect::RateLimit {
                allowance: None,
                retry_after: None,
            } => "rate_limit".into(),
            Effect::RateLimit {
                allowance,
                retry_after,
            } => {
                let limit = Limit {
                    requests: allowance.map(|allowance| allowance.requests),
                    seconds: allowance.map(|allowance| allowance.seconds),
                    retry_after,
                };
                json!({ "rate_limit": limit })
            }
        }
    }
}
