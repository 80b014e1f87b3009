//! Secrets reach nobody: not a line printed, not a file written, whatever a target does with them.

use std::path::Path;

use contract_tests::cli::{FAILED, HELD};
use mock_server::{MockServer, Options, catalogue};
use serde_json::{Value, json};

use crate::hostile::{Deed, Place, Ran, Sandbox};

/// Planted in the environment. What a body or a URL writes in another way is among it.
const CANARIES: [(&str, &str); 4] = [
    ("CANARY_AMILI", "canary-1/\"a b\"+%"),
    ("CANARY_OTHER", "canary-2"),
    ("CANARY_AMS", "canary-3"),
    ("CANARY_CODE", "canary-4"),
];

/// A mock that knows the canaries.
fn mock() -> MockServer {
    let mut world: Value = serde_json::from_str(catalogue::DEFAULT_WORLD).unwrap();
    for token in world["tokens"].as_array_mut().unwrap() {
        let canary = match token["token"].as_str().unwrap() {
            "amili-api-user" => 0,
            "amili-other-account" => 1,
            "ams-manager" => 2,
            _ => continue,
        };
        token["token"] = json!(CANARIES[canary].1);
    }
    world["amili"]["api_codes"][2]["api_code"] = json!(CANARIES[3].1);
    let options = Options {
        world: Some(world.to_string()),
        ..Options::default()
    };
    MockServer::with(options).unwrap()
}

/// Both ways to a token of Amili, as two targets.
fn place(sandbox: &Sandbox) -> Place {
    let url = &sandbox.base_url;
    let amili = |name: &str, key: &str| {
        format!(
            "[{name}.amili]\nbase_url = \"{url}\"\naccount = \"6662fb1df4d1eaf404cb08de\"\n{key}\n\
             [{name}.amili.roles]\nother-account = {{ token_env = \"CANARY_OTHER\", \
             account = \"6662fb1df4d1eaf404cb0900\" }}\n\
             [{name}.ams]\nbase_url = \"{url}\"\ntoken_env = \"CANARY_AMS\"\ncompany = 24\n\
             [{name}.limits]\nbackoff_seconds = 0.001\npatience_seconds = 0.001\n"
        )
    };
    let by_code = "api_code_env = \"CANARY_CODE\"\nprivate_key_file = \"key.pem\"";
    let targets = amili("by-token", "token_env = \"CANARY_AMILI\"") + &amili("by-code", by_code);
    let place = Place::with(&targets);
    let key = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/keys/api-code-es512.pem");
    std::fs::copy(key, place.folder.path().join("key.pem")).unwrap();
    place
}

fn does(place: &Place, arguments: &[&str]) -> Ran {
    let mut command = place.command(arguments);
    command.envs(CANARIES);
    Ran::of(&command.output().unwrap())
}

/// Everything that the commands wrote into the folder.
fn written(folder: &Path) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts.extend(written(&path));
            continue;
        }
        let name = path.display().to_string();
        let text = std::fs::read(&path).unwrap();
        if !name.ends_with("targets.toml") && !name.ends_with("key.pem") {
            texts.push((name, String::from_utf8_lossy(&text).into_owned()));
        }
    }
    texts
}

/// No text holds a secret in any form that could be used.
#[track_caller]
fn check_free(texts: &[(String, String)], sandbox: &Sandbox) {
    let key = include_str!("../../../fixtures/keys/api-code-es512.pem");
    let inside = key.lines().filter(|line| !line.starts_with("--"));
    let mut secrets = vec!["canary", "eyJ"];
    secrets.extend(inside);
    let issued = sandbox.issued();
    secrets.extend(issued.iter().map(String::as_str));
    for (name, text) in texts {
        for secret in &secrets {
            assert!(!text.contains(secret), "{name} holds {secret}: {text}");
        }
    }
}

/// Every command that writes, with every file that it can be told to write, on a target that does this.
#[track_caller]
fn check(judge: fn(&crate::hostile::Asked) -> Deed, status: u8) {
    let sandbox = Sandbox::before(mock(), judge);
    let place = place(&sandbox);
    let mut texts = Vec::new();
    for target in ["by-token", "by-code"] {
        let file = format!("{target}.json");
        let some = [
            "--scenario",
            "*/walk-through",
            "--scenario",
            "amili/foreign-*",
        ];
        let more = ["--scenario", "amili/token-required", "--scenario", "ams/l*"];
        let run = ["run", "--target", target, "--json", &file];
        let ran = does(&place, &[&run[..], &some, &more].concat()).with(status);
        texts.push((format!("run {target}"), ran.out + &ran.err));
        let explore = [
            "explore", "--target", target, "--cases", "2", "--steps", "6", "--seed", "3",
        ];
        for command in [&explore[..], &["sweep", "--target", target]] {
            let ran = does(&place, command);
            texts.push((format!("{command:?}"), ran.out + &ran.err));
        }
    }
    let files = written(place.folder.path());
    for part in ["by-token.json", "by-code.json", "ledger-"] {
        assert!(
            files.iter().any(|(name, _)| name.contains(part)),
            "no {part}"
        );
    }
    texts.extend(files);
    check_free(&texts, &sandbox);
    assert!(!sandbox.issued().is_empty());
}

#[test]
fn no_secret_is_printed_or_written() {
    check(|_| Deed::Pass, HELD);
}

#[test]
fn not_even_when_a_target_shows_what_it_was_sent() {
    check(
        |asked| match asked.path.contains("authenticates") || asked.number % 3 != 0 {
            true => Deed::Pass,
            false => Deed::Echo,
        },
        FAILED,
    );
}

#[test]
fn a_dry_run_sends_nothing_and_leaves_nothing() {
    let sandbox = Sandbox::before(mock(), |_| Deed::Pass);
    let place = place(&sandbox);
    for command in ["run", "explore"] {
        for target in ["by-token", "by-code"] {
            let ran = does(&place, &[command, "--target", target, "--dry-run"]).with(HELD);
            assert!(ran.out.contains("POST /creditors {"), "{}", ran.out);
            check_free(&[(command.to_owned(), ran.out + &ran.err)], &sandbox);
        }
    }
    assert!(sandbox.asked().is_empty());
    assert!(place.ledgers().is_empty());
    assert!(written(place.folder.path()).is_empty());
}
