//! What a mock shows of itself: its state, its outbox, its answers in force, and tokens for any user.

use serde_json::{Value, json};

use super::captured::Captured;
use super::conversation::Asked;
use super::{Answer, Client};
use crate::scenario::Api;
use crate::verdict::{Stop, TroubleKind};

/// The control API of the scenario's space.
pub(crate) struct Control<'c> {
    client: &'c Client,
    url: String,
}

impl<'c> Control<'c> {
    pub(super) fn of(client: &'c Client) -> Result<Self, Stop> {
        match client.endpoint()?.control_url.clone() {
            Some(url) => Ok(Self { client, url }),
            None => Err(Stop::NotObservable(
                "only a mock has a control API".to_owned(),
            )),
        }
    }

    /// The whole space, in the form of a world file.
    pub(crate) fn state(&self) -> Result<Answer, Stop> {
        self.call("look at the mock's state", "GET", "/state", None)
    }

    /// The record with this id in one list of the state, such as `/ams/users`.
    pub(crate) fn record(&self, list: &str, id: &Captured) -> Result<Answer, Stop> {
        let key = if list.starts_with("/amili") {
            "_id"
        } else {
            "id"
        };
        let state = self.state()?;
        let records = state.value().pointer(list).cloned().unwrap_or_default();
        state
            .part(json!({ "_items": records }))
            .find(&format!("the record {id} of {list}"), &[(key, id)])
    }

    /// How many records one list of the state has.
    pub(crate) fn count(&self, list: &str) -> Result<usize, Stop> {
        let state = self.state()?;
        let records = state.value().pointer(list).and_then(Value::as_array);
        Ok(records.map_or(0, Vec::len))
    }

    /// Changes the world of this space, to set a scene that no call of the API can set.
    pub(crate) fn arrange(&self, change: impl FnOnce(&mut Value)) -> Result<(), Stop> {
        let mut state = self.state()?.value().clone();
        change(&mut state);
        self.call("set the scene", "PUT", "/state", Some(state))?;
        Ok(())
    }

    /// Adds one record to a list of the state.
    pub(crate) fn add(&self, list: &str, record: Value) -> Result<(), Stop> {
        self.arrange(|state| {
            if let Some(records) = state.pointer_mut(list).and_then(Value::as_array_mut) {
                records.push(record);
            }
        })
    }

    /// The present second of this space.
    pub(crate) fn second(&self) -> Result<i64, Stop> {
        let clock = self.call("ask for the time", "GET", "/clock", None)?;
        let now = clock.value().get("now").and_then(Value::as_str);
        let now = now.and_then(|now| now.parse::<jiff::Timestamp>().ok());
        match now {
            Some(now) => Ok(now.as_second()),
            None if clock.planned() => Ok(0),
            None => Err(clock.trouble(TroubleKind::Other, "the mock does not tell the time")),
        }
    }

    /// Lets so many seconds pass in this space.
    pub(crate) fn advance(&self, seconds: i64) -> Result<(), Stop> {
        let step = json!({ "advance_seconds": seconds });
        self.call("let time pass", "PUT", "/clock", Some(step))?;
        Ok(())
    }

    /// The mails to this address.
    pub(crate) fn mails_to(&self, address: &str) -> Result<Vec<Value>, Stop> {
        let outbox = self.call("look into the outbox", "GET", "/outbox", None)?;
        let mails = outbox.value().get("mails").and_then(Value::as_array);
        let sent_here = |mail: &&Value| mail.get("to").is_some_and(|to| to == address);
        Ok(mails.map_or_else(Vec::new, |mails| {
            mails.iter().filter(sent_here).cloned().collect()
        }))
    }

    /// A token that acts as this user.
    pub(super) fn token(&self, api: Api, user: &Captured) -> Result<String, Stop> {
        let body = json!({ "api": api.name(), "user": user });
        let step = format!("get a token for user {user}");
        let answer = self.call(&step, "POST", "/tokens", Some(body))?;
        Ok(answer.capture("token", "/token")?.to_string())
    }

    /// The ids of the rules and assumptions that decided answers in this space.
    pub(crate) fn noted(&self) -> Result<Vec<String>, Stop> {
        let mut noted = Vec::new();
        for list in ["rules", "assumptions"] {
            let step = format!("ask which {list} decided");
            let answer = self.call(&step, "GET", &format!("/{list}"), None)?;
            let entries = answer.value().get(list).and_then(Value::as_array);
            for entry in entries.into_iter().flatten() {
                let decided = entry.get("decided").and_then(Value::as_u64) > Some(0);
                let id = entry.get("id").and_then(Value::as_str);
                noted.extend(id.filter(|_| decided).map(str::to_owned));
            }
        }
        Ok(noted)
    }

    /// The answer in force to one assumption; `None` where the mock does not tell.
    pub(crate) fn in_force(&self, assumption: &str) -> Option<String> {
        let path = format!("/assumptions/{assumption}");
        let told = self
            .ask("ask which answer is in force", "GET", &path, None)
            .ok()?;
        told.value().get("answer")?.as_str().map(str::to_owned)
    }

    fn call(
        &self,
        step: &str,
        method: &str,
        path: &str,
        body: Option<Value>,
    ) -> Result<Answer, Stop> {
        let answer = self.ask(step, method, path, body)?;
        if answer.planned() || answer.succeeded() {
            return Ok(answer);
        }
        if matches!(answer.status(), 404 | 405 | 501) {
            let because = format!("this mock does not offer {method} /_mock{path}");
            return Err(Stop::NotObservable(because));
        }
        Err(answer.trouble(
            TroubleKind::Other,
            "the mock refused a call of its control API",
        ))
    }

    fn ask(
        &self,
        step: &str,
        method: &str,
        path: &str,
        body: Option<Value>,
    ) -> Result<Answer, Stop> {
        let body = body.map(|body| body.to_string());
        let json = ("Content-Type".to_owned(), "application/json".to_owned());
        let (text, exchange) = self.client.conversation.ask(&Asked {
            api: None,
            step,
            caller: "the harness",
            role: None,
            not_own: None,
            method,
            base_url: &self.url,
            path: &format!("/_mock{path}"),
            query: &[],
            headers: if body.is_some() {
                std::slice::from_ref(&json)
            } else {
                &[]
            },
            authorisation: None,
            body: body.as_deref(),
        })?;
        Ok(Answer::new(self.client, text, exchange))
    }
}
