//! What the writer's reading adds to a schema: members that nothing declares are not written.
//!
//! The shell of a place speaks only about names. It is taken over all schemas that apply to the place together, so two
//! branches of an `allOf` never close each other, and case by case over branches that exclude each other. A shell may
//! let more values through than the reading does, never fewer.

use super::{
    inside::{Inside, inside},
    narrow::{Narrowing, atoms_beside},
    place::{Below, Case, Choose, Place, atoms, cases},
};
use crate::inclusion::{
    annotations::{Evaluated, Question, any, evaluated, of_record, together},
    rebuild::{Made, Plan},
    schema::{Arena, Node, NodeId, Record},
    types::Types,
    unevaluated::{classical, close_members},
};
use foldhash::HashMap;
use std::{collections::BTreeSet, rc::Rc};

/// Places of one schema; those beyond stay as written.
const MOST_PLACES: usize = 20_000;

/// Cases of one place; branches beyond that are taken together.
const MOST_CASES: usize = 512;

/// How to make shells; the key is the place.
pub(super) struct Shells<'a> {
    levels: HashMap<Place, Level>,
    narrowing: &'a Narrowing,
}

impl<'a> Shells<'a> {
    /// Shells that know where a reader narrows what is written.
    pub(super) fn new(narrowing: &'a Narrowing) -> Self {
        Self {
            levels: HashMap::default(),
            narrowing,
        }
    }
}

/// What is said at a place.
#[derive(Default)]
struct Level {
    cases: Vec<Closed>,
    is_partial: bool,
}

/// What is said in one case.
struct Closed {
    guard: Vec<NodeId>,
    /// Anything where members that nothing declares are written.
    closing: NodeId,
    names: Vec<(Rc<str>, Option<Place>)>,
    patterns: Vec<(Rc<str>, Option<Place>)>,
    rest: Option<Place>,
    prefix: Vec<Option<Place>>,
    items: Option<Place>,
}

impl Plan for Shells<'_> {
    type Key = Place;

    fn below(&mut self, arena: &mut Arena, place: &Place) -> Vec<Place> {
        if self.levels.len() >= MOST_PLACES {
            self.levels.insert(place.clone(), Level::default());
            return Vec::new();
        }
        let level = level(arena, place, self.narrowing);
        let below = level
            .cases
            .iter()
            .flat_map(Closed::below)
            .cloned()
            .collect();
        self.levels.insert(place.clone(), level);
        below
    }

    fn changes(&self, _: &Arena, place: &Place) -> bool {
        self.levels.get(place).is_some_and(|level| {
            let closes = |case: &Closed| case.closing != Arena::ANYTHING;
            level.cases.iter().any(closes)
        })
    }

    fn same(&self, _: &Place) -> NodeId {
        Arena::ANYTHING
    }

    fn make(&mut self, arena: &mut Arena, place: &Place, made: &mut Made<Place>) -> NodeId {
        let Some(level) = self.levels.remove(place) else {
            return Arena::ANYTHING;
        };
        let mut shells: Vec<NodeId> = level
            .cases
            .into_iter()
            .map(|case| case.shell(arena, made))
            .collect();
        if level.is_partial && !shells.contains(&Arena::ANYTHING) {
            let scalars = Types::ALL.without(Types::OBJECT.or(Types::ARRAY));
            shells.push(arena.types(scalars));
        }
        any(arena, shells.into_iter())
    }
}

fn level(arena: &mut Arena, place: &Place, narrowing: &Narrowing) -> Level {
    let outer = atoms(arena, &place.possible);
    let cases = cases(arena, &place.certain, Choose::Exclusive, MOST_CASES);
    let is_partial = cases.is_partial && cases.list.iter().any(|case| !case.guard.is_empty());
    let cases = cases
        .list
        .into_iter()
        .map(|case| {
            if case.is_unknown || outer.is_unknown {
                return Closed::open(case.guard);
            }
            let against = atoms_beside(arena, &place.against, &case.guard);
            let closing = closing(arena, &case, &outer.atoms, &against);
            let possible = case.possible.union(&outer.atoms).copied().collect();
            let certain = inside(arena, &case.certain);
            let walk = Walk {
                arena,
                certain,
                possible: inside(arena, &possible),
                against: inside(arena, &against),
                narrowing,
            };
            walk.closed(case.guard, closing)
        })
        .collect();
    Level { cases, is_partial }
}

