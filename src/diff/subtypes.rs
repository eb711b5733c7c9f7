//! Discriminator inheritance: a base names no alternatives, and its subtypes are the components that `allOf` it.

use crate::spec::{At, Bundle, SchemaId, Schemas};
use foldhash::{HashMap, HashSet};
use std::collections::BTreeMap;

/// Subtypes by the discriminator's value.
pub type Heirs<'v, 'd> = &'v [(&'d str, At)];

/// The subtypes of every base of one side.
#[derive(Debug, Default)]
pub struct Subtypes<'d> {
    /// By base: the discriminator's value and the subtype; sorted by value.
    by_base: HashMap<At, Vec<(&'d str, At)>>,
}

impl<'d> Subtypes<'d> {
    /// Finds the bases of a bundle and what descends from them.
    #[must_use]
    pub fn find(bundle: &'d Bundle) -> Self {
        if !bundle.dialect.is_api() {
            return Self::default();
        }
        let components = bundle
            .get(bundle.root(), "components")
            .and_then(|components| bundle.get(components, "schemas"))
            .or_else(|| bundle.get(bundle.root(), "definitions"));
        let schemas = components.into_iter().flat_map(|map| bundle.entries(map));
        let schemas: Vec<(&'d str, At)> = schemas.collect();
        let bases = schemas.iter().map(|(_, at)| *at);
        let mut found: HashMap<At, BTreeMap<&'d str, At>> = bases
            .filter(|at| is_base(bundle, *at))
            .map(|at| (at, mapping(bundle, at).collect()))
            .collect();
        if found.is_empty() {
            return Self::default();
        }
        let written: HashSet<(At, At)> = found
            .iter()
            .flat_map(|(base, values)| values.values().map(|at| (*base, *at)))
            .collect();
        for (name, at) in schemas {
            for base in ancestors(bundle, at) {
                if let Some(values) = found.get_mut(&base)
                    && !written.contains(&(base, at))
                {
                    values.entry(name).or_insert(at);
                }
            }
        }
        let by_base = found
            .into_iter()
            .map(|(base, subtypes)| (base, subtypes.into_iter().collect()))
            .collect();
        Self { by_base }
    }

    /// The subtypes of a base; none for any other node.
    #[must_use]
    pub fn of_node(&self, at: At) -> &[(&'d str, At)] {
        self.by_base.get(&at).map_or(&[], Vec::as_slice)
    }

    /// The subtypes a schema stands for: those of the base it references, unless it is one of them itself.
    #[must_use]
    pub fn of_schema(&self, schemas: &Schemas<'d>, id: SchemaId) -> &[(&'d str, At)] {
        if self.by_base.is_empty() {
            return &[];
        }
        let key = schemas.key_of(id);
        let stands_for = |subtypes: &[(&str, At)]| {
            !subtypes.is_empty()
                && !key
                    .atoms
                    .iter()
                    .any(|atom| subtypes.iter().any(|(_, at)| *at == atom.at))
        };
        key.atoms
            .iter()
            .map(|atom| self.of_node(atom.at))
            .find(|subtypes| stands_for(subtypes))
            .unwrap_or(&[])
    }
}

/// The subtypes of two bases that have the same value.
pub(super) fn paired<'a>(
    old: &'a [(&'a str, At)],
    new: &'a [(&'a str, At)],
) -> impl Iterator<Item = (&'a str, At, At)> {
    old.iter().filter_map(|(value, before)| {
        let after = new.iter().find(|(other, _)| other == value)?.1;
        Some((*value, *before, after))
    })
}

/// A schema with a discriminator that lists no alternatives.
fn is_base(bundle: &Bundle, at: At) -> bool {
    bundle.get(at, "discriminator").is_some()
        && bundle.get(at, "oneOf").is_none()
        && bundle.get(at, "anyOf").is_none()
}

/// The values that a schema's discriminator writes down, with the schemas they lead to.
fn mapping(bundle: &Bundle, at: At) -> impl Iterator<Item = (&str, At)> {
    let map = bundle
        .get(at, "discriminator")
        .and_then(|discriminator| bundle.get(discriminator, "mapping"));
    let entries = map.into_iter().flat_map(|map| bundle.entries(map));
    entries.filter_map(move |(value, node)| {
        let text = bundle.tree(node.file).str(node.node)?;
        let target = bundle.follow(bundle.named(node, text)?)?;
        // The value of the base itself is no subtype.
        (target != at).then_some((value, target))
    })
}

/// What a schema extends: the targets of the references in its `allOf`, theirs included.
fn ancestors(bundle: &Bundle, at: At) -> Vec<At> {
    let mut found = Vec::new();
    let mut seen = HashSet::from_iter([at]);
    let mut open = vec![at];
    while let Some(at) = open.pop() {
        let parts = bundle
            .get(at, "allOf")
            .into_iter()
            .flat_map(|all| bundle.items(all));
        for part in parts {
            let Some(target) = bundle.follow(part) else {
                continue;
            };
            if seen.insert(target) {
                open.push(target);
                if target != part {
                    found.push(target);
                }
            }
        }
    }
    found
}
