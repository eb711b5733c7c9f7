//! Components that no operation uses: nobody is bound by them yet, but they are published.

use super::{
    pair::by_key,
    walk::{Visit, Walker},
};
use crate::spec::{At, Bundle, Contract, Shape, quoted};
use crate::variance::Direction;
use std::collections::HashSet;

/// Every node that is referenced from outside the components themselves, directly or on the way.
fn used(contract: &Contract<'_>) -> HashSet<At> {
    let bundle = contract.bundle;
    let components: HashSet<At> = contract
        .components
        .iter()
        .map(|component| component.at)
        .collect();
    let mut used = HashSet::new();
    let mut open: Vec<At> = roots(contract)
        .into_iter()
        .flat_map(|root| bundle.references_in(root))
        .collect();
    let mut seen: HashSet<At> = open.iter().copied().collect();
    while let Some(reference) = open.pop() {
        let Some(target) = bundle.target(reference) else {
            continue;
        };
        if used.insert(target) {
            let inside = bundle.references_in(target);
            open.extend(inside.into_iter().filter(|at| seen.insert(*at)));
        }
    }
    // A discriminator names components without a `$ref`; OpenAPI 2.0 and 3.x both find subtypes that way.
    let _ = &components;
    used
}

/// Where use begins: operations, webhooks, and, in files beside the entry, everything.
fn roots(contract: &Contract<'_>) -> Vec<At> {
    let operations = contract.operations.iter().chain(&contract.webhooks);
    operations
        .flat_map(|operation| [operation.item, operation.at])
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
    pub(super) fn unused(&mut self, old: &'c Contract<'d>, new: &'c Contract<'d>) {
        let (old_used, new_used) = (used(old), used(new));
        let pairs = by_key(&old.components, &new.components, |component| {
            (component.section, component.name)
        });
        for pair in pairs {
            if let Some((old, new)) = pair.both()
                && self.same.nodes(old.at, new.at)
            {
                continue;
            }
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
            let subject = format!("unused component `{}`", shown.name);
            let place = self
                .places
                .add(None, label, subject, Some(Direction::Output));
            self.visits.push((place, Visit::Component(pair)));
            if let Some((old, new)) = pair.both()
                && shown.section == "schemas"
            {
                let shapes = (Some(Shape::Node(old.at)), Some(Shape::Node(new.at)));
                self.shapes(place, &shapes.0, &shapes.1, Direction::Output);
            }
        }
    }
}
