//! Content in canonical form, and its digest.

use crate::rules::Content;
use crate::spec::{Bundle, Schemas};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The digest of canonical JSON text: `sha256:` and 64 hexadecimal digits.
pub(super) fn digest_of(canonical: &str) -> String {
    let mut state = Sha256::new();
    state.update(b"contract.content/v1\0");
    state.update(canonical.as_bytes());
    let mut out = String::with_capacity(71);
    out.push_str("sha256:");
    for byte in state.finalize() {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// Canonical forms of one side.
#[derive(Debug)]
pub(super) struct Canon<'a, 'd> {
    schemas: &'a Schemas<'d>,
}

impl<'a, 'd> Canon<'a, 'd> {
    /// For the documents these schemas are read from.
    pub(super) fn new(schemas: &'a Schemas<'d>) -> Self {
        Self { schemas }
    }

    fn bundle(&self) -> &'d Bundle {
        self.schemas.bundle
    }

    /// The digest of a before or an after.
    pub(super) fn digest(&mut self, content: &Content) -> String {
        digest_of(&self.json(content))
    }

    /// The content as written, as JSON text.
    pub(super) fn json(&self, content: &Content) -> String {
        let write = |at: crate::spec::At| {
            let mut out = String::new();
            match self.bundle().tree(at.file).write_json(at.node, &mut out) {
                Ok(()) => out,
                Err(_) => "null".to_owned(),
            }
        };
        match content {
            Content::Json(text) => text.clone(),
            Content::Node(at) => write(*at),
            Content::Schema(id) => {
                let key = self.schemas.key_of(*id);
                let parts: Vec<String> = key.atoms.iter().map(|atom| write(atom.at)).collect();
                match parts.as_slice() {
                    [one] => one.clone(),
                    parts => format!(r#"{{"allOf":[{}]}}"#, parts.join(",")),
                }
            }
        }
    }
}
