//! What schemas that apply to the same value tell each other: that a type was said, and which members do not travel.

use super::{Context, Key, scope::ScopeId};
use crate::spec::{At, Bundle, schemas};
use crate::tree::Kind;
use crate::variance::Direction;
use foldhash::{HashMap, HashSet};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

/// A set of member names by its place in the table; the first is the empty one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct HiddenId(u32);

type Names = Rc<BTreeSet<Rc<str>>>;

/// The most parts of one conjunction that tell each other anything: real ones have a few, and chains of references
/// without end would be walked again from each of their links.
const PARTS: usize = 1_000;

/// What was found out about places.
#[derive(Debug)]
pub(super) struct Places {
    /// Whether the bundle has `readOnly` and `writeOnly` at all.
    read_only: bool,
    write_only: bool,
    sets: Vec<Names>,
    by_set: BTreeMap<Names, HiddenId>,
    hidden: HashMap<(At, Direction), HiddenId>,
    travels: HashMap<(At, Direction), bool>,
    typed: HashMap<At, bool>,
}

impl Places {
    pub(super) fn new(bundle: &Bundle) -> Self {
        let says = |word| {
            bundle
                .files
                .iter()
                .any(|file| file.tree.sym(word).is_some())
        };
        Self {
            read_only: bundle.dialect.is_api() && says("readOnly"),
            write_only: bundle.dialect.is_api() && says("writeOnly"),
            sets: vec![Names::default()],
            by_set: std::iter::once((Names::default(), HiddenId::default())).collect(),
            hidden: HashMap::default(),
            travels: HashMap::default(),
            typed: HashMap::default(),
        }
    }

    pub(super) fn names(&self, id: HiddenId) -> &BTreeSet<Rc<str>> {
        &self.sets[id.0 as usize]
    }

    fn intern(&mut self, names: BTreeSet<Rc<str>>) -> HiddenId {
        let names = Names::new(names);
        if let Some(id) = self.by_set.get(&names) {
            return *id;
        }
        let id = HiddenId(u32::try_from(self.sets.len()).unwrap_or(u32::MAX));
        self.sets.push(Rc::clone(&names));
        self.by_set.insert(names, id);
        id
    }
}

