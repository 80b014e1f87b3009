//! JWTs for tests, signed by the keys in `fixtures/keys`.

use std::fs;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING,
    ECDSA_P521_SHA512_FIXED_SIGNING, EcdsaKeyPair, EcdsaSigningAlgorithm, RSA_PKCS1_SHA256,
    RSA_PKCS1_SHA384, RSA_PKCS1_SHA512, RsaEncoding, RsaKeyPair,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rustls_pki_types::PrivatePkcs8KeyDer;
use rustls_pki_types::pem::PemObject;
use serde_json::{Value, json};

/// Each algorithm, with an API code of the built-in world whose key it fits.
pub(crate) const PAIRS: [(&str, &str); 6] = [
    ("ES256", "api-code-es256"),
    ("ES384", "api-code-es384"),
    ("ES512", "api-code-es512"),
    ("RS256", "api-code-rs256"),
    ("RS384", "api-code-rs256"),
    ("RS512", "api-code-rs256"),
];

/// A JWT with these claims, by the key in this file and this algorithm.
pub(crate) fn jwt(algorithm: &str, key: &str, claims: &Value) -> String {
    let header = json!({ "alg": algorithm, "typ": "JWT" });
    signed(&header, claims, algorithm, key)
}

/// The same with any header, whatever algorithm that names.
pub(crate) fn signed(header: &Value, claims: &Value, algorithm: &str, key: &str) -> String {
    let encoded = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let text = format!("{}.{}", encoded(header), encoded(claims));
    let signature = signature(algorithm, key, text.as_bytes());
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn signature(algorithm: &str, key: &str, text: &[u8]) -> Vec<u8> {
    let path = format!("{}/../fixtures/keys/{key}.pem", env!("CARGO_MANIFEST_DIR"));
    let pem = fs::read(path).unwrap();
    let key = PrivatePkcs8KeyDer::from_pem_slice(&pem).unwrap();
    let key = key.secret_pkcs8_der();
    match algorithm {
        "ES256" => ecdsa(&ECDSA_P256_SHA256_FIXED_SIGNING, key, text),
        "ES384" => ecdsa(&ECDSA_P384_SHA384_FIXED_SIGNING, key, text),
        "ES512" => ecdsa(&ECDSA_P521_SHA512_FIXED_SIGNING, key, text),
        "RS256" => rsa(&RSA_PKCS1_SHA256, key, text),
        "RS384" => rsa(&RSA_PKCS1_SHA384, key, text),
        "RS512" => rsa(&RSA_PKCS1_SHA512, key, text),
        other => panic!("no signature by {other}"),
    }
}

fn ecdsa(algorithm: &'static EcdsaSigningAlgorithm, key: &[u8], text: &[u8]) -> Vec<u8> {
    let pair = EcdsaKeyPair::from_pkcs8(algorithm, key).unwrap();
    let signature = pair.sign(&SystemRandom::new(), text).unwrap();
    signature.as_ref().to_vec()
}

fn rsa(encoding: &'static dyn RsaEncoding, key: &[u8], text: &[u8]) -> Vec<u8> {
    let pair = RsaKeyPair::from_pkcs8(key).unwrap();
    let mut signature = vec![0; pair.public_modulus_len()];
    pair.sign(encoding, &SystemRandom::new(), text, &mut signature)
        .unwrap();
    signature
}
