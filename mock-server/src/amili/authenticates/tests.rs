//! Decisions on who is given a token, in the built-in world at one fixed time.

mod keys;

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::decide::{self, Granted};
use super::signing::{PAIRS, jwt, signed};
use crate::amili::eve::normalise;
use crate::amili::refusal::Refusal;
use crate::amili::store::Store;
use crate::amili::{assumptions, rulebook, world};
use crate::catalogue::DEFAULT_WORLD;
use crate::platform::assumption::Answers;
use crate::platform::ids::Ids;
use crate::platform::moment::{Moment, Trace};
use crate::platform::rule::Rule;

/// 2025-11-11T12:58:28.5Z, and its second.
const NOW: &str = "2025-11-11T12:58:28.5Z";
const SECOND: i64 = 1_762_865_908;

fn store() -> Store {
    let world: Value = serde_json::from_str(DEFAULT_WORLD).unwrap();
    world::open(&world["amili"]).unwrap()
}

fn moment(answers: Answers) -> Moment {
    let trace = Trace::new(Arc::new(answers));
    Moment::new(NOW.parse().unwrap(), Ids::from_seed(1), trace)
}

fn assuming(question: &str, answer: &str) -> Answers {
    let mut answers = Answers::default();
    let known = assumptions::ALL;
    answers.choose(known, question, answer).unwrap();
    answers
}

fn ask(header: Option<&str>) -> Result<Granted, Refusal> {
    decide::by_jwt(&store(), &mut moment(Answers::default()), header)
}

/// Claims that are in order but for these members; null takes one away.
fn claims(changes: Value) -> Value {
    let mut claims = json!({ "api_code": "api-code-es256", "exp": SECOND + 600 });
    let members = claims.as_object_mut().unwrap();
    members.extend(changes.as_object().unwrap().clone());
    members.retain(|_, value| !value.is_null());
    claims
}

fn by_es256(claims: &Value) -> String {
    jwt("ES256", "api-code-es256", claims)
}

