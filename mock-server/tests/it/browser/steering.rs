//! What is set on the page holds on the server: faults, the clock, moments, assumptions, spaces.

use serde_json::{Value, json};

use super::driver::ESCAPE;
use super::{ACTIVATION_RULE, Browser, connected, go, looking, refused};
use crate::amili::acme;
use crate::harness::{GUIDE_TIME, Mock, list};

/// Presses the button of a view that is called so.
#[track_caller]
fn press(browser: &Browser, text: &str) {
    let button = format!(
        "[...document.querySelectorAll('main section:not([hidden]) button')].find((one) => (one.ariaLabel ?? one.textContent) === {text:?})"
    );
    browser.until(&button);
    browser.run(&format!("{button}.click()"));
}

fn control(mock: &Mock, path: &str) -> Value {
    mock.anybody()
        .get(&format!("/_mock/{path}"))
        .expect(200)
        .json()
}

#[test]
fn a_fault_set_through_the_form_strikes_and_is_taken_away_again() {
    let mock = Mock::start();
    let Some(browser) = looking(&mock, "faults") else {
        return;
    };
    browser.until("document.querySelector('#view-faults .empty').checkVisibility()");
    let form = "#view-faults form";
    browser.choose(&format!("{form} [name=api]"), "amili");
    browser.choose(&format!("{form} [name=method]"), "GET");
    browser.write(&format!("{form} [name=path]"), "/nowhere");
    browser.choose(&format!("{form} [name=effect]"), "status");
    browser.write(&format!("{form} [name=status]"), "503");
    browser.click(&format!("{form} [type=submit]"));
    browser.until("document.querySelector('#view-faults .fault-text').textContent.includes(\"no path that is offered can match '/nowhere'\")");
    browser.write(&format!("{form} [name=path]"), "/creditors");
    browser.click(&format!("{form} [type=submit]"));
    browser.until("document.querySelectorAll('#view-faults tbody tr').length === 1");
    assert_eq!(
        control(&mock, "faults"),
        json!([{
            "match": { "api": "amili", "method": "GET", "path": "/creditors" },
            "effect": { "status": 503 },
            "times": 1,
            "seen": { "matched": 0, "struck": 0 },
        }])
    );
    mock.api_user().get("/creditors").expect(503);
    mock.api_user().get("/creditors").expect(200);
    browser.until("[...document.querySelectorAll('#view-faults td.num')].map((cell) => cell.textContent).join() === '2,1'");
    browser.until("document.getElementById('struck').textContent.includes('1 fault in force')");
    press(&browser, "Add Amili’s documented limits");
    browser.until("document.querySelectorAll('#view-faults tbody tr').length === 3");
    // What others have counted stays counted.
    assert_eq!(
        control(&mock, "faults")[0]["seen"],
        json!({ "matched": 2, "struck": 1 })
    );
    press(&browser, "Remove: Answers 503");
    browser.until("document.querySelectorAll('#view-faults tbody tr').length === 2");
    assert_eq!(list(&control(&mock, "faults"), "").len(), 2);
    press(&browser, "Remove all");
    browser.until("document.getElementById('struck').hidden");
    assert_eq!(control(&mock, "faults"), json!([]));
}

#[test]
fn every_effect_of_the_form_is_taken_by_the_server() {
    let mock = Mock::start();
    let Some(browser) = looking(&mock, "faults") else {
        return;
    };
    let effects = [
        ("delay_ms", "delay_ms", "20", json!({ "delay_ms": 20 })),
        ("drop", "", "", json!("drop")),
        ("lose_answer", "", "", json!("lose_answer")),
        ("truncate", "", "", json!("truncate")),
        ("truncate", "truncate", "7", json!({ "truncate": 7 })),
        ("rate_limit", "", "", json!("rate_limit")),
        (
            "status",
            "body",
            "{\"a\": [1]}",
            json!({ "status": 503, "body": { "a": [1] } }),
        ),
    ];
    for (place, (effect, name, value, expected)) in effects.into_iter().enumerate() {
        browser.choose("#view-faults form [name=effect]", effect);
        if !name.is_empty() {
            browser.write(&format!("#view-faults form [name={name}]"), value);
        }
        browser.click("#view-faults form [type=submit]");
        browser.until(&format!(
            "document.querySelectorAll('#view-faults tbody tr').length === {}",
            place + 1
        ));
        assert_eq!(control(&mock, "faults")[place]["effect"], expected);
    }
    browser.choose("#view-faults form [name=effect]", "rate_limit");
    for (name, value) in [
        ("requests", "100"),
        ("seconds", "60"),
        ("retry_after", "30"),
        ("every", "2"),
        ("probability", "0.5"),
    ] {
        browser.write(&format!("#view-faults form [name={name}]"), value);
    }
    browser.click("#view-faults form [type=submit]");
    browser.until("document.querySelectorAll('#view-faults tbody tr').length === 8");
    let last = &control(&mock, "faults")[7];
    assert_eq!(
        last["effect"],
        json!({ "rate_limit": { "requests": 100, "seconds": 60, "retry_after": 30 } })
    );
    assert_eq!(
        (&last["every"], &last["probability"]),
        (&json!(2), &json!(0.5))
    );
}

