//! Security schemes: how credentials are shown, and where they come from.

use super::words::equal;
use crate::diff::Comparison;
use crate::rules::{Detect, Hit, Rule, View};
use crate::spec::{Contract, Operation, SecurityScheme, quoted};
use crate::variance::Effect;
use std::collections::BTreeSet;

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "security-scheme-removed",
        effect: Effect::Removes,
        except: &[],
        message: "{subject} was removed",
        docs: "\
The description of a way to authenticate is gone.

Where operations still need it, a consumer no longer learns how to get in. Where none does, the requirements say who
is hurt.
Keep the description as long as an operation needs it.
",
        detect: Detect::Scheme(|view, hits| {
            if let Some(scheme) = view.pair.gone()
                && successor(view.comparison, scheme.name) == scheme.name
            {
                let mut hit = Hit::nodes(Some(scheme.at), None);
                if !needs(view.comparison.new, scheme.name) {
                    hit = hit.effect(Effect::Alters);
                }
                hits.push(hit);
            }
        }),
    },
    Rule {
        id: "security-scheme-added",
        effect: Effect::Adds,
        except: &[],
        message: "{subject} was added",
        docs: "\
A way to authenticate is described that was not before.

Nobody is hurt: the requirements of the operations say where it is needed.
Nothing to do.
",
        detect: Detect::Scheme(|view, hits| {
            if let Some(scheme) = view.pair.fresh()
                && predecessor(view.comparison, scheme.name).is_none()
            {
                hits.push(Hit::nodes(None, Some(scheme.at)));
            }
        }),
    },
    Rule {
        id: "security-scheme-renamed",
        effect: Effect::Annotates,
        except: &[],
        message: "{subject} is called `{new}` now",
        docs: "\
A security scheme got another name in the document.

Nothing on the wire changes. Generated clients may name a setting after it.
Nothing to do.
",
        detect: Detect::Scheme(|view, hits| {
            if let Some(scheme) = view.pair.gone()
                && let name = successor(view.comparison, scheme.name)
                && name != scheme.name
            {
                let fresh = view.comparison.new.schemes.iter().find(|new| new.name == name);
                hits.push(Hit::nodes(Some(scheme.at), fresh.map(|new| new.at)).hole("new", name));
            }
        }),
    },
    Rule {
        id: "security-scheme-type-changed",
        effect: Effect::Shifts,
        except: &[],
        message: "{subject} is of type {new}, formerly {old}",
        docs: "\
A security scheme became one of another type.

Credentials that were shown the old way are turned away.
Describe the new way under a new name, and let operations accept either until every consumer has moved.
",
        detect: Detect::Scheme(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && old.kind != new.kind
            {
                let hit = super::words::keyword(view, (old.at, new.at), "type");
                hits.push(used(view, hit.hole("old", old.kind).hole("new", new.kind)));
            }
        }),
    },
    Rule {
        id: "security-scheme-detail-changed",
        effect: Effect::Shifts,
        except: &[],
        message: "`{what}` of {subject} is {new}, formerly {old}",
        docs: "\
What goes over the wire to authenticate changed.

It is the name or the place of a key, the scheme of the `Authorization` header, or a URL that issues tokens.
A consumer that keeps to the old way shows its credentials where nobody looks, or asks for a token where none is
issued. A `bearerFormat` is a hint and hurts nobody.
Describe the new way under a new name, and let operations accept either until every consumer has moved.
",
        detect: Detect::Scheme(|view, hits| {
            let Some((old, new)) = view.pair.both() else {
                return;
            };
            if old.kind != new.kind {
                return;
            }
            let (before, after) = (flows(old), flows(new));
            let keys: BTreeSet<&String> = old.details.keys().chain(new.details.keys()).collect();
            for key in keys {
                let lone_flow = flow_of(key)
                    .is_some_and(|flow| before.contains(flow) != after.contains(flow));
                let (was, is) = (old.details.get(key), new.details.get(key));
                let texts = (was.map(|(text, _)| *text), is.map(|(text, _)| *text));
                if lone_flow || same_detail(old, key, texts) {
                    continue;
                }
                let show = |text: Option<&str>| {
                    text.map_or_else(|| "not said".to_owned(), |text| format!("`{text}`"))
                };
                let mut hit = Hit::nodes(was.map(|(_, at)| *at), is.map(|(_, at)| *at))
                    .hole("what", key)
                    .hole("old", show(texts.0))
                    .hole("new", show(texts.1));
                hit = used(view, hit);
                if key == "bearerFormat" {
                    hit = hit.effect(Effect::Annotates);
                }
                hits.push(hit);
            }
        }),
    },
    Rule {
        id: "oauth-flow-removed",
        effect: Effect::Removes,
        except: &[],
        message: "the {flow} flow of {subject} was removed",
        docs: "\
One of the ways to get a token is gone.

A consumer that gets its tokens that way gets none any more.
Keep issuing tokens that way until every consumer has moved.
",
        detect: Detect::Scheme(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && old.kind == new.kind
            {
                for flow in flows(old).difference(&flows(new)) {
                    let hit = Hit::nodes(flow_node(view, flow).0, None).hole("flow", flow);
                    hits.push(used(view, hit.tail(format!(" > flow:{}", quoted(flow)))));
                }
            }
        }),
    },
    Rule {
        id: "oauth-flow-added",
        effect: Effect::Adds,
        except: &[],
        message: "the {flow} flow of {subject} was added",
        docs: "\
There is one more way to get a token.

Nobody is hurt.
Nothing to do.
",
        detect: Detect::Scheme(|view, hits| {
            if let Some((old, new)) = view.pair.both()
                && old.kind == new.kind
            {
                for flow in flows(new).difference(&flows(old)) {
                    let hit = Hit::nodes(None, flow_node(view, flow).1).hole("flow", flow);
                    hits.push(hit.tail(format!(" > flow:{}", quoted(flow))));
                }
            }
        }),
    },
    Rule {
        id: "oauth-scope-removed",
        effect: Effect::Removes,
        except: &[],
        message: "{subject} does not offer the scope `{scope}` any more in the {flow} flow",
        docs: "\
A scope that tokens could carry is gone.

A consumer that asks for it is refused a token, often for all the scopes it asked for together.
Keep offering it, and deprecate it first.
",
        detect: Detect::Scheme(|view, hits| {
            let Some((old, new)) = view.pair.both() else {
                return;
            };
            let after = flows(new);
            for ((flow, scope), at) in &old.scopes {
                let key = (flow.clone(), *scope);
                if after.contains(flow.as_str()) && !new.scopes.contains_key(&key) {
                    let hit = Hit::nodes(Some(*at), None).hole("flow", flow);
                    let hit = hit.hole("scope", scope).tail(tail(flow, scope));
                    hits.push(used(view, hit));
                }
            }
        }),
    },
    Rule {
        id: "oauth-scope-added",
        effect: Effect::Adds,
        except: &[],
        message: "{subject} offers the scope `{scope}` in the {flow} flow",
        docs: "\
Tokens can carry one more scope.

Nobody is hurt: the requirements of the operations say where it is needed.
Nothing to do.
",
        detect: Detect::Scheme(|view, hits| {
            let Some((old, new)) = view.pair.both() else {
                return;
            };
            let before = flows(old);
            for ((flow, scope), at) in &new.scopes {
                let key = (flow.clone(), *scope);
                if before.contains(flow.as_str()) && !old.scopes.contains_key(&key) {
                    let hit = Hit::nodes(None, Some(*at)).hole("flow", flow);
                    hits.push(hit.hole("scope", scope).tail(tail(flow, scope)));
                }
            }
        }),
    },
    Rule {
        id: "security-scheme-documentation-changed",
        effect: Effect::Annotates,
        except: &[],
        message: "the {what} of {subject} changed",
        docs: "\
The words about a security scheme or one of its scopes changed.

Nothing on the wire changes, though users may read the words of a scope when they consent.
Nothing to do.
",
        detect: Detect::Scheme(|view, hits| {
            let Some((old, new)) = view.pair.both() else {
                return;
            };
            super::words::reworded(view, (old.at, new.at), &["description"], hits);
            for (key, at) in &old.scopes {
                if let Some(after) = new.scopes.get(key)
                    && !equal(view, Some(*at), Some(*after))
                {
                    let hit = Hit::nodes(Some(*at), Some(*after)).tail(tail(&key.0, key.1));
                    hits.push(hit.hole("what", format!("scope `{}`", key.1)));
                }
            }
        }),
    },
];

