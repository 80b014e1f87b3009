//! Tokens fetched by API code, kept and renewed: what Amili's guides call an `AuthTokenProvider`.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use reqwest::Url;
use serde_json::{Value, json};

use super::http::{self, Http, NoAnswer, Purpose, Request, Response};
use super::jwt::Signer;
use super::secret::Secret;
use crate::verdict::TroubleKind;

/// The members of an answer that may hold a token; no document says which one does.
pub(crate) const TOKEN_FIELDS: [&str; 4] = ["token", "access_token", "api_key", "x_api_key"];

const PATH: &str = "/authenticates/api-code";
/// How far ahead a JWT expires: a little less than the ten minutes of the documents.
const JWT_SECONDS: i64 = 540;
/// How long a token is kept where the answer does not say how long it lasts.
const KEPT: Duration = Duration::from_secs(540);
/// How much earlier than its end a token is renewed.
const EARLY: Duration = Duration::from_secs(60);

/// Fetches tokens for one API code.
pub(crate) struct AuthTokenProvider {
    api_code: Secret,
    signer: Signer,
    /// By base URL: each space of a mock has tokens of its own.
    kept: Mutex<BTreeMap<String, Kept>>,
}

struct Kept {
    token: Secret,
    good_until: Instant,
}

impl fmt::Debug for AuthTokenProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthTokenProvider")
    }
}

impl AuthTokenProvider {
    /// A provider that has fetched nothing yet; the error says what is wrong with the private key.
    pub(crate) fn new(api_code: Secret, private_key: &str) -> Result<Self, String> {
        Ok(Self {
            api_code,
            signer: Signer::new(private_key)?,
            kept: Mutex::default(),
        })
    }

    /// The API code.
    pub(crate) fn api_code(&self) -> &Secret {
        &self.api_code
    }

    /// What signs by its private key.
    pub(crate) fn signer(&self) -> &Signer {
        &self.signer
    }

    /// A token that is good for a while.
    pub(super) fn token(
        &self,
        http: &Http,
        base_url: &str,
        purpose: Purpose,
    ) -> Result<Secret, NoAnswer> {
        // Held while a token is fetched, so that callers who come together fetch one.
        let mut kept = self.kept();
        let known = kept.get(base_url);
        if let Some(known) = known.filter(|known| http.time().now() < known.good_until) {
            return Ok(known.token.clone());
        }
        let fresh = self.fetch(http, base_url, purpose)?;
        let token = fresh.token.clone();
        kept.insert(base_url.to_owned(), fresh);
        Ok(token)
    }

    /// Forgets a token that the target no longer takes, unless a newer one is kept already.
    pub(super) fn forget(&self, base_url: &str, token: &Secret) {
        let mut kept = self.kept();
        if kept
            .get(base_url)
            .is_some_and(|known| known.token == *token)
        {
            kept.remove(base_url);
        }
    }

    fn fetch(&self, http: &Http, base_url: &str, purpose: Purpose) -> Result<Kept, NoAnswer> {
        let url = http::url(base_url, PATH, &[])
            .map_err(|text| NoAnswer::new(TroubleKind::Other, text))?;
        // The JWT expires by the target's clock, which every answer tells: a refusal, too.
        let now = second(&ask(http, &url, None, purpose)?)?;
        let claims =
            json!({ "api_code": self.api_code.reveal(), "exp": now.saturating_add(JWT_SECONDS) });
        let jwt = self.signer.sign(&claims).map_err(refused)?;
        // Its time begins before the target gives it.
        let asked = http.time().now();
        let answer = ask(http, &url, Some(jwt), purpose)?;
        if answer.status != 200 {
            let kind = match answer.status {
                429 | 500.. => TroubleKind::Other,
                _ => TroubleKind::Credentials,
            };
            let status = answer.status;
            let text = format!("the target gives no token for the API code: status {status}");
            return Err(NoAnswer::new(kind, text));
        }
        let body: Value = serde_json::from_str(&answer.body).unwrap_or_default();
        let token = TOKEN_FIELDS.iter().find_map(|field| body.get(field));
        let token = token.and_then(Value::as_str).ok_or_else(|| {
            let fields = TOKEN_FIELDS.join(", ");
            refused(format!("the answer to the API code has none of {fields}"))
        })?;
        let lasts = body.get("expires_in").and_then(Value::as_u64);
        let kept = lasts.map_or(KEPT, |seconds| {
            Duration::from_secs(seconds).saturating_sub(EARLY)
        });
        Ok(Kept {
            token: Secret::new(token),
            // A time that no clock can tell is as good as none.
            good_until: asked.checked_add(kept).unwrap_or(asked + KEPT),
        })
    }

    // What is kept is whole at every moment, so that a panic elsewhere does not spoil it.
    fn kept(&self) -> MutexGuard<'_, BTreeMap<String, Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn ask(
    http: &Http,
    url: &Url,
    jwt: Option<String>,
    purpose: Purpose,
) -> Result<Response, NoAnswer> {
    let key = jwt.map(|jwt| ("X-API-Key".to_owned(), jwt));
    let request = Request {
        method: "GET".to_owned(),
        url: url.clone(),
        headers: key.into_iter().collect(),
        body: None,
    };
    http.send(&request, purpose)
}

/// The present second of whoever answered.
fn second(answer: &Response) -> Result<i64, NoAnswer> {
    let date = answer.header("date");
    let date = date.and_then(|date| jiff::fmt::rfc2822::parse(date).ok());
    date.map(|date| date.timestamp().as_second())
        .ok_or_else(|| refused("the target does not tell the time: no header Date".to_owned()))
}

fn refused(text: String) -> NoAnswer {
    NoAnswer::new(TroubleKind::Credentials, text)
}

#[cfg(test)]
mod tests;
