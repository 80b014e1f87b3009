//! For each rule about authentication by API code a request that it refuses.

use serde_json::json;

use super::requests::Breaking;
use crate::amili::authentication::signing::jwt;
use crate::amili::authentication::{PATH, advance, authenticated, expiring, second};
use crate::harness::{Answer, Mock};

/// The answer to a JWT for this API code.
fn claiming(mock: &Mock, code: &str, algorithm: &str, key: &str) -> Answer {
    let claims = json!({ "api_code": code, "exp": second(mock) + 540 });
    mock.amili(&jwt(algorithm, key, &claims)).get(PATH)
}

pub(super) const REFUSALS: &[(&str, Breaking)] = &[
    ("amili.auth.signed-by-key", |mock| {
        claiming(mock, "api-code-es256", "ES256", "unregistered-es256")
    }),
    ("amili.auth.algorithms", |mock| {
        claiming(mock, "api-code-es384", "ES256", "api-code-es256")
    }),
    ("amili.auth.claims", |mock| {
        let claims = json!({ "api_code": "api-code-es256" });
        let key = jwt("ES256", "api-code-es256", &claims);
        mock.amili(&key).get(PATH)
    }),
    ("amili.auth.expiry", |mock| {
        mock.amili(&expiring(mock, 0)).get(PATH)
    }),
    ("amili.auth.registered-code", |mock| {
        claiming(mock, "nobody", "ES256", "api-code-es256")
    }),
    ("amili.auth.renewal", |mock| {
        let token = authenticated(mock).expect(200).text_at("/token");
        advance(mock, 3601);
        mock.amili(&token).get("/creditors")
    }),
];
