//! The schemas that apply to one value together, and the members that do not travel there.

use super::translate::Family;
use crate::spec::bundle::{At, Bundle};
use crate::tree::Kind;
use crate::variance::Direction;
use foldhash::HashMap;
use std::{collections::BTreeSet, rc::Rc};

/// What a keyword needs to know about its neighbours.
#[derive(Debug, Default)]
pub(super) struct Place<'d> {
    pub(super) id: u32,
    /// The schemas joined by `allOf` and `$ref`.
    together: Vec<At>,
    /// Those around them, where they are a branch of `anyOf` or its like.
    around: Vec<At>,
    /// Members that are not on the wire here.
    hidden: BTreeSet<&'d str>,
    /// Whether all members count, as under `not` and `if`.
    whole: bool,
    /// Whether one of them, or of those around, says its type.
    pub(super) typed: bool,
}

impl Place<'_> {
    /// Whether a member is projected away.
    pub(super) fn hides(&self, name: &str) -> bool {
        self.hidden.contains(name)
    }
}

/// The schemas together, those around them, whether all members count, and whether those around say a type.
type Key = (Vec<At>, Vec<At>, bool, bool);

/// All places of one translation.
#[derive(Debug)]
pub(super) struct Places<'d> {
    bundle: &'d Bundle,
    family: Family,
    /// The keyword that projects a member away; none where no file uses it.
    mark: Option<&'static str>,
    known: HashMap<Key, Rc<Place<'d>>>,
}

impl<'d> Places<'d> {
    pub(super) fn new(bundle: &'d Bundle, family: Family, direction: Option<Direction>) -> Self {
        let mark = match direction {
            Some(Direction::Input) => Some("readOnly"),
            Some(Direction::Output) => Some("writeOnly"),
            None => None,
        };
        let used = |mark: &&str| {
            bundle
                .files
                .iter()
                .any(|file| file.tree.sym(mark).is_some())
        };
        Self {
            bundle,
            family,
            mark: mark.filter(used),
            known: HashMap::default(),
        }
    }

    /// The place where these schemas apply together.
    pub(super) fn of(&mut self, nodes: &[At]) -> Rc<Place<'d>> {
        self.intern(nodes, Vec::new(), false, false)
    }

    /// The place of what stands under `not` or `if`: what is asked there, no projection may answer.
    pub(super) fn whole(&mut self, at: At) -> Rc<Place<'d>> {
        self.intern(&[at], Vec::new(), true, false)
    }

    /// The place of a branch of a schema that stands at `place`.
    pub(super) fn branch(&mut self, place: &Place<'d>, branch: At) -> Rc<Place<'d>> {
        let mut around = place.around.clone();
        around.extend(&place.together);
        self.intern(&[branch], around, place.whole, place.typed)
    }

    /// The place of a schema that applies to a part of the value at `place` by itself.
    pub(super) fn alone(&mut self, place: &Place<'d>, at: At) -> Rc<Place<'d>> {
        self.intern(&[at], Vec::new(), place.whole, false)
    }

    /// The place of a part of the value at `place`: `pick` gives what a schema says about it.
    pub(super) fn part(
        &mut self,
        place: &Place<'d>,
        pick: &dyn Fn(At) -> Option<At>,
    ) -> Rc<Place<'d>> {
        let nodes: Vec<At> = place.together.iter().filter_map(|at| pick(*at)).collect();
        let around: Vec<At> = place.around.iter().filter_map(|at| pick(*at)).collect();
        let around = self.closure(&around);
        let typed = self.says_type(&around);
        self.intern(&nodes, around, place.whole, typed)
    }

    fn says_type(&self, nodes: &[At]) -> bool {
        let mut nodes = nodes.iter();
        nodes.any(|at| self.bundle.get(*at, "type").is_some())
    }

    fn intern(
        &mut self,
        nodes: &[At],
        mut around: Vec<At>,
        whole: bool,
        typed: bool,
    ) -> Rc<Place<'d>> {
        let together = self.closure(nodes);
        // Without marks the surroundings tell nothing.
        if self.mark.is_none() {
            around.clear();
        }
        around.sort_unstable();
        around.dedup();
        let key = (together, around, whole, typed);
        if let Some(place) = self.known.get(&key) {
            return Rc::clone(place);
        }
        let (together, around, ..) = key.clone();
        // A branch goes by the type of the schema around it: `then` says members, not that null is none.
        let typed = typed || self.says_type(&together);
        let hidden = if whole {
            BTreeSet::new()
        } else {
            self.hidden(&together, &around)
        };
        let place = Rc::new(Place {
            id: u32::try_from(self.known.len()).unwrap_or(u32::MAX),
            together,
            around,
            hidden,
            whole,
            typed,
        });
        self.known.insert(key, Rc::clone(&place));
        place
    }

    /// Names that some of the schemas mark.
    fn hidden(&self, together: &[At], around: &[At]) -> BTreeSet<&'d str> {
        let Some(mark) = self.mark else {
            return BTreeSet::new();
        };
        let bundle = self.bundle;
        let maps = together
            .iter()
            .chain(around)
            .filter_map(|at| bundle.child(*at, "properties"));
        maps.flat_map(|map| bundle.entries(map))
            .filter(|(_, schema)| self.marked(*schema, mark))
            .map(|(name, _)| name)
            .collect()
    }

    fn marked(&self, schema: At, mark: &str) -> bool {
        let bundle = self.bundle;
        let says = |at: &At| bundle.flag(*at, mark) == Some(true);
        // Beside a `null`, a schema is still the one that was meant.
        let inner = |at: &At| {
            ["anyOf", "oneOf"]
                .into_iter()
                .filter_map(|keyword| bundle.get(*at, keyword))
                .flat_map(|list| {
                    let all: Vec<At> = bundle.items(list).collect();
                    let meant: Vec<At> = all
                        .iter()
                        .copied()
                        .filter(|at| !self.is_null(*at))
                        .collect();
                    if meant.len() == 1 { meant } else { Vec::new() }
                })
                .any(|at| self.closure(&[at]).iter().any(says))
        };
        let parts = self.closure(&[schema]);
        parts.iter().any(says) || parts.iter().any(inner)
    }

    fn is_null(&self, at: At) -> bool {
        self.bundle.text(at, "type") == Some("null")
    }

    /// The nodes with what their `$ref` and `allOf` bring in, sorted.
    fn closure(&self, nodes: &[At]) -> Vec<At> {
        let bundle = self.bundle;
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut open = nodes.to_vec();
        while let Some(at) = open.pop() {
            if bundle.tree(at.file).kind(at.node) != Kind::Map || !seen.insert(at) {
                continue;
            }
            open.extend(bundle.target(at));
            if bundle.is_ref(at) && !self.family.ref_has_siblings() {
                continue;
            }
            found.insert(at);
            if let Some(all) = bundle.get(at, "allOf") {
                open.extend(bundle.items(all));
            }
        }
        found.into_iter().collect()
    }
}
