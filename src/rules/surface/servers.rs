//! Servers: where operations are reached.

use super::words::keyword;
use crate::rules::{Content, Detect, Hit, Rule, View};
use crate::spec::{At, Bundle, Contract, Dialect, Operation, Server, positional};
use crate::variance::Effect;
use std::collections::BTreeSet;

pub(super) static RULES: &[Rule] = &[
    Rule {
        id: "server-base-path-changed",
        effect: Effect::Shifts,
        except: &[],
        message: "every path stands below {new}, formerly below {old}",
        docs: "\
The path that servers put in front of every operation became another one, and the operations did not make up for it.

Every call of every consumer goes to an address that is gone.
Where one version names no server, its base path is a guess, and so is the break.
Serve both base paths until every consumer has moved.
",
        detect: Detect::Document(|view, hits| {
            let Some((old, new)) = &view.comparison.base_changed else {
                return;
            };
            let nodes = (said(view.old_bundle()), said(view.new_bundle()));
            let mut hit = Hit::nodes(nodes.0, nodes.1).hole("old", old).hole("new", new);
            if view.comparison.old.servers.is_empty() || view.comparison.new.servers.is_empty() {
                hit = hit.effect(Effect::Alters);
            }
            hits.push(hit);
        }),
    },
    Rule {
        id: "server-base-path-removed",
        effect: Effect::Removes,
        except: &[],
        message: "{subject} was removed, and no other one serves {path}",
        docs: "\
One of several base paths is gone.

A consumer that calls below it gets an error, though others get through.
Serve it until every consumer has moved.
",
        detect: Detect::Server(|view, hits| {
            if let Some(server) = view.pair.gone()
                && standing(view)
                && !serves(&view.comparison.new.servers, &server.base_path)
            {
                let path = if server.base_path.is_empty() { "/" } else { &server.base_path };
                hits.push(removed(server).hole("path", path));
            }
        }),
    },
    Rule {
        id: "server-removed",
        effect: Effect::Alters,
        except: &[],
        message: "{subject} was removed",
        docs: "\
A server is gone, and others serve the same base path.

Paths and values stay the same, but a consumer that calls this host may reach nobody.
Let the host answer until every consumer has moved.
",
        detect: Detect::Server(|view, hits| {
            if let Some(server) = view.pair.gone()
                && standing(view)
                && serves(&view.comparison.new.servers, &server.base_path)
                && swapped(view, server).is_none()
            {
                hits.push(removed(server));
            }
        }),
    },
    Rule {
        id: "server-changed",
        effect: Effect::Alters,
        except: &[],
        message: "{subject} became {new}",
        docs: "\
A server has another host or scheme; its base path is the same.

Paths and values stay the same, but a consumer that calls the old host may reach nobody.
Let the old host answer until every consumer has moved.
",
        detect: Detect::Server(|view, hits| {
            if let Some(server) = view.pair.gone()
                && standing(view)
                && let Some(new) = swapped(view, server)
            {
                hits.push(
                    Hit::at(Some(server.at), Some(new.at))
                        .before(Content::text(&address(server)))
                        .after(Content::text(&address(new)))
                        .hole("old", address(server))
                        .hole("new", address(new)),
                );
            }
        }),
    },
    Rule {
        id: "server-added",
        effect: Effect::Adds,
        except: &[],
        message: "{subject} was added",
        docs: "\
There is one more server.

Nobody is hurt: the others answer as before.
Nothing to do.
",
        detect: Detect::Server(|view, hits| {
            if let Some(server) = view.pair.fresh()
                && standing(view)
            {
                let alone = lone(view, &server.base_path, false);
                let gone = lone(view, &server.base_path, true).len();
                let index = alone.iter().position(|one| std::ptr::eq(*one, server));
                if index.is_none_or(|index| index >= gone) {
                    let hit = Hit::at(None, Some(server.at)).hole("new", address(server));
                    hits.push(hit.after(Content::text(&address(server))));
                }
            }
        }),
    },
    Rule {
        id: "operation-base-path-changed",
        effect: Effect::Shifts,
        except: &[],
        message: "{subject} stands below {new}, formerly below {old}",
        docs: "\
The servers of one operation or path put another path in front of it.

Every call of the operation goes to an address that is gone.
Serve both addresses until every consumer has moved.
",
        detect: Detect::Operation(|view, hits| {
            if let Some((old, new)) = own_servers(view)
                && !addresses(view, true).is_subset(&addresses(view, false))
            {
                let show = |servers: &[Server<'_>]| {
                    let paths: BTreeSet<&str> =
                        servers.iter().map(|server| server.base_path.as_str()).collect();
                    let shown: Vec<&str> = paths
                        .into_iter()
                        .map(|path| if path.is_empty() { "/" } else { path })
                        .collect();
                    if shown.is_empty() { "/".to_owned() } else { shown.join(", ") }
                };
                let hit = servers_hit(view).hole("old", show(old)).hole("new", show(new));
                hits.push(hit);
            }
        }),
    },
    Rule {
        id: "operation-servers-changed",
        effect: Effect::Alters,
        except: &[],
        message: "{subject} is served by {new}, formerly by {old}",
        docs: "\
The servers of one operation or path changed; the path in front of it is served as before.

Paths and values stay the same, but a consumer that calls a host that is gone may reach nobody. One more server hurts
nobody.
Let the old hosts answer until every consumer has moved.
",
        detect: Detect::Operation(|view, hits| {
            let Some((old, new)) = own_servers(view) else {
                return;
            };
            let hosts = |servers: &[Server<'_>]| -> BTreeSet<String> {
                servers.iter().map(address).collect()
            };
            let (before, after) = (hosts(old), hosts(new));
            if before == after || !addresses(view, true).is_subset(&addresses(view, false)) {
                return;
            }
            let show = |hosts: &BTreeSet<String>| {
                let shown: Vec<&str> = hosts.iter().map(String::as_str).collect();
                if shown.is_empty() { "no named server".to_owned() } else { shown.join(", ") }
            };
            let mut hit = servers_hit(view).hole("old", show(&before)).hole("new", show(&after));
            if before.is_subset(&after) {
                hit = hit.effect(Effect::Adds);
            }
            hits.push(hit);
        }),
    },
    Rule {
        id: "server-documentation-changed",
        effect: Effect::Annotates,
        except: &[],
        message: "the words about the servers changed",
        docs: "\
The description or a variable of a server changed; the addresses are the same.

Nothing on the wire changes.
Nothing to do.
",
        detect: Detect::Document(|view, hits| {
            let (old, new) = (&view.comparison.old.servers, &view.comparison.new.servers);
            let same = |one: &Server<'_>, other: &Server<'_>| address(one) == address(other);
            if old.len() == new.len()
                && old.iter().zip(new).all(|(one, other)| same(one, other))
                && view.old_bundle().dialect != Dialect::Swagger2
                && view.new_bundle().dialect != Dialect::Swagger2
                && !old.is_empty()
            {
                let roots = (view.old_bundle().root(), view.new_bundle().root());
                let mut found = crate::rules::Hits::default();
                super::words::reworded(view, roots, &["servers"], &mut found);
                hits.0.append(&mut found.0);
            }
        }),
    },
];

