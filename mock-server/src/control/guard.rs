//! Who may call the control API: programs on this machine, and no page of another origin in a browser.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Fault;

/// Hosts besides the loopback names under which the control API may be called.
#[derive(Debug, Clone, Default)]
pub(crate) struct AllowedHosts(pub(crate) Arc<[String]>);

impl AllowedHosts {
    fn allow(&self, host: &str) -> bool {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let loopback = bare.eq_ignore_ascii_case("localhost")
            || bare
                .parse()
                .is_ok_and(|address: std::net::IpAddr| address.is_loopback());
        loopback
            || self
                .0
                .iter()
                .any(|allowed| allowed.eq_ignore_ascii_case(bare))
    }
}

/// What a browser says of where the page is that asks, and of what it asks for. Pages cannot set these.
const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
const DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");

/// Refuses a call whose `Host` is not allowed, or that a page of another origin sends.
pub(super) async fn guard(
    State(allowed): State<AllowedHosts>,
    request: Request,
    next: Next,
) -> Response {
    match check(&allowed, request.headers(), request.uri()) {
        Ok(()) => next.run(request).await,
        Err(text) => Fault::new(StatusCode::FORBIDDEN, text).into_response(),
    }
}

fn check(allowed: &AllowedHosts, headers: &HeaderMap, uri: &Uri) -> Result<(), String> {
    let named = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let authority = named
        .and_then(|host| host.parse::<Authority>().ok())
        .or_else(|| uri.authority().cloned())
        .ok_or("the control API needs a Host header")?;
    if !allowed.allow(authority.host()) {
        return Err(format!(
            "the control API answers only to loopback names, not to '{}'; --allow-host adds one",
            authority.host()
        ));
    }
    let is = |name: HeaderName, value: &str| headers.get(name).is_some_and(|it| it == value);
    // Images and scripts of a page come without an Origin; a link that somebody follows to a page of ours is fine.
    let is_followed = is(MODE, "navigate") && is(DEST, "document");
    let is_foreign = is(SITE, "cross-site") || is(SITE, "same-site");
    let Some(origin) = headers.get(header::ORIGIN) else {
        return match is_foreign && !is_followed {
            true => Err(FOREIGN.to_owned()),
            false => Ok(()),
        };
    };
    let own = origin
        .to_str()
        .ok()
        .and_then(|origin| origin.strip_prefix("http://"))
        .is_some_and(|host| host.eq_ignore_ascii_case(authority.as_str()));
    if own {
        return Ok(());
    }
    Err(FOREIGN.to_owned())
}

const FOREIGN: &str = "the control API refuses what a page of another origin sends";

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_call(host: &str, origin: Option<&str>, allowed: bool) {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        let hosts = AllowedHosts(Arc::new(["mock.internal".to_owned()]));
        let outcome = check(&hosts, &headers, &Uri::from_static("/_mock/reset"));
        assert_eq!(outcome.is_ok(), allowed, "{host} {origin:?}: {outcome:?}");
    }

    #[test]
    fn only_loopback_names_and_those_allowed_are_answered() {
        for host in [
            "localhost:4080",
            "127.0.0.1:4080",
            "127.9.9.9",
            "[::1]:4080",
            "LOCALHOST",
            "mock.internal:1",
        ] {
            check_call(host, None, true);
        }
        for host in [
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example:4080",
            "10.0.0.1",
        ] {
            check_call(host, None, false);
        }
    }

    #[test]
    fn a_page_of_another_origin_is_refused() {
        check_call("localhost:4080", Some("http://localhost:4080"), true);
        check_call("localhost:4080", Some("http://evil.example"), false);
        check_call("localhost:4080", Some("http://localhost:4081"), false);
        check_call("localhost:4080", Some("null"), false);
    }
}
