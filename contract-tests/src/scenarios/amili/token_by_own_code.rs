//! Whoever signs by the key of the API code that the targets file names is given a token, and no other.

use serde_json::{Value, json};

use super::codes::{self, CODES, STRANGER};
use super::forms;
use crate::client::{Client, Signer};
use crate::scenario::{RunsOn, Scenario, Steps};
use crate::scenarios::{with, without};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/token-by-own-code",
    proves: &[
        "amili.auth.signed-by-key",
        "amili.auth.algorithms",
        "amili.auth.claims",
        "amili.auth.expiry",
        "amili.auth.registered-code",
    ],
    runs_on: RunsOn::EveryTarget,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    let made = CODES[0].signer()?;
    let (api_code, signer) = match amili.own_code() {
        Ok(own) => (own.api_code().reveal(), own.signer()),
        // A mock has codes of its own.
        Err(_) if amili.on_mock() => (CODES[0].api_code, &made),
        Err(missing) => return Err(missing),
    };
    let nobody = amili.without_token();
    let step = nobody.step("ask for a token with nothing");
    let answer = step.get(codes::PATH).expect_refusal(401)?;
    forms::refusal(&answer, 401)?;
    // The JWT expires by the target's clock, which every answer tells.
    let now = answer.second().unwrap_or_default();
    let claims = json!({ "api_code": api_code, "exp": now + 540 });
    admitted(amili, signer, &claims)?;
    refused(amili, "no JWT", "ct-no-jwt")?;
    let stranger = STRANGER.jwt(&claims)?;
    refused(amili, "the JWT of a stranger", &stranger)?;
    forged(amili, signer, &claims)?;
    for algorithm in ["none", "HS256", "HS384", "HS512", "PS256"] {
        let header = json!({ "alg": algorithm, "typ": "JWT" });
        let jwt = signer.sign_as(&header, &claims).map_err(codes::unusable)?;
        refused(amili, &format!("a JWT that names {algorithm}"), &jwt)?;
    }
    misclaimed(amili, signer, &claims, now)?;
    admitted(amili, signer, &claims)
}

fn admitted(amili: &Client, signer: &Signer, claims: &Value) -> Outcome {
    let jwt = signer.sign(claims).map_err(codes::unusable)?;
    let caller = amili.with_secret(&jwt);
    let step = caller.step("ask for a token by the key");
    let caller = codes::admitted(amili, &step.get(codes::PATH).expect(200)?)?;
    let step = caller.step("read creditors with that token");
    step.get("/creditors").expect(200)?;
    Ok(())
}

/// The claims of one JWT with the signature of another.
fn forged(amili: &Client, signer: &Signer, claims: &Value) -> Outcome {
    let signed = signer.sign(claims).map_err(codes::unusable)?;
    let other = signer.sign(&with(claims.clone(), "more", json!(1)));
    let other = other.map_err(codes::unusable)?;
    let (text, _) = signed.rsplit_once('.').unwrap_or_default();
    let (_, signature) = other.rsplit_once('.').unwrap_or_default();
    for forged in [format!("{text}.{signature}"), format!("{text}.")] {
        refused(amili, "the signature of another JWT or none", &forged)?;
    }
    Ok(())
}

fn misclaimed(amili: &Client, signer: &Signer, claims: &Value, now: i64) -> Outcome {
    let exp = claims["exp"].to_string();
    for (what, claims) in [
        ("no api_code", without(claims.clone(), &["api_code"])),
        ("no exp", without(claims.clone(), &["exp"])),
        (
            "a number for an api_code",
            with(claims.clone(), "api_code", json!(5)),
        ),
        ("a text for an exp", with(claims.clone(), "exp", json!(exp))),
        (
            "an unknown api_code",
            with(claims.clone(), "api_code", json!("ct-nobody")),
        ),
        (
            "an exp that is past",
            with(claims.clone(), "exp", json!(now - 600)),
        ),
        (
            "an exp that is long past",
            with(claims.clone(), "exp", json!(1_000_000_000)),
        ),
    ] {
        let jwt = signer.sign(&claims).map_err(codes::unusable)?;
        refused(amili, what, &jwt)?;
    }
    Ok(())
}

fn refused(amili: &Client, what: &str, key: &str) -> Outcome {
    let stranger = amili.with_secret(key);
    let step = stranger.step(format!("ask for a token with {what}"));
    let answer = step.get(codes::PATH).expect_refusal(401)?;
    forms::refusal(&answer, 401)
}
