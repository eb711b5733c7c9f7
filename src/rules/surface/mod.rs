//! Families of rules.

use super::Rule;

/// Every family.
pub static FAMILIES: &[&[Rule]] = &[];
