//! Requests as they come, what decided them, and the records that they leave.

use mock_server::catalogue;
use serde_json::{Value, json};

use super::driver::{DOWN, ENTER, ESCAPE};
use super::{ACTIVATION_RULE, Browser, busy, connected, go, looking, refused};
use crate::harness::Mock;

const ROWS: &str = "[...document.querySelectorAll('#view-requests a.row')]";

#[test]
fn a_request_appears_as_it_comes_and_opens_to_what_decided_it() {
    let mock = Mock::start();
    let Some(browser) = looking(&mock, "requests") else {
        return;
    };
    browser.until("document.querySelector('#view-requests .empty h2').textContent === 'Nothing has been asked yet'");
    refused(&mock);
    browser.until(&format!(
        "{ROWS}.length === 1 && {ROWS}[0].innerText.includes('422')"
    ));
    browser
        .until("document.getElementById('spoken').textContent === 'POST /creditors, answered 422'");
    mock.api_user().get("/users").expect(200);
    browser.until(&format!(
        "{ROWS}.length === 2 && {ROWS}[0].innerText.includes('/users')"
    ));
    browser.run(&format!("{ROWS}[0].focus()"));
    browser.press(&[DOWN, ENTER]);
    browser.until("document.activeElement.id === 'entry-title'");
    let rules = catalogue::rules();
    let rule = rules
        .iter()
        .find(|rule| rule.id == ACTIVATION_RULE)
        .unwrap();
    for words in [
        rule.text,
        rule.quote,
        rule.page,
        rule.id,
        "\"invoice_address\": \"required field\"",
    ] {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        browser.until(&format!(
            "document.querySelector('#view-requests .detail').textContent.replace(/\\s+/g, ' ').includes({words:?})"
        ));
    }
    browser.press(&[ESCAPE]);
    browser.until(&format!(
        "document.activeElement === {ROWS}[1] && !document.querySelector('.desk.open')"
    ));
    assert_eq!(browser.told(), Vec::<String>::new());
}

#[test]
fn an_explanation_is_shown_in_all_its_parts_and_every_part_may_be_missing() {
    let mock = Mock::start();
    refused(&mock);
    let Some(browser) = Browser::start(1280, 900) else {
        return;
    };
    let whole = json!({
        "text": "It is to be active, and something is missing.",
        "rule": { "id": ACTIVATION_RULE, "text": "The rule.", "basis": "seed", "source": { "page": "a-page", "quote": "The sentence." } },
        "assumptions": [{ "id": "amili.errors.shape", "question": "Where do problems stand?", "answer": "issues" }],
        "breaches": [{ "place": "body.invoice_address", "why": "is missing" }],
        "nearest": { "changes": ["add invoice_address", { "place": "body.name", "to": "Acme" }], "request": { "method": "POST", "path": "/creditors" }, "curl": "curl -X POST nearest" },
    });
    let partly = [
        json!({ "rule": ACTIVATION_RULE, "nearest": null }),
        json!({ "text": "No rule." }),
        json!({}),
    ];
    for explanation in [vec![whole.clone()], partly.to_vec()].concat() {
        // In place of what the server says.
        let script = format!(
            "const real = fetch; globalThis.fetch = async (...call) => {{ const answer = await real(...call); \
             if (!/journal\\/1$/.test(call[0])) return answer; \
             return new Response(JSON.stringify({{ ...await answer.json(), explanation: {explanation} }})); }};"
        );
        let added = browser.devtools(
            "Page.addScriptToEvaluateOnNewDocument",
            &json!({ "source": script }),
        );
        browser.open("about:blank");
        browser.open(&format!("{}/_mock#requests/1", mock.base_url()));
        browser.until("document.querySelector('#view-requests .detail').textContent.includes('What had a part in it')");
        browser.devtools("Page.removeScriptToEvaluateOnNewDocument", &added);
        let shown =
            browser.run("return document.querySelector('#view-requests .detail').textContent");
        if explanation != whole {
            continue;
        }
        for words in [
            "It is to be active",
            ACTIVATION_RULE,
            "The rule.",
            "“The sentence.”",
            "a-page · seed",
            "body.invoice_address: is missing",
            "add invoice_address",
            "body.name: {\"to\":\"Acme\"}",
            "curl -X POST nearest",
            "\"path\": \"/creditors\"",
            "Where do problems stand?",
        ] {
            assert!(
                shown.as_str().unwrap().contains(words),
                "no {words} in {shown}"
            );
        }
    }
    assert_eq!(browser.told(), Vec::<String>::new());
}

