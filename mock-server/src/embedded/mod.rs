//! A mock inside another program: on a thread of its own, stopped when dropped.

mod builder;
mod space;

use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::sync::oneshot;

use crate::options::{Options, StartError};
use crate::server::{Bound, Running};

pub use builder::Builder;
pub use space::{JournalEntry, MockSpace, SpaceError, State};

/// A mock on a thread of its own, on a free loopback port; it stops when dropped.
///
/// ```
/// let mock = mock_server::MockServer::start()?;
/// assert!(mock.base_url().starts_with("http://127.0.0.1:"));
/// # Ok::<(), mock_server::StartError>(())
/// ```
pub struct MockServer {
    running: Running,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl std::fmt::Debug for MockServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MockServer")
            .field("base_url", &self.base_url())
            .finish_non_exhaustive()
    }
}

impl MockServer {
    /// What a mock can be started with.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Starts a mock with the built-in world.
    ///
    /// # Errors
    /// When no port or thread can be had.
    pub fn start() -> Result<Self, StartError> {
        Self::with(Options::default())
    }

    /// Starts a mock as the options say.
    ///
    /// # Errors
    /// When the address cannot be bound, the world cannot be used, or no thread can be had.
    pub fn with(options: Options) -> Result<Self, StartError> {
        let system = |fault: std::io::Error| StartError::System(fault.to_string());
        let (stop, stopped) = oneshot::channel();
        let (report, started) = mpsc::channel();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(system)?;
        let thread = thread::Builder::new()
            .name("mock-server".to_owned())
            .spawn(move || runtime.block_on(run(options, report, stopped)))
            .map_err(system)?;
        let ended = |_| StartError::System("the server's thread ended at once".to_owned());
        let running = started.recv().map_err(ended)??;
        Ok(Self {
            running,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// `http://127.0.0.1:PORT`, without a trailing slash.
    pub fn base_url(&self) -> &str {
        self.running.base_url()
    }

    /// The base URL of a space, which is made when it is first called.
    pub fn space_url(&self, space: &str) -> String {
        format!("{}/_spaces/{space}", self.base_url())
    }

    /// A space, made from the world if it is named for the first time: one for each test.
    ///
    /// # Errors
    /// When the name is none that a space can have, or there are too many.
    pub fn space(&self, name: &str) -> Result<MockSpace, StartError> {
        let space = self.running.spaces().get(name).map_err(StartError::from)?;
        Ok(MockSpace {
            running: self.running.clone(),
            space,
            base_url: self.space_url(name),
        })
    }
}

async fn run(
    options: Options,
    report: mpsc::Sender<Result<Running, StartError>>,
    stopped: oneshot::Receiver<()>,
) {
    let bound = match Bound::new(options).await {
        Ok(bound) => bound,
        Err(fault) => {
            // Nobody listens only when the caller has gone.
            let _ = report.send(Err(fault));
            return;
        }
    };
    let _ = report.send(Ok(bound.running()));
    let stop = async {
        // Gone or told: both mean that nobody needs the mock any more.
        let _ = stopped.await;
    };
    // Connections kept alive by clients need not end first: the program that dropped us is done.
    if let Err(fault) = bound.serve_within(stop, Duration::ZERO).await {
        tracing::error!(%fault, "the state is not saved");
    }
}

impl Drop for MockServer {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The receiver is gone only when the server has ended already.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            // A panic in there has been reported on its own thread.
            let _ = thread.join();
        }
    }
}
