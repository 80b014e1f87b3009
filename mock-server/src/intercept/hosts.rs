//! The hosts that the mock answers for, and those that it was asked for in vain.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// How many hosts are told apart; whatever else is asked for is counted together.
const MOST_REFUSED: usize = 1000;
const OTHERS: &str = "other hosts";

/// The hosts of the real APIs, and who else was called.
#[derive(Debug)]
pub(crate) struct Hosts {
    served: Vec<String>,
    refused: Mutex<BTreeMap<String, u64>>,
}

/// A host that the mock does not answer for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "your code tried to reach {host}; only calls to {served} reach the mock, nothing else is let out"
)]
pub(crate) struct Refused {
    /// The host.
    pub(crate) host: String,
    served: String,
}

impl Hosts {
    /// These hosts.
    pub(crate) fn new<'a>(hosts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut served: Vec<String> = hosts.into_iter().map(plain).collect();
        served.sort();
        served.dedup();
        Self {
            served,
            refused: Mutex::default(),
        }
    }

    /// The hosts that the mock answers for.
    pub(crate) fn served(&self) -> &[String] {
        &self.served
    }

    /// Lets a call to a host of ours in; counts any other.
    pub(crate) fn admit(&self, host: &str) -> Result<(), Refused> {
        let host = plain(host);
        if self.served.contains(&host) {
            return Ok(());
        }
        let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        let known = refused.contains_key(&host) || refused.len() < MOST_REFUSED;
        let name = if known { host.as_str() } else { OTHERS };
        let calls = refused.entry(name.to_owned()).or_default();
        *calls += 1;
        let is_first = *calls == 1;
        drop(refused);
        let served = self.served.join(", ");
        let refused = Refused { host, served };
        if is_first {
            tracing::warn!("{refused}");
        }
        Err(refused)
    }

    /// The hosts refused, with how often.
    pub(crate) fn refused(&self) -> Vec<(String, u64)> {
        let refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        let counted = refused.iter();
        counted
            .map(|(host, calls)| (host.clone(), *calls))
            .collect()
    }
}

/// A host name without its case and its final dot, neither of which makes another host.
fn plain(host: &str) -> String {
    host.trim_end_matches('.').to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_a_final_dot_make_no_other_host() {
        let hosts = Hosts::new(["api-sandbox.amili.se"]);
        assert_eq!(hosts.admit("API-Sandbox.amili.se."), Ok(()));
        assert_eq!(hosts.refused(), []);
    }

    #[test]
    fn another_host_is_refused_by_name_and_counted() {
        let hosts = Hosts::new(["api-sandbox.amili.se"]);
        let near = [
            "api.amili.se",
            "amili.se",
            "x.api-sandbox.amili.se",
            "API.amili.se",
        ];
        for host in near {
            let refused = hosts.admit(host).unwrap_err();
            assert!(refused.to_string().contains(&plain(host)), "{refused}");
        }
        let counted = hosts.refused();
        assert_eq!(counted.len(), 3);
        assert!(counted.contains(&("api.amili.se".to_owned(), 2)));
    }

    #[test]
    fn a_flood_of_names_is_counted_together() {
        let hosts = Hosts::new(["api-sandbox.amili.se"]);
        for number in 0..MOST_REFUSED + 5 {
            assert!(hosts.admit(&format!("h{number}.test")).is_err());
        }
        let counted = hosts.refused();
        assert_eq!(counted.len(), MOST_REFUSED + 1);
        assert!(counted.contains(&(OTHERS.to_owned(), 5)));
    }
}
