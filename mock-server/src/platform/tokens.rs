//! Tokens: text → the user that it acts as, of which API, until when.

use imbl::OrdMap;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::ids::Ids;

/// What a token opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Grant {
    /// The token itself.
    pub(crate) token: String,
    /// The API that takes it.
    pub(crate) api: String,
    /// The id of the user that it acts as, in the API's own form.
    pub(crate) user: serde_json::Value,
    /// What that user may do, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) may: Option<String>,
    /// Whether examples use this one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) default: bool,
    /// The first instant at which it is no longer valid; `None`: it never ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) until: Option<Timestamp>,
}

impl Grant {
    /// A fresh token that acts as a user. After a rewind, or under a state that was put in place, some of
    /// those to come may be taken already.
    pub(super) fn issued(
        ids: &mut Ids,
        taken: &Tokens,
        api: &str,
        user: serde_json::Value,
        until: Option<Timestamp>,
    ) -> Self {
        let mut token = format!("{api}-{}", ids.hex(16));
        while taken.0.contains_key(&token) {
            token = format!("{api}-{}", ids.hex(16));
        }
        Self {
            token,
            api: api.to_owned(),
            user,
            may: None,
            default: false,
            until,
        }
    }
}

/// The tokens of a space.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tokens(OrdMap<String, Grant>);

impl Tokens {
    /// Registers one, in place of an older one of the same text.
    pub(crate) fn insert(&mut self, grant: Grant) {
        self.0.insert(grant.token.clone(), grant);
    }

    /// Whether this is one, of whatever API.
    pub(crate) fn has(&self, text: &str) -> bool {
        self.0.contains_key(text)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Every token, by its text.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Grant> {
        self.0.values()
    }

    /// The user that a token acts as now, if this API takes it.
    pub(crate) fn user(
        &self,
        api: &str,
        token: &str,
        now: Timestamp,
    ) -> Option<&serde_json::Value> {
        let grant = self.of(api, token)?;
        let valid = grant.until.is_none_or(|until| now < until);
        valid.then_some(&grant.user)
    }

    /// When a token that this API once took ended.
    pub(crate) fn ended(&self, api: &str, token: &str, now: Timestamp) -> Option<Timestamp> {
        self.of(api, token)?.until.filter(|until| *until <= now)
    }

    fn of(&self, api: &str, token: &str) -> Option<&Grant> {
        self.0.get(token).filter(|grant| grant.api == api)
    }
}
