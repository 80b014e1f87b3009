//! The API codes of a mock's built-in world with their private keys, which are no secrets, and looks that
//! several scenarios take.

use serde_json::{Value, json};

use crate::client::{Answer, Client, Signer, TOKEN_FIELDS};
use crate::scenario::RunsOn;
use crate::verdict::Stop;

pub(super) const PATH: &str = "/authenticates/api-code";

pub(super) const RUNS_ON: RunsOn = RunsOn::MockOnly {
    because: "the private keys of its API codes are in the project",
};

/// An algorithm, the API code whose key fits it, and that key.
pub(super) struct Code {
    pub(super) algorithm: &'static str,
    pub(super) api_code: &'static str,
    key: &'static str,
}

const ES256: &str = include_str!("../../../../fixtures/keys/api-code-es256.pem");
const ES384: &str = include_str!("../../../../fixtures/keys/api-code-es384.pem");
const ES512: &str = include_str!("../../../../fixtures/keys/api-code-es512.pem");
const RS256: &str = include_str!("../../../../fixtures/keys/api-code-rs256.pem");

pub(super) static CODES: [Code; 6] = [
    code("ES256", "api-code-es256", ES256),
    code("ES384", "api-code-es384", ES384),
    code("ES512", "api-code-es512", ES512),
    code("RS256", "api-code-rs256", RS256),
    code("RS384", "api-code-rs256", RS256),
    code("RS512", "api-code-rs256", RS256),
];

/// A key that is registered for nobody.
pub(super) static STRANGER: Code = code(
    "ES256",
    "api-code-es256",
    include_str!("../../../../fixtures/keys/unregistered-es256.pem"),
);

const fn code(algorithm: &'static str, api_code: &'static str, key: &'static str) -> Code {
    Code {
        algorithm,
        api_code,
        key,
    }
}

impl Code {
    /// Claims in order, that end so many seconds from now.
    pub(super) fn claims(&self, amili: &Client, ahead: i64) -> Result<Value, Stop> {
        let now = amili.mock()?.second()?;
        Ok(json!({ "api_code": self.api_code, "exp": now + ahead }))
    }

    /// A JWT with these claims.
    pub(super) fn jwt(&self, claims: &Value) -> Result<String, Stop> {
        self.signer()?.sign(claims).map_err(unusable)
    }

    /// A JWT with these claims whose header names any algorithm.
    pub(super) fn jwt_as(&self, algorithm: &str, claims: &Value) -> Result<String, Stop> {
        let header = json!({ "alg": algorithm, "typ": "JWT" });
        self.signer()?.sign_as(&header, claims).map_err(unusable)
    }

    pub(super) fn signer(&self) -> Result<Signer, Stop> {
        Signer::by(Some(self.algorithm), self.key).map_err(unusable)
    }
}

pub(super) fn unusable(reason: String) -> Stop {
    Stop::NotObservable(format!("a key of the project cannot be used: {reason}"))
}

/// The answer to a JWT in order.
pub(super) fn authenticated(amili: &Client, code: &Code) -> Result<Answer, Stop> {
    let jwt = code.jwt(&code.claims(amili, 540)?)?;
    let step = format!("ask for a token by {}", code.algorithm);
    amili.with_token(&jwt).step(step).get(PATH).expect(200)
}

/// The caller whom such an answer gives a token.
pub(super) fn admitted(amili: &Client, answer: &Answer) -> Result<Client, Stop> {
    let field = TOKEN_FIELDS
        .iter()
        .find(|field| answer.value().get(field).is_some());
    let place = format!("/{}", field.unwrap_or(&"token"));
    let token = answer.capture("token", &place)?;
    Ok(amili.with_token(&token.to_string()))
}
