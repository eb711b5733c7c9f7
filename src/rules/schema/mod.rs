//! What changes in a schema: one family of rules per file.

mod bounds;
mod contained;
mod count;
mod lengths;
mod sides;
mod sizes;
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
    values::RULES,
];
