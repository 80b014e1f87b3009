//! The conversation of one scenario with its target: sends, keeps what was said without its secrets, and
//! hands out names. In a dry run nothing is sent.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use reqwest::Url;

use super::credentials::AuthTokenProvider;
use super::exchange::Exchange;
use super::http::{self, Http, NoAnswer, Purpose, Request, Response};
use super::redact::Redactor;
use super::secret::Secret;
use super::token_place::TokenPlace;
use crate::ledger::Ledger;
use crate::scenario::Api;
use crate::verdict::{Stop, Trouble, TroubleKind};

/// The header by which a mock tells of a fault on purpose.
const FAULT: &str = "x-mock-fault";

/// One API of a target, as one scenario sees it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Endpoint {
    pub(crate) base_url: String,
    /// Whether it is on this machine.
    pub(crate) local: bool,
    /// Where the control API of the scenario's space is found, on a mock.
    pub(crate) control_url: Option<String>,
    pub(crate) token: Secret,
    /// Where the token comes from instead, when it is fetched by API code.
    pub(crate) provider: Option<Arc<AuthTokenProvider>>,
    /// The API code with its key, wherever the token comes from.
    pub(crate) code: Option<Arc<AuthTokenProvider>>,
    pub(crate) account: Option<String>,
    pub(crate) company: Option<i64>,
    /// Where requests to AMS carry the token.
    pub(crate) token_place: TokenPlace,
    pub(crate) paths: BTreeMap<String, String>,
    pub(crate) roles: BTreeMap<String, Role>,
}

/// A further caller.
#[derive(Debug, Clone, Default)]
pub(crate) struct Role {
    pub(crate) token: Option<Secret>,
    pub(crate) user: Option<i64>,
    pub(crate) account: Option<String>,
    pub(crate) creditor: Option<String>,
}

/// Who talks to whom, and what for.
#[derive(Debug)]
pub(crate) struct Setting {
    pub(crate) target: String,
    /// `ct-RUN-NUMBER`, which names begin with.
    pub(crate) prefix: String,
    pub(crate) http: Arc<Http>,
    pub(crate) ledger: Arc<Ledger>,
    pub(crate) endpoints: BTreeMap<Api, Endpoint>,
    pub(crate) purpose: Purpose,
    /// Nothing is sent.
    pub(crate) planning: bool,
}

/// What one scenario and its target say to each other.
#[derive(Debug)]
pub(crate) struct Conversation {
    pub(super) setting: Setting,
    names: Cell<u32>,
    kept: RefCell<Vec<Rc<Exchange>>>,
    redactor: Redactor,
}

/// A request in the words of a step.
#[derive(Debug, Clone)]
pub(super) struct Asked<'a> {
    /// None for the mock's control API, which is outside all limits.
    pub(super) api: Option<Api>,
    pub(super) step: &'a str,
    pub(super) caller: &'a str,
    /// The caller in the targets file, where it is not the default one.
    pub(super) role: Option<&'a str>,
    /// Why this may be aimed at what the run did not make.
    pub(super) not_own: Option<&'static str>,
    pub(super) method: &'a str,
    pub(super) base_url: &'a str,
    pub(super) path: &'a str,
    pub(super) query: &'a [(String, String)],
    pub(super) headers: &'a [(String, String)],
    /// The header that carries the token, the token, and what the shell knows it by.
    pub(super) authorisation: Option<(&'a str, String, String)>,
    pub(super) body: Option<&'a str>,
}

impl Conversation {
    pub(crate) fn new(setting: Setting) -> Rc<Self> {
        let redactor = Redactor::default();
        for endpoint in setting.endpoints.values() {
            let roles = endpoint.roles.values();
            let roles = roles.filter_map(|role| role.token.as_ref());
            let code = endpoint.provider.as_ref().map(|it| it.api_code());
            let secrets = roles.chain(code).chain([&endpoint.token]);
            secrets.for_each(|secret| redactor.keep(secret.reveal()));
        }
        Rc::new(Self {
            setting,
            names: Cell::new(0),
            kept: RefCell::default(),
            redactor,
        })
    }

    pub(super) fn planning(&self) -> bool {
        self.setting.planning
    }

    pub(super) fn endpoint(&self, api: Api) -> Result<&Endpoint, Stop> {
        self.setting.endpoints.get(&api).ok_or_else(|| {
            let (target, name) = (&self.setting.target, api.name());
            Stop::NotObservable(format!("the target has no [{target}.{name}]"))
        })
    }

    pub(super) fn unique(&self) -> String {
        let number = self.names.get() + 1;
        self.names.set(number);
        format!("{}-{number}", self.setting.prefix)
    }

    pub(super) fn keep_secret(&self, secret: &Secret) {
        self.redactor.keep(secret.reveal());
    }