/// Members that nothing declares are not there.
fn closing(
    arena: &mut Arena,
    case: &Case,
    outer: &BTreeSet<NodeId>,
    against: &BTreeSet<NodeId>,
) -> NodeId {
    let narrows = inside(arena, against).is_narrow(arena);
    if narrows && !inside(arena, &case.certain).is_narrow(arena) {
        return Arena::ANYTHING;
    }
    let own = declared(arena, case);
    let named = own.named;
    let mut found = own;
    for id in outer {
        let outer = declared_by(arena, *id);
        if outer.members == Arena::ANYTHING {
            return Arena::ANYTHING;
        }
        for name in outer.names.into_keys() {
            found.names.insert(name, Arena::ANYTHING);
        }
        for pattern in outer.patterns.into_keys() {
            found.patterns.insert(pattern, Arena::ANYTHING);
        }
    }
    if named == Arena::NOTHING {
        return Arena::ANYTHING;
    }
    let Some(closed) = close_members(arena, &found, Arena::NOTHING) else {
        return Arena::ANYTHING;
    };
    // Where no branch that accepts the value names a member, the object is free-form.
    let free = arena.not(named);
    any(arena, [free, closed].into_iter())
}

fn declared(arena: &mut Arena, case: &Case) -> Evaluated {
    let mut parts: Vec<Evaluated> = case
        .certain
        .iter()
        .map(|id| declared_by(arena, *id))
        .collect();
    for choice in &case.choices {
        parts.push(evaluated(
            arena,
            *choice,
            Question::Declared,
            &mut classical,
        ));
    }
    together(arena, &parts.iter().collect::<Vec<_>>())
}

/// What a record or an `Unevaluated` declares by itself.
fn declared_by(arena: &mut Arena, id: NodeId) -> Evaluated {
    match arena.get(id).clone() {
        Node::Record(record) => of_record(arena, &record, Question::Declared, &mut classical),
        Node::Unevaluated { members, .. } => {
            let mut record = Record::of(Types::ALL);
            record.objects.rest = members;
            of_record(arena, &record, Question::Declared, &mut classical)
        }
        Node::Anything
        | Node::Nothing
        | Node::Values(_)
        | Node::All(_)
        | Node::Any(_)
        | Node::One(_)
        | Node::Not(_)
        | Node::Link(_)
        | Node::Opaque(_)
        | Node::Open => {
            let record = Record::of(Types::ALL);
            of_record(arena, &record, Question::Declared, &mut classical)
        }
    }
}

/// The way down from a case to the places inside.
struct Walk<'a> {
    arena: &'a Arena,
    certain: Inside<'a>,
    possible: Inside<'a>,
    against: Inside<'a>,
    narrowing: &'a Narrowing,
}