fn tail(flow: &str, scope: &str) -> String {
    format!(" > flow:{} > scope:{}", quoted(flow), quoted(scope))
}

/// What no operation needs hurts at most somebody who read ahead.
fn used(view: &View<'_, '_, '_, SecurityScheme<'_>>, hit: Hit) -> Hit {
    let name = view.pair.old.map_or("", |scheme| scheme.name);
    if needs(view.comparison.old, name) || needs(view.comparison.new, name) {
        hit
    } else {
        hit.effect(Effect::Alters)
    }
}

/// Whether any operation names the scheme.
fn needs(contract: &Contract<'_>, name: &str) -> bool {
    fn one(operation: &Operation<'_>, name: &str) -> bool {
        let own = operation
            .security
            .alternatives
            .iter()
            .any(|requirement| requirement.schemes.contains_key(name));
        own || operation
            .callbacks
            .iter()
            .any(|callback| one(callback, name))
    }
    let operations = contract.operations().iter().chain(contract.webhooks());
    operations.into_iter().any(|operation| one(operation, name))
}

/// The name under which the new version knows an old scheme: its own, unless only the name changed.
pub(super) fn successor<'d>(comparison: &Comparison<'_, 'd>, name: &'d str) -> &'d str {
    let (old, new) = (&comparison.old.schemes, &comparison.new.schemes);
    let is = |scheme: &&SecurityScheme<'d>| scheme.name == name;
    let Some(scheme) = old
        .iter()
        .find(is)
        .filter(|_| !new.iter().any(|new| is(&new)))
    else {
        return name;
    };
    // The first of the old names without a successor takes the first of the new ones that look like it.
    let alike = |other: &&SecurityScheme<'d>| same_wire(scheme, other);
    let rank = old
        .iter()
        .filter(|one| !new.iter().any(|new| new.name == one.name))
        .filter(alike)
        .position(|one| one.name == name);
    new.iter()
        .filter(|one| !old.iter().any(|old| old.name == one.name))
        .filter(alike)
        .nth(rank.unwrap_or_default())
        .map_or(name, |scheme| scheme.name)
}

