//! The targets file: its form, read strictly. Knows no network and no environment.

use std::collections::BTreeMap;

use crate::client::TokenPlace;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// What a targets file says about one target, with the permissions of the whole file.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    pub(super) target: TargetEntry,
    pub(super) allow_hosts: Vec<String>,
    pub(super) not_a_sandbox: bool,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TargetEntry {
    pub(super) amili: Option<AmiliEntry>,
    pub(super) ams: Option<AmsEntry>,
    pub(super) limits: Option<LimitsEntry>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AmiliEntry {
    pub(super) base_url: String,
    pub(super) account: Option<String>,
    pub(super) token_env: Option<String>,
    pub(super) api_code_env: Option<String>,
    pub(super) private_key_file: Option<String>,
    #[serde(default)]
    pub(super) roles: AmiliRoles,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AmsEntry {
    pub(super) base_url: String,
    pub(super) token_env: Option<String>,
    pub(super) company: Option<i64>,
    #[serde(default)]
    pub(super) token_place: TokenPlace,
    #[serde(default)]
    pub(super) paths: PathsEntry,
    #[serde(default)]
    pub(super) roles: AmsRoles,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PathsEntry {
    pub(super) create_user: Option<String>,
    pub(super) create_department: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct AmiliRoles {
    pub(super) other_account: Option<AmiliRole>,
    pub(super) account_admin: Option<AmiliRole>,
    pub(super) creditor_admin: Option<AmiliRole>,
    pub(super) creditor_user: Option<AmiliRole>,
    pub(super) partner: Option<AmiliRole>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AmiliRole {
    pub(super) token_env: Option<String>,
    pub(super) account: Option<String>,
    pub(super) creditor: Option<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AmsRoles {
    pub(super) manager: Option<AmsRole>,
    pub(super) setup: Option<AmsRole>,
    pub(super) reader: Option<AmsRole>,
    pub(super) nobody: Option<AmsRole>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AmsRole {
    pub(super) token_env: Option<String>,
    pub(super) user: Option<i64>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LimitsEntry {
    pub(super) requests_per_minute: Option<u32>,
    pub(super) burst: Option<u32>,
    pub(super) max_requests: Option<u32>,
    pub(super) timeout_seconds: Option<f64>,
    pub(super) patience_seconds: Option<f64>,
    pub(super) retries: Option<u32>,
    pub(super) backoff_seconds: Option<f64>,
}

/// Reads the whole file, so that a mistake in any target is found, and picks one target.
pub(super) fn entry(text: &str, name: &str) -> Result<Entry, String> {
    let mut tables: toml::Table =
        toml::from_str(text).map_err(|error| error.message().replace('\n', " "))?;
    let allow_hosts = take(&mut tables, "allow_hosts")?.unwrap_or_default();
    let not_a_sandbox = take(&mut tables, "i_know_this_is_not_a_sandbox")?.unwrap_or_default();
    let mut targets = BTreeMap::new();
    for key in tables.keys().cloned().collect::<Vec<_>>() {
        let target: Option<TargetEntry> = take(&mut tables, &key)?;
        targets.insert(key, target.unwrap_or_default());
    }
    let known = targets.keys().cloned().collect::<Vec<_>>().join(", ");
    match targets.remove(name) {
        Some(target) => Ok(Entry {
            target,
            allow_hosts,
            not_a_sandbox,
        }),
        None => Err(format!("it has no target '{name}'; known: mock, {known}")),
    }
}

fn take<T: DeserializeOwned>(tables: &mut toml::Table, key: &str) -> Result<Option<T>, String> {
    let Some(value) = tables.remove(key) else {
        return Ok(None);
    };
    match value.try_into() {
        Ok(read) => Ok(Some(read)),
        Err(error) => Err(format!(
            "{key}: {}",
            error.to_string().trim().replace('\n', " ")
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_refused(text: &str, expected: &[&str]) {
        let error = entry(text, "sandbox").unwrap_err();
        for part in expected {
            assert!(error.contains(part), "{error} lacks {part}");
        }
        assert!(!error.contains('\n'), "{error} is more than a line");
    }

    #[test]
    fn an_unknown_key_is_refused_with_the_known_ones() {
        check_refused(
            "[sandbox.amili]\nbase_url = \"http://localhost\"\ncolour = 1",
            &["sandbox", "colour", "base_url", "token_env"],
        );
        check_refused("[sandbox.limits]\nspeed = 1", &["speed", "max_requests"]);
        check_refused(
            "[sandbox.ams.roles]\nking = { user = 1 }\n[sandbox.ams]\nbase_url = \"x\"",
            &["king", "manager", "nobody"],
        );
    }

    #[test]
    fn an_unknown_target_is_refused_with_the_known_ones() {
        check_refused("[stage.limits]", &["'sandbox'", "mock", "stage"]);
    }

    #[test]
    fn the_form_of_the_documents_is_read() {
        let read = entry(
            r#"
            allow_hosts = ["api-sandbox.amili.se"]
            [sandbox.amili]
            base_url = "https://api-sandbox.amili.se"
            account = "6662fb1df4d1eaf404cb08de"
            token_env = "AMILI_TOKEN"
            [sandbox.ams]
            base_url = "https://ams.example"
            token_env = "AMS_TOKEN"
            company = 24
            paths = { create_user = "/v2/admin/users", create_department = "/v2/admin/departments" }
            [sandbox.amili.roles]
            other-account = { token_env = "AMILI_OTHER_TOKEN", account = "6662fb1df4d1eaf404cb0900" }
            creditor-admin = { token_env = "X", creditor = "6662fb1df4d1eaf404cb0a0c" }
            [sandbox.ams.roles]
            manager = { user = 2 }
            [sandbox.limits]
            requests_per_minute = 90
            burst = 8
            max_requests = 500
            timeout_seconds = 30
            "#,
            "sandbox",
        )
        .unwrap();
        assert_eq!(read.allow_hosts, ["api-sandbox.amili.se"]);
        let ams = read.target.ams.unwrap();
        assert_eq!(ams.company, Some(24));
        assert_eq!(ams.roles.manager.unwrap().user, Some(2));
        let other = read.target.amili.unwrap().roles.other_account.unwrap();
        assert_eq!(other.account.as_deref(), Some("6662fb1df4d1eaf404cb0900"));
    }
}
