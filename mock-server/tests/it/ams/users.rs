//! Step 1: users, their company, one-time codes, their profile and the mail they get.

use serde_json::{Value, json};

use super::{coded, id, invalid, kept_user, refused_without_a_trace, user};
use crate::amili::with;
use crate::harness::{Answer, Caller, Mock};

pub(super) fn create(caller: &Caller, changes: Value) -> Answer {
    caller.post("/v2/admin/users", &with(user("my.email@test.net"), changes))
}

#[test]
fn a_creation_returns_the_users_id_and_what_was_sent() {
    let mock = Mock::start();
    let answer = create(
        &mock.setup(),
        json!({ "mail_otp": 1, "service_number": "abc123" }),
    )
    .expect(201);
    let made = id(&answer);
    let shown = json!({
        "id": made,
        "name": "My Name",
        "surname": "My Surname",
        "email": "my.email@test.net",
        "company_id": 24,
        "mail_otp": 1,
        "service_number": "abc123",
    });
    assert_eq!(answer.json(), shown);
    let other = id(&mock
        .setup()
        .post("/v2/admin/users", &user("other@test.net")));
    assert_ne!(made, other);
}

#[test]
fn a_new_user_has_a_profile_of_name_and_surname_and_no_group_or_department() {
    let mock = Mock::start();
    let kept = kept_user(&mock, id(&create(&mock.setup(), json!({}))));
    assert_eq!(
        kept["profile"],
        json!({ "name": "My Name", "surname": "My Surname" })
    );
    assert_eq!(
        (&kept["groups"], &kept["departments"]),
        (&json!([]), &json!([]))
    );
}

#[test]
fn a_caller_with_a_company_creates_users_of_that_company() {
    let mock = Mock::start();
    for (number, sent) in [json!(24), json!(42), json!(999), json!("x"), json!(-1)]
        .into_iter()
        .enumerate()
    {
        let email = format!("user{number}@test.net");
        let answer = create(
            &mock.manager(),
            json!({ "email": email, "company_id": sent }),
        );
        assert_eq!(kept_user(&mock, id(&answer))["company_id"], 24, "{sent}");
        assert_eq!(answer.json()["company_id"], 24);
    }
    let mut body = user("without@test.net");
    body.as_object_mut().unwrap().shift_remove("company_id");
    let answer = mock.manager().post("/v2/admin/users", &body);
    assert_eq!(kept_user(&mock, id(&answer))["company_id"], 24);
}

#[test]
fn a_caller_without_a_company_names_an_existing_one() {
    let mock = Mock::start();
    for (number, company) in [24, 42].into_iter().enumerate() {
        let email = format!("user{number}@test.net");
        let answer = create(
            &mock.setup(),
            json!({ "email": email, "company_id": company }),
        );
        assert_eq!(kept_user(&mock, id(&answer))["company_id"], company);
    }
    refused_without_a_trace(
        &mock,
        || create(&mock.setup(), json!({ "company_id": -1 })),
        |answer| coded(answer, 404, "company.002", "ams.user.company-must-exist"),
    );
    refused_without_a_trace(
        &mock,
        || create(&mock.setup(), json!({ "company_id": 999 })),
        |answer| coded(answer, 404, "company.002", "ams.user.company-must-exist"),
    );
    let mut body = user("my.email@test.net");
    for absent in [None, Some(Value::Null)] {
        body.as_object_mut().unwrap().shift_remove("company_id");
        if let Some(null) = absent {
            body["company_id"] = null;
        }
        refused_without_a_trace(
            &mock,
            || mock.setup().post("/v2/admin/users", &body),
            |answer| invalid(answer, "company_id"),
        );
    }
    for wrong in [json!("x"), json!(2.5), json!([24])] {
        refused_without_a_trace(
            &mock,
            || create(&mock.setup(), json!({ "company_id": wrong })),
            |answer| invalid(answer, "company_id"),
        );
    }
}

#[test]
fn one_time_codes_are_on_or_off_and_kept_as_an_integer() {
    let mock = Mock::start();
    let forms = [
        (json!(1), 1),
        (json!(0), 0),
        (json!(true), 1),
        (json!(false), 0),
        (json!("1"), 1),
        (json!("0"), 0),
    ];
    for (number, (sent, kept)) in forms.into_iter().enumerate() {
        let email = format!("user{number}@test.net");
        let answer = create(&mock.setup(), json!({ "email": email, "mail_otp": sent }));
        assert_eq!(answer.json()["mail_otp"], kept, "{sent}");
        assert_eq!(kept_user(&mock, id(&answer))["mail_otp"], kept);
    }
    assert_eq!(
        create(&mock.setup(), json!({})).expect(201).json()["mail_otp"],
        0
    );
    for wrong in [
        json!(2),
        json!(-1),
        json!("yes"),
        json!("true"),
        json!(0.5),
        json!([]),
        json!(""),
    ] {
        refused_without_a_trace(
            &mock,
            || {
                create(
                    &mock.setup(),
                    json!({ "email": "wrong@test.net", "mail_otp": wrong }),
                )
            },
            |answer| {
                invalid(answer, "mail_otp");
                assert_eq!(answer.rule(), Some("ams.user.mail-otp"), "{wrong}");
            },
        );
    }
}

