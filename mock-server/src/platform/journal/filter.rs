//! Which entries of a journal somebody asks for.

use axum::http::StatusCode;
use glob::Pattern;
use jiff::Timestamp;

use super::Entry;
use crate::platform::paths::PathPattern;

/// A filter: what is not given takes everything.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    pub(crate) api: Option<String>,
    pub(crate) method: Option<String>,
    /// A path, with `*` or `{id}` for one part of it and `**` for all that is left.
    pub(crate) path: Option<PathPattern>,
    pub(crate) status: Option<Statuses>,
    /// The id of a rule or an assumption, with `*` for anything.
    pub(crate) rule: Option<Pattern>,
    pub(crate) since: Option<Since>,
    pub(crate) limit: Option<usize>,
}

/// One status, or a class of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Statuses {
    One(u16),
    /// The first digit.
    Class(u16),
}

/// Where to begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Since {
    /// After the entry of this number.
    After(u64),
    /// At an instant of the space's clock.
    At(Timestamp),
}

/// A part of a filter that cannot be read: what it is, and what it may be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{key}={value}: {wanted}")]
pub(crate) struct FilterError {
    key: String,
    value: String,
    wanted: String,
}

/// What may be asked for.
const KEYS: &str = "api, method, path, status, rule, since, limit";

impl Filter {
    /// Reads the pairs of a query.
    pub(crate) fn read<'a>(
        pairs: impl Iterator<Item = (&'a str, &'a str)>,
        apis: &[&str],
    ) -> Result<Self, FilterError> {
        let mut filter = Self::default();
        for (key, value) in pairs {
            filter.set(key, value, apis).map_err(|wanted| FilterError {
                key: key.to_owned(),
                value: value.to_owned(),
                wanted,
            })?;
        }
        Ok(filter)
    }

    fn set(&mut self, key: &str, value: &str, apis: &[&str]) -> Result<(), String> {
        match key {
            "api" if apis.contains(&value) => self.api = Some(value.to_owned()),
            "api" => return Err(format!("no such API; there are {}", apis.join(", "))),
            "method" => self.method = Some(value.to_ascii_uppercase()),
            "path" => self.path = Some(PathPattern::parse(value)?),
            "status" => self.status = Some(statuses(value)?),
            "rule" => self.rule = Some(Pattern::new(value).map_err(|fault| fault.to_string())?),
            "since" => self.since = Some(since(value)?),
            "limit" => self.limit = Some(value.parse().map_err(|_| "must be a whole number")?),
            _ => return Err(format!("no such filter; there are {KEYS}")),
        }
        Ok(())
    }

    /// Goes on behind the entry of a number.
    pub(crate) fn follow(&mut self, number: u64) {
        self.since = Some(Since::After(number));
    }

    /// Whether an entry passes.
    pub(crate) fn takes(&self, entry: &Entry) -> bool {
        let draft = entry.draft();
        let status = draft.response.as_ref().map(|given| given.status);
        let path = draft.request.uri.path();
        passes(self.api.as_deref(), |api| draft.api == api)
            && passes(self.method.as_deref(), |method| {
                draft.request.method == method
            })
            && passes(self.path.as_ref(), |pattern| pattern.matches(path))
            && passes(self.status, |wanted| {
                status.is_some_and(|status| wanted.hold(status))
            })
            && passes(self.rule.as_ref(), |rule| {
                entry.decided_by().any(|id| rule.matches(id))
            })
            && passes(self.since, |since| match since {
                Since::After(number) => entry.number > number,
                Since::At(time) => draft.time >= time,
            })
    }

    /// The number of the first entry that could pass.
    pub(super) fn first_number(&self) -> u64 {
        match self.since {
            Some(Since::After(number)) => number.saturating_add(1),
            Some(Since::At(_)) | None => 1,
        }
    }
}

fn passes<T>(wanted: Option<T>, holds: impl FnOnce(T) -> bool) -> bool {
    wanted.is_none_or(holds)
}

impl Statuses {
    fn hold(self, status: StatusCode) -> bool {
        match self {
            Self::One(one) => status == one,
            Self::Class(first) => status.as_u16() / 100 == first,
        }
    }
}

fn statuses(text: &str) -> Result<Statuses, String> {
    let class = text.strip_suffix("xx").and_then(|first| first.parse().ok());
    class
        .filter(|first| (1..=5).contains(first))
        .map(Statuses::Class)
        .or_else(|| text.parse().ok().map(Statuses::One))
        .ok_or_else(|| "must be a status such as 422, or a class such as 4xx".to_owned())
}

fn since(text: &str) -> Result<Since, String> {
    let number = text.parse().ok().map(Since::After);
    number
        .or_else(|| text.parse().ok().map(Since::At))
        .ok_or_else(|| "must be the number of an entry, or an RFC 3339 time".to_owned())
}
