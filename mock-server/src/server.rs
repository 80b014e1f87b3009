//! The server: the list of APIs, the layers in their order, start and stop.

use std::convert::Infallible;
use std::future::Future;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Extension, Request};
use axum::middleware;
use axum::response::Response;
use axum::routing::any_service;
use axum::{Router, ServiceExt};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tower::{Layer, Service};

use crate::amili::Amili;
use crate::ams::Ams;
use crate::catalogue::DEFAULT_WORLD;
use crate::control::{self, AllowedHosts};
use crate::layers;
use crate::observed::{Dressing, Observed, dress};
use crate::platform::api::{Api, WorldError};
use crate::platform::assumption::{Answers, Assumption};
use crate::platform::clock::Clock;
use crate::platform::rule::Rule;
use crate::platform::space::{Blueprint, Space};
use crate::platform::spaces::{DEFAULT, EntryError, Spaces};
use crate::platform::world::World;

/// Every faked API. One is at the root; the others have a prefix of their own.
pub(crate) static APIS: &[&dyn Api] = &[&Amili, &Ams];

/// The largest body taken, in bytes: far above what a documented call needs.
pub(crate) const BODY_LIMIT: usize = 1024 * 1024;

/// How long open requests may take to end once a stop is asked for.
const STOP_WITHIN: Duration = Duration::from_secs(2);

/// How a server is started.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where to listen; port 0 is any free port.
    pub listen: SocketAddr,
    /// The text of a world file; `None`: the built-in world.
    pub world: Option<String>,
    /// The seed of ids, etags and tokens; `None`: a random one.
    pub seed: Option<u64>,
    /// The clock that a fresh space starts with.
    pub clock: Clock,
    /// The answers to undocumented questions that a fresh space starts with.
    pub answers: Answers,
    /// What a recording of the real API showed, where no document says how an answer reads.
    pub observed: Option<Observed>,
    /// Hosts, besides the loopback names, under which the control API may be called.
    pub allow_hosts: Vec<String>,
    /// The files named at the start, as `GET /_mock/info` shows them: what each is for, and its path.
    pub files: Vec<(&'static str, String)>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            world: None,
            seed: None,
            clock: Clock::default(),
            answers: Answers::default(),
            observed: None,
            allow_hosts: Vec::new(),
            files: Vec::new(),
        }
    }
}

/// Why a server could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is taken, or not of this machine.
    #[error("cannot listen on {address}: {fault}")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// What the operating system says.
        fault: std::io::Error,
    },
    /// The world file has a fault.
    #[error("the world cannot be used: {0}")]
    World(#[from] WorldError),
    /// The operating system gave no thread, or no randomness.
    #[error("cannot start: {0}")]
    System(String),
}

impl From<EntryError> for StartError {
    fn from(fault: EntryError) -> Self {
        Self::System(fault.to_string())
    }
}

/// What every layer and the control API know of the server that runs.
#[derive(Clone)]
pub(crate) struct Running(Arc<RunningParts>);

struct RunningParts {
    spaces: Spaces,
    base_url: String,
    files: Value,
    observed: Option<Observed>,
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
        info["files"] = self.0.files.clone();
        info
    }
}

/// A server that has its address and is ready to serve.
pub struct Bound {
    listener: TcpListener,
    address: SocketAddr,
    running: Running,
    allowed: AllowedHosts,
}

impl Bound {
    /// Binds the address and opens the world; whatever can fail, fails here.
    ///
    /// # Errors
    /// When the address cannot be bound, or the world cannot be used.
    pub async fn new(options: Options) -> Result<Self, StartError> {
        let world = World::parse(
            options.world.as_deref().unwrap_or(DEFAULT_WORLD).as_bytes(),
            APIS,
        )?;
        let blueprint = Blueprint {
            world,
            clock: options.clock,
            answers: Arc::new(options.answers),
        };
        let spaces = Spaces::new(blueprint, options.seed);
        spaces.get(DEFAULT)?;
        let address = options.listen;
        let listening = |fault| StartError::Listen { address, fault };
        let listener = TcpListener::bind(address).await.map_err(listening)?;
        let bound = listener.local_addr().map_err(listening)?;
        let files = options.files.into_iter();
        let files = files.map(|(what, path)| (what.to_owned(), path.into()));
        Ok(Self {
            listener,
            address: bound,
            running: Running(Arc::new(RunningParts {
                spaces,
                base_url: format!("http://{}", reachable(bound)),
                files: Value::Object(files.collect()),
                observed: options.observed,
            })),
            allowed: AllowedHosts(options.allow_hosts.into()),
        })
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
    /// When the listener fails.
    pub async fn serve(
        self,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> std::io::Result<()> {
        let app = app(self.running, self.allowed);
        let (stopping, stopped) = tokio::sync::oneshot::channel::<()>();
        let graceful = async move {
            stop.await;
            // The receiver is gone only when serving has ended already.
            let _ = stopping.send(());
        };
        let serving = axum::serve(self.listener, ServiceExt::<Request>::into_make_service(app))
            .with_graceful_shutdown(graceful);
        tokio::select! {
            outcome = serving.into_future() => outcome,
            () = overdue(stopped) => Ok(()),
        }
    }
}

async fn overdue(stopped: tokio::sync::oneshot::Receiver<()>) {
    if stopped.await.is_ok() {
        // Elapsing is the one way in which this can end.
        let _ = tokio::time::timeout(STOP_WITHIN, std::future::pending::<()>()).await;
    } else {
        std::future::pending::<()>().await;
    }
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

/// The finished service. The space's layer wraps the whole router, for it changes the path to be routed.
fn app(
    running: Running,
    allowed: AllowedHosts,
) -> impl Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + 'static
{
    let control = control::router().layer(middleware::from_fn_with_state(allowed, control::guard));
    let mut router = Router::new().nest(control::PREFIX, control);
    for api in APIS {
        let mut fake = api.router();
        if let Some(observed) = running.observed() {
            let (api, observed) = (*api, observed.clone());
            let dressing = Dressing { api, observed };
            fake = fake.layer(middleware::from_fn_with_state(dressing, dress));
        }
        let fake = fake.layer(middleware::from_fn(layers::trace));
        router = match api.prefix() {
            "" => router.fallback_service(fake),
            // Nesting leaves out the prefix with a slash and nothing behind it.
            prefix => router
                .route(&format!("{prefix}/"), any_service(fake.clone()))
                .nest(prefix, fake),
        };
    }
    let router = router
        .layer(Extension(running.clone()))
        .layer(DefaultBodyLimit::max(BODY_LIMIT));
    middleware::from_fn_with_state(running, layers::enter).layer(router)
}
