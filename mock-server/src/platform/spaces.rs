//! Spaces by name, and how a request finds its own: by path prefix or by header.

use std::borrow::Cow;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::uri::PathAndQuery;
use axum::http::{StatusCode, Uri};
use dashmap::DashMap;
use sha1::{Digest, Sha1};

use super::api::WorldError;
use super::assumption::Assumption;
use super::ids;
use super::space::{Blueprint, Known, Space};
use super::state_file::StateFile;
use super::world::World;

/// The space that needs no naming.
pub(crate) const DEFAULT: &str = "default";
/// The header that names a space.
pub(crate) const HEADER: &str = "x-mock-space";
const PREFIX: &str = "/_spaces/";
const LONGEST_NAME: usize = 64;

/// Every space of the server.
pub(crate) struct Spaces {
    by_name: DashMap<String, Arc<Space>>,
    blueprint: Arc<Blueprint>,
    seed: Option<u64>,
}

/// Why a space cannot be entered.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum EntryError {
    #[error("a space's name is 1 to {LONGEST_NAME} of A-Z a-z 0-9 . _ -, which '{0}' is not")]
    Name(String),
    #[error("there are {0} spaces already; delete one first, or --max-spaces allows more")]
    TooMany(usize),
    #[error("the operating system has no randomness to give")]
    Randomness,
}

impl EntryError {
    /// The status of the answer.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Name(_) => StatusCode::BAD_REQUEST,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Randomness => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl Spaces {
    /// No space yet; each is made when it is first named.
    pub(crate) fn new(blueprint: Blueprint, seed: Option<u64>) -> Self {
        Self {
            by_name: DashMap::new(),
            blueprint: Arc::new(blueprint),
            seed,
        }
    }

    /// The world that spaces are made from.
    pub(crate) fn world(&self) -> &World {
        &self.blueprint.world
    }

    /// Every space, by name.
    pub(crate) fn all(&self) -> Vec<Arc<Space>> {
        let mut all: Vec<Arc<Space>> = self
            .by_name
            .iter()
            .map(|space| Arc::clone(&space))
            .collect();
        all.sort_by(|one, other| one.name.cmp(&other.name));
        all
    }

    /// Drops a space; says whether there was one.
    pub(crate) fn remove(&self, name: &str) -> bool {
        self.by_name.remove(name).is_some()
    }

    /// Puts the spaces of a state file in place of those of their names, all of them or none.
    pub(crate) fn restore(&self, file: StateFile, known: &Known<'_>) -> Result<(), WorldError> {
        let mut restored = Vec::new();
        for (name, saved) in file.spaces {
            let place = |fault: WorldError| {
                WorldError::at(format!("spaces.{name}.{}", fault.place), fault.fault)
            };
            if !is_name(&name) {
                return Err(place(WorldError::at(
                    "name",
                    "is none that a space can have",
                )));
            }
            let space = Space::restored(&name, saved, Arc::clone(&self.blueprint), known);
            restored.push(Arc::new(space.map_err(place)?));
        }
        for space in restored {
            self.by_name.insert(space.name.clone(), space);
        }
        Ok(())
    }