fn predecessor<'d>(comparison: &Comparison<'_, 'd>, name: &str) -> Option<&'d str> {
    let mut old = comparison.old.schemes.iter().map(|scheme| scheme.name);
    old.find(|old| *old != name && successor(comparison, old) == name)
}

fn same_wire(one: &SecurityScheme<'_>, other: &SecurityScheme<'_>) -> bool {
    let details = |scheme: &SecurityScheme<'_>| -> Vec<(String, String)> {
        let details = scheme.details.iter();
        details
            .filter(|(key, _)| *key != "bearerFormat")
            .map(|(key, (text, _))| (key.clone(), (*text).to_owned()))
            .collect()
    };
    one.kind == other.kind
        && details(one) == details(other)
        && one.scopes.keys().eq(other.scopes.keys())
}

/// Names of HTTP schemes and of headers compare without case (RFC 9110 5.1 and 11.1).
fn same_detail(
    scheme: &SecurityScheme<'_>,
    key: &str,
    texts: (Option<&str>, Option<&str>),
) -> bool {
    let in_header = scheme
        .details
        .get("in")
        .is_some_and(|(place, _)| *place == "header");
    match texts {
        (Some(old), Some(new)) if key == "scheme" || (key == "name" && in_header) => {
            old.eq_ignore_ascii_case(new)
        }
        (old, new) => old == new,
    }
}

fn flow_of(key: &str) -> Option<&str> {
    key.strip_prefix("flows.")?.split('.').next()
}

fn flows<'s>(scheme: &'s SecurityScheme<'_>) -> BTreeSet<&'s str> {
    let named = scheme.details.keys().filter_map(|key| flow_of(key));
    named
        .chain(scheme.scopes.keys().map(|(flow, _)| flow.as_str()))
        .collect()
}

/// The nodes of a flow; in Swagger 2.0 the scheme is its own only flow.
fn flow_node(
    view: &View<'_, '_, '_, SecurityScheme<'_>>,
    flow: &str,
) -> (Option<crate::spec::At>, Option<crate::spec::At>) {
    let find = |bundle: &crate::spec::Bundle, scheme: Option<&SecurityScheme<'_>>| {
        let at = scheme?.at;
        let inside = bundle
            .get(at, "flows")
            .and_then(|map| bundle.get(map, flow));
        Some(inside.unwrap_or(at))
    };
    (
        find(view.old_bundle(), view.pair.old),
        find(view.new_bundle(), view.pair.new),
    )
}
