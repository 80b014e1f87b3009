//! The page for people: whole in itself, with links that lead somewhere, and nobody's markup but its own.

use std::collections::BTreeSet;

use super::{EXPLORE, HOSTILE, Run, SCENARIOS, faulty};

/// What stands between these two, wherever they occur.
fn between<'t>(text: &'t str, before: &str, after: &str) -> Vec<&'t str> {
    let parts = text.split(before).skip(1);
    parts.filter_map(|part| part.split(after).next()).collect()
}

#[track_caller]
pub(super) fn check(page: &str, scripts: usize) {
    for outside in ["src=", "<link", "@import", "url(", "<iframe"] {
        assert!(!page.contains(outside), "{outside}");
    }
    let ids = between(page, " id=\"", "\"");
    let once: BTreeSet<_> = ids.iter().collect();
    assert_eq!(ids.len(), once.len(), "an id stands twice: {ids:?}");
    for target in between(page, "href=\"#", "\"") {
        assert!(ids.contains(&target), "no place is called {target}");
    }
    for part in [
        "<html lang=\"en\">",
        "<meta name=\"viewport\"",
        "<main ",
        "prefers-color-scheme: dark",
        "<h1>",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains(HOSTILE.split(']').next().unwrap()));
    assert_eq!(page.matches("<script>").count(), scripts);
}

#[test]
fn a_page_needs_nothing_else() {
    let front = faulty();
    let run = Run::against(front.base_url(), &SCENARIOS);
    let page = run.read("run.html");
    check(&page, 1);
    for part in [
        "3 failed on front",
        "&lt;script&gt;alert(1)",
        "Amili automatically generates creditor-level access groups",
        "curl -i -X GET",
        "amili.creditor.is-active-default",
    ] {
        assert!(page.contains(part), "{part}");
    }
    // The gravest first.
    let order: Vec<_> = between(&page, "<article class=\"failure\" data-verdict=\"", "\"");
    assert_eq!(order, ["broken", "unknown answer", "instrument failed"]);
}

#[test]
fn walks_have_their_page() {
    let front = faulty();
    let run = Run::against(front.base_url(), &EXPLORE);
    check(&run.read("run.html"), 1);
}
