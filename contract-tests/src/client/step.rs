//! One step of a scenario: a request built up, sent, and its answer judged.

use std::time::Duration;

use serde::Serialize;

use super::conversation::Asked;
use super::secret::Secret;
use super::{Answer, Client};
use crate::scenario::Api;
use crate::verdict::{Stop, TroubleKind};

/// How long to wait between two looks, unless patience is short.
const PAUSE: Duration = Duration::from_millis(500);
const LOOKS: u32 = 4;

/// A request in the making.
#[must_use]
pub(crate) struct Step<'c> {
    client: &'c Client,
    name: String,
    method: String,
    path: String,
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    body: Option<String>,
    until: Option<Condition<'c>>,
    not_own: Option<&'static str>,
    told_by: Option<&'static str>,
}

type Condition<'c> = Box<dyn Fn(&Answer) -> bool + 'c>;

impl<'c> Step<'c> {
    pub(super) fn new(client: &'c Client, name: String) -> Self {
        Self {
            client,
            name,
            method: "GET".to_owned(),
            path: "/".to_owned(),
            query: Vec::new(),
            headers: Vec::new(),
            body: None,
            until: None,
            not_own: None,
            told_by: None,
        }
    }

    pub(crate) fn get(self, path: impl Into<String>) -> Self {
        self.request("GET", path)
    }

    pub(crate) fn post(self, path: impl Into<String>, body: impl Serialize) -> Self {
        self.request("POST", path).json(body)
    }

    pub(crate) fn patch(self, path: impl Into<String>, body: impl Serialize) -> Self {
        self.request("PATCH", path).json(body)
    }

    pub(crate) fn delete(self, path: impl Into<String>) -> Self {
        self.request("DELETE", path)
    }

    /// The etag that the document must still have.
    pub(crate) fn if_match(self, etag: impl ToString) -> Self {
        self.header("If-Match", &etag.to_string())
    }

    /// Any method, without a body.
    pub(crate) fn request(mut self, method: &str, path: impl Into<String>) -> Self {
        self.method = method.to_owned();
        self.path = path.into();
        self
    }

    /// A JSON body with its content type.
    pub(crate) fn json(self, body: impl Serialize) -> Self {
        // What cannot be written as JSON is written as nothing and then refused by the target.
        let text = serde_json::to_string(&body).unwrap_or_default();
        self.raw(Some("application/json"), &text)
    }

