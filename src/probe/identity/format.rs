//! What is signed and what is sent, as texts with a closed set of holes: no calls, no nesting, nothing that is looked up by name.

use crate::tree::fields::Value;

/// A text with holes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Hole(Hole),
}

/// What a hole is filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hole {
    /// Seconds since 1970.
    Timestamp,
    /// In capitals.
    Method,
    /// From the first slash on, without the query, as it is sent.
    Path,
    /// After the question mark, as it is sent.
    Query,
    /// Byte by byte.
    Body,
    /// Another one for each request.
    Nonce,
    /// The signature in small hexadecimal digits.
    Hex,
    /// The signature in base64, with padding.
    Base64,
}

impl Hole {
    const fn name(self) -> &'static str {
        match self {
            Self::Timestamp => "timestamp",
            Self::Method => "method",
            Self::Path => "path",
            Self::Query => "query",
            Self::Body => "body",
            Self::Nonce => "nonce",
            Self::Hex => "hex",
            Self::Base64 => "base64",
        }
    }
}

impl Format {
    /// The holes of what is signed.
    pub(crate) const SIGNED: &'static [Hole] = &[
        Hole::Timestamp,
        Hole::Method,
        Hole::Path,
        Hole::Query,
        Hole::Body,
        Hole::Nonce,
    ];
    /// The holes of the header.
    pub(crate) const HEADER: &'static [Hole] =
        &[Hole::Timestamp, Hole::Nonce, Hole::Hex, Hole::Base64];

    pub(crate) fn read(value: Value<'_>, holes: &[Hole]) -> Option<Self> {
        let text = value.text()?;
        match Self::parse(text, holes) {
            Ok(format) => Some(format),
            Err(message) => {
                let names: Vec<String> = holes
                    .iter()
                    .map(|hole| format!("`${{{}}}`", hole.name()))
                    .collect();
                value.fault(
                    format!("{}{message}", value.name()),
                    format!("there are {}", names.join(", ")),
                );
                None
            }
        }
    }

    /// Reads a text with some of these holes; where the signature may stand, it has to.
    ///
    /// # Errors
    ///
    /// What is wrong, to be said after the format's name.
    pub fn parse(text: &str, holes: &[Hole]) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            let (name, after) = after
                .split_once('}')
                .ok_or_else(|| " has a `${` without its `}`".to_owned())?;
            let hole = holes.iter().find(|hole| hole.name() == name);
            let hole = hole.ok_or_else(|| {
                let name: String = name.chars().take(40).collect();
                format!(" has no `${{{name}}}`")
            })?;
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            pieces.push(Piece::Hole(*hole));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        let format = Self(pieces);
        let signature = [Hole::Hex, Hole::Base64];
        let signs = |hole: &Hole| signature.contains(hole);
        if holes.iter().any(signs) && !format.holes().any(|hole| signs(&hole)) {
            return Err(" has no place for the signature".to_owned());
        }
        Ok(format)
    }

    /// Fills the holes.
    pub fn fill(&self, with: impl Fn(Hole) -> Vec<u8>) -> Vec<u8> {
        let mut filled = Vec::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => filled.extend_from_slice(text.as_bytes()),
                Piece::Hole(hole) => filled.extend(with(*hole)),
            }
        }
        filled
    }

    fn holes(&self) -> impl Iterator<Item = Hole> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Text(_) => None,
            Piece::Hole(hole) => Some(*hole),
        })
    }
}
