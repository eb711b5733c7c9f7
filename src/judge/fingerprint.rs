//! Fingerprints `cf1`: what a sign-off binds to. Golden vectors hold them still.

use sha2::{Digest, Sha256};
use std::{fmt::Write, rc::Rc};

/// The parts of a fingerprint that all sites of one edit share.
#[derive(Clone, Debug)]
pub(super) struct Prefix {
    state: Sha256,
    /// What follows the element.
    rest: String,
    parts: Rc<Parts>,
}

/// What a fingerprint is made of, but for the element and its deprecation cycle.
#[derive(Debug, PartialEq, Eq)]
struct Parts {
    contract: String,
    rule: &'static str,
    before: Option<String>,
    after: Option<String>,
}

impl Prefix {
    /// `before` and `after` are digests (`sha256:` and 64 hexadecimal digits) or absent; `cycle` is the deprecation
    /// cycle of the element, `dep:<since>`.
    pub(super) fn new(
        contract: &str,
        rule: &'static str,
        before: Option<&str>,
        after: Option<&str>,
        cycle: Option<&str>,
    ) -> Self {
        // RFC 8785 sorts the keys, so what differs between sites comes last and the rest is hashed once.
        let json = |value: Option<&str>| {
            value.map_or_else(
                || "null".to_owned(),
                |text| serde_json::Value::from(text).to_string(),
            )
        };
        let mut text = String::from("contract.change/v1\0");
        let _ = write!(
            text,
            r#"{{"after":{},"before":{},"contract":{},"cycle":{},"element":"#,
            json(after),
            json(before),
            json(Some(contract)),
            json(cycle)
        );
        let mut state = Sha256::new();
        state.update(text.as_bytes());
        let rest = format!(",\"rule\":{}}}", json(Some(rule)));
        let parts = Rc::new(Parts {
            contract: contract.to_owned(),
            rule,
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
        });
        Self { state, rest, parts }
    }

    /// The same edit in a deprecation cycle, so that what was approved in another one is not.
    pub(super) fn cycled(&self, cycle: &str) -> Self {
        let parts = &self.parts;
        let (before, after) = (parts.before.as_deref(), parts.after.as_deref());
        Self::new(&parts.contract, parts.rule, before, after, Some(cycle))
    }

    /// The digest of what the edit leads to.
    pub(super) fn after(&self) -> Option<&str> {
        self.parts.after.as_deref()
    }

    /// The fingerprint of the edit at one element.
    pub(super) fn at(&self, element: &str) -> String {
        let mut state = self.state.clone();
        // Nearly every id is spelt in JSON as it is.
        if element
            .bytes()
            .all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\')
        {
            state.update(b"\"");
            state.update(element.as_bytes());
            state.update(b"\"");
        } else {
            state.update(serde_json::Value::from(element).to_string().as_bytes());
        }
        state.update(self.rest.as_bytes());
        let mut out = String::with_capacity(44);
        out.push_str("cf1:");
        push_hex(&mut out, &state.finalize()[..20]);
        out
    }
}

/// Appends bytes as lower-case hexadecimal digits.
pub(super) fn push_hex(out: &mut String, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for byte in bytes {
        out.push(char::from(DIGITS[usize::from(byte >> 4)]));
        out.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ELEMENT: &str =
        "op:GET /v1/orders/{} > resp:200 > media:application/json > body > .legacyTotal";
    const REMOVED: &str = "response-property-removed";
    const CHANGED: &str = "response-property-type-changed";

    fn digest(text: &str) -> String {
        super::super::canon::digest_of(text)
    }

    #[test]
    fn the_golden_vectors_come_out() {
        let before = digest(r#"{"format":"decimal","type":"string"}"#);
        assert!(before.starts_with("sha256:3ad0c848") && before.ends_with("5adf1"));
        let fingerprint = |rule, after: Option<&str>, cycle| {
            let after = after.map(digest);
            Prefix::new("orders", rule, Some(&before), after.as_deref(), cycle).at(ELEMENT)
        };
        let table = [
            (
                fingerprint(REMOVED, None, Some("dep:2026-03-01")),
                "593dfaa16f6d38c9ec434c5ec00f4774895d34c6",
            ),
            (
                fingerprint(REMOVED, None, Some("dep:2026-11-20")),
                "c21d1838f8818b3b9ea00b3577d25323ee51da0e",
            ),
            (
                fingerprint(CHANGED, Some(r#"{"type":"integer"}"#), None),
                "97b6bb3662386542ce8843440f02c552d0f0585e",
            ),
            (
                fingerprint(CHANGED, Some(r#"{"type":"number"}"#), None),
                "0dc8ed42844777803ec4198eaa7c0b325047d37b",
            ),
        ];
        for (found, expected) in table {
            assert_eq!(found, format!("cf1:{expected}"));
        }
    }
}
