//! Calls to the real hosts, taken to the mock: a proxy for one command, with a certificate authority that is
//! thrown away with it. It has no client of its own, so nothing that it is asked for can leave this machine.

mod authority;
mod hosts;
mod proxy;

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::files::write_whole;
use authority::Authority;
pub(crate) use hosts::{Hosts, Refused};
pub(crate) use proxy::Proxy;

/// What makes every version of Node take the proxy, which most of them don't by themselves.
const NODE_PRELOAD: &str = include_str!("../../assets/intercept/node.cjs");
/// Variables that name the proxy; some programs read the one form, some the other.
const PROXY: [&str; 6] = [
    "HTTPS_PROXY",
    "https_proxy",
    "HTTP_PROXY",
    "http_proxy",
    "ALL_PROXY",
    "all_proxy",
];
/// Variables that say what needs no proxy.
const NO_PROXY: [&str; 2] = ["NO_PROXY", "no_proxy"];
/// Variables that name a file of trusted authorities: OpenSSL and Go, requests, Node, curl, Deno.
const TRUST: [&str; 5] = [
    "SSL_CERT_FILE",
    "REQUESTS_CA_BUNDLE",
    "NODE_EXTRA_CA_CERTS",
    "CURL_CA_BUNDLE",
    "DENO_CERT",
];

/// A proxy in force: whose calls it takes, and what else it was asked for.
#[derive(Debug)]
pub struct Interception {
    address: SocketAddr,
    certificate: String,
    hosts: Hosts,
    /// The mock's own address, `HOST:PORT`.
    own: String,
}

/// Why there can be no proxy.
#[derive(Debug, thiserror::Error)]
pub enum InterceptError {
    /// No port, or none that can be asked for.
    #[error("no port for the proxy: {0}")]
    Port(#[from] std::io::Error),
    /// No certificate for the hosts.
    #[error("no certificate for {hosts}: {fault}")]
    Certificate {
        /// The hosts.
        hosts: String,
        /// What the library says.
        fault: String,
    },
}

impl Interception {
    /// The proxy's address.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The hosts whose calls reach the mock.
    pub fn hosts(&self) -> &[String] {
        self.hosts.served()
    }

    /// The hosts that were asked for and refused, with how often.
    pub fn refused(&self) -> Vec<(String, u64)> {
        self.hosts.refused()
    }

    /// What a program needs in its environment. The files that it names are written into the folder.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn environment(&self, folder: &Path) -> std::io::Result<Vec<(&'static str, OsString)>> {
        let authority = folder.join("authority.pem");
        write_whole(&authority, self.certificate.as_bytes())?;
        let preload = folder.join("intercept.cjs");
        write_whole(&preload, NODE_PRELOAD.as_bytes())?;

        let url = self.url();
        let mut variables: Vec<(&'static str, OsString)> = Vec::new();
        variables.extend(PROXY.map(|name| (name, url.clone().into())));
        variables.extend(NO_PROXY.map(|name| (name, "localhost,127.0.0.1,::1".into())));
        variables.extend(TRUST.map(|name| (name, authority.clone().into())));
        variables.push(("MOCK_INTERCEPT_PROXY", url.into()));
        variables.push(("NODE_OPTIONS", node_options(&preload)));
        Ok(variables)
    }

    /// What `GET /_mock/info` tells of it.
    pub(crate) fn told(&self) -> Value {
        let refused = self.refused().into_iter();
        let refused = refused.map(|(host, calls)| json!({ "host": host, "calls": calls }));
        json!({
            "proxy": self.url(),
            "hosts": self.hosts(),
            "refused": refused.collect::<Vec<_>>(),
        })
    }
}

/// The options that the user has, and ours. Node reads quotes and backslashes as a shell would.
fn node_options(preload: &Path) -> OsString {
    let path = preload.display().to_string().replace('\\', "\\\\");
    let mut options = std::env::var_os("NODE_OPTIONS").unwrap_or_default();
    if !options.is_empty() {
        options.push(" ");
    }
    options.push(format!("--require \"{path}\""));
    options
}

/// A proxy on a free port of the loopback, for calls to these hosts; whatever can fail, fails here.
pub(crate) async fn bind(hosts: Hosts, own: SocketAddr) -> Result<Proxy, InterceptError> {
    let listener = TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0)).await?;
    let authority =
        Authority::over(hosts.served()).map_err(|fault| InterceptError::Certificate {
            hosts: hosts.served().join(", "),
            fault,
        })?;
    let interception = Interception {
        address: listener.local_addr()?,
        certificate: authority.certificate,
        hosts,
        own: own.to_string(),
    };
    Ok(Proxy::new(listener, authority.tls, Arc::new(interception)))
}
