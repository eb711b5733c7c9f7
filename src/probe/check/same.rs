//! Whether two values are one.

use crate::inclusion;
use serde_json::Value;

/// Equal as JSON Schema has it: `1` is `1.0`, members have no order; a number is never a string.
#[must_use]
pub fn same(one: &Value, other: &Value) -> bool {
    match (
        inclusion::Value::from_json(one),
        inclusion::Value::from_json(other),
    ) {
        (Some(one), Some(other)) => one == other,
        // Numbers beyond what can be held exactly.
        _ => one == other,
    }
}
