//! What a caller had to show and has to show now, as alternatives of conjunctions.

use super::schemes::successor;
use crate::rules::View;
use crate::spec::{Operation, Requirement};
use std::collections::{BTreeMap, BTreeSet};

/// One difference between what was and what is needed.
#[derive(Debug)]
pub(super) enum Need<'c, 'd> {
    /// Anyone could call; now something is needed.
    Closed,
    /// Something was needed; now anyone may call.
    Opened,
    /// What an old caller shows is not enough, and nothing new resembles it.
    Gone(&'c Requirement<'d>),
    /// Something else is enough now.
    Fresh(&'c Requirement<'d>),
    /// One more scheme is needed beside those that were.
    SchemeMore(&'c Requirement<'d>, &'c Requirement<'d>, &'d str),
    /// One scheme fewer is needed.
    SchemeLess(&'c Requirement<'d>, &'c Requirement<'d>, &'d str),
    /// One more scope of a scheme is needed.
    ScopeMore(&'c Requirement<'d>, &'c Requirement<'d>, &'d str, &'d str),
    /// One scope fewer is needed.
    ScopeLess(&'c Requirement<'d>, &'c Requirement<'d>, &'d str, &'d str),
}

type Schemes<'d> = BTreeMap<&'d str, BTreeSet<&'d str>>;

/// An alternative with its schemes under the names of the new version.
struct Alternative<'c, 'd> {
    written: Option<&'c Requirement<'d>>,
    schemes: Schemes<'d>,
}

/// What callers of the operation have to show more, less, or instead.
pub(super) fn differences<'c, 'd>(view: &View<'_, 'c, 'd, Operation<'d>>) -> Vec<Need<'c, 'd>> {
    let Some((old, new)) = view.pair.both() else {
        return Vec::new();
    };
    let alike = |a: &Requirement<'_>, b: &Requirement<'_>| a.schemes == b.schemes;
    let (before, after) = (&old.security.alternatives, &new.security.alternatives);
    if before.len() == after.len() && before.iter().zip(after).all(|(a, b)| alike(a, b)) {
        return Vec::new();
    }
    let before = read(before, |name| successor(view.comparison, name));
    let after = read(after, |name| name);
    let mut found = Vec::new();
    for one in &before {
        if after
            .iter()
            .any(|other| enough(&one.schemes, &other.schemes))
        {
            continue;
        }
        match (one.written, nearest(one, &after)) {
            (None, _) => found.push(Need::Closed),
            (Some(written), None) => found.push(Need::Gone(written)),
            (Some(written), Some((kin, other))) => {
                more(&one.schemes, &other.schemes, |name, scope| match scope {
                    None => found.push(Need::SchemeMore(written, kin, name)),
                    Some(scope) => found.push(Need::ScopeMore(written, kin, name, scope)),
                });
            }
        }
    }
    for other in &after {
        if before
            .iter()
            .any(|one| enough(&other.schemes, &one.schemes))
        {
            continue;
        }
        match (other.written, nearest(other, &before)) {
            (None, _) => found.push(Need::Opened),
            (Some(written), None) => found.push(Need::Fresh(written)),
            (Some(written), Some((kin, one))) => {
                more(&other.schemes, &one.schemes, |name, scope| match scope {
                    None => found.push(Need::SchemeLess(kin, written, name)),
                    Some(scope) => found.push(Need::ScopeLess(kin, written, name, scope)),
                });
            }
        }
    }
    found
}

/// No alternative at all is one that needs nothing, and so is an empty one.
fn read<'c, 'd>(
    list: &'c [Requirement<'d>],
    name: impl Fn(&'d str) -> &'d str,
) -> Vec<Alternative<'c, 'd>> {
    let open = Alternative {
        written: None,
        schemes: Schemes::new(),
    };
    if list.is_empty() {
        return vec![open];
    }
    list.iter()
        .map(|requirement| Alternative {
            written: (!requirement.schemes.is_empty()).then_some(requirement),
            schemes: requirement
                .schemes
                .iter()
                .map(|(scheme, scopes)| (name(scheme), scopes.clone()))
                .collect(),
        })
        .collect()
}

/// Whether what meets `shown` meets `needed`.
fn enough(shown: &Schemes<'_>, needed: &Schemes<'_>) -> bool {
    needed
        .iter()
        .all(|(name, scopes)| shown.get(name).is_some_and(|shown| scopes.is_subset(shown)))
}

/// The alternative that shares the most schemes, and of those the one that differs least.
fn nearest<'a, 'c, 'd>(
    one: &Alternative<'c, 'd>,
    among: &'a [Alternative<'c, 'd>],
) -> Option<(&'c Requirement<'d>, &'a Alternative<'c, 'd>)> {
    let shared = |other: &Alternative<'c, 'd>| {
        let names = other.schemes.keys();
        names.filter(|name| one.schemes.contains_key(*name)).count()
    };
    let apart = |other: &Alternative<'c, 'd>| {
        let mut count = 0usize;
        more(&one.schemes, &other.schemes, |_, _| count += 1);
        more(&other.schemes, &one.schemes, |_, _| count += 1);
        count
    };
    among
        .iter()
        .filter_map(|other| Some((other.written?, other)))
        .filter(|(_, other)| shared(other) > 0)
        .min_by_key(|(_, other)| (std::cmp::Reverse(shared(other)), apart(other)))
}

/// What `needed` asks for beyond `shown`: a scheme, or a scope of one.
fn more<'d>(
    shown: &Schemes<'d>,
    needed: &Schemes<'d>,
    mut found: impl FnMut(&'d str, Option<&'d str>),
) {
    for (name, scopes) in needed {
        match shown.get(name) {
            None => found(name, None),
            Some(shown) => {
                for scope in scopes.difference(shown) {
                    found(name, Some(scope));
                }
            }
        }
    }
}