/// Where a document says its base path.
fn said(bundle: &Bundle) -> Option<At> {
    let root = bundle.root();
    ["servers", "basePath", "host"]
        .into_iter()
        .find_map(|key| bundle.get(root, key))
}

fn address(server: &Server<'_>) -> String {
    let path = if server.base_path.is_empty() {
        "/"
    } else {
        &server.base_path
    };
    format!("{}{path}", server.origin)
}

fn removed(server: &Server<'_>) -> Hit {
    Hit::at(Some(server.at), None)
        .before(Content::text(&address(server)))
        .hole("old", address(server))
}

/// Whether one of the servers has this base path; where none is named, it is the root.
fn serves(servers: &[Server<'_>], base_path: &str) -> bool {
    (servers.is_empty() && base_path.is_empty())
        || servers.iter().any(|server| server.base_path == base_path)
}

/// Whether some base path of the document survived; else the paths moved as a whole, which is told for all of them.
fn standing(view: &View<'_, '_, '_, Server<'_>>) -> bool {
    let (old, new) = (&view.comparison.old.servers, &view.comparison.new.servers);
    (old.is_empty() && serves(new, "")) || old.iter().any(|server| serves(new, &server.base_path))
}

/// The servers of one side that the other does not have, of one base path.
fn lone<'c, 'd>(
    view: &View<'_, 'c, 'd, Server<'d>>,
    base_path: &str,
    gone: bool,
) -> Vec<&'c Server<'d>> {
    let (old, new) = (view.comparison.old, view.comparison.new);
    let (here, there): (&'c Contract<'d>, &'c Contract<'d>) =
        if gone { (old, new) } else { (new, old) };
    here.servers
        .iter()
        .filter(|one| one.base_path == base_path)
        .filter(|one| {
            !there
                .servers
                .iter()
                .any(|other| address(other) == address(one))
        })
        .collect()
}

/// The new server that took the place of one that is gone.
fn swapped<'c, 'd>(
    view: &View<'_, 'c, 'd, Server<'d>>,
    server: &Server<'d>,
) -> Option<&'c Server<'d>> {
    let gone = lone(view, &server.base_path, true);
    let index = gone.iter().position(|one| std::ptr::eq(*one, server))?;
    lone(view, &server.base_path, false).get(index).copied()
}

type Sides<'c, 'd> = (&'c [Server<'d>], &'c [Server<'d>]);

/// The servers of an operation before and after, when it has its own on either side.
fn own_servers<'c, 'd>(view: &View<'_, 'c, 'd, Operation<'d>>) -> Option<Sides<'c, 'd>> {
    let (old, new) = view.pair.both()?;
    if old.servers.is_none() && new.servers.is_none() {
        return None;
    }
    let (document_old, document_new) = (&view.comparison.old.servers, &view.comparison.new.servers);
    Some((
        old.servers.as_deref().unwrap_or(document_old),
        new.servers.as_deref().unwrap_or(document_new),
    ))
}

/// Every address of an operation below its hosts.
fn addresses<'d>(view: &View<'_, '_, 'd, Operation<'d>>, before: bool) -> BTreeSet<String> {
    let (Some((old, new)), Some(servers)) = (view.pair.both(), own_servers(view)) else {
        return BTreeSet::new();
    };
    let (path, servers) = if before {
        (old.path, servers.0)
    } else {
        (new.path, servers.1)
    };
    let path = positional(path);
    if servers.is_empty() {
        return BTreeSet::from([path]);
    }
    servers
        .iter()
        .map(|server| format!("{}{path}", server.base_path))
        .collect()
}

/// A hit on the `servers` of the operation, of its path item, or of the document.
fn servers_hit<'d>(view: &View<'_, '_, 'd, Operation<'d>>) -> Hit {
    let Some((old, new)) = view.pair.both() else {
        return Hit::default();
    };
    let said = |bundle: &Bundle, operation: &Operation<'_>| {
        [operation.at, operation.item, bundle.root()]
            .into_iter()
            .find_map(|at| bundle.get(at, "servers"))
    };
    let nodes = (said(view.old_bundle(), old), said(view.new_bundle(), new));
    match nodes {
        (None, None) => keyword(view, (old.at, new.at), "servers"),
        (old, new) => Hit::nodes(old, new),
    }
}
