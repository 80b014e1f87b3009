//! Authentication by API code: a JWT for a token, by the clock of the space.

#[path = "../../../src/amili/authenticates/signing.rs"]
pub(crate) mod signing;

use mock_server::{Clock, Options};
use serde_json::{Value, json};

use self::signing::{PAIRS, jwt};
use super::{plain_creditor, refused, refused_without_a_trace};
use crate::harness::{Answer, GUIDE_TIME, Mock, answers, list, world};

pub(crate) const PATH: &str = "/authenticates/api-code";
const UNAUTHORISED: &str = "Please provide proper credentials";

/// The second of the space's clock.
pub(crate) fn second(mock: &Mock) -> i64 {
    let clock = mock.anybody().get("/_mock/clock").expect(200);
    let now: jiff::Timestamp = clock.text_at("/now").parse().unwrap();
    now.as_second()
}

/// A JWT that expires so many seconds from now.
pub(crate) fn expiring(mock: &Mock, ahead: i64) -> String {
    let claims = json!({ "api_code": "api-code-es256", "exp": second(mock) + ahead });
    jwt("ES256", "api-code-es256", &claims)
}

/// The answer to a JWT that is in order.
pub(crate) fn authenticated(mock: &Mock) -> Answer {
    mock.amili(&expiring(mock, 540)).get(PATH)
}

pub(crate) fn advance(mock: &Mock, seconds: i64) {
    let step = json!({ "advance_seconds": seconds });
    mock.anybody().put("/_mock/clock", &step).expect(200);
}

#[track_caller]
fn unauthorised(answer: &Answer, rule: &str, words: &str) {
    refused(answer, 401, UNAUTHORISED);
    let challenge = answer.header("www-authenticate");
    assert_eq!(challenge, Some("Basic realm=\"eve\""));
    assert_eq!(answer.rule(), Some(rule));
    let told = answer.header("x-mock-warning").unwrap_or_default();
    assert!(told.contains(words), "no '{words}' in {told}");
}

#[test]
fn each_algorithm_opens_the_door_for_the_user_of_the_api_code() {
    let mock = Mock::start();
    for (algorithm, code) in PAIRS {
        let claims = json!({ "api_code": code, "exp": second(&mock) + 540 });
        let answer = mock.amili(&jwt(algorithm, code, &claims)).get(PATH);
        assert_eq!(answer.header("content-type"), Some("application/json"));
        let caller = mock.amili(&answer.expect(200).text_at("/token"));
        // The API user of the account: it creates there, and sees what it has created.
        let made = caller.post("/creditors", &plain_creditor(algorithm));
        let path = format!("/creditors/{}", made.expect(201).id());
        mock.api_user().get(&path).expect(200);
        mock.other_account().get(&path).expect(404);
    }
}

#[test]
fn what_proves_nothing_is_refused_with_the_reason_and_leaves_no_trace() {
    let mock = Mock::start();
    let exp = second(&mock) + 540;
    let by = |algorithm: &str, key: &str, claims: Value| jwt(algorithm, key, &claims);
    let es256 = |claims: Value| by("ES256", "api-code-es256", claims);
    let cases = [
        ("amili-api-user".to_owned(), "signed-by-key", "no JWT"),
        (
            by(
                "ES256",
                "unregistered-es256",
                json!({ "api_code": "api-code-es256", "exp": exp }),
            ),
            "signed-by-key",
            "private key",
        ),
        (
            by(
                "RS256",
                "api-code-rs256",
                json!({ "api_code": "api-code-es256", "exp": exp }),
            ),
            "algorithms",
            "P-256",
        ),
        (
            es256(json!({ "exp": exp })),
            "claims",
            "api_code is missing",
        ),
        (
            es256(json!({ "api_code": "api-code-es256" })),
            "claims",
            "exp is missing",
        ),
        (
            es256(json!({ "api_code": "nobody", "exp": exp })),
            "registered-code",
            "nobody",
        ),
        (expiring(&mock, -3600), "expiry", "seconds back"),
    ];
    for (key, rule, words) in cases {
        let rule = format!("amili.auth.{rule}");
        let call = || mock.amili(&key).get(PATH);
        refused_without_a_trace(&mock, call, |answer| unauthorised(answer, &rule, words));
    }
    unauthorised(
        &mock.anybody().get(PATH),
        "amili.auth.signed-by-key",
        "must hold a JWT",
    );
}

