//! Clients of the two APIs for scenarios: who calls, and the conversation of one scenario. This folder is
//! the only user of reqwest, and nothing leaves it with a secret in it.

mod address;
mod answer;
mod captured;
mod control;
mod conversation;
mod credentials;
mod exchange;
mod guard;
mod http;
mod jwt;
mod redact;
mod retry;
mod secret;
mod select;
mod step;
mod time;
mod token_place;
mod writes;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;
use std::sync::Arc;

use crate::scenario::Api;
use crate::verdict::{Failure, Outcome, Stop};

pub(crate) use address::Address;
pub(crate) use answer::Answer;
pub(crate) use captured::Captured;
pub(crate) use control::Control;
pub(crate) use conversation::{Conversation, Endpoint, Role, Setting};
pub(crate) use credentials::{AuthTokenProvider, TOKEN_FIELDS};
pub use exchange::Exchange;
pub(crate) use http::{Http, Limits, Pace, Purpose};
pub(crate) use jwt::Signer;
pub(crate) use retry::Retries;
pub(crate) use secret::Secret;
pub(crate) use step::Step;
pub(crate) use token_place::TokenPlace;

/// A caller of one API within the conversation of one scenario.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    conversation: Rc<Conversation>,
    api: Api,
    caller: Caller,
}

/// Who calls.
#[derive(Debug, Clone)]
struct Caller {
    /// How messages call it.
    name: String,
    /// Its name in the targets file, where it is not the default one.
    role: Option<String>,
    token: Option<Secret>,
    /// Where the token comes from instead.
    provider: Option<Arc<AuthTokenProvider>>,
    /// Where requests to AMS carry the token, if not where the target is said to want it.
    place: Option<TokenPlace>,
    /// Whether the target is to accept the token: a 401 is then our trouble unless proved otherwise.
    genuine: bool,
}

impl Client {
    pub(crate) fn new(conversation: Rc<Conversation>, api: Api) -> Result<Self, Stop> {
        let endpoint = conversation.endpoint(api)?;
        let provider = endpoint.provider.clone();
        let caller = Caller {
            name: "the default caller".to_owned(),
            role: None,
            token: Some(endpoint.token.clone()).filter(|_| provider.is_none()),
            provider,
            place: None,
            genuine: true,
        };
        Ok(Self {
            conversation,
            api,
            caller,
        })
    }

