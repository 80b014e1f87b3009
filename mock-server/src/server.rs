//! Stub.
/// Options.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The seed of ids, etags and tokens; `None`: a random one.
    pub seed: Option<u64>,
}
/// Why a server could not start.
#[derive(Debug, thiserror::Error)]
#[error("cannot start")]
pub struct StartError;
/// A mock on a thread of its own, on a free loopback port; it stops when dropped.
#[derive(Debug)]
pub struct MockServer {
    base_url: String,
}
impl MockServer {
    /// Starts a mock with the built-in world.
    ///
    /// # Errors
    /// When no port can be bound.
    pub fn start() -> Result<Self, StartError> {
        Self::with(Options::default())
    }
    /// Starts a mock as the options say.
    ///
    /// # Errors
    /// When no port can be bound, or the world cannot be read.
    pub fn with(_options: Options) -> Result<Self, StartError> {
        Ok(Self { base_url: String::new() })
    }
    /// `http://127.0.0.1:PORT`, without a trailing slash.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }
    /// The base URL of a space.
    pub fn space_url(&self, space: &str) -> String {
        format!("{}/_spaces/{space}", self.base_url)
    }
}