#[test]
fn an_exp_too_far_ahead_is_refused_by_an_assumption() {
    let mock = Mock::start();
    let answer = mock.amili(&expiring(&mock, 3600)).get(PATH);
    refused(&answer, 401, UNAUTHORISED);
    assert_eq!(answer.rule(), None);
    assert_eq!(
        answer.all("x-mock-assumption"),
        ["amili.auth.exp-limit", "amili.auth.refusal-text"]
    );
    let told = answer.header("x-mock-warning").unwrap();
    assert!(told.contains("seconds ahead"), "{told}");
}

#[test]
fn a_token_ends_by_the_clock_of_the_space_and_a_fresh_one_works() {
    let mock = Mock::at_guide_time();
    let caller = || mock.amili(&authenticated(&mock).expect(200).text_at("/token"));
    let first = caller();
    first.get("/creditors").expect(200);
    advance(&mock, 3599);
    first.get("/creditors").expect(200);
    advance(&mock, 1);
    let ended = "valid until 2025-11-11T13:22:34Z";
    unauthorised(&first.get("/creditors"), "amili.auth.renewal", ended);
    caller().get("/creditors").expect(200);
    unauthorised(&first.get("/creditors"), "amili.auth.renewal", ended);
}

#[test]
fn time_is_that_of_the_space_and_not_the_machines() {
    let mock = Mock::at_guide_time();
    let start: jiff::Timestamp = GUIDE_TIME.parse().unwrap();
    let claims = json!({ "api_code": "api-code-rs256", "exp": start.as_second() + 600 });
    let key = jwt("RS256", "api-code-rs256", &claims);
    mock.amili(&key).get(PATH).expect(200);
    let late = mock.amili(&key).in_space("late");
    late.put("/_mock/clock", &json!({ "advance_seconds": 600 }))
        .expect(200);
    unauthorised(&late.get(PATH), "amili.auth.expiry", "2025-11-11T12:32:34Z");
    mock.amili(&key).get(PATH).expect(200);
}

#[test]
fn a_token_is_part_of_the_state_and_opens_its_own_space_only() {
    let mock = Mock::at_guide_time();
    let token = authenticated(&mock).expect(200).text_at("/token");
    let state = mock.state();
    let mut kept = list(&state, "/tokens").iter();
    let kept = kept.find(|kept| kept["token"] == *token).unwrap();
    let user = "6662fb1df4d1eaf404cb08e2";
    let until = "2025-11-11T13:22:34Z";
    assert_eq!(
        *kept,
        json!({ "token": token, "api": "amili", "user": user, "until": until })
    );
    let other = Mock::at_guide_time();
    other.amili(&token).get("/creditors").expect(401);
    other.anybody().put("/_mock/state", &state).expect(204);
    other.amili(&token).get("/creditors").expect(200);
    assert_eq!(other.state(), state);
    mock.amili(&token)
        .in_space("x")
        .get("/creditors")
        .expect(401);
}

#[test]
fn tokens_are_a_function_of_the_seed_and_no_two_are_equal() {
    let issue = || {
        let mock = Mock::at_guide_time();
        [0, 0].map(|_| authenticated(&mock).expect(200).text_at("/token"))
    };
    let [first, second] = issue();
    assert_ne!(first, second);
    assert_eq!(issue(), [first, second]);
}

#[test]
fn the_route_has_the_manners_of_the_others() {
    let mock = Mock::start();
    let key = expiring(&mock, 540);
    let call = |method: &str, path: &str| mock.amili(&key).call(method, path).send();
    call("GET", &format!("{PATH}/")).expect(200);
    assert!(call("HEAD", PATH).expect(200).body.is_empty());
    let allow = mock.anybody().call("OPTIONS", PATH).send().expect(200);
    assert_eq!(allow.header("allow"), Some("GET, HEAD, OPTIONS"));
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        let answer = call(method, PATH).expect(405);
        assert_eq!(answer.header("allow"), None);
        assert_eq!(answer.rule(), Some("amili.method.offered"), "{method}");
    }
    let answer = mock.amili(&key).get(&format!("{PATH}?x=1")).expect(200);
    assert!(answer.header("x-mock-warning").unwrap().contains("'x'"));
}

