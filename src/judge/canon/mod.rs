//! Content in canonical form, and its digest: equal when two contents mean the same, whatever their spelling.
//!
//! The text is RFC 8785 JSON of the lowered schema: `$ref` and `allOf` taken apart, documentation dropped, sets sorted,
//! defaults left out, keyword names as 2020-12 spells them. A digest has to come out the same on every machine, at any
//! size, and whether a schema stands inline or behind a `$ref`. So:
//!
//! 1. A schema met again inside itself is `{"$rec": n}`, n enclosing schemas up.
//! 2. A schema that needs nothing around it and whose text is longer than 4,096 bytes is written where it is used as
//!    `{"$digest": "sha256:…"}` of its text: written out, schemas shared by thousands of places make a text without end.
//! 3. Real contracts have thousands of schemas that all lead to each other, and the text of 1. has a part for each path
//!    among them. Where more than 12 do (or fewer, by more than 200 paths), each is `{"$digest": colour}` instead. The
//!    colours come from partition refinement: first the digest of the schema's own text, schemas of the group left
//!    blank; then, round by round, of that and the colours of the schemas it leads to, until no more schemas differ.
//!    A round sees one step further, so a stable colour alone tells schemas of one group apart but says nothing of an
//!    edit many steps away; the final colour therefore binds all colours of the group.
//!
//! Within a group, schemas that mean the same count as one, so a cycle unrolled inside it is no edit.

mod jcs;
mod node;
mod recursion;
mod refine;
mod schema;
mod shape;
#[cfg(test)]
mod tests;

use crate::rules::Content;
use crate::spec::{Bundle, Schemas};
use crate::text::Source;
use crate::tree::{Syntax, parse};
use recursion::Units;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The digest of canonical JSON text: `sha256:` and 64 hexadecimal digits.
pub(super) fn digest_of(canonical: &str) -> String {
    let mut state = Sha256::new();
    state.update(b"contract.content/v1\0");
    state.update(canonical.as_bytes());
    named(&state.finalize())
}

/// A hash with the name of its algorithm.
fn named(hash: &[u8]) -> String {
    let mut out = String::with_capacity(71);
    out.push_str("sha256:");
    for byte in hash {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// What stands for a text that is too long.
fn reference(digest: &str) -> String {
    format!(r#"{{"$digest":"{digest}"}}"#)
}

/// Canonical forms of one side.
#[derive(Debug)]
pub(super) struct Canon<'a, 'd> {
    units: Units<'a, 'd>,
}

impl<'a, 'd> Canon<'a, 'd> {
    /// For the documents these schemas are read from.
    pub(super) fn new(schemas: &'a Schemas<'d>) -> Self {
        Self {
            units: Units::new(schemas),
        }
    }

    fn bundle(&self) -> &'d Bundle {
        self.units.schemas.bundle
    }

    /// The digest of a before or an after.
    pub(super) fn digest(&mut self, content: &Content) -> String {
        let unit = match content {
            Content::Schema(id) => self.units.schema(*id),
            Content::Node(at) => match node::content(&mut self.units, *at) {
                node::Known::Unit(unit) => unit,
                node::Known::Text(text) => return digest_of(&text),
            },
            Content::Json(text) => {
                let canonical = match parse(Source::new("value", text.as_str()), Syntax::Json) {
                    Ok(tree) => jcs::data(&tree, tree.root()),
                    Err(_) => jcs::quoted(text),
                };
                return digest_of(&canonical);
            }
        };
        self.units.digest(unit)
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
                let key = self.units.schemas.key_of(*id);
                let parts: Vec<String> = key.atoms.iter().map(|atom| write(atom.at)).collect();
                match parts.as_slice() {
                    [one] => one.clone(),
                    parts => format!(r#"{{"allOf":[{}]}}"#, parts.join(",")),
                }
            }
        }
    }
}