#[test]
fn what_a_request_holds_is_shown_as_text_and_never_becomes_markup() {
    let mock = Mock::start();
    let evil = "<img src=x onerror=document.title='taken'><b id=taken>";
    let named =
        json!({ "name": evil, "surname": evil, "email": "a@example.com", "company_id": 24 });
    mock.manager().post("/v2/admin/users", &named).expect(201);
    let Some(browser) = looking(&mock, "requests/1") else {
        return;
    };
    for view in [
        "requests/1",
        "records/ams/users",
        "records/ams/users/5",
        "users",
    ] {
        go(&browser, view);
        browser.until(
            "document.getElementById('main').textContent.includes('onerror=document.title')",
        );
        assert_eq!(
            browser.run("return document.getElementById('taken')"),
            Value::Null,
            "{view}"
        );
    }
    assert_eq!(browser.told(), Vec::<String>::new());
}

#[test]
fn filters_reach_what_is_no_longer_listed_and_say_what_is_wrong_with_them() {
    let mock = Mock::start();
    busy(&mock);
    let Some(browser) = looking(&mock, "requests") else {
        return;
    };
    let shown = |count: usize| browser.until(&format!("{ROWS}.length === {count}"));
    shown(5);
    browser.write("#view-requests [name=status]", "4xx");
    shown(2);
    browser.choose("#view-requests [name=api]", "ams");
    shown(1);
    browser.until("location.hash === '#requests?api=ams&status=4xx'");
    browser.write("#view-requests [name=rule]", "ams.permission.no-more-power");
    shown(1);
    browser.write("#view-requests [name=rule]", "nothing.like.that");
    shown(0);
    browser.until("document.querySelector('#view-requests .empty h2').textContent === 'No request passes these filters'");
    browser.write("#view-requests [name=status]", "many");
    browser.until("document.querySelector('#view-requests .fault-text').textContent.includes('must be a status such as 422')");
    browser.run("[...document.querySelectorAll('#view-requests button')].find((one) => one.textContent === 'Without filters').click()");
    shown(5);
    browser.until("document.querySelector('#view-requests .fault-text').textContent === ''");
    browser.write("#view-requests [name=path]", "/creditors");
    shown(2);
    // What comes later is filtered as well.
    mock.api_user().get("/users").expect(200);
    refused(&mock);
    shown(3);
}

#[test]
fn a_pause_holds_the_list_and_a_reset_begins_it_again() {
    let mock = Mock::start();
    mock.api_user().get("/users").expect(200);
    let Some(browser) = looking(&mock, "requests") else {
        return;
    };
    let press = |text: &str| {
        browser.run(&format!(
            "[...document.querySelectorAll('#view-requests button')].find((one) => one.textContent.startsWith({text:?})).click()"
        ))
    };
    browser.until(&format!("{ROWS}.length === 1"));
    press("Pause");
    mock.api_user().get("/creditors").expect(200);
    browser.until(
        "document.querySelector('#view-requests').textContent.includes('1 request came since')",
    );
    browser.until(&format!("{ROWS}.length === 1"));
    press("Paused");
    browser.until(&format!("{ROWS}.length === 2"));
    mock.anybody()
        .call("POST", "/_mock/reset")
        .send()
        .expect(204);
    mock.api_user().get("/accounts").expect(200);
    browser.until(&format!(
        "{ROWS}.length === 1 && {ROWS}[0].innerText.includes('/accounts')"
    ));
    press("Empty");
    browser.until(&format!("{ROWS}.length === 0"));
    let journal = mock.anybody().get("/_mock/journal").expect(200).json();
    assert_eq!(journal["entries"], json!([]));
}

