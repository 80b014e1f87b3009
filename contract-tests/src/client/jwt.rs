//! JWTs signed by a private key. All cryptography is the library's. Knows no target and no clock.

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

/// What signs JWTs, by one algorithm.
#[derive(Debug)]
pub(crate) struct Signer {
    algorithm: &'static str,
    pair: Pair,
}

#[derive(Debug)]
enum Pair {
    Ecdsa(EcdsaKeyPair),
    Rsa(RsaKeyPair, &'static dyn RsaEncoding),
}

static CURVES: [(&str, &EcdsaSigningAlgorithm); 3] = [
    ("ES256", &ECDSA_P256_SHA256_FIXED_SIGNING),
    ("ES384", &ECDSA_P384_SHA384_FIXED_SIGNING),
    ("ES512", &ECDSA_P521_SHA512_FIXED_SIGNING),
];

/// The first is the one that a key of RSA signs by when nobody asks for another.
static ENCODINGS: [(&str, &dyn RsaEncoding); 3] = [
    ("RS256", &RSA_PKCS1_SHA256),
    ("RS384", &RSA_PKCS1_SHA384),
    ("RS512", &RSA_PKCS1_SHA512),
];

impl Signer {
    /// A signer by the algorithm that a private key fits; the error says what is wrong with the key.
    pub(crate) fn new(pem: &str) -> Result<Self, String> {
        Self::by(None, pem)
    }

    /// A signer by this algorithm.
    pub(crate) fn by(algorithm: Option<&str>, pem: &str) -> Result<Self, String> {
        let key = PrivatePkcs8KeyDer::from_pem_slice(pem.as_bytes())
            .map_err(|_| "is no PKCS#8 key in PEM, -----BEGIN PRIVATE KEY-----".to_owned())?;
        let key = key.secret_pkcs8_der();
        let wanted = |name: &str| algorithm.is_none_or(|wanted| wanted == name);
        let mut curves = CURVES.iter().filter(|(name, _)| wanted(name));
        let ecdsa = curves.find_map(|(name, curve)| {
            let pair = EcdsaKeyPair::from_pkcs8(curve, key).ok()?;
            Some((*name, Pair::Ecdsa(pair)))
        });
        let rsa = || {
            let (name, encoding) = ENCODINGS.iter().find(|(name, _)| wanted(name))?;
            let pair = RsaKeyPair::from_pkcs8(key).ok()?;
            Some((*name, Pair::Rsa(pair, *encoding)))
        };
        match ecdsa.or_else(rsa) {
            Some((algorithm, pair)) => Ok(Self { algorithm, pair }),
            None => Err(format!(
                "is no key for {}",
                algorithm.unwrap_or("any of ES256, ES384, ES512, RS256, RS384 and RS512")
            )),
        }
    }

    /// A JWT with these claims.
    pub(crate) fn sign(&self, claims: &Value) -> Result<String, String> {
        self.sign_as(&json!({ "alg": self.algorithm, "typ": "JWT" }), claims)
    }

    /// The same under any header, whatever that says.
    pub(crate) fn sign_as(&self, header: &Value, claims: &Value) -> Result<String, String> {
        let encoded = |part: &Value| URL_SAFE_NO_PAD.encode(part.to_string());
        let text = format!("{}.{}", encoded(header), encoded(claims));
        let signature = self
            .pair
            .signature(text.as_bytes())
            .map_err(|_| "the private key does not sign".to_owned())?;
        Ok(format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

impl Pair {
    fn signature(&self, text: &[u8]) -> Result<Vec<u8>, aws_lc_rs::error::Unspecified> {
        let random = SystemRandom::new();
        match self {
            Self::Ecdsa(pair) => Ok(pair.sign(&random, text)?.as_ref().to_vec()),
            Self::Rsa(pair, encoding) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(*encoding, &random, text, &mut signature)?;
                Ok(signature)
            }
        }
    }
}