#[test]
fn the_clock_is_moved_and_runs_again() {
    let mock = Mock::at_guide_time();
    let Some(browser) = looking(&mock, "time") else {
        return;
    };
    assert_eq!(control(&mock, "clock")["now"], GUIDE_TIME);
    let shown = |text: &str| {
        browser.until(&format!(
            "document.getElementById('clock-now').textContent === {text:?}"
        ))
    };
    shown("2025-11-11 12:22:34 UTC");
    press(&browser, "Move on by 1 day");
    shown("2025-11-12 12:22:34 UTC");
    assert_eq!(control(&mock, "clock")["now"], "2025-11-12T12:22:34Z");
    browser.write("#view-time [name=amount]", "90");
    browser.click("#view-time [aria-label='Move on'] [type=submit]");
    shown("2025-11-12 13:52:34 UTC");
    browser
        .run("document.querySelector('#view-time [name=instant]').value = '2030-01-02T03:04:05'");
    browser.click("#view-time [aria-label='Stand still'] [type=submit]");
    shown("2030-01-02 03:04:05 UTC");
    press(&browser, "Back to the machine’s clock");
    browser.until("document.getElementById('clock-mode').textContent === 'clock'");
    assert_eq!(control(&mock, "clock")["mode"], "real");
}

#[test]
fn a_moment_is_named_compared_and_gone_back_to_and_a_reset_asks_first() {
    let mock = Mock::start();
    let Some(browser) = looking(&mock, "time") else {
        return;
    };
    let creditors = || list(&control(&mock, "state"), "/amili/creditors").len();
    browser.write("#view-time [name=checkpoint]", "before-acme");
    browser.click("#view-time [aria-label='A new checkpoint'] [type=submit]");
    browser.until("document.querySelector('#view-time .rows').textContent.includes('before-acme')");
    mock.api_user().post("/creditors", &acme()).expect(201);
    press(&browser, "Changes since before-acme");
    browser.until(
        "document.querySelector('#view-time [role=region]').textContent.includes('Acme Inc')",
    );
    press(&browser, "Rewind to before-acme");
    browser.until("document.getElementById('ask').open && document.activeElement.id === 'ask-no'");
    browser.press(&[ESCAPE]);
    browser.until("!document.getElementById('ask').open");
    assert_eq!(creditors(), 1);
    press(&browser, "Rewind to before-acme");
    browser.click("#ask-yes");
    browser
        .until("document.getElementById('toasts').textContent.includes('Back at “before-acme”')");
    assert_eq!(creditors(), 0);
    mock.api_user().post("/creditors", &acme()).expect(201);
    press(&browser, "Reset this space …");
    browser.click("#ask-no");
    assert_eq!(creditors(), 1);
    press(&browser, "Reset this space …");
    browser.click("#ask-yes");
    browser.until("document.getElementById('toasts').textContent.includes('as at the start')");
    assert_eq!(
        (creditors(), &control(&mock, "journal")["last"]),
        (0, &json!(0))
    );
    press(&browser, "Forget before-acme");
    browser.until("document.querySelector('#view-time').textContent.includes('None yet')");
}

