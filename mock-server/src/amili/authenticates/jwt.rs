//! A JWT in its compact form (RFC 7515, 7519), taken apart. What its parts say is judged elsewhere.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

/// A JWT whose signature nobody has looked at yet.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Jwt<'a> {
    /// What its header says.
    pub(super) header: Map<String, Value>,
    /// What it claims.
    pub(super) claims: Map<String, Value>,
    /// The text that the signature is about.
    pub(super) signed: &'a str,
    /// The signature.
    pub(super) signature: Vec<u8>,
}

impl<'a> Jwt<'a> {
    /// Takes a text apart; the error says why it is no JWT.
    pub(super) fn read(text: &'a str) -> Result<Self, String> {
        let parts: Vec<&str> = text.split('.').collect();
        let [header, claims, signature] = parts.as_slice() else {
            let count = parts.len();
            return Err(format!(
                "it has {count} parts between dots; a JWT has three"
            ));
        };
        let signed = text.len() - signature.len() - 1;
        Ok(Self {
            header: object("header", header)?,
            claims: object("claims", claims)?,
            signed: &text[..signed],
            signature: bytes("signature", signature)?,
        })
    }
}

fn object(part: &str, text: &str) -> Result<Map<String, Value>, String> {
    let bytes = bytes(part, text)?;
    serde_json::from_slice(&bytes)
        .map_err(|fault| format!("its {part} cannot be read as a JSON object: {fault}"))
}

fn bytes(part: &str, text: &str) -> Result<Vec<u8>, String> {
    let decoded = URL_SAFE_NO_PAD.decode(text);
    decoded.map_err(|fault| format!("its {part} is no base64url without padding: {fault}"))
}
