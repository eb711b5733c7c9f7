//! `nullable: true` beside an `enum` without null: OpenAPI 3.0 refuses null there by the letter, and nearly every vendor means that it may stand
//! there.

use super::Against;
use crate::probe::drift::{atoms, here, item, member};
use crate::spec::{At, Shape};
use crate::text::Pointer;
use serde_json::Value;

/// A value that may stand in the place of a null that the contract calls nullable; none where it does not.
pub(super) fn stand_in(
    against: &Against<'_, '_>,
    shape: &Shape,
    body: &Value,
    at: &Pointer,
) -> Option<Value> {
    let schemas = &against.sampler.schemas;
    let key = schemas.key_of(schemas.of_shape(shape));
    let mut nodes: Vec<At> = key.atoms.iter().map(|atom| atom.at).collect();
    let mut value = body;
    for segment in at.segments() {
        let around = here(schemas, &nodes);
        (nodes, value) = match value {
            Value::Object(members) => {
                let found = member(schemas, &around, &segment)?;
                (found.nodes, members.get(segment.as_ref())?)
            }
            Value::Array(items) => {
                let index: usize = segment.parse().ok()?;
                (item(&around, index).nodes, items.get(index)?)
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return None,
        };
    }
    if !value.is_null() {
        return None;
    }
    let all = atoms(schemas, &nodes);
    let tree = |at: &At| schemas.bundle.tree(at.file);
    let is_nullable = |at: &At| {
        let said = tree(at).get(at.node, "nullable");
        said.and_then(|said| tree(at).bool(said)) == Some(true)
    };
    if !all.iter().any(is_nullable) {
        return None;
    }
    all.iter().find_map(|at| {
        let list = tree(at).get(at.node, "enum")?;
        let mut values = tree(at).items(list).iter();
        values.find_map(|value| tree(at).str(*value).map(Value::from))
    })
}
