//! Documents as trees: JSON and YAML read into one arena that knows where each value was written.

mod ambiguity;
mod build;
mod document;
mod edit;
mod error;
pub mod fields;
mod graft;
mod json;
mod keys;
mod locate;
mod merge;
mod misread;
mod node;
mod parse;
mod same;
mod scalar;
mod string;
mod tag;
mod write;
mod yaml;

pub use ambiguity::{Ambiguity, Reading};
pub use document::{Entries, Tree};
pub use edit::{Edit, edited};
pub use error::ParseError;
pub use graft::overlap;
pub use node::{Entry, Kind, NodeId, Ornament, OrnamentKind, Sym, Syntax, Warning};
pub use parse::{parse, parse_bytes, parse_bytes_beside, parse_plain};
pub use write::TooLarge;
