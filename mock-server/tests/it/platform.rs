//! Clocks, answers and worlds as other programs see them, without a server.

use mock_server::{
    Answers, Clock, ClockError, MockServer, Options, StartError, UnknownAnswer, catalogue,
};
use serde_json::{Value, json};

use crate::harness::world;

#[track_caller]
fn instant(text: &str) -> Clock {
    Clock::parse(text).unwrap()
}

#[test]
fn a_clock_is_real_or_an_instant() {
    assert_eq!(Clock::parse("real"), Ok(Clock::default()));
    assert_eq!(Clock::default(), Clock::Real { ahead_seconds: 0 });
    assert_eq!(
        instant("2025-11-11T13:22:34+01:00"),
        instant("2025-11-11T12:22:34Z")
    );
    for text in [
        "Real",
        "",
        "now",
        "2025-11-11",
        "Tue, 11 Nov 2025 12:22:34 GMT",
        "1762863754",
    ] {
        assert_eq!(Clock::parse(text), Err(ClockError::Form(text.to_owned())));
    }
}

#[test]
fn a_clock_stays_within_what_ids_can_carry() {
    for text in ["1970-01-01T00:00:00Z", "2106-02-07T06:28:15Z"] {
        instant(text);
    }
    for text in ["1969-12-31T23:59:59Z", "2106-02-07T06:28:16Z"] {
        assert!(
            matches!(Clock::parse(text), Err(ClockError::OutOfRange(_))),
            "{text}"
        );
    }
    let last = instant("2106-02-07T06:28:15Z");
    assert!(
        last.advanced(1).is_err()
            && last.advanced(i64::MAX).is_err()
            && last.advanced(i64::MIN).is_err()
    );
    assert!(Clock::default().advanced(i64::MAX).is_err());
}

#[test]
fn a_clock_moves_by_seconds() {
    let start = instant("2025-11-11T12:22:34Z");
    assert_eq!(start.advanced(86), Ok(instant("2025-11-11T12:24:00Z")));
    assert_eq!(start.advanced(-34), Ok(instant("2025-11-11T12:22:00Z")));
    assert_eq!(start.advanced(0), Ok(start));
    assert_eq!(
        Clock::default().advanced(60),
        Ok(Clock::Real { ahead_seconds: 60 })
    );
}

#[test]
fn answers_are_the_defaults_until_another_is_chosen() {
    let known = catalogue::assumptions();
    let mut answers = Answers::default();
    for question in &known {
        assert_eq!(answers.of(question), question.default_answer());
    }
    for question in &known {
        for answer in question.answers {
            answers.choose(&known, question.id, answer.id).unwrap();
            assert_eq!(answers.of(question), answer.id);
        }
    }
}

#[test]
fn the_frameworks_answers_are_those_marked() {
    let known = catalogue::assumptions();
    let answers = Answers::framework(&known);
    for question in &known {
        let expected = question
            .framework
            .map_or(question.default_answer(), |place| {
                question.answers[place].id
            });
        assert_eq!(answers.of(question), expected);
    }
}

#[test]
fn what_is_unknown_is_told_with_what_is_known() {
    let known = catalogue::assumptions();
    let mut answers = Answers::default();
    let fault = answers.choose(&known, "ams.nothing", "x").unwrap_err();
    assert!(matches!(&fault, UnknownAnswer::Assumption { id, .. } if id == "ams.nothing"));
    assert!(
        known
            .iter()
            .all(|question| fault.to_string().contains(question.id))
    );
    let fault = answers
        .choose(&known, "ams.answer.wrapper", "box")
        .unwrap_err();
    assert!(fault.to_string().contains("bare, data") && fault.to_string().contains("box"));
    assert!(matches!(
        answers.choose_from(&known, "ams.answer.wrapper"),
        Err(UnknownAnswer::Form { .. })
    ));
    assert_eq!(answers, Answers::default());
}

