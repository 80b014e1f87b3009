//! The server: the list of APIs, the layers in their order, start and stop.

use std::convert::Infallible;
use std::future::Future;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::Request;
use axum::response::Response;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tower::Service;

use crate::amili::Amili;
use crate::ams::Ams;
use crate::catalogue::{self, DEFAULT_WORLD};
use crate::control::{self, AllowedHosts};
use crate::coverage::CoverageWatch;
use crate::intercept::{self, Hosts, Interception, Proxy};
use crate::layers::{Front, Mounted};
use crate::observed::{Dressing, Observed};
use crate::options::{Options, StartError};
use crate::platform::api::Api;
use crate::platform::assumption::Assumption;
use crate::platform::bounds::Limits;
use crate::platform::coverage::Coverage;
use crate::platform::faults::{self, Call, Fault, FaultsError};
use crate::platform::rule::Rule;
use crate::platform::space::{Blueprint, Known, Space};
use crate::platform::spaces::{DEFAULT, Spaces};
use crate::platform::state_file::{StateError, StateFile};
use crate::platform::world::World;
use crate::serving;

/// Every faked API. One is at the root; the others have a prefix of their own.
pub(crate) static APIS: &[&dyn Api] = &[&Amili, &Ams];

/// How long open requests may take to end once a stop is asked for.
const STOP_WITHIN: Duration = Duration::from_secs(2);

/// What every layer and the control API know of the server that runs.
#[derive(Clone)]
pub(crate) struct Running(Arc<RunningParts>);

struct RunningParts {
    spaces: Spaces,
    base_url: String,
    limits: Limits,
    files: Value,
    coverage: Option<Coverage>,
    state_file: Option<PathBuf>,
    // One save at a time: the last one asked for is the last one written.
    saving: Mutex<()>,
    observed: Option<Observed>,
    interception: Option<Arc<Interception>>,
}

impl Running {
    /// The spaces of the server.
    pub(crate) fn spaces(&self) -> &Spaces {
        &self.0.spaces
    }

    /// The address bound, for requests that name none.
    pub(crate) fn base_url(&self) -> &str {
        &self.0.base_url
    }

    /// What it takes at the most.
    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// What requests met, if that is counted.
    pub(crate) fn coverage(&self) -> Option<&Coverage> {
        self.0.coverage.as_ref()
    }

    /// Where the state is kept.
    pub(crate) fn state_file(&self) -> Option<PathBuf> {
        self.0.state_file.clone()
    }

    /// Writes every space into the state file, if there is one; says how many.
    pub(crate) fn save(&self) -> Result<usize, StateError> {
        let _alone = self.0.saving.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(path) = &self.0.state_file else {
            return Ok(0);
        };
        let content = self.spaces().saved(&catalogue::assumptions());
        content.write(path)?;
        Ok(content.spaces.len())
    }

    /// The API of a name.
    pub(crate) fn api(&self, name: &str) -> Option<&'static dyn Api> {
        APIS.iter().find(|api| api.name() == name).copied()
    }

    /// What a recording of the real API showed.
    pub(crate) fn observed(&self) -> Option<&Observed> {
        self.0.observed.as_ref()
    }

    /// The names of the APIs.
    pub(crate) fn api_names(&self) -> Vec<&'static str> {
        APIS.iter().map(|api| api.name()).collect()
    }

    /// Every rule of every API.
    pub(crate) fn rules(&self) -> impl Iterator<Item = &'static Rule> {
        APIS.iter().flat_map(|api| api.rules().iter().copied())
    }

    /// Every assumption of every API.
    pub(crate) fn assumptions(&self) -> impl Iterator<Item = &'static Assumption> {
        APIS.iter()
            .flat_map(|api| api.assumptions().iter().copied())
    }

    /// Every call that the APIs offer.
    pub(crate) fn offered(&self) -> Vec<Call> {
        offered()
    }

    /// The JSON of `GET /_mock/info` for a space that is reached at this address.
    pub(crate) fn info(&self, space: &Space, base_url: &str) -> Value {
        let tokens = space.world().grants().iter().map(|grant| {
            json!({ "token": grant.token, "api": grant.api, "user": grant.user, "may": grant.may })
        });
        let mut info = json!({
            "version": env!("CARGO_PKG_VERSION"),
            "space": space.name,
        });
        for api in self.api_names() {
            info[api] = json!({ "base_url": base_url });
        }
        info["control"] = json!({ "base_url": format!("{base_url}{}", control::PREFIX) });
        info["tokens"] = tokens.collect();
        info["clock"] = space.clock();
        info["seed"] = space.seed.into();
        info["limits"] = space.limits_shown();
        info["files"] = self.0.files.clone();
        if let Some(interception) = &self.0.interception {
            info["intercept"] = interception.told();
        }
        info
    }
}

