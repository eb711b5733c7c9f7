//! One step from a schema to a subschema.

use super::Elements;
use crate::diff::{
    branches,
    covering::{after_prefix, covering, rest_schema},
};
use crate::spec::{At, Property, SchemaId, Segment};

impl Elements<'_, '_> {
    pub(super) fn step(&self, id: SchemaId, segment: &Segment) -> Option<SchemaId> {
        let schema = self.schemas.get(id);
        let named = |list: &[Property<'_>], name: &str| -> Option<Vec<At>> {
            let mut list = list.iter();
            let found = list.find(|property| property.name == name)?;
            Some(found.nodes.clone())
        };
        let nodes = match segment {
            Segment::Property(name) => match schema.property(name) {
                Some(property) => property.nodes.clone(),
                None => covering(&schema, name),
            },
            Segment::Pattern(pattern) => named(&schema.pattern_properties, pattern)?,
            Segment::Additional => rest_schema(&schema)?,
            Segment::Items => after_prefix(&schema),
            Segment::Prefix(index) => schema
                .prefix
                .get(*index)
                .cloned()
                .unwrap_or_else(|| after_prefix(&schema)),
            Segment::Contains => schema.contains.clone(),
            Segment::Names => schema.names.clone(),
            Segment::Branch(label) => {
                return branches::labelled(&self.schemas, id)
                    .into_iter()
                    .find_map(|(found, id)| (found == *label).then_some(id));
            }
            Segment::Not => schema.nots.first().copied().into_iter().collect(),
            Segment::If => schema.conditionals.iter().map(|one| one.when).collect(),
            Segment::Then => schema
                .conditionals
                .iter()
                .filter_map(|one| one.then)
                .collect(),
            Segment::Else => schema
                .conditionals
                .iter()
                .filter_map(|one| one.otherwise)
                .collect(),
            Segment::Dependent(name) => named(&schema.dependent_schemas, name)?,
            Segment::Content => schema.content_schema.clone(),
        };
        (!nodes.is_empty()).then(|| self.schemas.of_nodes(&nodes))
    }
}
