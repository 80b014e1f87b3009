//! What holds in every view: who is asked, how it is reached, how it fits, and who can use it.

use serde_json::Value;

use super::driver::{Browser, ENTER, ESCAPE, SHIFT, TAB};
use super::{VIEWS, busy, connected, go, looking};
use crate::harness::Mock;

/// The script that looks for what is missing.
const BASICS: &str = include_str!("basics.js");

#[test]
fn the_page_asks_nobody_but_its_own_server_and_its_console_stays_empty() {
    let mock = Mock::start();
    let creditor = busy(&mock);
    let Some(browser) = looking(&mock, "start") else {
        return;
    };
    for (view, heading) in VIEWS {
        go(&browser, view);
        browser.until(&format!(
            "document.querySelector('h1').textContent === {heading:?}"
        ));
        browser.until(&format!("document.title.startsWith({heading:?})"));
    }
    go(&browser, "requests/2");
    browser.until("document.getElementById('entry-title').textContent.includes('/creditors')");
    go(&browser, &format!("records/amili/creditors/{creditor}"));
    browser.until("document.getElementById('record-title').textContent");
    let asked = browser.requested();
    assert!(asked.len() > 10, "{asked:?}");
    for address in asked {
        let own = address.starts_with(mock.base_url()) || address.starts_with("data:");
        assert!(own, "the page asked {address}");
    }
    assert_eq!(browser.told(), Vec::<String>::new());
}

#[test]
fn every_view_is_reached_with_the_keyboard_alone() {
    let mock = Mock::start();
    let Some(browser) = looking(&mock, "start") else {
        return;
    };
    browser.press(&[TAB]);
    browser.until("document.activeElement.id === 'skip' && document.activeElement.getBoundingClientRect().top >= 0");
    browser.press(&[ENTER]);
    browser.until("document.activeElement.id === 'main'");
    for (view, heading) in VIEWS.into_iter().skip(1) {
        let link = format!(
            "document.activeElement.getAttribute('href') === '#{view}' && document.activeElement.closest('nav')"
        );
        let reached = (0..60).any(|_| {
            browser.press(&[SHIFT, TAB]);
            browser.run(&format!("return Boolean({link})")) == Value::Bool(true)
        });
        assert!(reached, "no way back to {view}");
        let seen = browser.run("return getComputedStyle(document.activeElement).outlineStyle");
        assert_eq!(seen, "solid", "the focus is not seen at {view}");
        browser.press(&[ENTER]);
        browser.until(&format!(
            "document.activeElement === document.querySelector('h1') && document.activeElement.textContent === {heading:?}"
        ));
        let current = browser.run("return [...document.querySelectorAll('nav [aria-current=page]')].map((link) => link.hash).join()");
        assert_eq!(current, format!("#{view}"));
    }
}

/// Goes to each view, to a request and to a record, with all that can be folded open.
fn each_unfolded(browser: &Browser, creditor: &str, look: impl Fn(&str)) {
    let opened = [
        "requests/2".to_owned(),
        format!("records/amili/creditors/{creditor}"),
    ];
    let views = VIEWS.iter().map(|(view, _)| (*view).to_owned());
    for view in views.chain(opened) {
        go(browser, &view);
        browser
            .run("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })");
        look(&view);
    }
}

#[test]
fn no_view_is_wider_than_a_phone_or_a_desk() {
    let mock = Mock::start();
    let creditor = busy(&mock);
    let Some(browser) = looking(&mock, "start") else {
        return;
    };
    for width in [390, 1280] {
        browser.resize(width, 844);
        each_unfolded(&browser, &creditor, |view| {
            let wide = browser.run(
                "return [...document.querySelectorAll('body, body *')].filter((node) => \
                 node.checkVisibility() && !node.closest('.unseen, .skip, thead') && \
                 (node.getBoundingClientRect().right > innerWidth + 0.5 || node.getBoundingClientRect().left < -0.5)) \
                 .map((node) => node.outerHTML.slice(0, 120))",
            );
            assert_eq!(wide, Value::Array(Vec::new()), "{view} at {width}");
            let scrolled = browser.run("return document.documentElement.scrollWidth - innerWidth");
            assert_eq!(scrolled, 0, "{view} at {width}");
        });
    }
}

