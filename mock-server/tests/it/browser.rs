//! The dashboard in a real browser. Where there is none, each test says so on stderr and is skipped.

mod driver;
mod steering;
mod views;
mod watching;

use driver::Browser;
use serde_json::json;

use crate::amili::{acme, acme_with};
use crate::ams;
use crate::harness::Mock;

/// Every view, by its name in the address, with its heading.
const VIEWS: [(&str, &str); 11] = [
    ("start", "Start"),
    ("requests", "Requests"),
    ("mails", "Mails"),
    ("records", "Records"),
    ("users", "Users"),
    ("departments", "Departments"),
    ("rules", "Rules"),
    ("assumptions", "Assumptions"),
    ("faults", "Faults"),
    ("time", "Time and state"),
    ("spaces", "Spaces"),
];

/// The rule that refuses a creditor without its invoice address.
const ACTIVATION_RULE: &str = "amili.creditor.activation-fields";

/// A browser with the page of a mock, at a view, connected.
fn looking(mock: &Mock, view: &str) -> Option<Browser> {
    let browser = Browser::start(1280, 900)?;
    browser.open(&format!("{}/_mock#{view}", mock.base_url()));
    connected(&browser);
    Some(browser)
}

fn connected(browser: &Browser) {
    browser.until("document.getElementById('connection').classList.contains('live')");
}

/// Goes to a view of the page that is open, and waits until it is filled.
#[track_caller]
fn go(browser: &Browser, view: &str) {
    browser.run(&format!("location.hash = {view:?}"));
    let name = view.split(['/', '?']).next().unwrap();
    browser.until(&format!(
        "document.querySelector('#view-{name}:not([hidden])') && document.getElementById('clock-now').textContent.length > 5"
    ));
}

/// A creditor, a user with departments and a mail, and a refusal by each API.
fn busy(mock: &Mock) -> String {
    let creditor = mock.api_user().post("/creditors", &acme()).expect(201).id();
    refused(mock);
    let manager = mock.manager();
    let made = ams::user("my.email@test.net");
    manager.post("/v2/admin/users", &made).expect(201);
    let departments = json!({ "departments": [1, 2] });
    manager
        .post("/v2/admin/users/5/department", &departments)
        .expect(200);
    let more = json!({ "groups": [3] });
    manager.post("/v2/admin/user/5/groups", &more).expect(403);
    creditor
}

/// A creditor that would be active without its invoice address.
fn refused(mock: &Mock) {
    let lacking = acme_with(json!({ "is_active": true, "invoice_address": null }));
    let answer = mock.api_user().post("/creditors", &lacking).expect(422);
    assert_eq!(answer.rule(), Some(ACTIVATION_RULE));
}