#[test]
fn answers_are_read_from_toml() {
    let known = catalogue::assumptions();
    let answers =
        Answers::from_toml(&known, "# a comment\n\"ams.answer.wrapper\" = \"data\"\n").unwrap();
    let wrapper = known
        .iter()
        .find(|question| question.id == "ams.answer.wrapper")
        .unwrap();
    assert_eq!(answers.of(wrapper), "data");
    assert_eq!(Answers::from_toml(&known, ""), Ok(Answers::default()));
    for text in [
        "x",
        "\"ams.answer.wrapper\" = 1",
        "[ams.answer]\nwrapper = \"data\"",
    ] {
        assert!(
            matches!(
                Answers::from_toml(&known, text),
                Err(UnknownAnswer::File(_))
            ),
            "{text}"
        );
    }
}

/// The place and the fault of an edited world.
#[track_caller]
fn fault(edit: impl FnOnce(&mut Value)) -> String {
    catalogue::check_world(&world(edit))
        .unwrap_err()
        .to_string()
}

#[test]
fn the_built_in_world_and_an_empty_one_are_worlds() {
    catalogue::check_world(catalogue::DEFAULT_WORLD).unwrap();
    catalogue::check_world("{}").unwrap();
}

#[test]
fn what_is_no_world_is_told_with_its_place() {
    assert!(
        catalogue::check_world("{")
            .unwrap_err()
            .to_string()
            .contains("JSON")
    );
    assert!(fault(|world| world["visma"] = json!({})).starts_with("visma"));
    assert!(fault(|world| world["amili"]["invoices"] = json!([])).starts_with("amili.invoices"));
    assert!(fault(|world| world["tokens"][1]["user"] = json!("x")).starts_with("tokens.1"));
    assert!(fault(|world| world["tokens"][1]["api"] = json!("x")).starts_with("tokens.1"));
    assert!(
        fault(|world| world["tokens"][1]["token"] = json!("amili-api-user"))
            .starts_with("tokens.1")
    );
    assert!(
        fault(|world| world["amili"]["accounts"][0]["_id"] = json!("x"))
            .starts_with("amili.accounts.0")
    );
    assert!(
        fault(|world| world["amili"]["accounts"][0]["name"] = json!(5))
            .starts_with("amili.accounts.0.name")
    );
    assert!(
        fault(|world| world["amili"]["accounts"][0]["colour"] = json!(5))
            .starts_with("amili.accounts.0.colour")
    );
    let group = "amili.access--groups.2.account";
    assert!(
        fault(|world| world["amili"]["access--groups"][2]["account"] =
            json!("0123456789abcdef01234567"))
        .starts_with(group)
    );
}

#[test]
fn records_of_ams_name_records_that_exist() {
    for (kind, field) in [
        ("users", "company_id"),
        ("departments", "parent_id"),
        ("groups", "company_id"),
    ] {
        let told = fault(|world| world["ams"][kind][1][field] = json!(999));
        assert!(
            told.starts_with(&format!("ams.{kind}")) && told.contains("999"),
            "{told}"
        );
    }
    for field in ["groups", "departments"] {
        let told = fault(|world| world["ams"]["users"][1][field] = json!([999]));
        assert!(
            told.starts_with("ams.users") && told.contains("999"),
            "{told}"
        );
    }
    assert!(fault(|world| world["ams"]["users"][1]["id"] = json!(1)).starts_with("ams.users"));
    assert!(
        fault(|world| world["ams"]["departments"][0]["parent_id"] = json!(2)).contains("ancestor")
    );
}

#[test]
fn a_mock_does_not_start_with_what_is_no_world() {
    let options = Options {
        world: Some("{".to_owned()),
        ..Options::default()
    };
    assert!(matches!(
        MockServer::with(options),
        Err(StartError::World(_))
    ));
}

#[test]
fn a_mock_stops_when_dropped() {
    let mock = MockServer::start().unwrap();
    let address = mock.base_url().trim_start_matches("http://").to_owned();
    assert!(mock.space_url("a").ends_with("/_spaces/a"));
    drop(mock);
    std::net::TcpListener::bind(address).unwrap();
}
