//! What the entries of a targets file come to: endpoints with their tokens, which the environment holds.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::Environment;
use super::file;
use crate::client::{AuthTokenProvider, Endpoint, Limits, Pace, Retries, Role, Secret};

/// What a guest keeps to where the file says nothing; this machine is not a host to be spared.
pub(super) fn limits(entry: &file::LimitsEntry, remote: bool) -> Result<Limits, String> {
    let per_minute = positive("requests_per_minute", entry.requests_per_minute, 90)?;
    let burst = positive("burst", entry.burst, 8)?;
    let first_pause = entry
        .backoff_seconds
        .unwrap_or(if remote { 0.5 } else { 0.01 });
    // Who runs on this machine does not lag for long.
    let patience = if remote { 10.0 } else { 2.0 };
    Ok(Limits {
        pace: remote.then_some(Pace { per_minute, burst }),
        max_requests: entry.max_requests,
        timeout: seconds("timeout_seconds", entry.timeout_seconds.unwrap_or(30.0))?,
        patience: seconds(
            "patience_seconds",
            entry.patience_seconds.unwrap_or(patience),
        )?,
        retries: Retries {
            most: entry.retries.unwrap_or(4),
            first_pause: seconds("backoff_seconds", first_pause)?,
        },
    })
}

fn positive(name: &str, value: Option<u32>, default: u32) -> Result<u32, String> {
    match value.unwrap_or(default) {
        0 => Err(format!("limits: {name} = 0 lets nothing through")),
        value => Ok(value),
    }
}

/// Some time, but no more than an hour.
fn seconds(name: &str, value: f64) -> Result<Duration, String> {
    let wrong = || format!("limits: {name} = {value} is not between 0.001 and 3600");
    if !(0.001..=3600.0).contains(&value) {
        return Err(wrong());
    }
    Duration::try_from_secs_f64(value).map_err(|_| wrong())
}

/// What an entry names and does not hold: files, by the folder they are named from, and variables.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    pub(super) folder: &'a Path,
    pub(super) environment: Environment<'a>,
}

/// The Amili side of an entry. Files that it names lie in this folder, or beside it.
pub(super) fn amili(
    target: &str,
    entry: &file::AmiliEntry,
    around: Around<'_>,
) -> Result<Endpoint, String> {
    let place = format!("{target}.amili");
    let code = code(&place, entry, around)?.map(Arc::new);
    // A token that is there already need not be fetched.
    let provider = code.clone().filter(|_| entry.token_env.is_none());
    let token = match provider {
        Some(_) => Secret::default(),
        None => around.token(&place, entry.token_env.as_deref())?,
    };
    let roles = &entry.roles;
    let named = [
        ("other-account", &roles.other_account),
        ("account-admin", &roles.account_admin),
        ("creditor-admin", &roles.creditor_admin),
        ("creditor-user", &roles.creditor_user),
        ("partner", &roles.partner),
    ];
    let mut known = BTreeMap::new();
    for (name, role) in named {
        let Some(role) = role else { continue };
        let token = role.token_env.as_deref();
        let kept = Role {
            token: token
                .map(|key| around.variable(&format!("{place}.roles.{name}"), "token_env", key))
                .transpose()?,
            user: None,
            account: role.account.clone(),
            creditor: role.creditor.clone(),
        };
        known.insert(name.to_owned(), kept);
    }
    Ok(Endpoint {
        token,
        provider,
        code,
        account: entry.account.clone(),
        roles: known,
        ..Endpoint::default()
    })
}

/// The AMS side of an entry.
pub(super) fn ams(
    target: &str,
    entry: &file::AmsEntry,
    around: Around<'_>,
) -> Result<Endpoint, String> {
    let place = format!("{target}.ams");
    let roles = &entry.roles;
    let named = [
        ("manager", &roles.manager),
        ("setup", &roles.setup),
        ("reader", &roles.reader),
        ("nobody", &roles.nobody),
    ];
    let mut known = BTreeMap::new();
    for (name, role) in named {
        let Some(role) = role else { continue };
        let token = role.token_env.as_deref();
        let kept = Role {
            token: token
                .map(|key| around.variable(&format!("{place}.roles.{name}"), "token_env", key))
                .transpose()?,
            user: role.user,
            ..Role::default()
        };
        known.insert(name.to_owned(), kept);
    }
    let paths = [
        ("create_user", &entry.paths.create_user),
        ("create_department", &entry.paths.create_department),
    ];
    let mut known_paths = BTreeMap::new();
    for (what, path) in paths {
        let Some(path) = path else { continue };
        if !path.starts_with('/') {
            return Err(format!(
                "[{place}] paths.{what} = \"{path}\" does not begin with /"
            ));
        }
        known_paths.insert(what.to_owned(), path.clone());
    }
    Ok(Endpoint {
        token: around.token(&place, entry.token_env.as_deref())?,
        company: entry.company,
        token_place: entry.token_place,
        paths: known_paths,
        roles: known,
        ..Endpoint::default()
    })
}

/// What fetches tokens, where the entry names an API code with its key.
fn code(
    place: &str,
    entry: &file::AmiliEntry,
    around: Around<'_>,
) -> Result<Option<AuthTokenProvider>, String> {
    let (code, file) = match (&entry.api_code_env, &entry.private_key_file) {
        (Some(code), Some(file)) => (code, around.folder.join(file)),
        (Some(_), None) => return Err(format!("[{place}] lacks private_key_file")),
        (None, Some(_)) => return Err(format!("[{place}] lacks api_code_env")),
        (None, None) => return Ok(None),
    };
    let code = around.variable(place, "api_code_env", code)?;
    let blame = |reason: String| format!("[{place}] private_key_file {}: {reason}", file.display());
    let key = std::fs::read_to_string(&file).map_err(|error| blame(error.to_string()))?;
    AuthTokenProvider::new(code, &key).map(Some).map_err(blame)
}

impl Around<'_> {
    fn token(self, place: &str, key: Option<&str>) -> Result<Secret, String> {
        match key {
            Some(key) => self.variable(place, "token_env", key),
            None => Err(format!("[{place}] lacks token_env")),
        }
    }

    fn variable(self, place: &str, entry: &str, key: &str) -> Result<Secret, String> {
        match (self.environment)(key) {
            Some(token) if !token.trim().is_empty() => Ok(Secret::new(token.trim())),
            _ => Err(format!(
                "[{place}] names {entry} = \"{key}\", which is not set in the environment"
            )),
        }
    }
}
