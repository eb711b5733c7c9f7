//! What changes in a schema: one family of rules per file.

mod access;
mod additional;
mod arrays;
mod bounds;
mod branches;
mod contained;
mod count;
mod discriminator;
mod formats;
mod lengths;
mod logic;
pub(super) mod member;
mod members;
mod names;
mod notes;
mod proved;
mod sides;
mod sizes;
mod strings;
mod types;
mod values;

use super::Rule;

/// Every family.
pub static FAMILIES: &[&[Rule]] = &[
    types::RULES,
    bounds::RULES,
    lengths::RULES,
    sizes::RULES,
    contained::RULES,
    strings::RULES,
    formats::RULES,
    values::RULES,
    members::RULES,
    access::RULES,
    additional::RULES,
    names::RULES,
    arrays::RULES,
    branches::RULES,
    logic::RULES,
    notes::RULES,
    discriminator::RULES,
    proved::RULES,
];