#[test]
fn the_older_edition_has_a_form_by_post() {
    let mock = Mock::assuming("amili.auth.post-form", "registered-ip");
    let anybody = mock.anybody();
    let allow = anybody.call("OPTIONS", PATH).send().expect(200);
    assert_eq!(allow.header("allow"), Some("GET, POST, HEAD, OPTIONS"));
    let known = json!({ "api_code": "api-code-es512" });
    let token = anybody.post(PATH, &known).expect(200).text_at("/token");
    mock.amili(&token).get("/creditors").expect(200);
    let rule = "amili.auth.registered-code";
    for (body, words) in [
        (json!({ "api_code": "nobody" }), "nobody"),
        (json!({ "api_code": 5 }), "must be a string"),
        (json!({}), "missing"),
        (json!([known]), "object"),
    ] {
        let call = || anybody.post(PATH, &body);
        refused_without_a_trace(&mock, call, |answer| unauthorised(answer, rule, words));
    }
    let broken = anybody
        .call("POST", PATH)
        .body("application/json", "{")
        .send();
    assert_eq!(broken.expect(400).rule(), Some("amili.body.readable"));
}

#[test]
fn a_form_that_is_absent_looks_at_no_body() {
    let mock = Mock::start();
    for body in ["{", "", r#"{"api_code": "api-code-es256"}"#] {
        let call = mock.anybody().call("POST", PATH);
        let answer = call.body("application/json", body).send().expect(405);
        assert_eq!(
            answer.all("x-mock-assumption"),
            ["amili.auth.post-form", "amili.method.not-offered"]
        );
    }
}

#[test]
fn tokens_that_never_end_outlast_the_clock() {
    let mock = Mock::with(Options {
        clock: Clock::parse("2026-01-01T00:00:00Z").unwrap(),
        answers: answers("amili.auth.token-lifetime", "unlimited"),
        ..Options::default()
    });
    let token = authenticated(&mock).expect(200).text_at("/token");
    advance(&mock, 2_000_000_000);
    mock.amili(&token).get("/creditors").expect(200);
}

/// A world with one API code changed is refused at that place.
#[track_caller]
fn faulty(change: impl FnOnce(&mut Value), place: &str, words: &str) {
    let text = world(|world| change(&mut world["amili"]["api_codes"]));
    let fault = mock_server::catalogue::check_world(&text).unwrap_err();
    assert_eq!(fault.place, place);
    assert!(fault.fault.contains(words), "{fault}");
}

#[test]
fn a_world_s_api_codes_are_read_strictly() {
    faulty(|codes| *codes = json!({}), "amili.api_codes", "list");
    faulty(|codes| codes[1] = json!(5), "amili.api_codes.1", "expected");
    let extra = |codes: &mut Value| codes[1]["colour"] = json!(1);
    faulty(extra, "amili.api_codes.1", "colour");
    let keyless = |codes: &mut Value| {
        codes[2].as_object_mut().unwrap().remove("public_key");
    };
    faulty(keyless, "amili.api_codes.2", "public_key");
    let nobody = |codes: &mut Value| codes[3]["user"] = json!("0123456789abcdef01234567");
    faulty(nobody, "amili.api_codes.3.user", "no user");
    let twice = |codes: &mut Value| codes[1]["api_code"] = json!("api-code-es256");
    faulty(twice, "amili.api_codes.1.api_code", "twice");
    let garbage = |codes: &mut Value| codes[0]["public_key"] = json!("x");
    faulty(garbage, "amili.api_codes.0.public_key", "PEM");
}

#[test]
fn a_world_without_api_codes_has_none() {
    let mock = Mock::with_world(|world| {
        world["amili"].as_object_mut().unwrap().remove("api_codes");
    });
    assert_eq!(mock.state()["amili"]["api_codes"], json!([]));
    unauthorised(
        &authenticated(&mock),
        "amili.auth.registered-code",
        "api-code-es256",
    );
}
