//! How a server is started, and why it could not be.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use crate::intercept::InterceptError;
use crate::observed::Observed;
use crate::platform::api::WorldError;
use crate::platform::assumption::Answers;
use crate::platform::bounds::Limits;
use crate::platform::clock::Clock;
use crate::platform::faults::FaultsError;
use crate::platform::journal::JournalLimits;
use crate::platform::spaces::EntryError;
use crate::platform::state_file::StateError;

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
    /// The text of a list of faults that a fresh space starts with, in the form of `PUT /_mock/faults`.
    pub faults: Option<String>,
    /// Where the state is kept between runs: loaded when it exists, saved at the end.
    pub state: Option<PathBuf>,
    /// Whether to count what requests meet of rules, errors and statuses.
    pub coverage: bool,
    /// How much each space's journal keeps.
    pub journal: JournalLimits,
    /// Whether calls to the real hosts are taken to the mock by a proxy; with these hosts besides those documented.
    pub intercept: Option<Vec<String>>,
    /// What the server takes at the most.
    pub limits: Limits,
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
            faults: None,
            state: None,
            coverage: false,
            journal: JournalLimits::default(),
            intercept: None,
            limits: Limits::default(),
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
    /// The list of faults has a fault itself.
    #[error("the faults cannot be used: {0}")]
    Faults(#[from] FaultsError),
    /// The state file cannot be used; it is left as it is.
    #[error("{}: {fault}", file.display())]
    State {
        /// The file.
        file: PathBuf,
        /// What is wrong.
        fault: StateError,
    },
    /// There can be no proxy for calls to the real hosts.
    #[error("cannot intercept: {0}")]
    Intercept(#[from] InterceptError),
    /// The operating system gave no thread, or no randomness.
    #[error("cannot start: {0}")]
    System(String),
}

impl From<EntryError> for StartError {
    fn from(fault: EntryError) -> Self {
        Self::System(fault.to_string())
    }
}
