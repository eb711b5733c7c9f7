//! What a document means: dialects, references, and the one model that rules and reports work on.

mod alike;
mod bundle;
mod check;
mod contract;
mod diagnostic;
mod dialect;
mod error;
mod formats;
mod lower;
mod media;
mod openapi2;
mod openapi3;
mod pattern;
mod referee;
mod refs;
mod schema;
mod schemas;
mod segment;
mod surface;
mod uri;
mod values;

pub use crate::inclusion::Types;
pub use alike::Alike;
pub use bundle::{At, Bundle, Document, FileId};
pub use contract::{
    Body, Component, Contract, DEFINITIONS, Encoding, Header, In, Link, Media, Operation,
    Parameter, Requirement, Response, Security, SecurityScheme, Server, Shape, Status, Surface,
    Wire,
};
pub use diagnostic::{Diagnostic, Level};
pub use dialect::{Assume, Dialect, Draft, UnknownKind, detect};
pub use error::{Fetch, LoadError, Unavailable};
pub use formats::language;
pub use media::MediaRange;
pub use pattern::{member_matches, pattern_error};
pub use referee::{Referee, Ruling};
pub use schema::{Bound, Conditional, Discriminator, Group, Property, Rest, Schema, Values};
pub use schemas::{Access, Atom, Key, SchemaId, Schemas};
pub use segment::{Segment, quoted};
pub use surface::{positional, read};
pub use values::{Lowering, Overlay, Projection, Twin};
