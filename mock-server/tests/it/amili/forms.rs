//! Bodies that are forms: their fields are texts, turned into what the schema asks for.

use serde_json::{Value, json};

use super::{BAD_REQUEST, acme, invalid, plain_creditor, refused, refused_without_a_trace, with};
use crate::harness::{ACCOUNT, Answer, Mock};

const FORM: &str = "application/x-www-form-urlencoded";

fn encoded(fields: &[(&str, &str)]) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(fields);
    form.finish()
}

fn post(mock: &Mock, fields: &[(&str, &str)]) -> Answer {
    mock.api_user()
        .call("POST", "/creditors")
        .body(FORM, encoded(fields))
        .send()
}

/// What a creditor becomes whose form has one more field: a value that is kept, or a problem.
#[track_caller]
fn check(field: (&str, &str), outcome: Result<Value, &str>) {
    let mock = Mock::start();
    let answer = post(&mock, &[("account", ACCOUNT), ("name", "Acme"), field]);
    match outcome {
        Ok(kept) => {
            let path = format!("/creditors/{}", answer.expect(201).id());
            let read = mock.api_user().get(&path).json();
            let place = format!("/{}", field.0.replace('.', "/"));
            assert_eq!(read.pointer(&place), Some(&kept));
        }
        Err(problem) => invalid(&answer, &[(field.0, problem)]),
    }
}

#[test]
fn the_guides_creditor_can_come_as_a_form() {
    let mock = Mock::start();
    let acme = acme();
    let mut fields: Vec<(String, String)> = Vec::new();
    for (key, value) in acme.as_object().unwrap() {
        flatten(key, value, &mut fields);
    }
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(key, text)| (key.as_str(), text.as_str()))
        .collect();
    let id = post(&mock, &fields).expect(201).id();
    let read = mock.api_user().get(&format!("/creditors/{id}")).json();
    for (key, value) in acme.as_object().unwrap() {
        assert_eq!(&read[key], value);
    }
}

/// The fields of a form that stand for a value: objects by dotted keys.
fn flatten(key: &str, value: &Value, fields: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(name, member)| flatten(&format!("{key}.{name}"), member, fields)),
        Value::String(text) => fields.push((key.to_owned(), text.clone())),
        other => fields.push((key.to_owned(), other.to_string())),
    }
}

#[test]
fn the_texts_of_a_form_are_converted() {
    check(("is_active", "false"), Ok(json!(false)));
    check(("is_active", "0"), Ok(json!(false)));
    check(
        ("always_use_standard_debt_description", "1"),
        Ok(json!(true)),
    );
    check(
        ("always_use_standard_debt_description", "True"),
        Ok(json!(true)),
    );
    check(("is_active", "yes"), Err("must be of boolean type"));
    check(("is_active", ""), Err("must be of boolean type"));
    check(("description", "p\u{e5} Konto"), Ok(json!("p\u{e5} Konto")));
    check(("description", "5"), Ok(json!("5")));
    check(("sender_address.city", "Lund"), Ok(json!("Lund")));
    check(("agreement_template", "x"), Err("must be of objectid type"));
}

#[test]
fn json_inside_a_form_is_a_text() {
    check(
        ("sender_address", r#"{"city": "Lund"}"#),
        Err("must be of dict type"),
    );
}

#[test]
fn a_repeated_field_is_a_list() {
    check(("name", "Bolag"), Err("must be of string type"));
}

#[test]
fn the_content_type_of_a_form_may_have_parameters() {
    let mock = Mock::start();
    let body = encoded(&[("account", ACCOUNT), ("name", "Acme")]);
    mock.api_user()
        .call("POST", "/creditors")
        .body("application/x-www-form-urlencoded; charset=utf-8", body)
        .send()
        .expect(201);
}

#[test]
fn an_empty_form_is_refused() {
    let mock = Mock::start();
    for method in ["POST", "PATCH"] {
        let path = match method {
            "POST" => "/creditors".to_owned(),
            _ => {
                let made = mock.api_user().post("/creditors", &acme()).expect(201);
                format!("/creditors/{}", made.id())
            }
        };
        refused_without_a_trace(
            &mock,
            || mock.api_user().call(method, &path).body(FORM, "").send(),
            |answer| refused(answer, 400, "No form-urlencoded data supplied"),
        );
    }
}

#[test]
fn a_change_can_come_as_a_form() {
    let mock = Mock::start();
    let made = mock.api_user().post("/creditors", &acme()).expect(201);
    let path = format!("/creditors/{}", made.id());
    let body = encoded(&[("sender_address.city", "Lund"), ("is_active", "false")]);
    mock.api_user()
        .call("PATCH", &path)
        .header("if-match", made.text_at("/_etag"))
        .body(FORM, body)
        .send()
        .expect(200);
    let read = mock.api_user().get(&path).json();
    let city = with(acme()["sender_address"].clone(), json!({ "city": "Lund" }));
    assert_eq!(
        (&read["sender_address"], &read["is_active"]),
        (&city, &json!(false))
    );
}

#[test]
fn a_form_needs_the_fields_that_json_needs() {
    let mock = Mock::start();
    refused_without_a_trace(
        &mock,
        || post(&mock, &[("name", "Acme")]),
        |answer| invalid(answer, &[("account", "required field")]),
    );
    let labelled_wrong = mock
        .api_user()
        .call("POST", "/creditors")
        .body("application/json", encoded(&[("name", "Acme")]))
        .send();
    refused(&labelled_wrong, 400, BAD_REQUEST);
    let json_as_form = mock
        .api_user()
        .call("POST", "/creditors")
        .body(FORM, plain_creditor("Acme").to_string())
        .send();
    assert_eq!(json_as_form.status, 422, "{}", json_as_form.text());
}

#[test]
fn a_form_of_several_parts_is_read_like_any_other() {
    let mock = Mock::start();
    let post = |body: &str| {
        mock.api_user()
            .call("POST", "/creditors")
            .body("multipart/form-data; boundary=x", body)
            .send()
    };
    let part = |name: &str, value: &str| {
        format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let fields = [
        ("account", ACCOUNT),
        ("name", "Acme"),
        ("is_active", "false"),
    ];
    let parts: String = fields
        .iter()
        .map(|(name, value)| part(name, value))
        .collect();
    let created = post(&format!("{parts}--x--\r\n")).expect(201);
    let path = format!("/creditors/{}", created.id());
    let read = mock.api_user().get(&path).json();
    assert_eq!(
        (&read["name"], &read["is_active"]),
        (&json!("Acme"), &json!(false))
    );
    // Seen: the answer to a form without a field.
    refused(&post("--x--"), 400, "No multipart/form-data supplied");
}
