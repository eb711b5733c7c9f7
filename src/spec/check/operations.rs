//! Paths and operations: whether each is told from the others, and whether its placeholders are declared.

use super::{Part, Walk};
use crate::spec::{
    bundle::At,
    diagnostic::Level,
    dialect::Dialect,
    surface::{METHODS, placeholders, positional, server},
};
use crate::tree::Kind;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Operations met so far.
#[derive(Default)]
struct Met<'d> {
    /// By method and path with its placeholders by position: the spelling.
    paths: HashMap<(&'d str, String), String>,
    ids: HashMap<&'d str, (At, String)>,
    /// What was said about two paths once.
    told: HashSet<(String, String)>,
}

impl<'d> Walk<'d> {
    pub(super) fn paths(&mut self) {
        let bundle = self.bundle;
        let paths = bundle.get(bundle.root(), "paths");
        let Some(paths) = paths.filter(|at| self.is_a(*at, Kind::Map)) else {
            return;
        };
        let bases = self.bases(bundle.root());
        let mut met = Met::default();
        for (path, item) in bundle.entries(paths) {
            if path.starts_with("x-") {
                continue;
            }
            self.open.push((item, Part::PathItem));
            let referenced = bundle.follow(item).filter(|target| *target != item);
            let field = |key: &str| {
                bundle
                    .get(item, key)
                    .or_else(|| bundle.get(referenced?, key))
            };
            let own = [Some(item), referenced]
                .into_iter()
                .flatten()
                .find_map(|at| bundle.get(at, "servers").map(|_| at));
            let item_bases = own.and_then(|at| self.bases(at));
            let mut operations: Vec<(&'d str, At)> = METHODS
                .into_iter()
                .filter_map(|method| Some((method, field(method)?)))
                .collect();
            if let Some(more) = field("additionalOperations") {
                operations.extend(bundle.entries(more));
            }
            let shared = field("parameters");
            for (method, operation) in operations {
                let operation = bundle.follow(operation).unwrap_or(operation);
                let operation_bases = self.bases(operation);
                let effective = operation_bases
                    .as_ref()
                    .or(item_bases.as_ref())
                    .or(bases.as_ref());
                self.told_apart(&mut met, (paths, path), method, effective);
                let label = format!("{} {path}", method.to_ascii_uppercase());
                self.operation_id(&mut met, operation, &label);
                self.placeholders(path, (paths, operation), method, shared);
            }
        }
    }

    /// The base paths of the servers at a node, when it has some of its own.
    fn bases(&self, at: At) -> Option<BTreeSet<String>> {
        let bundle = self.bundle;
        if bundle.dialect == Dialect::Swagger2 {
            return None;
        }
        let list = bundle.get(at, "servers")?;
        let bases: BTreeSet<String> = bundle
            .items(list)
            .filter_map(|at| Some(server(bundle, at, bundle.text(at, "url")?).base_path))
            .collect();
        (!bases.is_empty()).then_some(bases)
    }

    fn told_apart(
        &mut self,
        met: &mut Met<'d>,
        (paths, path): (At, &'d str),
        method: &'d str,
        bases: Option<&BTreeSet<String>>,
    ) {
        let none = BTreeSet::from([String::new()]);
        for base in bases.unwrap_or(&none) {
            let whole = format!("{base}{path}");
            let Some(other) = met.paths.get(&(method, positional(&whole))) else {
                met.paths.insert((method, positional(&whole)), whole);
                continue;
            };
            let (other, method) = (other.clone(), method.to_ascii_uppercase());
            if !met.told.insert((method.clone() + &other, path.to_owned())) {
                continue;
            }
            let (rule, message) = if other == whole {
                (
                    "operation-duplicate",
                    format!(
                        "{method} {whole} is declared twice, once its server's path is joined in front"
                    ),
                )
            } else {
                (
                    "path-ambiguous",
                    format!("{method} {whole} and {method} {other} match the same requests"),
                )
            };
            self.report_key(rule, Level::Error, paths, path, message);
        }
    }

    fn operation_id(&mut self, met: &mut Met<'d>, operation: At, label: &str) {
        let bundle = self.bundle;
        let (Some(id), Some(at)) = (
            bundle.text(operation, "operationId"),
            bundle.get(operation, "operationId"),
        ) else {
            return;
        };
        let Some((known, first)) = met.ids.get(id) else {
            met.ids.insert(id, (operation, label.to_owned()));
            return;
        };
        // A path item that two paths share has one operation.
        if *known != operation {
            let message = format!("`operationId` {id} names {first} and {label}");
            self.report("operation-id-duplicate", Level::Error, at, message);
        }
    }

    fn placeholders(
        &mut self,
        path: &'d str,
        (paths, operation): (At, At),
        method: &str,
        shared: Option<At>,
    ) {
        let bundle = self.bundle;
        let mut declared: Vec<(&'d str, At)> = Vec::new();
        for list in [bundle.get(operation, "parameters"), shared]
            .into_iter()
            .flatten()
        {
            for item in bundle.items(list) {
                // Whoever cannot be read may be the one that is missed.
                let Some(at) = bundle.follow(item) else {
                    return;
                };
                if bundle.text(at, "in") == Some("path")
                    && let Some(name) = bundle.text(at, "name")
                    && !declared.iter().any(|(known, _)| *known == name)
                {
                    declared.push((name, item));
                }
            }
        }
        let method = method.to_ascii_uppercase();
        let wanted: Vec<&str> = placeholders(path).map(plain).collect();
        for name in &wanted {
            // `{?q}` and its like are templates of another kind (RFC 6570).
            let simple = !name.starts_with(['?', '&', '#', '/', '.', ';', '+']);
            if simple && !declared.iter().any(|(known, _)| plain(known) == *name) {
                let message = format!("{method} {path} has no parameter for `{{{name}}}`");
                self.report_key(
                    "path-parameter-undeclared",
                    Level::Error,
                    paths,
                    path,
                    message,
                );
            }
        }
        for (name, at) in declared {
            if !wanted.contains(&plain(name)) {
                let message = format!("path parameter `{name}` has no place in {path}");
                // A list of the item's speaks for several operations.
                self.report("path-parameter-unused", Level::Warning, at, message);
            }
        }
    }
}

/// A placeholder's name; gateways mark one that takes the rest of the path.
fn plain(name: &str) -> &str {
    name.trim_end_matches(['+', '*'])
}
