//! The conversation of one scenario with its target: sends, keeps what was said without its secrets, and
//! hands out names. In a dry run nothing is sent.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use super::credentials::AuthTokenProvider;
use super::exchange::{Curl, Exchange};
use super::http::{self, Http, NoAnswer, Request, Response};
use super::redact::Redactor;
use crate::scenario::Api;
use crate::verdict::{Stop, Trouble, TroubleKind};

/// One API of a target, as one scenario sees it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Endpoint {
    pub(crate) base_url: String,
    /// Where the control API of the scenario's space is found, on a mock.
    pub(crate) control_url: Option<String>,
    pub(crate) token: String,
    /// Where the token comes from instead, when it is fetched by API code.
    pub(crate) provider: Option<Arc<AuthTokenProvider>>,
    /// The API code with its key, wherever the token comes from.
    pub(crate) code: Option<Arc<AuthTokenProvider>>,
    pub(crate) account: Option<String>,
    pub(crate) company: Option<i64>,
    pub(crate) paths: BTreeMap<String, String>,
    pub(crate) roles: BTreeMap<String, Role>,
}

/// A further caller.
#[derive(Debug, Clone, Default)]
pub(crate) struct Role {
    pub(crate) token: Option<String>,
    pub(crate) user: Option<i64>,
    pub(crate) account: Option<String>,
    pub(crate) creditor: Option<String>,
}

/// What one scenario and its target say to each other.
#[derive(Debug)]
pub(crate) struct Conversation {
    pub(crate) target: String,
    pub(super) planning: bool,
    http: Arc<Http>,
    endpoints: BTreeMap<Api, Endpoint>,
    /// `ct-RUN-NUMBER`, which names begin with.
    prefix: String,
    names: Cell<u32>,
    kept: RefCell<Vec<Rc<Exchange>>>,
    redactor: Redactor,
}

/// A request in the words of a step.
#[derive(Debug, Clone)]
pub(super) struct Asked<'a> {
    pub(super) step: &'a str,
    pub(super) caller: &'a str,
    pub(super) method: &'a str,
    pub(super) base_url: &'a str,
    pub(super) path: &'a str,
    pub(super) query: &'a [(String, String)],
    pub(super) headers: &'a [(String, String)],
    /// The header that carries the token, the token, and what the shell knows it by.
    pub(super) authorisation: Option<(&'a str, String, String)>,
    pub(super) body: Option<String>,
    /// A call of the mock's control API, which is outside all limits.
    pub(super) control: bool,
}

impl Conversation {
    pub(crate) fn new(
        target: &str,
        prefix: String,
        http: Arc<Http>,
        endpoints: BTreeMap<Api, Endpoint>,
        planning: bool,
    ) -> Rc<Self> {
        let redactor = Redactor::default();
        for endpoint in endpoints.values() {
            redactor.keep(&endpoint.token);
            let roles = endpoint.roles.values();
            roles
                .filter_map(|role| role.token.as_deref())
                .for_each(|token| redactor.keep(token));
        }
        Rc::new(Self {
            target: target.to_owned(),
            planning,
            http,
            endpoints,
            prefix,
            names: Cell::new(0),
            kept: RefCell::default(),
            redactor,
        })
    }

    pub(super) fn endpoint(&self, api: Api) -> Result<&Endpoint, Stop> {
        self.endpoints.get(&api).ok_or_else(|| {
            let name = api.name();
            Stop::NotObservable(format!("the target has no [{}.{name}]", self.target))
        })
    }

    pub(super) fn unique(&self) -> String {
        let number = self.names.get() + 1;
        self.names.set(number);
        format!("{}-{number}", self.prefix)
    }

    pub(super) fn patience(&self) -> Duration {
        self.http.patience()
    }

    pub(super) fn keep_secret(&self, secret: &str) {
        self.redactor.keep(secret);
    }

    /// The token that a provider has for an API; what stands for it in a dry run.
    pub(super) fn token_from(
        &self,
        provider: &AuthTokenProvider,
        api: Api,
    ) -> Result<String, Stop> {
        if self.planning {
            return Ok("$AMILI_TOKEN".to_owned());
        }
        let base_url = &self.endpoint(api)?.base_url;
        let token = provider.token(&self.http, base_url).map_err(|error| {
            Stop::InstrumentFailed(Box::new(Trouble {
                kind: error.kind,
                step: "fetch a token by API code".to_owned(),
                text: self.redact(&error.to_string()),
                request: String::new(),
            }))
        })?;
        self.redactor.keep(&token);
        Ok(token)
    }