impl Walk<'_> {
    fn closed(&self, guard: Vec<NodeId>, closing: NodeId) -> Closed {
        let (own, other) = (self.certain.names(), self.possible.names());
        let names: BTreeSet<&Rc<str>> = own.keys().chain(other.keys()).collect();
        let (own, other) = (self.certain.patterns(), self.possible.patterns());
        let patterns: BTreeSet<&Rc<str>> = own.keys().chain(other.keys()).collect();
        let longest =
            |inside: &Inside| inside.records.iter().map(|it| it.arrays.prefix.len()).max();
        let own = longest(&self.certain).max(longest(&self.possible));
        let length = own.max(longest(&self.against)).unwrap_or(0);
        Closed {
            guard,
            closing,
            names: names
                .into_iter()
                .map(|name| (name.clone(), self.name(name)))
                .collect(),
            patterns: patterns
                .into_iter()
                .map(|pattern| (pattern.clone(), self.pattern(pattern)))
                .collect(),
            rest: self.rest(),
            prefix: (0..length).map(|index| self.item(index)).collect(),
            items: self.item(length),
        }
    }

    fn name(&self, name: &Rc<str>) -> Option<Place> {
        let mut below = Below::default();
        for record in &self.certain.records {
            let objects = &record.objects;
            match (objects.members.get(name), objects.rest) {
                (Some(schema), _) => below.certain.push(*schema),
                (None, Some(rest)) if objects.patterns.is_empty() => below.certain.push(rest),
                (None, rest) => below.possible.extend(rest),
            }
        }
        below
            .possible
            .extend(self.certain.patterns().into_values().flatten());
        below.possible.extend(&self.certain.members);
        below.possible.extend(self.possible.of_name(name));
        below.against.extend(self.against.of_name(name));
        below.place(self.arena, self.narrowing)
    }

    fn pattern(&self, pattern: &Rc<str>) -> Option<Place> {
        let mut below = Below {
            certain: self.certain.patterns().remove(pattern).unwrap_or_default(),
            ..Below::default()
        };
        for inside in [&self.certain, &self.possible] {
            below.possible.extend(inside.of_every_name());
        }
        below.against = self.against.of_every_name();
        below.place(self.arena, self.narrowing)
    }

    fn rest(&self) -> Option<Place> {
        let mut below = Below {
            certain: self.certain.rests(),
            ..Below::default()
        };
        let others = self.possible.rests().len() + self.possible.members.len();
        match self.certain.members.as_slice() {
            // Nothing evaluates such a name, so the one keyword for unevaluated members applies.
            [only] if below.certain.is_empty() && others == 0 => below.certain.push(*only),
            members => below.possible.extend(members),
        }
        below.possible.extend(self.possible.rests());
        below.possible.extend(&self.possible.members);
        // A name that this side does not know may be one that the other knows.
        below.against = self.against.of_every_name();
        below.place(self.arena, self.narrowing)
    }

    fn item(&self, index: usize) -> Option<Place> {
        let mut below = Below {
            certain: self.certain.of_position(index),
            ..Below::default()
        };
        for inside in [&self.certain, &self.possible] {
            below.possible.extend(&inside.items);
            below.possible.extend(inside.counted());
        }
        below.possible.extend(self.possible.of_position(index));
        below.against = self.against.of_position(index);
        below.against.extend(&self.against.items);
        below.place(self.arena, self.narrowing)
    }
}

impl Closed {
    /// A case in which nothing is said.
    fn open(guard: Vec<NodeId>) -> Self {
        Self {
            guard,
            closing: Arena::ANYTHING,
            names: Vec::new(),
            patterns: Vec::new(),
            rest: None,
            prefix: Vec::new(),
            items: None,
        }
    }

    fn below(&self) -> impl Iterator<Item = &Place> {
        let (names, patterns) = (self.names.iter(), self.patterns.iter());
        let members = names.chain(patterns).map(|(_, place)| place);
        let others = self.prefix.iter().chain([&self.rest, &self.items]);
        members.chain(others).flatten()
    }

    fn shell(self, arena: &mut Arena, made: &mut Made<Place>) -> NodeId {
        let mut to =
            |place: Option<Place>| place.map_or(Arena::ANYTHING, |place| made.at(arena, &place));
        let names: Vec<_> = self
            .names
            .into_iter()
            .map(|(name, place)| (name, to(place)))
            .collect();
        let patterns: Vec<_> = self
            .patterns
            .into_iter()
            .map(|(pattern, place)| (pattern, to(place)))
            .collect();
        let rest = to(self.rest);
        let items = to(self.items);
        let mut prefix: Vec<_> = self.prefix.into_iter().map(to).collect();
        let mut parts = Vec::new();
        for branch in self.guard {
            parts.push(classical(arena, branch));
        }
        // A plain closed record takes the shells of its members; otherwise they stand beside.
        let mut record = if let Node::Record(record) = arena.get(self.closing) {
            (**record).clone()
        } else {
            parts.push(self.closing);
            Record::of(Types::ALL)
        };
        let objects = &mut record.objects;
        let speaks = rest != Arena::ANYTHING;
        if objects.rest.is_none() && speaks {
            objects.rest = Some(rest);
        }
        let is_closed = objects.rest.is_some();
        for (name, shell) in names {
            if is_closed || shell != Arena::ANYTHING {
                objects.members.insert(name, shell);
            }
        }
        for (pattern, shell) in patterns {
            objects.patterns.retain(|(known, _)| *known != pattern);
            if is_closed || shell != Arena::ANYTHING {
                objects.patterns.push((pattern, shell));
            }
        }
        if items == Arena::ANYTHING {
            while prefix.last() == Some(&Arena::ANYTHING) {
                prefix.pop();
            }
        } else {
            record.arrays.rest = Some(items);
        }
        record.arrays.prefix = prefix;
        if record != Record::of(Types::ALL) {
            parts.push(arena.record(record));
        }
        arena.all(parts)
    }
}
