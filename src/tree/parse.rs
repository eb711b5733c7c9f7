//! From bytes to a tree: encoding, choice of syntax, and the readers.

use super::{
    build::{Arena, Builder},
    document::Tree,
    error::{Flaw, ParseError, Read},
    json,
    node::Syntax,
    yaml,
};
use crate::text::Source;

/// Reads a document of a known syntax.
///
/// # Errors
/// When the text is not well-formed, has duplicate keys, nests too deep, or holds no value at all.
pub fn parse(source: Source, syntax: Syntax) -> Result<Tree, ParseError> {
    read(source, syntax, Manner::Contract(None))
}

fn read(source: Source, syntax: Syntax, manner: Manner<'_>) -> Result<Tree, ParseError> {
    match attempt(&source, syntax, manner) {
        Ok(arena) => Ok(Tree::new(source, syntax, arena)),
        Err(flaw) => Err(ParseError::new(&source, flaw)),
    }
}

/// What is expected of a document.
#[derive(Clone, Copy)]
enum Manner<'t> {
    /// A contract, which may say much that an older version says.
    Contract(Option<&'t Tree>),
    /// A file that a person keeps by hand: it needs no ornaments, and they are noted.
    Plain,
}

/// Reads a document as found in a file: checks the encoding, and chooses the syntax by the first character
/// and the name. What starts like JSON but is not is tried as YAML, unless the name ends in `.json`.
///
/// # Errors
/// As [`parse`], and when the bytes are not UTF-8.
pub fn parse_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Tree, ParseError> {
    parse_bytes_beside(name, bytes, None)
}

/// The same for a document that may say much that an older version says, which then need not be read again.
///
/// # Errors
/// As [`parse_bytes`].
pub fn parse_bytes_beside(
    name: impl Into<String>,
    bytes: Vec<u8>,
    older: Option<&Tree>,
) -> Result<Tree, ParseError> {
    any_syntax(decode(name.into(), bytes)?, Manner::Contract(older))
}

/// Reads a file that is no contract, and that is to have neither anchors nor aliases nor tags: they are kept as
/// [`Tree::ornaments`], tags mean nothing, and `<<` is a key like any other.
///
/// # Errors
/// As [`parse_bytes`].
pub fn parse_plain(name: impl Into<String>, bytes: Vec<u8>) -> Result<Tree, ParseError> {
    any_syntax(decode(name.into(), bytes)?, Manner::Plain)
}

fn any_syntax(source: Source, manner: Manner<'_>) -> Result<Tree, ParseError> {
    let extension = source
        .name()
        .rsplit_once('.')
        .map(|(_, extension)| extension);
    let named = |expected: &str| {
        extension.is_some_and(|extension| extension.eq_ignore_ascii_case(expected))
    };
    let body = source.text().trim_start_matches('\u{feff}').trim_start();
    if named("json") {
        return read(source, Syntax::Json, manner);
    }
    if !body.starts_with(['{', '[']) {
        return read(source, Syntax::Yaml, manner);
    }
    let json = match attempt(&source, Syntax::Json, manner) {
        Ok(arena) => return Ok(Tree::new(source, Syntax::Json, arena)),
        Err(flaw) if !flaw.is_syntactic() => return Err(ParseError::new(&source, flaw)),
        Err(flaw) => flaw,
    };
    let yaml = match attempt(&source, Syntax::Yaml, manner) {
        Ok(arena) => return Ok(Tree::new(source, Syntax::Yaml, arena)),
        Err(flaw) => flaw,
    };
    // Whichever reader understood more of the text knows better what it was meant to be.
    let meant = named("yaml") || named("yml") || yaml.offset() > json.offset();
    let flaw = if meant { yaml } else { json };
    Err(ParseError::new(&source, flaw))
}

/// An offset of a text whose length has been checked.
#[expect(
    clippy::cast_possible_truncation,
    reason = "texts of 4 GiB are refused first"
)]
pub(super) const fn offset(at: usize) -> u32 {
    at as u32
}

fn attempt(source: &Source, syntax: Syntax, manner: Manner<'_>) -> Read<Arena> {
    if u32::try_from(source.text().len()).is_err() {
        return Err(Flaw::new(0, "the file is 4 GiB or larger")
            .help("split the contract into files that refer to each other"));
    }
    let (older, plain) = match manner {
        Manner::Contract(older) => (older, false),
        Manner::Plain => (None, true),
    };
    let start = source.body_start() as usize;
    if source.text()[start..].trim().is_empty() {
        return Err(Flaw::new(0, "the file is empty").help(if plain {
            "write what it is for into it, or remove the file"
        } else {
            "a contract is an OpenAPI document or a JSON Schema; was the file written out?"
        }));
    }
    let mut builder = Builder::new(source.text(), plain);
    match syntax {
        Syntax::Json => json::read(&mut builder, start, older)?,
        Syntax::Yaml => yaml::read(&mut builder, start)?,
    }
    builder.finish().ok_or_else(|| {
        Flaw::new(0, "the file holds only comments, and no document").help(if plain {
            "write what it is for into it, or remove the file"
        } else {
            "a contract is an OpenAPI document or a JSON Schema; was it commented out?"
        })
    })
}

fn decode(name: String, bytes: Vec<u8>) -> Result<Source, ParseError> {
    let zero = |at: usize| bytes.get(at) == Some(&0);
    let foreign = match bytes[..] {
        // A byte order mark, or, for text starts with ASCII, the zeros around its first character.
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] | [_, 0, 0, 0, ..] | [0, 0, 0, _, ..] => {
            Some("UTF-32")
        }
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Some("UTF-16"),
        [_, _, ..] if zero(0) != zero(1) => Some("UTF-16"),
        _ => None,
    };
    if let Some(encoding) = foreign {
        let flaw = Flaw::new(0, format!("the file is {encoding}, not UTF-8")).help(format!(
            "save it as UTF-8: `iconv -f {encoding} -t UTF-8`, or `Out-File -Encoding utf8` in PowerShell"
        ));
        return Err(ParseError::new(&Source::new(name, ""), flaw));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Source::new(name, text)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let mut bytes = error.into_bytes();
            let wrong = bytes[at];
            bytes.truncate(at);
            let before = Source::new(name, String::from_utf8(bytes).unwrap_or_default());
            let flaw = Flaw::new(
                u32::try_from(at).unwrap_or(u32::MAX),
                format!("the file is not UTF-8: the byte 0x{wrong:02X} starts no character here"),
            )
            .help("save it as UTF-8; if it is Latin-1, `iconv -f LATIN1 -t UTF-8` converts it");
            Err(ParseError::new(&before, flaw))
        }
    }
}