    /// Every space as a state file has it.
    pub(crate) fn saved(&self, assumptions: &[&'static Assumption]) -> StateFile {
        let spaces = self.all();
        let saved = spaces
            .iter()
            .map(|space| (space.name.clone(), space.saved(assumptions)));
        StateFile::of(saved.collect())
    }

    /// The space of that name, made from the world if it is named for the first time.
    pub(crate) fn get(&self, name: &str) -> Result<Arc<Space>, EntryError> {
        if let Some(space) = self.by_name.get(name) {
            return Ok(Arc::clone(&space));
        }
        if !is_name(name) {
            return Err(EntryError::Name(name.to_owned()));
        }
        // A bound for clients that name a new space with each request.
        let most = self.blueprint.limits.spaces;
        if self.by_name.len() >= most {
            return Err(EntryError::TooMany(most));
        }
        let seed = match self.seed {
            Some(seed) => seed_for(seed, name),
            None => ids::random_seed().map_err(|_| EntryError::Randomness)?,
        };
        let fresh = Arc::new(Space::new(name, seed, Arc::clone(&self.blueprint)));
        // Of two requests that name it at the same time, the first one's space stays.
        Ok(Arc::clone(
            &self.by_name.entry(name.to_owned()).or_insert(fresh),
        ))
    }
}

/// Whether a space or a checkpoint can be called so.
pub(crate) fn is_name(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    (1..=LONGEST_NAME).contains(&name.len()) && name.bytes().all(allowed)
}

/// Each space has a seed of its own, so that ids tell spaces apart; the default one has the seed given.
fn seed_for(seed: u64, name: &str) -> u64 {
    if name == DEFAULT {
        return seed;
    }
    let digest = Sha1::new()
        .chain_update(seed.to_be_bytes())
        .chain_update(name)
        .finalize();
    let first = digest.iter().take(8);
    first.fold(0, |sum, byte| (sum << 8) | u64::from(*byte)) >> 11
}

/// Takes the space's name off a request: from the path, else from the header. The path wins.
pub(crate) fn take_name(request: &mut Request) -> (Cow<'static, str>, String) {
    if let Some(rest) = request.uri().path().strip_prefix(PREFIX) {
        let (name, path) = match rest.find('/') {
            Some(slash) => rest.split_at(slash),
            None => (rest, "/"),
        };
        let (name, path) = (name.to_owned(), path.to_owned());
        let prefix = format!("{PREFIX}{name}");
        *request.uri_mut() = with_path(request.uri(), &path);
        return (name.into(), prefix);
    }
    let named = request.headers().get(HEADER);
    let name = named.map_or(Cow::Borrowed(DEFAULT), |value| {
        String::from_utf8_lossy(value.as_bytes())
            .into_owned()
            .into()
    });
    (name, String::new())
}

/// The same address with another path.
pub(crate) fn with_path(uri: &Uri, path: &str) -> Uri {
    let text = match uri.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    };
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = PathAndQuery::try_from(text).ok();
    Uri::from_parts(parts).unwrap_or_default()
}

/// The addresses under which the request reached its space.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    /// `http://HOST:PORT` as the client named it, with the space's prefix and without a trailing slash.
    pub(crate) base_url: Arc<str>,
}

/// The space of a request, put there by the outermost layer.
#[derive(Clone)]
pub(crate) struct Entered {
    pub(crate) space: Arc<Space>,
    pub(crate) address: Address,
}

impl<S: Send + Sync> FromRequestParts<S> for Entered {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, StatusCode> {
        let entered = parts.extensions.get::<Self>().cloned();
        // The outermost layer lets nothing pass without a space.
        entered.ok_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, header: Option<&str>, name: &str, left: &str) {
        let mut request = Request::builder().uri(path);
        if let Some(header) = header {
            request = request.header(HEADER, header);
        }
        let mut request = request.body(axum::body::Body::empty()).unwrap();
        let (found, _) = take_name(&mut request);
        assert_eq!(
            (found.as_ref(), request.uri().to_string().as_str()),
            (name, left)
        );
    }

    #[test]
    fn a_space_is_named_by_path_or_header_and_the_path_wins() {
        check("/creditors?page=2", None, "default", "/creditors?page=2");
        check("/creditors", Some("a"), "a", "/creditors");
        check("/_spaces/b/creditors?x=1", Some("a"), "b", "/creditors?x=1");
        check("/_spaces/b", None, "b", "/");
        check("/_spaces/b/", None, "b", "/");
        check("/_spaces//creditors", None, "", "/creditors");
    }

    #[test]
    fn names_are_short_and_plain() {
        assert!(is_name("A-z_0.9") && is_name(&"n".repeat(64)));
        assert!(!is_name("") && !is_name("å") && !is_name("a b") && !is_name(&"n".repeat(65)));
    }
}
