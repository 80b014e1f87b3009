//! Where scenarios run: the mock in this process, or a server that the targets file names.
//! Knows what a target offers, not what is asked of it.

mod arguments;
mod entries;
mod file;
mod safety;
mod world;

use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use mock_server::{Clock, MockServer, Options};

pub(crate) use arguments::TargetsFile;
use entries::Around;

use crate::client::{
    Address, Client, Conversation, Endpoint, Http, Limits, Purpose, Retries, Setting,
};
use crate::interrupt::Interrupt;
use crate::ledger::{Header, Ledger, SCHEMA};
use crate::scenario::{Api, Scenario};
use crate::verdict::{Stop, Trouble};

/// The name of the target that runs in this process.
pub const MOCK: &str = "mock";

/// The mock in this process has no bad moments: what it answers is what there is to see.
const UNLIMITED: Limits = Limits {
    pace: None,
    max_requests: None,
    timeout: Duration::from_secs(30),
    patience: Duration::ZERO,
    retries: Retries::NONE,
};

/// A target, ready to be called.
#[derive(Debug)]
pub struct Target {
    name: String,
    http: Arc<Http>,
    bases: BTreeMap<Api, Base>,
    /// What is made on it.
    ledger: Arc<Ledger>,
    /// Kept for its life: the mock stops when it is dropped.
    mock: Option<MockServer>,
}

/// Looks up a variable of the environment.
pub type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// One API of a target.
#[derive(Debug)]
struct Base {
    address: Address,
    /// Whether a mock serves it, so that each scenario has a space of its own.
    mock: bool,
    endpoint: Endpoint,
}

/// Why a target cannot be used: bad usage or files.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    /// The targets file cannot be read.
    #[error("cannot read the targets file {path}: {reason}")]
    Unreadable {
        /// The file.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// The targets file says something that cannot be.
    #[error("{path}: {reason}")]
    Invalid {
        /// The file.
        path: String,
        /// What is wrong.
        reason: String,
    },
    /// The mock or the client cannot start.
    #[error("cannot start: {0}")]
    Start(String),
}

impl Target {
    /// The mock, in this process and with its built-in world.
    ///
    /// # Errors
    /// When it cannot start.
    pub fn mock() -> Result<Self, TargetError> {
        // Its clock stands, so that two runs cannot differ by when a second ended.
        let mock = MockServer::with(Options {
            clock: Clock::standing(),
            ..Options::default()
        })
        .map_err(|error| TargetError::Start(error.to_string()))?;
        let address = Address::parse(mock.base_url()).map_err(TargetError::Start)?;
        let base = |endpoint: Endpoint| Base {
            address: address.clone(),
            mock: true,
            endpoint,
        };
        Ok(Self {
            name: MOCK.to_owned(),
            http: http(UNLIMITED)?,
            bases: BTreeMap::from([
                (Api::Amili, base(world::amili())),
                (Api::Ams, base(world::ams())),
            ]),
            ledger: Arc::new(Ledger::in_memory()),
            mock: Some(mock),
        })
    }

    /// A target that nobody serves, with every caller that a file can name; for planning alone.
    pub(crate) fn imagined(mock: bool) -> Result<Self, TargetError> {
        let address = Address::parse("http://localhost").map_err(TargetError::Start)?;
        let base = |endpoint: Endpoint| Base {
            address: address.clone(),
            mock,
            endpoint,
        };
        Ok(Self {
            name: "imagined".to_owned(),
            http: http(UNLIMITED)?,
            bases: BTreeMap::from([
                (Api::Amili, base(world::amili())),
                (Api::Ams, base(world::ams())),
            ]),
            ledger: Arc::new(Ledger::in_memory()),
            mock: None,
        })
    }

    /// The target of this name: the mock, or an entry of the targets file. In planning nothing is sent,
    /// not even to see whether a server on this machine is a mock.
    ///
    /// # Errors
    /// When the file cannot be read or does not allow what it asks for.
    pub fn named(name: &str, file: &Path, planning: bool) -> Result<Self, TargetError> {
        if name == MOCK {
            return Self::mock();
        }
        let path = file.display().to_string();
        let text = std::fs::read_to_string(file).map_err(|error| TargetError::Unreadable {
            path: path.clone(),
            reason: error.to_string(),
        })?;
        let around = Around {
            folder: file.parent().unwrap_or(Path::new("")),
            environment: &|key| std::env::var(key).ok(),
        };
        Self::from_text(name, &text, around, planning)
            .map_err(|reason| TargetError::Invalid { path, reason })
    }

    /// The same from the text of a targets file, by those who hold neither a file nor variables.
    ///
    /// # Errors
    /// When the text does not allow what it asks for.
    pub fn described(
        name: &str,
        text: &str,
        environment: Environment<'_>,
    ) -> Result<Self, TargetError> {
        let around = Around {
            folder: Path::new(""),
            environment,
        };
        Self::from_text(name, text, around, false).map_err(|reason| TargetError::Invalid {
            path: "the text".to_owned(),
            reason,
        })
    }

    /// The same without asking whether a mock is there.
    #[cfg(any(test, feature = "fuzzing"))]
    pub(crate) fn planned(
        name: &str,
        text: &str,
        environment: Environment<'_>,
    ) -> Result<Self, String> {
        let around = Around {
            folder: Path::new(""),
            environment,
        };
        Self::from_text(name, text, around, true)
    }

