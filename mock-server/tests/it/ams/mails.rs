//! The mail that a new user gets, as their company's preference has it.

use serde_json::{Value, json};

use super::users::create;
use crate::harness::Mock;

/// How many mails a creation leaves when the company's preference is this; null: not set.
#[track_caller]
fn check_mail(preference: &Value, mails: usize) {
    let mock = Mock::with_world(|world| {
        let preferences = world.pointer_mut("/ams/companies/0/preferences").unwrap();
        *preferences = json!({});
        if !preference.is_null() {
            preferences["send_email_on_user_account_created"] = preference.clone();
        }
    });
    create(&mock.setup(), json!({})).expect(201);
    let outbox = mock.outbox();
    assert_eq!(outbox.len(), mails, "preference {preference}: {outbox:?}");
    for mail in outbox {
        assert_eq!(
            (&mail["to"], &mail["api"]),
            (&json!("my.email@test.net"), &json!("ams"))
        );
    }
}

#[test]
fn a_new_user_gets_a_mail_unless_the_companys_preference_is_0() {
    for mailing in [json!(1), json!("1"), json!(2), json!("yes"), json!(true)] {
        check_mail(&mailing, 1);
    }
    for silent in [json!(0), json!("0"), json!(0.0), json!(false)] {
        check_mail(&silent, 0);
    }
}

#[test]
fn without_the_preference_no_mail_is_sent() {
    check_mail(&Value::Null, 0);
}

#[test]
fn the_preference_is_that_of_the_users_company() {
    let mock = Mock::start();
    create(&mock.setup(), json!({ "company_id": 42 })).expect(201);
    assert!(mock.outbox().is_empty(), "company 42 wants none");
    create(
        &mock.setup(),
        json!({ "email": "other@test.net", "company_id": 24 }),
    )
    .expect(201);
    assert_eq!(mock.outbox().len(), 1, "company 24 wants one");
}
