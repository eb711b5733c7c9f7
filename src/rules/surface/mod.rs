//! Rules about the surface: what may be called, with what, and what comes back.

mod channels;
mod document;
mod operations;
mod servers;
mod words;

use super::Rule;

/// Every family.
pub static FAMILIES: &[&[Rule]] = &[
    document::RULES,
    servers::RULES,
    operations::RULES,
    channels::RULES,
];