    fn from_text(
        name: &str,
        text: &str,
        around: Around<'_>,
        planning: bool,
    ) -> Result<Self, String> {
        let entry = file::entry(text, name)?;
        let mut bases = BTreeMap::new();
        if let Some(amili) = &entry.target.amili {
            let address = Address::parse(&amili.base_url)?;
            bases.insert(Api::Amili, (address, entries::amili(name, amili, around)?));
        }
        if let Some(ams) = &entry.target.ams {
            let address = Address::parse(&ams.base_url)?;
            bases.insert(Api::Ams, (address, entries::ams(name, ams, around)?));
        }
        for (address, _) in bases.values() {
            safety::permitted(address, &entry.allow_hosts, entry.not_a_sandbox)?;
        }
        let remote = bases.values().any(|(address, _)| !address.is_loopback());
        let limits = entry.target.limits.unwrap_or_default();
        let limits = entries::limits(&limits, remote)?;
        let http = http(limits).map_err(|error| error.to_string())?;
        let bases = bases.into_iter().map(|(api, (address, endpoint))| {
            let mock = !planning && address.is_loopback() && http.is_mock(address.root());
            (api, base(api, address, mock, endpoint))
        });
        Ok(Self {
            name: name.to_owned(),
            bases: bases.collect(),
            http,
            ledger: Arc::new(Ledger::in_memory()),
            mock: None,
        })
    }

    /// The name it is called by.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether a mock serves this API.
    pub(crate) fn is_mock(&self, api: Api) -> bool {
        self.bases.get(&api).is_some_and(|base| base.mock)
    }

    /// Says that a scenario's API is no part of this target.
    pub(crate) fn lacks(&self, api: Api) -> String {
        format!("the targets file has no [{}.{}]", self.name, api.name())
    }

    /// Begins the conversation of one scenario. `prefix` names its space and begins its names.
    pub(crate) fn converse(&self, prefix: &str, planning: bool) -> Rc<Conversation> {
        self.conversation(prefix, planning, Purpose::Observing)
    }

    /// Begins a conversation that takes away what was made in one of this prefix.
    pub(crate) fn clean_up(&self, prefix: &str) -> Rc<Conversation> {
        self.conversation(prefix, false, Purpose::CleaningUp)
    }

    fn conversation(&self, prefix: &str, planning: bool, purpose: Purpose) -> Rc<Conversation> {
        let bases = self.bases.iter();
        let endpoints = bases.map(|(api, base)| (*api, base.space(prefix)));
        Conversation::new(Setting {
            target: self.name.clone(),
            prefix: prefix.to_owned(),
            http: Arc::clone(&self.http),
            ledger: Arc::clone(&self.ledger),
            endpoints: endpoints.collect(),
            purpose,
            planning,
        })
    }

    /// Whether what is made on it outlives this process.
    pub(crate) fn lasts(&self) -> bool {
        self.mock.is_none()
    }

    /// What the ledger of a run on this target begins with.
    pub(crate) fn header(&self, run: &str) -> Header {
        let bases = self.bases.iter();
        let base_urls = bases.map(|(api, base)| (*api, base.address.base_url.clone()));
        Header {
            schema: SCHEMA.to_owned(),
            run: run.to_owned(),
            target: self.name.clone(),
            base_urls: base_urls.collect(),
            tool: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    /// From now on what is made is noted there.
    pub(crate) fn keep(&mut self, ledger: Ledger) {
        self.ledger = Arc::new(ledger);
    }

    pub(crate) fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Where the user's wish to end is heard.
    pub(crate) fn interrupt(&self) -> &Arc<Interrupt> {
        self.http.interrupt()
    }

    /// One harmless read of each API that the scenarios need: is it there, does it take our token?
    pub(crate) fn reached(&self, run: &str, scenarios: &[&Scenario]) -> Result<(), Box<Trouble>> {
        let conversation = self.converse(&format!("ct-{run}-0"), false);
        for api in self.bases.keys() {
            if !scenarios.iter().any(|scenario| scenario.api() == *api) {
                continue;
            }
            let path = match api {
                Api::Amili => "/access--groups",
                Api::Ams => "/v2/admin/permission/groups",
            };
            let greeted = Client::new(Rc::clone(&conversation), *api)
                .and_then(|client| client.step("reach the target").get(path).greet());
            if let Err(Stop::InstrumentFailed(trouble)) = greeted {
                return Err(trouble);
            }
        }
        Ok(())
    }
}

impl Base {
    fn space(&self, name: &str) -> Endpoint {
        let mut endpoint = self.endpoint.clone();
        endpoint.base_url = self.address.base_url.clone();
        endpoint.local = self.address.is_loopback();
        if self.mock {
            endpoint.base_url = format!("{}/_spaces/{name}", self.address.root());
            endpoint.control_url = Some(endpoint.base_url.clone());
        }
        endpoint
    }
}

fn http(limits: Limits) -> Result<Arc<Http>, TargetError> {
    let http = Http::new(limits).map_err(|error| TargetError::Start(error.to_string()))?;
    Ok(Arc::new(http))
}

/// A mock knows the callers of the built-in world, whichever of them the file lists.
fn base(api: Api, address: Address, mock: bool, mut endpoint: Endpoint) -> Base {
    if mock {
        let world = match api {
            Api::Amili => world::amili(),
            Api::Ams => world::ams(),
        };
        endpoint.account = endpoint.account.or(world.account);
        endpoint.company = endpoint.company.or(world.company);
        for (name, known) in world.roles {
            let role = endpoint.roles.entry(name).or_default();
            role.token = role.token.take().or(known.token);
            role.user = role.user.or(known.user);
            role.account = role.account.take().or(known.account);
        }
    }
    Base {
        address,
        mock,
        endpoint,
    }
}
