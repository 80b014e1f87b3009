//! The signature algorithms that Amili takes, and the public keys that API codes are registered with.
//! All cryptography is the library's. Knows no JWT, no store and no HTTP.

use std::fmt;

use aws_lc_rs::rsa::PublicEncryptingKey;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ECDSA_P521_SHA512_FIXED, ParsedPublicKey,
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512,
    UnparsedPublicKey, VerificationAlgorithm,
};
use rustls_pki_types::SubjectPublicKeyInfoDer;
use rustls_pki_types::pem::PemObject;

/// An algorithm, as the header of a JWT names it.
#[derive(Debug)]
pub(super) struct Algorithm {
    /// Its name in RFC 7518.
    pub(super) name: &'static str,
    kind: Kind,
    verification: &'static dyn VerificationAlgorithm,
}

/// What keys there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// On the curve P-256.
    P256,
    /// On the curve P-384.
    P384,
    /// On the curve P-521.
    P521,
    /// RSA.
    Rsa,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::P256 => "P-256",
            Self::P384 => "P-384",
            Self::P521 => "P-521",
            Self::Rsa => "RSA",
        })
    }
}

/// Every algorithm that Amili takes.
pub(super) static ALGORITHMS: [Algorithm; 6] = [
    algorithm("ES256", Kind::P256, &ECDSA_P256_SHA256_FIXED),
    algorithm("ES384", Kind::P384, &ECDSA_P384_SHA384_FIXED),
    algorithm("ES512", Kind::P521, &ECDSA_P521_SHA512_FIXED),
    algorithm("RS256", Kind::Rsa, &RSA_PKCS1_2048_8192_SHA256),
    algorithm("RS384", Kind::Rsa, &RSA_PKCS1_2048_8192_SHA384),
    algorithm("RS512", Kind::Rsa, &RSA_PKCS1_2048_8192_SHA512),
];

const fn algorithm(
    name: &'static str,
    kind: Kind,
    verification: &'static dyn VerificationAlgorithm,
) -> Algorithm {
    Algorithm {
        name,
        kind,
        verification,
    }
}

impl Algorithm {
    /// The algorithm of this name, if Amili takes it.
    pub(super) fn named(name: &str) -> Option<&'static Self> {
        ALGORITHMS.iter().find(|algorithm| algorithm.name == name)
    }

    /// The names of all.
    pub(super) fn names() -> String {
        ALGORITHMS.each_ref().map(|known| known.name).join(", ")
    }
}

/// A registered key.
#[derive(Debug, Clone)]
pub(super) struct PublicKey {
    /// What key it is.
    pub(super) kind: Kind,
    info: SubjectPublicKeyInfoDer<'static>,
}

impl PublicKey {
    /// Reads a key in PEM; the error says what is wrong with it.
    pub(super) fn from_pem(text: &str) -> Result<Self, &'static str> {
        let info = SubjectPublicKeyInfoDer::from_pem_slice(text.as_bytes())
            .map_err(|_| "must be a public key in PEM, -----BEGIN PUBLIC KEY-----")?;
        let fits = |algorithm: &&Algorithm| {
            ParsedPublicKey::new(algorithm.verification, info.as_ref()).is_ok()
        };
        let kind = ALGORITHMS.iter().find(fits).map(|fitting| fitting.kind);
        match kind {
            Some(kind) if kind != Kind::Rsa || is_long_enough(&info) => Ok(Self { kind, info }),
            _ => {
                Err("must be a key on P-256, P-384 or P-521, or one of RSA with 2048 to 8192 bits")
            }
        }
    }

    /// Whether an algorithm is one for such keys.
    pub(super) fn fits(&self, algorithm: &Algorithm) -> bool {
        self.kind == algorithm.kind
    }

    /// Whether the owner of the private key has signed this text.
    pub(super) fn has_signed(&self, algorithm: &Algorithm, text: &str, signature: &[u8]) -> bool {
        let key = UnparsedPublicKey::new(algorithm.verification, &self.info);
        self.fits(algorithm) && key.verify(text.as_bytes(), signature).is_ok()
    }
}

/// Shorter keys are read without complaint and then verify nothing.
fn is_long_enough(info: &SubjectPublicKeyInfoDer<'_>) -> bool {
    let key = PublicEncryptingKey::from_der(info);
    key.is_ok_and(|key| (2048..=8192).contains(&key.key_size_bits()))
}