/// A text for which no token is given, by this rule, and with these words in the reason.
#[track_caller]
fn check(header: &str, broken: &Rule, words: &str) {
    match ask(Some(header)) {
        Err(Refusal::NoToken { rule, why }) => {
            assert_eq!(rule.map(|rule| rule.id), Some(broken.id), "{why}");
            assert!(why.contains(words), "no '{words}' in {why}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn whoever_signs_with_the_key_of_the_api_code_is_given_a_token() {
    for (algorithm, code) in PAIRS {
        let claims = claims(json!({ "api_code": code }));
        let granted = ask(Some(&jwt(algorithm, code, &claims))).unwrap();
        assert_eq!(granted.field, "token", "{algorithm}");
        assert!(granted.token.starts_with("amili-"), "{algorithm}");
    }
}

#[test]
fn what_is_no_jwt_proves_nothing() {
    let rule = &rulebook::SIGNED_BY_KEY;
    let good = by_es256(&claims(json!({})));
    let parts: Vec<&str> = good.split('.').collect();
    let (header, body, signature) = (parts[0], parts[1], parts[2]);
    assert!(matches!(ask(None), Err(Refusal::NoToken { .. })));
    check("", rule, "must hold a JWT");
    check("amili-api-user", rule, "1 parts");
    check(&format!("{header}.{body}"), rule, "2 parts");
    check(&format!("{good}.e30"), rule, "4 parts");
    check(&format!("Bearer {good}"), rule, "header");
    check(&format!("?.{body}.{signature}"), rule, "header");
    check(&format!("{header}.e30=.{signature}"), rule, "claims");
    check(&format!("{header}.W10.{signature}"), rule, "JSON object");
    check(&format!("{header}.{body}.ä"), rule, "signature");
}

#[test]
fn only_the_owner_of_the_key_signs() {
    let rule = &rulebook::SIGNED_BY_KEY;
    let good = by_es256(&claims(json!({})));
    let (_, signature) = good.rsplit_once('.').unwrap();
    let stranger = jwt("ES256", "unregistered-es256", &claims(json!({})));
    check(&stranger, rule, "private key");
    let other = by_es256(&claims(json!({ "exp": SECOND + 599 })));
    let (text, _) = other.rsplit_once('.').unwrap();
    check(&format!("{text}.{signature}"), rule, "private key");
    check(&format!("{text}."), rule, "private key");
    // Two numbers that are 0 are the classic way past a careless verification.
    check(&format!("{text}.{}", "A".repeat(86)), rule, "private key");
}

#[test]
fn only_the_algorithm_of_the_key_is_taken() {
    let rule = &rulebook::JWT_ALGORITHMS;
    let claims = |code: &str| claims(json!({ "api_code": code }));
    let named = |alg: Value| {
        let header = json!({ "alg": alg });
        signed(
            &header,
            &claims("api-code-es256"),
            "ES256",
            "api-code-es256",
        )
    };
    for alg in [
        "none", "None", "HS256", "HS512", "PS256", "EdDSA", "es256", "",
    ] {
        check(&named(alg.into()), rule, "taken are ES256, ES384, ES512");
    }
    check(&named(Value::Null), rule, "null");
    check(&named(json!(["ES256"])), rule, "ES256");
    let unnamed = signed(
        &json!({}),
        &claims("api-code-es256"),
        "ES256",
        "api-code-es256",
    );
    check(&unnamed, rule, "nothing");
    for (algorithm, key) in PAIRS {
        for (_, code) in PAIRS.iter().filter(|(_, code)| *code != key) {
            check(&jwt(algorithm, key, &claims(code)), rule, algorithm);
        }
    }
}

#[test]
fn extensions_that_must_be_understood_are_not() {
    let header = json!({ "alg": "ES256", "crit": ["b64"], "b64": false });
    let text = signed(&header, &claims(json!({})), "ES256", "api-code-es256");
    check(&text, &rulebook::SIGNED_BY_KEY, "crit");
}

#[test]
fn claims_are_there_and_of_their_types() {
    let rule = &rulebook::JWT_CLAIMS;
    let with = |changes: Value| by_es256(&claims(changes));
    check(
        &with(json!({ "api_code": null })),
        rule,
        "api_code is missing",
    );
    for wrong in [json!(5), json!(["api-code-es256"]), json!({}), json!(true)] {
        check(
            &with(json!({ "api_code": wrong })),
            rule,
            "must be a string",
        );
    }
    check(&with(json!({ "exp": null })), rule, "exp is missing");
    for wrong in [json!((SECOND + 60).to_string()), json!([]), json!(true)] {
        check(&with(json!({ "exp": wrong })), rule, "must be a number");
    }
}

#[test]
fn the_api_code_is_a_registered_one() {
    for code in ["", "API-CODE-ES256", "api-code-es256 ", "nobody"] {
        let text = by_es256(&claims(json!({ "api_code": code })));
        check(&text, &rulebook::API_CODE_REGISTERED, code);
    }
}

/// What becomes of a JWT whose `exp` lies so many seconds after the second of the moment.
fn expiring(ahead: &Value, answers: Answers) -> Result<(), Option<&'static str>> {
    let text = by_es256(&claims(json!({ "exp": ahead })));
    let mut moment = moment(answers);
    match decide::by_jwt(&store(), &mut moment, Some(&text)) {
        Ok(_) => Ok(()),
        Err(Refusal::NoToken { rule, .. }) => Err(rule.map(|rule| rule.id)),
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn exp_lies_ahead_and_at_most_ten_minutes() {
    let expired = Err(Some(rulebook::JWT_EXPIRY.id));
    let too_far = Err(None);
    for (exp, expected) in [
        (json!(SECOND), expired),
        (json!(SECOND - 86_400), expired),
        (json!(0), expired),
        (json!(-1), expired),
        (json!(i64::MIN), expired),
        (json!(SECOND + 1), Ok(())),
        // Half a second later than the moment: numeric dates may have fractions (RFC 7519).
        (json!(SECOND as f64 + 0.75), Ok(())),
        (json!(SECOND as f64 + 0.25), expired),
        (json!(SECOND + 600), Ok(())),
        (json!(SECOND + 601), too_far),
        (json!(SECOND * 1000), too_far),
        (json!(u64::MAX), too_far),
        (json!(1e300), too_far),
    ] {
        assert_eq!(expiring(&exp, Answers::default()), expected, "{exp}");
    }
}

#[test]
fn how_far_ahead_exp_may_lie_is_a_question() {
    for (answer, last) in [
        ("ten-minutes", Some(600)),
        ("eleven-minutes", Some(660)),
        ("unlimited", None),
    ] {
        let answers = || assuming("amili.auth.exp-limit", answer);
        let last = SECOND + last.unwrap_or(1_000_000_000);
        assert_eq!(expiring(&json!(last), answers()), Ok(()), "{answer}");
        if answer != "unlimited" {
            assert_eq!(expiring(&json!(last + 1), answers()), Err(None), "{answer}");
        }
        let past = expiring(&json!(SECOND), answers());
        assert_eq!(past, Err(Some(rulebook::JWT_EXPIRY.id)), "{answer}");
    }
}

#[test]
fn milliseconds_are_recognised() {
    let text = by_es256(&claims(json!({ "exp": (SECOND + 60) * 1000 })));
    match ask(Some(&text)) {
        Err(Refusal::NoToken { rule: None, why }) => assert!(why.contains("milliseconds"), "{why}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_older_edition_takes_the_api_code_from_the_body() {
    let answers = || assuming("amili.auth.post-form", "registered-ip");
    let absent = decide::check_post_form(&mut moment(Answers::default()));
    assert_eq!(absent, Err(Refusal::UnknownMethod));
    assert_eq!(decide::check_post_form(&mut moment(answers())), Ok(()));
    let ask = |body: Value| {
        let body = normalise::stored(body);
        decide::by_address(&store(), &mut moment(answers()), &body)
    };
    assert!(ask(json!({ "api_code": "api-code-es384" })).is_ok());
    for body in [
        json!({ "api_code": "nobody" }),
        json!({ "api_code": 5 }),
        json!({}),
        json!([]),
        json!(null),
    ] {
        let Err(Refusal::NoToken { rule, .. }) = ask(body.clone()) else {
            panic!("{body}");
        };
        assert_eq!(rule, Some(&rulebook::API_CODE_REGISTERED), "{body}");
    }
}

proptest! {
    #[test]
    fn no_text_but_a_jwt_is_one(text in ".{0,200}") {
        prop_assert!(ask(Some(&text)).is_err());
    }

    #[test]
    fn no_letter_of_a_jwt_can_be_another(place in 0_usize..1000, letter in "[A-Za-z0-9_.-]") {
        let mut letters: Vec<char> = by_es256(&claims(json!({}))).chars().collect();
        let place = place % letters.len();
        let before = letters[place];
        letters[place] = letter.chars().next().unwrap();
        let text: String = letters.iter().collect();
        prop_assert_eq!(ask(Some(&text)).is_ok(), letters[place] == before, "{}", text);
    }

    #[test]
    fn no_claims_panic(members in proptest::collection::btree_map("api_code|exp|x", "[a-z0-9-]{0,20}", 0..3)) {
        let members: Map<String, Value> =
            members.into_iter().map(|(key, text)| (key, text.into())).collect();
        prop_assert!(ask(Some(&by_es256(&members.into()))).is_err());
    }
}