/// Every call that the APIs offer.
pub(crate) fn offered() -> Vec<Call> {
    APIS.iter().flat_map(|api| api.offered()).collect()
}

/// Puts the spaces of a state file in place, if the file exists.
fn restore(spaces: &Spaces, file: &Path) -> Result<(), StateError> {
    let Some(content) = StateFile::read(file)? else {
        return Ok(());
    };
    let known = Known {
        assumptions: &catalogue::assumptions(),
        calls: &offered(),
    };
    let restored = spaces.restore(content, &known);
    restored.map_err(|fault| StateError::Damaged(fault.to_string()))
}

fn read_faults(text: Option<&str>) -> Result<Vec<Fault>, FaultsError> {
    text.map_or(Ok(Vec::new()), |text| {
        faults::read(text.as_bytes(), &offered())
    })
}

/// A server that has its address and is ready to serve.
pub struct Bound {
    listener: TcpListener,
    address: SocketAddr,
    running: Running,
    allowed: AllowedHosts,
    proxy: Option<Proxy>,
}

impl Bound {
    /// Binds the address and opens the world; whatever can fail, fails here.
    ///
    /// # Errors
    /// When the address cannot be bound, or the world cannot be used.
    pub async fn new(options: Options) -> Result<Self, StartError> {
        let limits = serving::attainable(options.limits);
        let world = World::parse(
            options.world.as_deref().unwrap_or(DEFAULT_WORLD).as_bytes(),
            APIS,
        )?;
        let blueprint = Blueprint {
            world,
            clock: options.clock,
            answers: Arc::new(options.answers),
            journal: options.journal,
            limits,
            faults: read_faults(options.faults.as_deref())?,
        };
        let spaces = Spaces::new(blueprint, options.seed);
        if let Some(file) = &options.state {
            restore(&spaces, file).map_err(|fault| StartError::State {
                file: file.clone(),
                fault,
            })?;
        }
        spaces.get(DEFAULT)?;
        let address = options.listen;
        let listening = |fault| StartError::Listen { address, fault };
        let listener = TcpListener::bind(address).await.map_err(listening)?;
        let bound = listener.local_addr().map_err(listening)?;
        let proxy = match &options.intercept {
            Some(more) => Some(intercept::bind(real_hosts(more), reachable(bound)).await?),
            None => None,
        };
        let files = options.files.into_iter();
        let files = files.map(|(what, path)| (what.to_owned(), path.into()));
        Ok(Self {
            listener,
            address: bound,
            running: Running(Arc::new(RunningParts {
                spaces,
                base_url: format!("http://{}", reachable(bound)),
                limits,
                files: Value::Object(files.collect()),
                coverage: options.coverage.then(|| Coverage::of(offered())),
                state_file: options.state,
                saving: Mutex::default(),
                observed: options.observed,
                interception: proxy.as_ref().map(Proxy::interception),
            })),
            allowed: AllowedHosts(options.allow_hosts.into()),
            proxy,
        })
    }

    /// What runs, for whoever steers it from this program.
    pub(crate) fn running(&self) -> Running {
        self.running.clone()
    }

    /// What requests meet, for a report when the server has ended. Counted only if the options say so.
    pub fn coverage(&self) -> CoverageWatch {
        CoverageWatch(self.running.clone())
    }

