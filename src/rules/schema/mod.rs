//! What changes in a schema: one family of rules per file.

mod bounds;
mod sides;
mod types;
mod values;

use super::Rule;

/// Every family.
pub static FAMILIES: &[&[Rule]] = &[types::RULES, bounds::RULES, values::RULES];
