//! A base URL, read and judged: its host, and whether that is this machine.

use std::net::IpAddr;

/// A base URL without a trailing slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Address {
    pub(crate) base_url: String,
    pub(crate) host: String,
}

impl Address {
    /// Reads a base URL; the error says what is wrong with it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let url = reqwest::Url::parse(text).map_err(|error| format!("'{text}': {error}"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(format!("'{text}' begins with neither http:// nor https://"));
        }
        if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
            return Err("a base URL has no credentials, query or fragment".to_owned());
        }
        let host = url.host_str().unwrap_or_default();
        Ok(Self {
            base_url: text.trim_end_matches('/').to_owned(),
            host: host.trim_matches(['[', ']']).to_ascii_lowercase(),
        })
    }

    pub(crate) fn is_loopback(&self) -> bool {
        self.host == "localhost"
            || self
                .host
                .parse::<IpAddr>()
                .is_ok_and(|address| address.is_loopback())
    }

    /// The same server without the prefix of a space.
    pub(crate) fn root(&self) -> &str {
        self.base_url
            .split_once("/_spaces/")
            .map_or(self.base_url.as_str(), |(root, _)| root)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_loopback() {
        for (text, loopback) in [
            ("http://127.0.0.1:4080", true),
            ("http://[::1]:4080/", true),
            ("http://localhost", true),
            ("http://localhost.example.com", false),
            ("https://api-sandbox.amili.se", false),
            ("http://127.0.0.1.example.com", false),
        ] {
            let address = Address::parse(text).unwrap();
            assert_eq!(address.is_loopback(), loopback, "{text}");
        }
    }

    #[test]
    fn a_base_url_is_plain() {
        for text in ["ftp://x", "nothing", "http://user@host", "http://host?x=1"] {
            assert!(Address::parse(text).is_err(), "{text}");
        }
    }
}
