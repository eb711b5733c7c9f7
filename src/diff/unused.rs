//! Components that no operation uses: nobody is bound by them yet, but they are published.

use super::{pair::by_key, subtypes::Subtypes, visit::Visit, walk::Walker};
use crate::spec::{At, Bundle, Contract, DEFINITIONS, Shape, quoted};
use crate::variance::Direction;
use foldhash::{HashSet, HashSetExt as _};

/// Every node that the operations, or the root of a bare schema, lead to.
fn used(contract: &Contract<'_>, subtypes: &Subtypes<'_>) -> HashSet<At> {
    let bundle = contract.bundle;
    let mut used = HashSet::new();
    let mut seen = HashSet::new();
    let mut open: Vec<At> = Vec::new();
    let enter = |at: At, open: &mut Vec<At>, seen: &mut HashSet<At>| {
        let parts = if contract.schema == Some(at) {
            said(bundle, at)
        } else {
            vec![at]
        };
        let references = parts.into_iter().flat_map(|at| bundle.references_in(at));
        open.extend(references.filter(|at| seen.insert(*at)));
    };
    for root in roots(contract) {
        enter(root, &mut open, &mut seen);
    }
    if let Some(schema) = contract.schema.filter(|at| bundle.is_ref(*at)) {
        open.push(schema);
    }
    while let Some(reference) = open.pop() {
        let mut reached: Vec<At> = bundle.target(reference).into_iter().collect();
        while let Some(at) = reached.pop() {
            if used.insert(at) {
                enter(at, &mut open, &mut seen);
                // Whoever uses a base meets its subtypes.
                reached.extend(subtypes.of_node(at).iter().map(|(_, at)| *at));
            }
        }
    }
    used
}

/// What a bare schema says itself: everything but its definitions.
fn said(bundle: &Bundle, schema: At) -> Vec<At> {
    bundle
        .entries(schema)
        .filter(|(key, _)| !DEFINITIONS.contains(key))
        .map(|(_, at)| at)
        .collect()
}

/// Where use begins: the operations, and the references that lead to their path items; or a bare schema.
fn roots(contract: &Contract<'_>) -> Vec<At> {
    let bundle = contract.bundle;
    if let Some(schema) = contract.schema {
        return vec![schema];
    }
    let document = ["paths", "webhooks", "x-webhooks"]
        .into_iter()
        .filter_map(|key| bundle.get(bundle.root(), key));
    let operations = contract.operations().iter().chain(contract.webhooks());
    document
        .chain(operations.flat_map(|operation| [operation.item, operation.at]))
        .collect()
}

fn is_used(bundle: &Bundle, used: &HashSet<At>, at: At) -> bool {
    used.contains(&at)
        || bundle
            .follow(at)
            .is_some_and(|target| used.contains(&target))
}

impl<'c, 'd> Walker<'_, 'c, 'd> {
    /// Visits the components that nothing uses, on either side.
    pub(super) fn unused(
        &mut self,
        old: &'c Contract<'d>,
        new: &'c Contract<'d>,
        directions: &[Direction],
    ) {
        let kind = if new.schema.is_some() {
            "definition"
        } else {
            "component"
        };
        let mut pairs = by_key(&old.components, &new.components, |component| {
            (component.section, component.name)
        });
        pairs.retain(|pair| {
            let same = pair
                .both()
                .map(|(old, new)| self.same.nodes(old.at, new.at));
            same != Some(true)
        });
        if pairs.is_empty() {
            return;
        }
        let subtypes = &self.same.subtypes;
        let (old_used, new_used) = (used(old, &subtypes.0), used(new, &subtypes.1));
        for pair in pairs {
            let in_use = pair
                .old
                .is_some_and(|component| is_used(old.bundle, &old_used, component.at))
                || pair
                    .new
                    .is_some_and(|component| is_used(new.bundle, &new_used, component.at));
            let Some(shown) = pair.old.or(pair.new) else {
                continue;
            };
            if in_use || shown.section == "securitySchemes" {
                continue;
            }
            let label = format!("component:{}:{}", shown.section, quoted(shown.name));
            let subject = format!("unused {kind} `{}`", shown.name);
            let place = self.places.add(None, &label, &subject, Some(directions[0]));
            self.visits.push((place, Visit::Component(pair)));
            let Some((old, new)) = pair.both().filter(|_| shown.section == "schemas") else {
                continue;
            };
            let shapes = (Shape::Node(old.at), Shape::Node(new.at));
            self.shapes(place, Some(&shapes.0), Some(&shapes.1), directions[0]);
            for direction in &directions[1..] {
                let place = self.places.add(None, &label, &subject, Some(*direction));
                self.shapes(place, Some(&shapes.0), Some(&shapes.1), *direction);
            }
        }
    }
}