#[test]
fn an_assumption_is_answered_otherwise_and_answered_back() {
    const ID: &str = "amili.patch.if-match";
    let mock = Mock::start();
    let Some(browser) = looking(&mock, &format!("assumptions/{ID}")) else {
        return;
    };
    let answer = || {
        let told = control(&mock, "assumptions");
        let one = list(&told, "/assumptions")
            .iter()
            .find(|one| one["id"] == ID)
            .cloned()
            .unwrap();
        one["answer"].as_str().unwrap().to_owned()
    };
    let fold = format!("details[data-key='{ID}']");
    browser.until(&format!("document.querySelector(\"{fold}\").open"));
    let before = answer();
    let other = if before == "optional" {
        "required"
    } else {
        "optional"
    };
    browser.click(&format!("{fold} input[value={other}]"));
    browser.until(&format!(
        "document.querySelector(\"{fold}\").textContent.includes('changed: {other}')"
    ));
    browser.until(&format!(
        "document.querySelector(\"{fold}\").open && document.activeElement.value === {other:?}"
    ));
    assert_eq!(answer(), other);
    press(&browser, "All back to the default");
    browser.until(&format!(
        "!document.querySelector(\"{fold}\").textContent.includes('changed')"
    ));
    assert_eq!(answer(), before);
}

#[test]
fn rules_tell_how_often_they_decided() {
    let mock = Mock::start();
    refused(&mock);
    let Some(browser) = looking(&mock, "rules") else {
        return;
    };
    let rules = control(&mock, "rules");
    let met = list(&rules, "/rules")
        .iter()
        .filter(|rule| rule["decided"] != 0)
        .count();
    let all = list(&rules, "/rules").len();
    browser.until(&format!("document.querySelector('#view-rules [role=status]').textContent.startsWith('{met} of {all} rules')"));
    browser.until(&format!("document.querySelector(\"[data-key='{ACTIVATION_RULE}'] summary\").textContent.includes('1 time')"));
    browser.click("#view-rules [name=never]");
    browser.until(&format!(
        "document.querySelectorAll('#view-rules details').length === {}",
        all - met
    ));
    browser.write("#view-rules [name=search]", "nobody writes into an account");
    browser.until("document.querySelectorAll('#view-rules details').length === 1");
}

#[test]
fn another_space_is_gone_to_watched_and_dropped() {
    let mock = Mock::start();
    let Some(browser) = looking(&mock, "spaces") else {
        return;
    };
    browser.write("#view-spaces [name=space]", "my-test");
    browser.click("#view-spaces [type=submit]");
    browser.until("location.pathname === '/_spaces/my-test/_mock'");
    connected(&browser);
    browser.until("document.getElementById('space-name').textContent === 'my-test'");
    let base = format!("{}/_spaces/my-test", mock.base_url());
    browser.until(&format!("[...document.querySelectorAll('#view-start .code code')].some((one) => one.textContent === {base:?})"));
    go(&browser, "requests");
    mock.api_user().get("/accounts").expect(200);
    mock.api_user()
        .in_space("my-test")
        .get("/users")
        .expect(200);
    browser.until("[...document.querySelectorAll('#view-requests a.row .path')].map((one) => one.textContent).join() === '/users'");
    go(&browser, "spaces");
    press(&browser, "Drop my-test");
    browser.click("#ask-yes");
    browser.until("location.pathname === '/_mock'");
    connected(&browser);
    let spaces = control(&mock, "spaces");
    let names: Vec<&Value> = list(&spaces, "/spaces")
        .iter()
        .map(|space| &space["name"])
        .collect();
    assert_eq!(names, ["default"]);
}

#[test]
fn a_first_request_is_sent_from_the_page_and_a_token_made_there_works() {
    let mock = Mock::start();
    let Some(browser) = looking(&mock, "start") else {
        return;
    };
    browser.until(
        "document.querySelector('#view-start').textContent.includes('Nothing has been asked yet')",
    );
    for api in ["Amili", "AMS"] {
        press(&browser, &format!("Send the line for {api} from here"));
        browser.until(&format!(
            "document.getElementById('toasts').textContent.includes('{api} answered 200')"
        ));
    }
    browser.until(
        "!document.querySelector('#view-start').textContent.includes('Nothing has been asked yet')",
    );
    go(&browser, "users");
    press(&browser, "New token for Reader User");
    let token = browser.until("/mock\\S+|[A-Za-z0-9_-]{12,}$/.exec(document.getElementById('toasts').lastChild.textContent)?.[0]");
    mock.ams(token.as_str().unwrap())
        .get("/v2/admin/permission/groups")
        .expect(200);
}