#[test]
fn name_surname_and_email_are_needed_as_texts() {
    let mock = Mock::start();
    for field in ["name", "surname", "email"] {
        for wrong in [json!(5), json!(""), json!(" "), json!([]), json!(true)] {
            refused_without_a_trace(
                &mock,
                || create(&mock.setup(), json!({ field: wrong })),
                |answer| invalid(answer, field),
            );
        }
        let mut body = user("my.email@test.net");
        body.as_object_mut().unwrap().shift_remove(field);
        refused_without_a_trace(
            &mock,
            || mock.setup().post("/v2/admin/users", &body),
            |answer| invalid(answer, field),
        );
        body[field] = Value::Null;
        refused_without_a_trace(
            &mock,
            || mock.setup().post("/v2/admin/users", &body),
            |answer| invalid(answer, field),
        );
    }
    refused_without_a_trace(
        &mock,
        || create(&mock.setup(), json!({ "service_number": 5 })),
        |answer| invalid(answer, "service_number"),
    );
}

#[test]
fn every_problem_of_a_user_is_told_at_once() {
    let mock = Mock::start();
    let answer = mock
        .setup()
        .post("/v2/admin/users", &json!({ "mail_otp": 2 }))
        .expect(422);
    let body = answer.json();
    let mut fields: Vec<&String> = body["errors"].as_object().unwrap().keys().collect();
    fields.sort();
    assert_eq!(
        fields,
        ["company_id", "email", "mail_otp", "name", "surname"]
    );
}

#[test]
fn an_address_is_given_once_in_any_company_and_letter_case() {
    let mock = Mock::start();
    create(&mock.setup(), json!({})).expect(201);
    for (email, company) in [("my.email@test.net", 24), ("My.Email@TEST.net", 42)] {
        let changes = json!({ "email": email, "company_id": company });
        refused_without_a_trace(
            &mock,
            || create(&mock.setup(), changes),
            |answer| invalid(answer, "email"),
        );
    }
    refused_without_a_trace(
        &mock,
        || create(&mock.setup(), json!({ "email": "MANAGER@example.com" })),
        |answer| invalid(answer, "email"),
    );
}

#[test]
fn a_field_that_nothing_reads_is_told() {
    let mock = Mock::start();
    let answer = create(&mock.setup(), json!({ "colour": "red" })).expect(201);
    assert!(
        answer
            .all("x-mock-warning")
            .iter()
            .any(|text| text.contains("colour")),
        "{:?}",
        answer.headers
    );
}

#[test]
fn a_company_is_given_as_an_integer_by_a_caller_without_one() {
    let mock = Mock::start();
    for wrong in [
        json!("24"),
        json!(24.0),
        json!(24.5),
        json!(1e30),
        json!(u64::MAX),
        json!(true),
        json!({ "id": 24 }),
        json!([24]),
        json!(""),
    ] {
        refused_without_a_trace(
            &mock,
            || create(&mock.setup(), json!({ "company_id": wrong })),
            |answer| {
                invalid(answer, "company_id");
                assert_eq!(answer.rule(), Some("ams.user.company-must-exist"));
            },
        );
        // To a caller with a company it does not matter what it says.
        let email = format!(
            "{}@test.net",
            mock.state()["ams"]["users"].as_array().unwrap().len()
        );
        create(
            &mock.manager(),
            json!({ "email": email, "company_id": wrong }),
        )
        .expect(201);
    }
}

#[test]
fn an_optional_field_may_be_null() {
    let mock = Mock::start();
    let changes = json!({ "mail_otp": null, "service_number": null });
    let shown = create(&mock.setup(), changes).expect(201).json();
    assert_eq!(
        (&shown["mail_otp"], &shown["service_number"]),
        (&json!(0), &Value::Null)
    );
}

#[test]
fn an_email_is_an_address() {
    let mock = Mock::start();
    for wrong in [
        "plain",
        "@test.net",
        "my.email@",
        "my.email@@test.net",
        "my email@test.net",
        " my.email@test.net",
        "my.email@test.net ",
        "my.email@test.net\n",
        "My Name <my.email@test.net>",
        "my.email@-test.net",
        ".my@test.net",
        "my..email@test.net",
        "a@b@c",
        "my.email@test .net",
    ] {
        refused_without_a_trace(
            &mock,
            || create(&mock.setup(), json!({ "email": wrong })),
            |answer| invalid(answer, "email"),
        );
    }
    for (number, right) in [
        "a@b.se",
        "my.email+tag@sub.test.net",
        "o'neil@test.net",
        "åsa@exämple.se",
    ]
    .into_iter()
    .enumerate()
    {
        let answer = create(&mock.setup(), json!({ "email": right })).expect(201);
        assert_eq!(answer.json()["email"], right, "kept as sent");
        assert_eq!(mock.outbox()[number]["to"], right);
    }
}

#[test]
fn a_text_may_have_255_characters_and_no_more() {
    let mock = Mock::start();
    for field in ["name", "surname", "service_number"] {
        let email = format!("{field}@test.net");
        let fits = json!({ "email": email, field: "å".repeat(255) });
        create(&mock.setup(), fits).expect(201);
        for long in [256, 100_000] {
            refused_without_a_trace(
                &mock,
                || create(&mock.setup(), json!({ field: "å".repeat(long) })),
                |answer| invalid(answer, field),
            );
        }
    }
    let long = format!("{}@test.net", "a".repeat(300));
    refused_without_a_trace(
        &mock,
        || create(&mock.setup(), json!({ "email": long })),
        |answer| invalid(answer, "email"),
    );
}

#[test]
fn a_refused_creation_leaves_no_mail_and_takes_no_id() {
    let mock = Mock::start();
    create(&mock.setup(), json!({ "email": 5 })).expect(422);
    assert!(mock.outbox().is_empty());
    let first = id(&create(&mock.setup(), json!({})));
    assert_eq!(first, 5, "the world's users are 1 to 4");
}