    /// Begins a step; its name stands in every message about it.
    pub(crate) fn step(&self, name: impl Into<String>) -> Step<'_> {
        Step::new(self, name.into())
    }

    /// The caller that the targets file lists under this role.
    pub(crate) fn as_role(&self, role: &str) -> Result<Self, Stop> {
        let token = match self.role(role).and_then(|known| known.token.clone()) {
            Some(token) => token,
            // The token of the target is the manager's.
            None if self.api == Api::Ams && role == "manager" => self.endpoint()?.token.clone(),
            None => return Err(self.missing(&format!("roles.{role}.token_env"))),
        };
        let mut caller = self.calling(role, Some(token), true);
        caller.caller.role = Some(role.to_owned());
        Ok(caller)
    }

    /// The caller's own id, as the targets file tells it for this role.
    pub(crate) fn user_of(&self, role: &str) -> Result<i64, Stop> {
        let user = self.role(role).and_then(|known| known.user);
        user.ok_or_else(|| self.missing(&format!("roles.{role}.user")))
    }

    /// The account of this role.
    pub(crate) fn account_of(&self, role: &str) -> Result<String, Stop> {
        let account = self.role(role).and_then(|known| known.account.clone());
        account.ok_or_else(|| self.missing(&format!("roles.{role}.account")))
    }

    /// The creditor that this role acts for.
    pub(crate) fn creditor_of(&self, role: &str) -> Result<Captured, Stop> {
        let creditor = self.role(role).and_then(|known| known.creditor.as_deref());
        let creditor = creditor.map(Captured::from);
        creditor.ok_or_else(|| self.missing(&format!("roles.{role}.creditor")))
    }

    /// The account of the default caller.
    pub(crate) fn account(&self) -> Result<String, Stop> {
        let account = self.endpoint()?.account.clone();
        account.ok_or_else(|| self.missing("account"))
    }

    /// The API code that the targets file names, with its private key.
    pub(crate) fn own_code(&self) -> Result<&AuthTokenProvider, Stop> {
        let code = self.endpoint()?.code.as_deref();
        code.ok_or_else(|| self.missing("api_code_env"))
    }

    /// The company of the default caller.
    pub(crate) fn company(&self) -> Result<i64, Stop> {
        self.endpoint()?
            .company
            .ok_or_else(|| self.missing("company"))
    }

    /// The path at which this target creates users or departments.
    pub(crate) fn path_for(&self, what: &str, default: &str) -> String {
        let known = self.endpoint().ok().and_then(|end| end.paths.get(what));
        known.map_or_else(|| default.to_owned(), Clone::clone)
    }

    /// The same without any credentials.
    pub(crate) fn without_token(&self) -> Self {
        self.calling("a caller without a token", None, false)
    }

    /// The same with a token that the target does not know.
    pub(crate) fn with_token(&self, token: &str) -> Self {
        self.calling(
            "a caller with a made-up token",
            Some(Secret::new(token)),
            false,
        )
    }

    /// The same with a token that the target may or may not take, and that nobody else is to see.
    pub(crate) fn with_secret(&self, token: &str) -> Self {
        self.conversation.keep_secret(&Secret::new(token));
        self.with_token(token)
    }

    /// The same with a token that is almost the one the target knows.
    pub(crate) fn with_altered_token(&self) -> Self {
        // Whoever cannot fetch one has told so before.
        let token = self.token().ok().flatten().unwrap_or_default();
        self.with_token(&format!("{}x", token.reveal()))
    }

    /// The same, with the token in another place: whether the target takes it there is to be seen.
    pub(crate) fn with_token_in(&self, place: TokenPlace) -> Result<Self, Stop> {
        let mut client = self.calling(
            &format!("a caller with the token as {}", place.name()),
            self.token()?,
            false,
        );
        client.caller.place = Some(place);
        Ok(client)
    }

    /// Where requests to AMS carry the token.
    fn token_place(&self) -> TokenPlace {
        let usual = || {
            self.endpoint()
                .map_or_else(|_| TokenPlace::default(), |end| end.token_place)
        };
        self.caller.place.unwrap_or_else(usual)
    }

    /// The caller's token, fetched if need be.
    fn token(&self) -> Result<Option<Secret>, Stop> {
        match &self.caller.provider {
            Some(provider) => {
                let token = self.conversation.token_from(provider, self.api)?;
                Ok(Some(token))
            }
            None => Ok(self.caller.token.clone()),
        }
    }

    /// Acts as a user of the mock.
    pub(crate) fn as_user(&self, user: &Captured) -> Result<Self, Stop> {
        let token = self.mock()?.token(self.api, user)?;
        Ok(self.calling(&format!("user {user}"), Some(Secret::new(token)), true))
    }

    /// The control API of the mock; a target without one cannot show what it shows.
    pub(crate) fn mock(&self) -> Result<Control<'_>, Stop> {
        Control::of(self)
    }

    /// Whether nothing is sent.
    pub(crate) fn planning(&self) -> bool {
        self.conversation.planning()
    }

    /// Whether the target is a mock of ours.
    pub(crate) fn on_mock(&self) -> bool {
        self.endpoint().is_ok_and(|end| end.control_url.is_some())
    }

    /// A name that no other scenario and no other run uses.
    pub(crate) fn unique(&self) -> String {
        self.conversation.unique()
    }

    /// Ten digits of the same kind.
    pub(crate) fn unique_number(&self) -> String {
        format!("55{:08}", self.unique_hash() % 100_000_000)
    }

    /// Twenty-four hexadecimal digits of the same kind.
    pub(crate) fn unique_id(&self) -> String {
        format!("c7c7c7c7{:016x}", self.unique_hash())
    }

    fn unique_hash(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.unique().hash(&mut hasher);
        hasher.finish()
    }

    /// An e-mail address of the same kind.
    pub(crate) fn unique_email(&self) -> String {
        format!("{}@example.com", self.unique())
    }

    /// A condition over several answers, so no one answer's fault.
    pub(crate) fn requires(&self, condition: bool, expected: &str, actual: &str) -> Outcome {
        if condition || self.conversation.planning() {
            return Ok(());
        }
        let last = self.conversation.last();
        Err(Stop::Broken(Box::new(Failure {
            step: last
                .as_ref()
                .map_or_else(String::new, |seen| seen.step.clone()),
            caller: self.caller.name.clone(),
            expected: expected.to_owned(),
            actual: self.conversation.redact(actual),
            request: last.map_or_else(String::new, |seen| seen.curl()),
        })))
    }

    fn calling(&self, name: &str, token: Option<Secret>, genuine: bool) -> Self {
        if let Some(token) = token.as_ref().filter(|_| genuine) {
            self.conversation.keep_secret(token);
        }
        let caller = Caller {
            name: name.to_owned(),
            role: None,
            token,
            provider: None,
            place: None,
            genuine,
        };
        Self {
            conversation: Rc::clone(&self.conversation),
            api: self.api,
            caller,
        }
    }

    fn role(&self, role: &str) -> Option<&Role> {
        self.endpoint().ok()?.roles.get(role)
    }

    fn endpoint(&self) -> Result<&Endpoint, Stop> {
        self.conversation.endpoint(self.api)
    }

    fn missing(&self, entry: &str) -> Stop {
        Stop::NotObservable(format!(
            "the targets file has no {}.{}.{entry}",
            self.conversation.setting.target,
            self.api.name()
        ))
    }
}
