//! Tokens by API code: fetched, kept, renewed; and what is said when none can be had.

use std::path::Path;

use contract_tests::{Run, Target, TargetError, Verdict, all};
use mock_server::{Answers, Clock, MockServer, Options, catalogue};
use serde_json::{Value, json};

/// A variable that Cargo sets for every test: a process cannot safely set one for itself.
const API_CODE_ENV: &str = "CARGO_PKG_NAME";
const API_CODE: &str = env!("CARGO_PKG_NAME");

/// A mock on which that API code is registered with the key of ES512, in a time of its own.
fn mock(answers: Answers) -> MockServer {
    let mut world: Value = serde_json::from_str(catalogue::DEFAULT_WORLD).unwrap();
    world["amili"]["api_codes"][2]["api_code"] = json!(API_CODE);
    let options = Options {
        world: Some(world.to_string()),
        clock: Clock::parse("2031-05-06T07:08:09Z").unwrap(),
        answers,
        ..Options::default()
    };
    MockServer::with(options).unwrap()
}

/// A targets file that names this key, beside which stands another that nobody has registered.
fn target(base_url: &str, private_key: &str) -> Result<Target, TargetError> {
    let folder = tempfile::tempdir().unwrap();
    let keys = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/keys");
    for key in ["api-code-es512", "unregistered-es256"] {
        let file = format!("{key}.pem");
        std::fs::copy(keys.join(&file), folder.path().join(&file)).unwrap();
    }
    std::fs::write(folder.path().join("garbage.pem"), "x").unwrap();
    let text = format!(
        "[there.amili]\nbase_url = \"{base_url}\"\napi_code_env = \"{API_CODE_ENV}\"\n{private_key}"
    );
    let file = folder.path().join("targets.toml");
    std::fs::write(&file, text).unwrap();
    Target::named("there", &file, false)
}

const RIGHT_KEY: &str = "private_key_file = \"api-code-es512.pem\"";

/// The scenario holds in this space.
#[track_caller]
fn holds(target: &Target, space: usize, name: &str) {
    let run = Run {
        id: "credentials",
        target,
        planning: false,
    };
    let scenarios = all();
    let scenario = scenarios.iter().find(|known| known.name == name).unwrap();
    let performed = run.one(space, scenario);
    assert!(
        matches!(performed.verdict, Verdict::Held),
        "{name}: {:#?}",
        performed.verdict
    );
    let said = serde_json::to_string(&performed.exchanges).unwrap();
    assert!(said.contains("$AMILI_TOKEN"), "{said}");
    // Tokens of the mock are its API's name and 32 hex digits.
    for (place, _) in said.match_indices("amili-") {
        let rest = said[place + 6..].chars();
        let digits = rest.take_while(char::is_ascii_hexdigit).count();
        assert!(digits < 32, "a token is shown: {said}");
    }
}

#[test]
fn a_token_is_fetched_whatever_the_member_is_called() {
    let known = catalogue::assumptions();
    let field = known
        .iter()
        .find(|known| known.id == "amili.auth.token-field");
    for answer in field.unwrap().answers {
        let mut answers = Answers::default();
        answers
            .choose(&known, "amili.auth.token-field", answer.id)
            .unwrap();
        let mock = mock(answers);
        let target = target(mock.base_url(), RIGHT_KEY).unwrap();
        holds(&target, 1, "amili/walk-through");
        holds(&target, 2, "amili/token-required");
    }
}

/// What the mock's control API answers to this call.
fn control(url: &str, method: &str, path: &str, body: &Value) -> Value {
    use std::io::{Read, Write};
    let (host, prefix) = url.trim_start_matches("http://").split_once('/').unwrap();
    let mut stream = std::net::TcpStream::connect(host).unwrap();
    let body = body.to_string();
    let length = body.len();
    write!(
        stream,
        "{method} /{prefix}/_mock{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    serde_json::from_str(body).unwrap()
}

/// How many tokens this space has issued.
fn issued(space: &str) -> usize {
    let state = control(space, "GET", "/state", &json!(null));
    let tokens = state["tokens"].as_array().unwrap().iter();
    tokens.filter(|token| token.get("until").is_some()).count()
}

#[test]
fn a_token_is_kept_until_the_target_refuses_it() {
    let mock = mock(Answers::default());
    let target = target(mock.base_url(), RIGHT_KEY).unwrap();
    let space = mock.space_url("ct-credentials-1");
    holds(&target, 1, "amili/creditor-vat-area-default");
    holds(&target, 1, "amili/creditor-vat-area-default");
    assert_eq!(issued(&space), 1, "one token serves for all");
    let later = json!({ "advance_seconds": 7200 });
    control(&space, "PUT", "/clock", &later);
    holds(&target, 1, "amili/creditor-vat-area-default");
    assert_eq!(issued(&space), 2, "a fresh one after the first has ended");
}

#[test]
fn a_target_that_gives_no_token_refuses_the_credentials() {
    let mock = mock(Answers::default());
    let stranger = "private_key_file = \"unregistered-es256.pem\"";
    let target = target(mock.base_url(), stranger).unwrap();
    let run = Run {
        id: "refused",
        target: &target,
        planning: false,
    };
    let scenarios = all();
    let refused = run.all(&scenarios[..1], &mut |_| {}).unwrap_err();
    assert_eq!(refused.kind, contract_tests::TroubleKind::Credentials);
    assert!(refused.text.contains("401"), "{refused:?}");
}

#[test]
fn half_an_entry_is_refused_with_what_is_missing() {
    for (rest, words) in [
        ("", "lacks private_key_file"),
        ("private_key_file = \"none.pem\"", "none.pem"),
        ("private_key_file = \"garbage.pem\"", "PKCS#8"),
    ] {
        let refused = target("http://127.0.0.1:1", rest).unwrap_err().to_string();
        assert!(refused.contains(words), "{refused}");
        assert!(refused.contains("[there.amili]"), "{refused}");
    }
}
