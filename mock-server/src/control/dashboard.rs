//! The dashboard: one page for people, put together from the files of `assets/dashboard`. It asks for nothing but
//! this control API and the two fakes, and its policy forbids anything else.

use std::sync::LazyLock;

use aws_lc_rs::digest::{SHA256, digest};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

const FRAME: &str = include_str!("../../assets/dashboard/page.html");

const STYLE: &str = concat!(
    include_str!("../../assets/dashboard/base.css"),
    include_str!("../../assets/dashboard/parts.css"),
);

/// One module; its files are in the order in which they use each other.
const SCRIPT: &str = concat!(
    include_str!("../../assets/dashboard/dom.js"),
    include_str!("../../assets/dashboard/net.js"),
    include_str!("../../assets/dashboard/records.js"),
    include_str!("../../assets/dashboard/shell.js"),
    include_str!("../../assets/dashboard/view-requests.js"),
    include_str!("../../assets/dashboard/view-entry.js"),
    include_str!("../../assets/dashboard/view-start.js"),
    include_str!("../../assets/dashboard/view-records.js"),
    include_str!("../../assets/dashboard/view-people.js"),
    include_str!("../../assets/dashboard/view-rules.js"),
    include_str!("../../assets/dashboard/view-faults.js"),
    include_str!("../../assets/dashboard/view-time.js"),
    include_str!("../../assets/dashboard/view-spaces.js"),
    include_str!("../../assets/dashboard/begin.js"),
);

static PAGE: LazyLock<String> = LazyLock::new(|| {
    FRAME
        .replacen("{{style}}", STYLE, 1)
        .replacen("{{script}}", SCRIPT, 1)
});

/// Only the page's own style and script run, only its own origin is asked, nobody frames it, and no text from a
/// server can become markup.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let [style, script] =
        [STYLE, SCRIPT].map(|text| STANDARD.encode(digest(&SHA256, text.as_bytes())));
    format!(
        "default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; connect-src 'self'; \
         img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    )
});

/// `GET /_mock`: the page.
pub(super) async fn page() -> Response {
    let mut response = Html(PAGE.as_str()).into_response();
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(policy) = HeaderValue::from_str(&POLICY) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

const HEADERS: [(HeaderName, &str); 5] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];
