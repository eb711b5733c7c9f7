//! The way that led to a schema, as far as `$dynamicRef` and `$recursiveRef` depend on it.

use super::resources::{Resource, ResourceId, Resources};
use crate::spec::At;
use foldhash::HashMap;
use std::collections::BTreeMap;

/// A dynamic scope by its place in the table; the first is the empty one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ScopeId(u32);

/// The most ways to tell apart: resources that refer to each other in every order have more of them than there is room.
const MOST: usize = 1_000;

/// What the resources on the way decided.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Scope {
    /// By name, the `$dynamicAnchor` of the outermost resource that has it.
    pub(super) dynamic: BTreeMap<String, At>,
    /// The outermost resource with `$recursiveAnchor: true`.
    pub(super) outermost: Option<At>,
    /// The outermost one before which every resource has it, too.
    pub(super) unbroken: Option<At>,
}

impl ScopeId {
    /// Any way: there are too many.
    pub(super) const LOST: Self = Self(u32::MAX);
}

/// All scopes met.
#[derive(Debug)]
pub(super) struct Scopes {
    list: Vec<Scope>,
    known: HashMap<Scope, ScopeId>,
    entered: HashMap<(ScopeId, ResourceId), ScopeId>,
}

impl Default for Scopes {
    fn default() -> Self {
        Self {
            list: vec![Scope::default()],
            known: std::iter::once((Scope::default(), ScopeId::default())).collect(),
            entered: HashMap::default(),
        }
    }
}

impl Scopes {
    /// `None` where the way is lost.
    pub(super) fn get(&self, id: ScopeId) -> Option<&Scope> {
        self.list.get(id.0 as usize)
    }

    /// The scope inside a resource.
    pub(super) fn enter(
        &mut self,
        resources: &Resources,
        from: ScopeId,
        resource: ResourceId,
    ) -> ScopeId {
        if !resources.dynamic {
            return from;
        }
        if let Some(id) = self.entered.get(&(from, resource)) {
            return *id;
        }
        let id = match self.get(from) {
            Some(outer) => self.intern(inside(outer, resources.get(resource))),
            None => ScopeId::LOST,
        };
        self.entered.insert((from, resource), id);
        id
    }

    fn intern(&mut self, scope: Scope) -> ScopeId {
        if let Some(id) = self.known.get(&scope) {
            return *id;
        }
        if self.list.len() >= MOST {
            return ScopeId::LOST;
        }
        let id = u32::try_from(self.list.len()).map_or(ScopeId::LOST, ScopeId);
        self.list.push(scope.clone());
        self.known.insert(scope, id);
        id
    }
}

fn inside(outer: &Scope, resource: &Resource) -> Scope {
    let mut scope = outer.clone();
    for (name, at) in resource.dynamic() {
        scope.dynamic.entry(name.to_owned()).or_insert(at);
    }
    if resource.recursive {
        scope.outermost = scope.outermost.or(Some(resource.root));
        scope.unbroken = scope.unbroken.or(Some(resource.root));
    } else {
        scope.unbroken = None;
    }
    scope
}
