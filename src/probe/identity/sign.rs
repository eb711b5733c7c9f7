//! Signs requests by HMAC over what a template says.

use std::fmt::Write;

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use url::Url;

use super::{Format, Hole};
use crate::probe::environment::{self, SecretError, Surroundings};

/// When a request is signed, and what makes it unlike any other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Seconds since 1970.
    pub timestamp: i64,
    /// Another one for each request.
    pub nonce: String,
}

/// Signs with one key.
#[derive(Debug)]
pub struct Signer {
    key: SecretString,
    template: Format,
    header: String,
    format: Format,
    timestamp_header: Option<String>,
    nonce_header: Option<String>,
}

impl Signer {
    pub(super) fn open(
        hmac: &environment::Hmac,
        from: &dyn Surroundings,
    ) -> Result<Self, SecretError> {
        Ok(Self {
            key: hmac.key.text(from, "the key that signs requests")?,
            template: hmac.template.clone(),
            header: hmac.header.clone(),
            format: hmac.format.clone(),
            timestamp_header: hmac.timestamp_header.clone(),
            nonce_header: hmac.nonce_header.clone(),
        })
    }

    pub(super) const fn key(&self) -> &SecretString {
        &self.key
    }

    /// The headers that a signature adds; another key makes a signature that is wrong on purpose.
    pub(super) fn sign(
        &self,
        other_key: Option<&str>,
        method: &str,
        url: &str,
        body: Option<&[u8]>,
        stamp: &Stamp,
    ) -> Vec<(String, String)> {
        let parsed = Url::parse(url).ok();
        let path = parsed.as_ref().map_or("", Url::path);
        let query = parsed.as_ref().and_then(Url::query).unwrap_or_default();
        let timestamp = stamp.timestamp.to_string();
        let fill = |hole: Hole, hex: &'_ [u8], base64: &'_ [u8]| -> Vec<u8> {
            match hole {
                Hole::Timestamp => timestamp.as_bytes(),
                Hole::Method => method.as_bytes(),
                Hole::Path => path.as_bytes(),
                Hole::Query => query.as_bytes(),
                Hole::Body => body.unwrap_or_default(),
                Hole::Nonce => stamp.nonce.as_bytes(),
                Hole::Hex => hex,
                Hole::Base64 => base64,
            }
            .to_vec()
        };
        let signed = self.template.fill(|hole| fill(hole, b"", b""));
        let key = other_key.unwrap_or_else(|| self.key.expose_secret());
        let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes())
            .expect("HMAC takes keys of any length (RFC 2104, 2)");
        mac.update(&signed);
        let signature = mac.finalize().into_bytes();
        let (hex, base64) = (hex(&signature), STANDARD.encode(signature));
        let value = self
            .format
            .fill(|hole| fill(hole, hex.as_bytes(), base64.as_bytes()));
        // Of all that may stand here only the body could be no text, and the format of a header has no place for it.
        let value = String::from_utf8_lossy(&value).into_owned();
        let mut headers = vec![(self.header.clone(), value)];
        if let Some(name) = &self.timestamp_header {
            headers.push((name.clone(), timestamp.clone()));
        }
        if let Some(name) = &self.nonce_header {
            headers.push((name.clone(), stamp.nonce.clone()));
        }
        headers
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
