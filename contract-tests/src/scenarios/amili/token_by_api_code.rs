//! Whoever proves to own an API code is given a token, and nobody else is.

use serde_json::json;

use super::codes::{self, CODES, STRANGER};
use super::forms;
use crate::client::Client;
use crate::scenario::{Scenario, Steps};
use crate::scenarios::{with, without};
use crate::verdict::Outcome;

pub(super) static SCENARIO: Scenario = Scenario {
    name: "amili/token-by-api-code",
    proves: &[
        "amili.auth.signed-by-key",
        "amili.auth.algorithms",
        "amili.auth.claims",
        "amili.auth.expiry",
        "amili.auth.registered-code",
    ],
    runs_on: codes::RUNS_ON,
    steps: Steps::Hold(steps),
};

fn steps(amili: &Client) -> Outcome {
    for code in &CODES {
        let answer = codes::authenticated(amili, code)?;
        let caller = codes::admitted(amili, &answer)?;
        let step = format!("read creditors with the token by {}", code.algorithm);
        caller.step(step).get("/creditors").expect(200)?;
    }
    proofs_are_asked_for(amili)?;
    algorithms_are_those_of_the_keys(amili)?;
    claims_are_read(amili)
}

fn refused(amili: &Client, what: &str, key: &str) -> Outcome {
    let step = format!("ask for a token with {what}");
    let stranger = amili.with_token(key);
    let answer = stranger.step(step).get(codes::PATH).expect_refusal(401)?;
    forms::refusal(&answer, 401)
}

fn proofs_are_asked_for(amili: &Client) -> Outcome {
    let nobody = amili.without_token();
    let step = nobody.step("ask for a token with nothing");
    let answer = step.get(codes::PATH).expect_refusal(401)?;
    forms::refusal(&answer, 401)?;
    refused(amili, "no JWT", "ct-no-jwt")?;
    let claims = STRANGER.claims(amili, 540)?;
    refused(amili, "the JWT of a stranger", &STRANGER.jwt(&claims)?)?;
    let signed = CODES[0].jwt(&claims)?;
    let other = CODES[0].jwt(&with(claims, "more", json!(1)))?;
    let (text, _) = signed.rsplit_once('.').unwrap_or_default();
    let (_, signature) = other.rsplit_once('.').unwrap_or_default();
    let forged = format!("{text}.{signature}");
    refused(amili, "the signature of another JWT", &forged)
}

fn algorithms_are_those_of_the_keys(amili: &Client) -> Outcome {
    let claims = CODES[0].claims(amili, 540)?;
    for algorithm in ["none", "HS256", "HS512", "PS256", "ES384", "RS256"] {
        let jwt = CODES[0].jwt_as(algorithm, &claims)?;
        let what = format!("a JWT that names {algorithm} for a key of P-256");
        refused(amili, &what, &jwt)?;
    }
    Ok(())
}

fn claims_are_read(amili: &Client) -> Outcome {
    let code = &CODES[0];
    let claims = code.claims(amili, 540)?;
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
            with(claims, "api_code", json!("ct-nobody")),
        ),
        ("an exp that is past", code.claims(amili, -60)?),
    ] {
        refused(amili, what, &code.jwt(&claims)?)?;
    }
    Ok(())
}
