//! Short ids for contracts, from their paths.

use super::super::find;
use std::collections::BTreeMap;

/// File names that say what a contract is, and not which.
const GENERIC: [&str; 8] = [
    "openapi", "swagger", "api", "spec", "schema", "index", "main", "root",
];

/// An id for each path: the file's name, or its folder's where the file is called like all others; the path where two would
/// be the same.
pub(super) fn ids<'p>(paths: impl Iterator<Item = &'p str>) -> BTreeMap<String, String> {
    let mut named: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for path in paths {
        named.entry(short(path)).or_default().push(path);
    }
    let mut ids = BTreeMap::new();
    for (short, paths) in named {
        let shared = paths.len() > 1;
        for path in paths {
            let id = if shared {
                fit(&find::id(path))
            } else {
                short.clone()
            };
            ids.insert(path.to_owned(), id);
        }
    }
    ids
}

fn short(path: &str) -> String {
    let id = find::id(path);
    let mut names = id.rsplit('/');
    let name = names.next().unwrap_or_default();
    // `order.schema.json` is about orders.
    let name = name.strip_suffix(".schema").unwrap_or(name);
    let generic = GENERIC.contains(&name.to_ascii_lowercase().as_str());
    match names.next() {
        Some(folder) if generic => fit(folder),
        Some(_) | None => fit(name),
    }
}

/// What may stand in an id; anything else becomes a hyphen.
fn fit(text: &str) -> String {
    let fit: String = text
        .chars()
        .map(|c| {
            let may = c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '+');
            if may { c } else { '-' }
        })
        .collect();
    let fit = fit.trim_matches(['-', '.', '/']);
    if fit.is_empty() { "contract" } else { fit }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_short_where_they_can_be() {
        let paths = [
            "contracts/orders/openapi.yaml",
            "contracts/events/order.schema.json",
            "a/items.yaml",
            "b/items.yaml",
            "openapi.json",
            "my api (v2).yaml",
        ];
        let ids = ids(paths.into_iter());
        let of: Vec<&str> = paths.iter().map(|path| ids[*path].as_str()).collect();
        assert_eq!(
            of,
            [
                "orders",
                "order",
                "a/items",
                "b/items",
                "openapi",
                "my-api--v2"
            ]
        );
    }
}
