//! Which resources are called what, as far as a validator could take one for another.

use crate::spec::bundle::Bundle;
use crate::tree::Kind;
use std::collections::BTreeMap;

/// Whether an anchor may be looked for in a resource that shares its name with another one: there the validator does
/// not give up but panics.
pub(super) fn is_doubtful(bundle: &Bundle) -> bool {
    let mut names = Vec::new();
    let mut anchored = false;
    for document in &bundle.files {
        let tree = &document.tree;
        let texts = |keyword: &str| {
            let keyword = tree.sym(keyword);
            let maps = tree.nodes().filter(|node| tree.kind(*node) == Kind::Map);
            maps.filter_map(move |node| tree.str(tree.entry_of(node, keyword?)?.value))
        };
        for keyword in ["$ref", "$dynamicRef", "$recursiveRef"] {
            anchored |= texts(keyword).any(|text| {
                let fragment = text.split_once('#').map_or("", |(_, fragment)| fragment);
                !fragment.is_empty() && !fragment.starts_with('/')
            });
        }
        names.push(Name::file(&document.path));
        for keyword in ["$id", "id"] {
            let ids = texts(keyword).filter(|id| !id.starts_with('#'));
            names.extend(ids.map(Name::id));
        }
    }
    anchored && may_coincide(names)
}

/// What a resource is called.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    last: String,
    /// The whole name, where nothing has to be known to tell it from others.
    whole: Option<String>,
    /// Whether even the last part may be spelt in another way.
    vague: bool,
}

impl Name {
    fn file(path: &str) -> Self {
        Self {
            whole: Some(path.to_owned()),
            ..Self::id(path)
        }
    }

    fn id(id: &str) -> Self {
        // Schemes and hosts compare without case; paths are taken to, for what is doubtful anyway.
        let id = id
            .split('#')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let last = id.rsplit('/').next().unwrap_or_default().to_owned();
        let after = id.strip_prefix("https://").or(id.strip_prefix("http://"));
        let plain = |rest: &str| !rest.contains([':', '@', '%', '?']) && !rest.contains("/.");
        Self {
            whole: after.is_some_and(plain).then(|| id.clone()),
            vague: id.contains('%') || last == "." || last == "..",
            last,
        }
    }
}

/// Whether two names may be the same: where a name is relative to something, its last part has to do.
fn may_coincide(names: Vec<Name>) -> bool {
    let mut by_last: BTreeMap<String, Vec<Name>> = BTreeMap::new();
    for name in names {
        if name.vague {
            return true;
        }
        by_last.entry(name.last.clone()).or_default().push(name);
    }
    by_last.into_values().any(|mut alike| {
        alike.sort_unstable();
        let relative = alike.iter().any(|name| name.whole.is_none());
        alike.len() > 1 && (relative || alike.windows(2).any(|pair| pair[0] == pair[1]))
    })
}
