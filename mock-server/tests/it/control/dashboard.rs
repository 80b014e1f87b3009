//! The page at `/_mock`, as a program sees it: where it is, what it allows itself, and that it names nobody else.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::told;
use crate::harness::{Answer, Mock};

fn page(mock: &Mock, path: &str) -> Answer {
    let answer = mock.anybody().get(path).expect(200);
    assert_eq!(
        answer.header("content-type"),
        Some("text/html; charset=utf-8"),
        "{path}"
    );
    answer
}

/// What stands between two tags that occur once.
#[track_caller]
fn between<'a>(text: &'a str, opening: &str, closing: &str) -> &'a str {
    let (_, rest) = text.split_once(opening).expect(opening);
    let (inside, behind) = rest.split_once(closing).expect(closing);
    assert!(
        !behind.contains(opening) && !behind.contains(closing),
        "{opening} is there twice"
    );
    inside
}

#[test]
fn the_page_is_the_same_with_a_slash_and_in_every_space() {
    let mock = Mock::start();
    let text = page(&mock, "/_mock").text();
    assert!(text.starts_with("<!doctype html>") && text.trim_end().ends_with("</html>"));
    for path in [
        "/_mock/",
        "/_spaces/my-test/_mock",
        "/_spaces/my-test/_mock/",
    ] {
        assert_eq!(page(&mock, path).text(), text, "{path}");
    }
    let posted = mock.anybody().call("POST", "/_mock").send();
    told(&posted, 405, "POST is not offered");
}

#[test]
fn the_page_may_run_nothing_but_its_own_script_and_ask_nobody_but_its_own_origin() {
    let mock = Mock::start();
    let answer = page(&mock, "/_mock");
    let text = answer.text();
    let hash = |of: &str| STANDARD.encode(digest(&SHA256, of.as_bytes()));
    let style = hash(between(&text, "<style>", "</style>"));
    let script = hash(between(&text, "<script type=\"module\">", "</script>"));
    let policy = answer.header("content-security-policy").expect("a policy");
    let parts: Vec<&str> = policy.split("; ").collect();
    for part in [
        "default-src 'none'",
        &format!("style-src 'sha256-{style}'"),
        &format!("script-src 'sha256-{script}'"),
        "connect-src 'self'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ] {
        assert!(parts.contains(&part), "no {part} in {policy}");
    }
    for (name, value) in [
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{name}");
    }
}

#[test]
fn the_page_names_no_foreign_address_and_makes_no_markup_of_what_it_reads() {
    let mock = Mock::start();
    let text = page(&mock, "/_mock").text();
    // The name of the language of pictures is an address in form alone.
    let text = text.replace("http://www.w3.org/2000/svg", "");
    for foreign in [
        "http://",
        "https://",
        "ws://",
        "wss://",
        "\"//",
        "'//",
        "url(",
        "@import",
        " src=",
        "import(",
        "integrity",
    ] {
        assert!(!text.contains(foreign), "the page holds {foreign}");
    }
    for maker in [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "Function(",
        "createContextualFragment",
    ] {
        assert!(!text.contains(maker), "the page uses {maker}");
    }
    let opened = text.matches("href=\"").count();
    let own = text.matches("href=\"#").count() + text.matches("href=\"data:").count();
    assert_eq!(opened, own, "an address in the frame leads elsewhere");
}

#[test]
fn the_page_is_guarded_as_the_control_api_is() {
    let mock = Mock::start();
    for path in ["/_mock", "/_mock/", "/_spaces/a/_mock"] {
        let call = || mock.anybody().call("GET", path);
        told(
            &call().header("host", "evil.example").send(),
            403,
            "evil.example",
        );
        told(
            &call().header("origin", "http://evil.example").send(),
            403,
            "origin",
        );
        call().header("origin", mock.base_url()).send().expect(200);
    }
}

#[test]
fn looking_at_the_page_leaves_no_trace_in_the_journal() {
    let mock = Mock::start();
    for path in ["/_mock", "/_mock/", "/_mock/info"] {
        mock.anybody().get(path).expect(200);
    }
    let journal = mock.anybody().get("/_mock/journal").expect(200).json();
    assert_eq!(journal["last"], 0);
}