#[test]
fn everything_has_a_name_and_enough_contrast_in_light_and_dark() {
    let mock = Mock::start();
    let creditor = busy(&mock);
    let faults = serde_json::json!([{ "effect": { "delay_ms": 1 } }]);
    mock.anybody().put("/_mock/faults", &faults).expect(200);
    mock.anybody()
        .call("PUT", "/_mock/checkpoints/before")
        .send()
        .expect(201);
    let Some(browser) = looking(&mock, "start") else {
        return;
    };
    for scheme in ["light", "dark"] {
        browser.prefer(scheme);
        each_unfolded(&browser, &creditor, |view| {
            let missing = browser.run(BASICS);
            assert_eq!(missing, Value::Array(Vec::new()), "{view}, {scheme}");
        });
    }
}

#[test]
fn on_a_phone_the_menu_opens_closes_and_leads_on() {
    let mock = Mock::start();
    let Some(browser) = looking(&mock, "start") else {
        return;
    };
    browser.resize(390, 844);
    let is_open = "document.getElementById('menu').getAttribute('aria-expanded') === 'true' && document.getElementById('nav').checkVisibility()";
    let is_closed = "document.getElementById('menu').getAttribute('aria-expanded') === 'false' && !document.getElementById('nav').checkVisibility()";
    browser.until(is_closed);
    browser.click("#menu");
    browser.until(is_open);
    browser.press(&[ESCAPE]);
    browser.until(is_closed);
    browser.until("document.activeElement.id === 'menu'");
    browser.press(&[ENTER]);
    browser.until(is_open);
    browser.click("nav a[href='#users']");
    browser.until(is_closed);
    browser.until("document.querySelector('h1').textContent === 'Users'");
}

#[test]
fn a_page_of_another_origin_reads_nothing_and_changes_nothing() {
    let (mock, other) = (Mock::start(), Mock::start());
    let Some(browser) = looking(&mock, "start") else {
        return;
    };
    // A plain answer, which has no policy of its own that could forbid the attempt.
    browser.open(&format!("{}/_mock/health", other.base_url()));
    for (method, mode) in [("GET", "cors"), ("POST", "cors"), ("POST", "no-cors")] {
        let path = if method == "GET" { "info" } else { "reset" };
        let script = format!(
            "return fetch('{}/_mock/{path}', {{ method: '{method}', mode: '{mode}' }}) \
             .then((answer) => answer.text()).catch(() => 'nothing')",
            mock.base_url()
        );
        let read = browser.run(&script);
        assert!(read == "nothing" || read == "", "{method} {mode}: {read}");
    }
    mock.api_user().get("/creditors").expect(200);
    browser.run(&format!(
        "return fetch('{}/_mock/reset', {{ method: 'POST', mode: 'no-cors' }}).catch(() => 0)",
        mock.base_url()
    ));
    let journal = mock.anybody().get("/_mock/journal").expect(200).json();
    assert_eq!(
        journal["last"], 1,
        "a page of another origin has emptied the journal"
    );
}

#[test]
fn the_page_says_that_the_server_has_gone_and_comes_back_with_it() {
    let mock = Mock::start();
    let address = mock
        .base_url()
        .trim_start_matches("http://")
        .parse()
        .unwrap();
    let Some(browser) = looking(&mock, "requests") else {
        return;
    };
    drop(mock);
    browser.until("!document.getElementById('gone').hidden && document.getElementById('gone').textContent.includes('has not answered')");
    // It does not ask once alone.
    browser.until("performance.getEntriesByType('resource').filter((one) => one.name.endsWith('/health')).length > 2");
    let mock = Mock::with(mock_server::Options {
        listen: address,
        ..mock_server::Options::default()
    });
    connected(&browser);
    browser.until("document.getElementById('gone').hidden");
    mock.api_user().get("/creditors").expect(200);
    browser.until("document.querySelectorAll('#view-requests a.row').length === 1");
}
