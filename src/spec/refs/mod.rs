//! `$ref`: where each one leads, across files, `$id`s, and anchors.

mod data;
mod resolve;

pub(super) use resolve::{files_wanted, is_known_id, named, resolve_all};

use super::{
    bundle::At,
    dialect::{Dialect, Draft},
    uri,
};
use crate::tree::{Kind, NodeId, Sym, Tree};
use foldhash::HashMap;
use std::ops::Range;

/// Where one reference leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Unresolved,
    Node(At),
    /// A published metaschema: known, and never compared.
    Metaschema,
    Dangling,
}

#[derive(Debug)]
struct Site {
    node: NodeId,
    value: NodeId,
    target: Target,
}

/// The references of one file, by the node that holds them.
#[derive(Debug, Default)]
pub(super) struct RefTable {
    sites: Vec<Site>,
    /// A bit for each node: whether it is a reference. Asked far more often than answered with yes.
    marked: Vec<u64>,
    /// `$id` to the node that declares it, absolute where the file allows.
    ids: HashMap<String, NodeId>,
    /// Anchors by name; a name declared twice keeps its first node.
    anchors: HashMap<String, NodeId>,
    /// `$id`-bearing nodes below the root with their base URI, outermost first.
    bases: Vec<(NodeId, String)>,
    path: String,
}

/// What leads to another schema, the first that stands there.
pub(super) const REF_KEYWORDS: [&str; 3] = ["$ref", "$dynamicRef", "$recursiveRef"];
const ANCHOR_KEYWORDS: [&str; 2] = ["$anchor", "$dynamicAnchor"];

impl RefTable {
    pub(super) fn collect(path: &str, tree: &Tree, dialect: Dialect) -> Self {
        let mut table = Self {
            path: path.to_owned(),
            ..Self::default()
        };
        let id_keyword = match dialect.draft() {
            Draft::D4 if dialect.is_api() => None,
            Draft::D4 => Some("id"),
            Draft::D6 | Draft::D7 | Draft::D2019 | Draft::D2020 => Some("$id"),
        };
        let mut identified = Vec::new();
        // Looked up once: most documents have hundreds of thousands of nodes and few of these keywords.
        let refs: Vec<Sym> = REF_KEYWORDS
            .iter()
            .filter_map(|keyword| tree.sym(keyword))
            .collect();
        let id = id_keyword.and_then(|keyword| tree.sym(keyword));
        let anchors: Vec<Sym> = ANCHOR_KEYWORDS
            .iter()
            .filter(|_| id_keyword.is_some())
            .filter_map(|keyword| tree.sym(keyword))
            .collect();
        if refs.is_empty() && id.is_none() && anchors.is_empty() {
            return table;
        }
        let text = |node, keyword| {
            let value = tree.entry_of(node, keyword)?.value;
            Some((value, tree.str(value)?))
        };
        for node in tree.nodes().filter(|node| tree.kind(*node) == Kind::Map) {
            if let Some((value, _)) = refs.iter().find_map(|keyword| text(node, *keyword)) {
                table.sites.push(Site {
                    node,
                    value,
                    target: Target::Unresolved,
                });
            }
            if let Some((_, id)) = id.and_then(|keyword| text(node, keyword)) {
                identified.push((node, id));
            }
            for (_, name) in anchors.iter().filter_map(|keyword| text(node, *keyword)) {
                table.anchors.entry(name.to_owned()).or_insert(node);
            }
        }
        table.sites.sort_by_key(|site| site.node);
        table.marked = vec![0; tree.len() / 64 + 1];
        for site in &table.sites {
            table.marked[site.node.index() / 64] |= 1 << (site.node.index() % 64);
        }
        table.index_ids(tree, identified);
        table
    }

    fn index_ids(&mut self, tree: &Tree, mut identified: Vec<(NodeId, &str)>) {
        // Children come before parents, so the outermost node has the highest id.
        identified.sort_by_key(|(node, _)| std::cmp::Reverse(*node));
        for (node, id) in identified {
            if let Some(name) = id.strip_prefix('#') {
                // Before 2019-09 a fragment-only `$id` is an anchor.
                self.anchors.entry(name.to_owned()).or_insert(node);
                continue;
            }
            let base = self.base_of(tree, node);
            let absolute = uri::join(&base, id.trim_end_matches('#'));
            self.ids.entry(absolute.clone()).or_insert(node);
            self.bases.push((node, absolute));
        }
    }

    /// The base URI that references inside `node` are resolved against.
    fn base_of(&self, tree: &Tree, node: NodeId) -> String {
        let inside = |outer: NodeId| {
            let (outer, inner) = (tree.span(outer), tree.span(node));
            outer.start <= inner.start && inner.end <= outer.end
        };
        self.bases
            .iter()
            .rev()
            .filter(|(outer, _)| inside(*outer))
            .min_by_key(|(outer, _)| tree.span(*outer).end - tree.span(*outer).start)
            .map_or_else(|| self.path.clone(), |(_, base)| base.clone())
    }

    /// The `$id`s of the file.
    pub(super) fn ids(&self) -> impl Iterator<Item = (&str, NodeId)> {
        self.ids.iter().map(|(id, node)| (id.as_str(), *node))
    }

    fn site(&self, node: NodeId) -> Option<&Site> {
        let index = self
            .sites
            .binary_search_by_key(&node, |site| site.node)
            .ok()?;
        Some(&self.sites[index])
    }

    /// Whether the node is a reference.
    pub(super) fn is_ref(&self, node: NodeId) -> bool {
        let word = self.marked.get(node.index() / 64);
        word.is_some_and(|word| word >> (node.index() % 64) & 1 == 1)
    }

    /// Where the reference at `node` leads.
    pub(super) fn target(&self, node: NodeId) -> Option<At> {
        if !self.is_ref(node) {
            return None;
        }
        match self.site(node)?.target {
            Target::Node(at) => Some(at),
            Target::Unresolved | Target::Metaschema | Target::Dangling => None,
        }
    }

    /// The reference nodes with an id in `range`, in order.
    pub(super) fn within(&self, range: Range<u32>) -> impl Iterator<Item = NodeId> {
        self.sites_within(range).iter().map(|site| site.node)
    }

    fn sites_within(&self, range: Range<u32>) -> &[Site] {
        let place = |index: u32| {
            self.sites
                .partition_point(|site| site.node.index() < index as usize)
        };
        &self.sites[place(range.start)..place(range.end)]
    }

    /// Whether the references with an id in `range` lead where those of another table lead, in the same order.
    pub(super) fn lead_alike(
        &self,
        range: Range<u32>,
        (other, beside): (&Self, Range<u32>),
        counterpart: impl Fn(At) -> Option<At>,
    ) -> bool {
        let (mine, theirs) = (self.sites_within(range), other.sites_within(beside));
        mine.len() == theirs.len()
            && mine
                .iter()
                .zip(theirs)
                .all(|(one, other)| match (one.target, other.target) {
                    (Target::Node(one), Target::Node(other)) => counterpart(one) == Some(other),
                    (one, other) => one == other,
                })
    }
}