    /// The proxy for calls to the real hosts, if the options ask for one.
    pub fn interception(&self) -> Option<Arc<Interception>> {
        self.running.0.interception.clone()
    }

    /// The address bound.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// `http://ADDRESS:PORT`, without a trailing slash.
    pub fn base_url(&self) -> &str {
        self.running.base_url()
    }

    /// The JSON of `GET /_mock/info` for the default space.
    ///
    /// # Errors
    /// When the space cannot be made.
    pub fn info(&self) -> Result<Value, StartError> {
        let space = self.running.spaces().get(DEFAULT)?;
        Ok(self.running.info(&space, self.base_url()))
    }

    /// For each API a call that works when pasted into a shell.
    pub fn examples(&self) -> Vec<(&'static str, String)> {
        let example = |api: &&dyn Api| {
            let token = self.default_token(api.name());
            (api.name(), api.example(self.base_url(), token))
        };
        APIS.iter().map(example).collect()
    }

    /// What client code needs to reach the server, as environment variables.
    pub fn environment(&self) -> Vec<(String, String)> {
        let mut variables = Vec::new();
        for api in APIS {
            let name = api.name().to_uppercase();
            variables.push((format!("{name}_BASE_URL"), self.base_url().to_owned()));
            variables.push((
                format!("{name}_TOKEN"),
                self.default_token(api.name()).to_owned(),
            ));
            let own = api.environment(&self.world().section(api.name()));
            variables.extend(own.into_iter().map(|(key, value)| (key.to_owned(), value)));
        }
        variables
    }

    /// The token that examples use: the one that the world marks, else its first.
    fn default_token(&self, api: &str) -> &str {
        let grants = self.world().grants();
        let mut own = grants.iter().filter(|grant| grant.api == api);
        let marked = own.clone().find(|grant| grant.default);
        marked
            .or_else(|| own.next())
            .map_or("", |grant| &grant.token)
    }

    fn world(&self) -> &World {
        self.running.spaces().world()
    }

    /// Serves until `stop` is done, then lets open requests end for a short while.
    ///
    /// # Errors
    /// When the state cannot be saved; the file is then as it was.
    pub async fn serve(self, stop: impl Future<Output = ()>) -> Result<(), StateError> {
        self.serve_within(stop, STOP_WITHIN).await
    }

    /// Serves until `stop` is done, then lets open requests end for so long.
    pub(crate) async fn serve_within(
        self,
        stop: impl Future<Output = ()>,
        grace: Duration,
    ) -> Result<(), StateError> {
        let app = app(self.running.clone(), self.allowed);
        let limits = *self.running.limits();
        let proxied = async {
            match self.proxy {
                Some(proxy) => proxy.serve(app.clone()).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = serving::serve(self.listener, app.clone(), limits, stop, grace) => {}
            () = proxied => {}
        }
        self.running.save().map(drop)
    }
}

/// The hosts that documents name, and others.
fn real_hosts(more: &[String]) -> Hosts {
    let documented = APIS.iter().flat_map(|api| api.hosts().iter().copied());
    Hosts::new(documented.chain(more.iter().map(String::as_str)))
}

/// An address that a client on this machine can call: "any address" is none.
fn reachable(bound: SocketAddr) -> SocketAddr {
    let ip = match bound.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => std::net::Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, bound.port())
}

/// The finished service.
pub(crate) fn app(
    running: Running,
    allowed: AllowedHosts,
) -> impl Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + 'static
{
    let (control, page) = control::routers(allowed, *running.limits());
    let control = page.nest(control::PREFIX, control);
    let mounted = |api: &&'static dyn Api| {
        let observed = running.observed().cloned();
        Mounted {
            api: *api,
            fake: api.fake(),
            dressing: observed.map(|observed| Dressing {
                api: *api,
                observed,
            }),
        }
    };
    let fakes = APIS.iter().map(mounted).collect();
    let front = Arc::new(Front::new(running, control, fakes));
    tower::service_fn(move |request| {
        let front = Arc::clone(&front);
        async move { Ok(front.answer(request).await) }
    })
}