#[test]
fn however_many_come_the_page_holds_three_hundred() {
    let mock = Mock::start();
    let Some(browser) = looking(&mock, "requests") else {
        return;
    };
    for _ in 0..320 {
        mock.anybody().get("/users").expect(401);
    }
    let newest = format!("{ROWS}[0].innerText.includes('320')");
    browser.until(&format!("{newest} && {ROWS}.length === 300"));
    browser.open(&format!("{}/_mock#requests", mock.base_url()));
    browser.run("location.reload()");
    browser.until(&format!("{newest} && {ROWS}.length === 300"));
    browser.until("document.querySelector('#view-requests').textContent.includes('of 320 in all')");
}

#[test]
fn a_creditor_leads_to_its_account_its_groups_and_their_users() {
    let mock = Mock::start();
    let creditor = busy(&mock);
    let groups = crate::harness::asking(
        "/access--groups",
        &[(
            "where",
            &format!("{{\"creditor\": \"{creditor}\", \"type\": \"admin\"}}"),
        )],
    );
    let group = mock
        .api_user()
        .get(&groups)
        .expect(200)
        .text_at("/_items/0/_id");
    let user = mock
        .api_user()
        .post("/users", &crate::amili::user(&[&group]))
        .expect(201)
        .id();
    let Some(browser) = looking(&mock, "records") else {
        return;
    };
    browser.write("#view-records [name=search]", &creditor);
    browser.until("document.querySelectorAll('#view-records tbody tr').length >= 3");
    browser.click(&format!(
        "#view-records tbody a[href$='/creditors/{creditor}']"
    ));
    browser.until("document.activeElement.id === 'record-title'");
    for kind in [
        "accounts/6662fb1df4d1eaf404cb08de".to_owned(),
        format!("access--groups/{group}"),
        format!("users/{user}"),
    ] {
        browser.until(&format!("document.querySelector('#view-records .detail .chips a[href=\"#records/amili/{kind}\"]')"));
    }
    browser.click(&format!("#view-records .detail a[href$='/users/{user}']"));
    browser.until("document.getElementById('record-title').textContent === 'Jon Doe'");
    browser.until(&format!(
        "document.querySelector('#view-records .json a[href$=\"/access--groups/{group}\"]')"
    ));
}

#[test]
fn users_show_what_they_may_and_departments_where_they_stand() {
    let mock = Mock::start();
    busy(&mock);
    let Some(browser) = looking(&mock, "users") else {
        return;
    };
    let card = "[...document.querySelectorAll('#view-users article')].find((one) => one.textContent.includes('Manager User'))";
    browser.until(&format!(
        "['read_groups', 'write_departments', 'write_permission_user', 'write_user_department', 'write_users'].join() \
         === [...{card}.querySelectorAll('.pill.good')].map((one) => one.textContent).join()"
    ));
    browser.until(&format!(
        "{card}.querySelector('[href=\"#records/ams/groups/1\"]') && {card}.querySelector('[href=\"#records/ams/groups/2\"]')"
    ));
    go(&browser, "departments");
    // 2 and 3 stand below 1; 42 is a root of its own.
    browser.until("document.querySelector('#view-departments li li a[href=\"#records/ams/departments/2\"]').closest('li').parentNode.closest('li').querySelector('a').hash === '#records/ams/departments/1'");
    browser.until("!document.querySelector('#view-departments li li a[href=\"#records/ams/departments/42\"]') && document.querySelector('#view-departments a[href=\"#records/ams/departments/42\"]')");
    browser.until("document.querySelector('#view-departments .leaf').textContent.includes('My Name My Surname')");
    go(&browser, "mails");
    browser.until(
        "document.querySelector('#view-mails tbody').textContent.includes('my.email@test.net')",
    );
    connected(&browser);
}