impl Context<'_> {
    /// The key of a schema that stands by itself.
    pub(super) fn outside(&mut self, at: At, direction: Option<Direction>) -> Key {
        let direction = direction.filter(|direction| match direction {
            Direction::Input => self.places.read_only,
            Direction::Output => self.places.write_only,
        });
        let scope = self.scope_of(at);
        self.value(at, scope, direction)
    }

    /// The key of a schema for a value that no other schema speaks about.
    pub(super) fn value(&mut self, at: At, scope: ScopeId, direction: Option<Direction>) -> Key {
        Key {
            at,
            direction,
            scope,
            typed: self.says_type(at),
            hidden: direction.map_or_else(HiddenId::default, |way| self.hidden(at, way)),
        }
    }

    /// The key of a schema that always applies together with another one, as parts of `allOf` do.
    pub(super) fn part(&mut self, key: Key, at: At, scope: ScopeId) -> Key {
        let branch = self.branch(key, at, scope);
        Key {
            typed: key.typed || branch.typed,
            ..branch
        }
    }

    /// The key of a schema that may apply to the same value as another one.
    pub(super) fn branch(&mut self, key: Key, at: At, scope: ScopeId) -> Key {
        let own = self.value(at, scope, key.direction);
        Key {
            hidden: self.joined(key.hidden, own.hidden),
            ..own
        }
    }

    /// The keys of schemas that apply to one value.
    pub(super) fn together(&mut self, nodes: &[At], direction: Option<Direction>) -> Vec<Key> {
        let mut keys: Vec<Key> = nodes
            .iter()
            .map(|at| self.outside(*at, direction))
            .collect();
        let typed = keys.iter().any(|key| key.typed);
        let hidden = keys
            .iter()
            .fold(HiddenId::default(), |all, key| self.joined(all, key.hidden));
        for key in &mut keys {
            (key.typed, key.hidden) = (typed, hidden);
        }
        keys
    }

    fn joined(&mut self, one: HiddenId, other: HiddenId) -> HiddenId {
        if one == other || other == HiddenId::default() {
            return one;
        }
        if one == HiddenId::default() {
            return other;
        }
        let (one, other) = (self.places.names(one), self.places.names(other));
        let joined = one.union(other).cloned().collect();
        self.places.intern(joined)
    }

    /// The nodes of an interned schema that no other one of it brings in.
    pub(super) fn outermost(&self, key: &schemas::Key) -> Vec<At> {
        let mut covered: HashSet<At> = HashSet::default();
        let mut nodes = Vec::new();
        for atom in key.atoms.iter().filter(|atom| !atom.quiet) {
            if covered.contains(&atom.at) {
                continue;
            }
            nodes.push(atom.at);
            covered.extend(self.conjunction(atom.at, true));
        }
        nodes
    }

    /// A schema and all that its `$ref` and `allOf` bring in, and a group's only branch if asked for.
    fn conjunction(&self, at: At, groups: bool) -> Vec<At> {
        let bundle = self.files.bundle;
        let mut met: HashSet<At> = HashSet::default();
        let (mut open, mut found) = (vec![at], Vec::new());
        while let Some(at) = open.pop() {
            if met.len() > PARTS {
                break;
            }
            if self.files.kind(at) != Kind::Map || !met.insert(at) {
                continue;
            }
            open.extend(bundle.target(at));
            if bundle.is_ref(at) && !bundle.dialect.ref_has_siblings() {
                continue;
            }
            found.push(at);
            if let Some(all) = bundle.get(at, "allOf") {
                open.extend(bundle.items(all));
            }
            for keyword in ["anyOf", "oneOf"] {
                if groups
                    && let Some(group) = bundle.get(at, keyword)
                    && bundle.tree(group.file).size(group.node) == 1
                {
                    open.extend(bundle.items(group));
                }
            }
        }
        found
    }

    /// Whether a schema, or one that applies with it, says a type.
    fn says_type(&mut self, at: At) -> bool {
        if !self.files.is_api() {
            return false;
        }
        if let Some(known) = self.places.typed.get(&at) {
            return *known;
        }
        let parts = self.conjunction(at, false);
        let typed = parts
            .into_iter()
            .any(|at| self.files.get(at, "type").is_some());
        self.places.typed.insert(at, typed);
        typed
    }

    /// The members of a schema that do not travel.
    fn hidden(&mut self, at: At, direction: Direction) -> HiddenId {
        if let Some(known) = self.places.hidden.get(&(at, direction)) {
            return *known;
        }
        let mut names: BTreeSet<Rc<str>> = BTreeSet::new();
        for part in self.conjunction(at, false) {
            let Some(map) = self.files.child(part, "properties") else {
                continue;
            };
            let members: Vec<(Rc<str>, At)> = self
                .files
                .entries(map)
                .map(|(name, member)| (name.into(), member))
                .collect();
            let hidden = members
                .into_iter()
                .filter(|(_, member)| !self.travels(*member, direction));
            names.extend(hidden.map(|(name, _)| name).collect::<Vec<_>>());
        }
        let id = self.places.intern(names);
        self.places.hidden.insert((at, direction), id);
        id
    }

    fn travels(&mut self, member: At, direction: Direction) -> bool {
        if let Some(known) = self.places.travels.get(&(member, direction)) {
            return *known;
        }
        let word = match direction {
            Direction::Input => "readOnly",
            Direction::Output => "writeOnly",
        };
        let mut parts = self.conjunction(member, false);
        // Beside a `null`, a schema is still the one that was meant.
        let meant: Vec<At> = parts.iter().filter_map(|at| self.meant(*at)).collect();
        parts.extend(meant.into_iter().flat_map(|at| self.conjunction(at, false)));
        let travels = !parts
            .into_iter()
            .any(|part| self.files.flag(part, word) == Some(true));
        self.places.travels.insert((member, direction), travels);
        travels
    }
    /// The only branch of a schema that is not `null`.
    fn meant(&self, at: At) -> Option<At> {
        let keywords = ["anyOf", "oneOf"].into_iter();
        keywords
            .filter_map(|keyword| self.files.get(at, keyword))
            .find_map(|group| {
                let is_null = |at: &At| self.files.text(*at, "type") == Some("null");
                let mut branches = self.files.items(group).filter(|at| !is_null(at));
                branches.next().filter(|_| branches.next().is_none())
            })
    }
}