    pub(super) fn redact(&self, text: &str) -> String {
        self.redactor.text(text)
    }

    pub(super) fn last(&self) -> Option<Rc<Exchange>> {
        self.kept.borrow().last().cloned()
    }

    /// Everything said so far, in order.
    pub(crate) fn exchanges(&self) -> Vec<Exchange> {
        let kept = self.kept.borrow();
        kept.iter().map(|said| Exchange::clone(said)).collect()
    }

    /// Asks and waits for the answer; `None` in a dry run.
    pub(super) fn ask(&self, asked: &Asked<'_>) -> Result<(Option<Response>, Rc<Exchange>), Stop> {
        let url = match http::url(asked.base_url, asked.path, asked.query) {
            Ok(url) => url,
            Err(text) => return Err(self.trouble(asked, TroubleKind::Other, &text, "")),
        };
        let curl = self.curl(asked, &url);
        let answer = if self.planning {
            None
        } else {
            let sent = self.send(asked, &url);
            Some(sent.map_err(|error| self.trouble(asked, error.kind, &error.to_string(), &curl))?)
        };
        let exchange = Rc::new(self.exchange(asked, &url, curl, answer.as_ref()));
        self.kept.borrow_mut().push(Rc::clone(&exchange));
        Ok((answer, exchange))
    }

    fn send(&self, asked: &Asked<'_>, url: &str) -> Result<Response, NoAnswer> {
        let mut headers = asked.headers.to_vec();
        if let Some((name, value, _)) = &asked.authorisation {
            headers.push(((*name).to_owned(), value.clone()));
        }
        let request = Request {
            method: asked.method.to_owned(),
            url: url.to_owned(),
            headers,
            body: asked.body.clone(),
        };
        let answer = if asked.control {
            self.http.exchange(&request)
        } else {
            self.http.send(&request)
        }?;
        self.redactor.learn(&answer.body);
        Ok(answer)
    }

    fn exchange(
        &self,
        asked: &Asked<'_>,
        url: &str,
        curl: String,
        answer: Option<&Response>,
    ) -> Exchange {
        let path = match self.planning {
            // Readable, for nothing is sent: placeholders would be encoded beyond recognition.
            true => planned_path(asked),
            false => url.strip_prefix(asked.base_url).unwrap_or(url).to_owned(),
        };
        let headers = answer.map_or(&[][..], |answer| &answer.headers);
        Exchange {
            step: asked.step.to_owned(),
            caller: asked.caller.to_owned(),
            method: asked.method.to_owned(),
            path: self.redact(&path),
            sent: asked.body.as_deref().map(|body| self.redact(body)),
            status: answer.map_or(0, |answer| answer.status),
            headers: headers
                .iter()
                .map(|(name, value)| (name.clone(), self.redact(value)))
                .collect(),
            body: answer.map_or_else(String::new, |answer| self.redact(&answer.body)),
            curl,
        }
    }

    fn curl(&self, asked: &Asked<'_>, url: &str) -> String {
        let curl = Curl {
            method: asked.method,
            url: &self.redact(url),
            headers: asked.headers,
            authorisation: asked
                .authorisation
                .as_ref()
                .map(|(name, _, shown)| format!("{name}: {shown}")),
            body: asked.body.as_deref(),
        };
        self.redact(&curl.line())
    }

    fn trouble(&self, asked: &Asked<'_>, kind: TroubleKind, text: &str, request: &str) -> Stop {
        Stop::InstrumentFailed(Box::new(Trouble {
            kind,
            step: asked.step.to_owned(),
            text: self.redact(text),
            request: request.to_owned(),
        }))
    }
}

fn planned_path(asked: &Asked<'_>) -> String {
    let query: Vec<_> = asked
        .query
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    match query.is_empty() {
        true => asked.path.to_owned(),
        false => format!("{}?{}", asked.path, query.join("&")),
    }
}