    /// A body as it is, with or without a content type.
    pub(crate) fn raw(mut self, content_type: Option<&str>, body: &str) -> Self {
        self.body = Some(body.to_owned());
        match content_type {
            Some(content_type) => self.header("Content-Type", content_type),
            None => self,
        }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// A query key; JSON values are written out, text is taken as it is.
    pub(crate) fn query(mut self, key: &str, value: impl Serialize) -> Self {
        let text = match serde_json::to_value(&value) {
            Ok(serde_json::Value::String(text)) => text,
            Ok(value) => value.to_string(),
            Err(_) => String::new(),
        };
        self.query.push((key.to_owned(), text));
        self
    }

    /// Asks again until this holds or the target's patience ends. A mock is asked once: it may not lag.
    pub(crate) fn until(mut self, condition: impl Fn(&Answer) -> bool + 'c) -> Self {
        self.until = Some(Box::new(condition));
        self
    }

    /// This write is aimed at something that the run did not make, or gives a name that is not of the run,
    /// and is sent all the same. The only exception there is to a run's keeping to its own: for what the
    /// rules say is refused, or exists nowhere. `because` tells which it is; it is for readers.
    pub(crate) fn not_own(mut self, because: &'static str) -> Self {
        self.not_own = Some(because);
        self
    }

    /// The path is one that the targets file tells, under this name in `paths`: where the target has nothing
    /// there, that is no fault of the target.
    pub(crate) fn told_by(mut self, name: &'static str) -> Self {
        self.told_by = Some(name);
        self
    }

    /// The answer must have this status.
    pub(crate) fn expect(self, status: u16) -> Result<Answer, Stop> {
        let wanted = format!("status {status}");
        self.expect_status(&wanted, |seen| seen == status, status)
    }

    /// The answer must be a success; which one, no document says.
    pub(crate) fn expect_success(self) -> Result<Answer, Stop> {
        self.expect_status("a success", |seen| (200..300).contains(&seen), 200)
    }

    /// The request must be refused with this status, and must change nothing.
    pub(crate) fn expect_refusal(self, status: u16) -> Result<Answer, Stop> {
        self.unchanging(|step| step.expect(status))
    }

    /// The request must be refused with one of these, between which an open question decides, and must
    /// change nothing.
    pub(crate) fn expect_refusal_among(self, statuses: &[u16]) -> Result<Answer, Stop> {
        let named: Vec<_> = statuses.iter().map(u16::to_string).collect();
        let wanted = format!("status {}", named.join(" or "));
        let planned = statuses.first().copied().unwrap_or(400);
        self.unchanging(|step| {
            step.expect_status(&wanted, |seen| statuses.contains(&seen), planned)
        })
    }

    /// The request must be refused with some 4xx, and must change nothing.
    pub(crate) fn expect_error(self) -> Result<Answer, Stop> {
        self.unchanging(|step| {
            step.expect_status("a refusal (4xx)", |seen| (400..500).contains(&seen), 400)
        })
    }

    /// The request must be refused with this code, which may stand anywhere in the body; the status is
    /// an open question but for being a 4xx.
    pub(crate) fn expect_code(self, code: &str) -> Result<Answer, Stop> {
        let answer = self.expect_error()?;
        answer.tells(code)?;
        Ok(answer)
    }

    /// The answer, whatever it is.
    pub(crate) fn answer(self) -> Result<Answer, Stop> {
        let answer = self.send()?;
        if answer.status() == 401 && self.client.caller.genuine {
            self.judge_unauthenticated(&answer)?;
        }
        passable(&answer)?;
        Ok(answer)
    }

    /// Whether there is an answer at all, and one that takes the caller for who they are.
    pub(crate) fn greet(self) -> Result<(), Stop> {
        let answer = self.send()?;
        if answer.status() == 401 {
            let text = format!(
                "the target refuses the credentials of {}",
                self.client.caller.name
            );
            return Err(answer.trouble(TroubleKind::Credentials, &text));
        }
        passable(&answer)
    }

    fn expect_status(
        self,
        wanted: &str,
        accepts: impl Fn(u16) -> bool,
        planned: u16,
    ) -> Result<Answer, Stop> {
        let answer = self.send()?;
        if answer.planned() {
            return Ok(answer.with_status(planned));
        }
        if accepts(answer.status()) {
            return Ok(answer);
        }
        if answer.status() == 401 && self.client.caller.genuine {
            self.judge_unauthenticated(&answer)?;
        }
        passable(&answer)?;
        self.judge_path(&answer)?;
        Err(answer.broken(wanted, &answer.described()))
    }

    /// Runs a refused request; on a mock its whole state must be the same before and after.
    fn unchanging(self, run: impl FnOnce(Self) -> Result<Answer, Stop>) -> Result<Answer, Stop> {
        let client = self.client;
        if !client.on_mock() || client.conversation.planning() {
            return run(self);
        }
        let before = client.mock()?.state()?;
        let answer = run(self)?;
        let after = client.mock()?.state()?;
        if before.reads_like(&after) {
            return Ok(answer);
        }
        for part in ["amili", "ams"] {
            if before.value().get(part) != after.value().get(part) {
                return Err(answer.broken(
                    "a refused request that changes nothing",
                    &format!("{}, but the {part} data changed", answer.described()),
                ));
            }
        }
        Ok(answer)
    }

    fn send(&self) -> Result<Answer, Stop> {
        let setting = &self.client.conversation.setting;
        let started = setting.http.time().now();
        let patience = setting.http.limits().patience;
        loop {
            let answer = self.send_once()?;
            let Some(condition) = &self.until else {
                return Ok(answer);
            };
            let waited = setting.http.time().now().duration_since(started);
            let over = self.client.on_mock() || waited > patience;
            if answer.planned() || condition(&answer) || over {
                return Ok(answer);
            }
            setting
                .http
                .pause(PAUSE.min(patience / LOOKS), setting.purpose);
        }
    }

    /// Sends; when a fetched token is refused, once more with a fresh one.
    fn send_once(&self) -> Result<Answer, Stop> {
        let client = self.client;
        let token = client.token()?;
        let answer = self.send_with(token.as_ref())?;
        let (Some(provider), Some(token)) = (&client.caller.provider, &token) else {
            return Ok(answer);
        };
        if answer.status() != 401 {
            return Ok(answer);
        }
        provider.forget(&client.endpoint()?.base_url, token);
        self.send_with(client.token()?.as_ref())
    }

    fn send_with(&self, token: Option<&Secret>) -> Result<Answer, Stop> {
        let client = self.client;
        let (body, exchange) = client.conversation.ask(&Asked {
            api: Some(client.api),
            step: &self.name,
            caller: &client.caller.name,
            role: client.caller.role.as_deref(),
            not_own: self.not_own,
            method: &self.method,
            base_url: &client.endpoint()?.base_url,
            path: &self.path,
            query: &self.query,
            headers: &self.headers,
            authorisation: token.map(|token| authorisation(client, token)),
            body: self.body.as_deref(),
        })?;
        Ok(Answer::new(client, body, exchange))
    }

    /// A 404 without any code of a refusal, at a path that may be another on this target.
    fn judge_path(&self, answer: &Answer) -> Result<(), Stop> {
        let codes = ["company.002", "department.002", "user.002"];
        match self.told_by {
            Some(name)
                if answer.status() == 404 && !codes.iter().any(|code| answer.mentions(code)) =>
            {
                let path = &self.path;
                Err(Stop::NotObservable(format!(
                    "nothing is at {path}: paths.{name} of the targets file tells where it is"
                )))
            }
            _ => Ok(()),
        }
    }

    /// A 401 for credentials that ought to work: the target's fault if it takes them elsewhere.
    fn judge_unauthenticated(&self, answer: &Answer) -> Result<(), Stop> {
        if self.client.on_mock() {
            return Ok(());
        }
        let probe = self
            .client
            .step("see whether the credentials still work")
            .get(match self.client.api {
                Api::Amili => "/access--groups",
                Api::Ams => "/v2/admin/permission/groups",
            });
        if probe.send()?.status() != 401 {
            return Ok(());
        }
        let text = format!(
            "the target refuses the credentials of {}",
            self.client.caller.name
        );
        Err(answer.trouble(TroubleKind::Credentials, &text))
    }
}

/// Answers of gateways and rate limits tell nothing about a rule.
fn passable(answer: &Answer) -> Result<(), Stop> {
    match answer.status() {
        429 | 502..=504 => Err(answer.trouble(TroubleKind::Other, "the target could not serve")),
        _ => Ok(()),
    }
}

/// The header of each API, the value, and how a shell would fill it in.
fn authorisation(client: &Client, token: &Secret) -> (&'static str, String, String) {
    let token = token.reveal();
    let shown = |variable: &str| {
        if client.caller.genuine {
            variable.to_owned()
        } else {
            token.to_owned()
        }
    };
    match client.api {
        Api::Amili => ("X-API-Key", token.to_owned(), shown("$AMILI_TOKEN")),
        Api::Ams => {
            let place = client.token_place();
            let told = place.value(&shown("$AMS_TOKEN"));
            (place.header(), place.value(token), told)
        }
    }
}