    /// The token that a provider has for an API; what stands for it in a dry run.
    pub(super) fn token_from(
        &self,
        provider: &AuthTokenProvider,
        api: Api,
    ) -> Result<Secret, Stop> {
        if self.planning() {
            return Ok(Secret::new("$AMILI_TOKEN"));
        }
        let base_url = &self.endpoint(api)?.base_url;
        let Setting { http, purpose, .. } = &self.setting;
        let token = provider.token(http, base_url, *purpose).map_err(|error| {
            Stop::InstrumentFailed(Box::new(Trouble {
                kind: error.kind,
                step: "fetch a token by API code".to_owned(),
                text: self.redact(&error.to_string()),
                request: String::new(),
            }))
        })?;
        self.keep_secret(&token);
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

    /// Asks and waits for the answer; gives its body as it came, `None` in a dry run.
    pub(super) fn ask(&self, asked: &Asked<'_>) -> Result<(Option<String>, Rc<Exchange>), Stop> {
        let url = match http::url(asked.base_url, asked.path, asked.query) {
            Ok(url) => url,
            Err(text) => return Err(self.trouble(asked, TroubleKind::Other, &text, String::new())),
        };
        let answer = if self.planning() {
            None
        } else {
            let intent = self.permit(asked, &url)?;
            let sent = self.send(asked, &url);
            self.settle(asked, intent, &sent, &url)?;
            let text = |error: NoAnswer| {
                self.trouble(
                    asked,
                    error.kind,
                    &error.to_string(),
                    self.curl(asked, &url),
                )
            };
            Some(sent.map_err(text)?)
        };
        let (answer, body) = match answer {
            Some(Response {
                status,
                headers,
                body,
            }) => (Some((status, headers)), Some(body)),
            None => (None, None),
        };
        let exchange = Rc::new(self.exchange(asked, &url, answer, body.as_deref()));
        self.kept.borrow_mut().push(Rc::clone(&exchange));
        match fault_of(&exchange) {
            // What was asked for on purpose tells nothing about a rule.
            Some(fault) => {
                let text =
                    format!("a fault that the mock was told to have made this answer: {fault}");
                Err(self.trouble(asked, TroubleKind::Other, &text, exchange.curl()))
            }
            None => Ok((body, exchange)),
        }
    }

    fn send(&self, asked: &Asked<'_>, url: &Url) -> Result<Response, NoAnswer> {
        let mut headers = asked.headers.to_vec();
        if let Some((name, value, _)) = &asked.authorisation {
            headers.push(((*name).to_owned(), value.clone()));
        }
        let request = Request {
            method: asked.method.to_owned(),
            url: url.clone(),
            headers,
            body: asked.body.map(str::to_owned),
        };
        let Setting { http, purpose, .. } = &self.setting;
        let answer = match asked.api {
            Some(_) => http.send(&request, *purpose),
            None => http.exchange(&request),
        }?;
        self.redactor.learn(&answer.body);
        Ok(answer)
    }

    fn exchange(
        &self,
        asked: &Asked<'_>,
        url: &Url,
        answer: Option<(u16, Vec<(String, String)>)>,
        body: Option<&str>,
    ) -> Exchange {
        let path = match self.planning() {
            // Readable, for nothing is sent: placeholders would be encoded beyond recognition.
            true => &planned_path(asked),
            false => url
                .as_str()
                .strip_prefix(asked.base_url)
                .unwrap_or(url.as_str()),
        };
        let (status, headers) = answer.unwrap_or_default();
        Exchange {
            step: asked.step.to_owned(),
            caller: asked.caller.to_owned(),
            method: asked.method.to_owned(),
            path: self.redact(path),
            base_url: asked.base_url.to_owned(),
            sent_headers: asked
                .headers
                .iter()
                .map(|(name, value)| (name.clone(), self.redact(value)))
                .collect(),
            sent: asked.body.map(|body| self.redact(body)),
            status,
            headers: headers
                .into_iter()
                .map(|(name, value)| (name, self.redact(&value)))
                .collect(),
            body: body.map_or_else(String::new, |body| self.redact(body)),
            url: self.redact(url.as_str()),
            authorisation: asked
                .authorisation
                .as_ref()
                .map(|(name, _, shown)| self.redact(&format!("{name}: {shown}"))),
        }
    }

    /// The request as a `curl` line, before anything came of it.
    pub(super) fn curl(&self, asked: &Asked<'_>, url: &Url) -> String {
        self.exchange(asked, url, None, None).curl()
    }

    pub(super) fn trouble(
        &self,
        asked: &Asked<'_>,
        kind: TroubleKind,
        text: &str,
        request: String,
    ) -> Stop {
        Stop::InstrumentFailed(Box::new(Trouble {
            kind,
            step: asked.step.to_owned(),
            text: self.redact(text),
            request,
        }))
    }
}

/// The fault that a mock says to have had, on purpose, with an answer.
fn fault_of(exchange: &Exchange) -> Option<&str> {
    let mut headers = exchange.headers.iter();
    let fault = headers.find(|(name, _)| name.eq_ignore_ascii_case(FAULT));
    fault.map(|(_, value)| value.as_str())
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
