//! Accounts that partners create, with what they bring.

use serde_json::{Value, json};

use crate::wrong::make::{asked, let_through, let_through_all, over_refused, shown};
use crate::wrong::server::{Talk, Wrong};

const POST: (&str, &str) = ("POST", "/accounts");

pub(super) fn all() -> Vec<Wrong> {
    [creates(), brings()].into_iter().flatten().collect()
}

fn key<'t>(talk: &'t Talk<'_>) -> &'t str {
    talk.asked.header("x-api-key").unwrap_or_default()
}

fn creates() -> Vec<Wrong> {
    const RULE: &str = "amili.account.partner-creates";
    vec![
        let_through(RULE, "by the API user", |talk| {
            key(talk) == "amili-api-user"
        }),
        let_through(RULE, "by the account's admin", |talk| {
            key(talk) == "amili-account-admin"
        }),
        let_through(RULE, "by another account", |talk| {
            key(talk) == "amili-other-account"
        }),
        over_refused(RULE, "not even by partners", POST, 403, |_| true),
        shown(RULE, "another name", "accounts", |account| {
            crate::wrong::make::replaced(account, "name", json!("x"));
        }),
        Wrong::new(RULE, "not listed", |talk| {
            let mut answer = talk.forward();
            if talk.is("GET", "/accounts") {
                crate::wrong::make::altering(talk, &mut answer, |body| {
                    body["_items"] = json!([]);
                });
            }
            answer
        }),
    ]
}

/// What an account brought is changed at once.
fn brought(kind: &'static str, change: fn(&Talk<'_>, &mut Value, &Value)) -> Wrong {
    Wrong::new("amili.account.first-creditor", kind, move |talk| {
        let answer = talk.forward();
        if talk.is(POST.0, POST.1) && answer.succeeded() {
            let account = answer.json()["_id"].clone();
            if talk.arrange(|state| change(talk, &mut state["amili"], &account)) {
                talk.alters();
            }
        }
        answer
    })
}

fn of(list: &mut Value, account: &Value, change: impl Fn(&mut Value)) {
    for document in list.as_array_mut().unwrap() {
        if document["account"] == *account {
            change(document);
        }
    }
}

fn dropped(list: &mut Value, account: &Value, gone: impl Fn(&Value) -> bool) {
    let list = list.as_array_mut().unwrap();
    list.retain(|document| document["account"] != *account || !gone(document));
}

fn brings() -> Vec<Wrong> {
    const RULE: &str = "amili.account.first-creditor";
    const GROUPS: &str = "access--groups";
    vec![
        brought("no creditor", |_, state, account| {
            dropped(&mut state[GROUPS], account, |group| {
                group.get("creditor").is_some()
            });
            dropped(&mut state["creditors"], account, |_| true);
        }),
        brought("no groups", |_, state, account| {
            dropped(&mut state[GROUPS], account, |_| true)
        }),
        brought("no groups of the account", |_, state, account| {
            dropped(&mut state[GROUPS], account, |group| {
                group.get("creditor").is_none()
            });
        }),
        brought("no groups of the creditor", |_, state, account| {
            dropped(&mut state[GROUPS], account, |group| {
                group.get("creditor").is_some()
            });
        }),
        brought("no api_user", |_, state, account| {
            dropped(&mut state[GROUPS], account, |group| {
                group["type"] == "api_user"
            });
        }),
        brought("no user", |_, state, account| {
            dropped(&mut state[GROUPS], account, |group| group["type"] == "user");
        }),
        brought("never active", |_, state, account| {
            of(&mut state["creditors"], account, |creditor| {
                creditor["is_active"] = json!(false)
            });
        }),
        brought("the account's name", |talk, state, account| {
            let name = talk.body()["name"].clone();
            of(&mut state["creditors"], account, |creditor| {
                creditor["name"] = name.clone()
            });
        }),
        brought("no payout details", |_, state, account| {
            of(&mut state["creditors"], account, |creditor| {
                if creditor["is_active"] == false {
                    return;
                }
                creditor["payout_details"] = json!({ "sek": { "bankgiro": "1" } });
            });
        }),
        Wrong::new(RULE, "the data kept", |talk| {
            let mut answer = talk.forward();
            if talk.is("GET", "/accounts/*") {
                crate::wrong::make::altering(talk, &mut answer, |account| {
                    account["initial_creditor_data"] = json!({});
                });
            }
            answer
        }),
        let_through_all(RULE, "without an address", POST, |talk| {
            talk.body()["initial_creditor_data"]
                .get("sender_address")
                .is_none()
        }),
        let_through_all(RULE, "without payout details", POST, |talk| {
            talk.body()["initial_creditor_data"]
                .get("payout_details")
                .is_none()
        }),
        let_through_all(RULE, "without a name", POST, |talk| {
            talk.body()["initial_creditor_data"].get("name").is_none()
        }),
        asked(RULE, "inactive for want of a field", POST, |_, body| {
            let data = &mut body["initial_creditor_data"];
            if data["is_active"] == true && data.get("invoice_address").is_none() {
                data["is_active"] = json!(false);
            }
        }),
        asked(
            RULE,
            "one of two organisation numbers dropped",
            POST,
            |_, body| {
                let data = &mut body["initial_creditor_data"];
                if data.get("organization_no").is_some() {
                    crate::wrong::make::without(data, "non_swedish_organization_no");
                }
            },
        ),
    ]
}
