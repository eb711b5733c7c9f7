//! Units of canonical text that lead to each other: settled from the leaves up, groups of them together.

use super::{
    digest_of,
    jcs::{Form, LONGEST},
    node::{self, Role},
    reference,
    refine::{Hash, Refined},
    schema,
};
use crate::spec::{At, Key, SchemaId, Schemas};
use foldhash::{HashMap, HashMapExt as _, HashSet};
use std::{fmt::Write, rc::Rc};

/// The largest group that is written out.
const GROUP: usize = 12;

/// The most schemas that writing out one of a group may take.
const PATHS: usize = 200;

/// What has a canonical text of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Unit {
    /// A schema.
    Schema(SchemaId),
    /// Another node, by what it is.
    Node(At, Role),
}

#[derive(Clone, Debug)]
enum Settled {
    Short(Rc<str>),
    /// The digest of a text too long to stand inside another.
    Long(Rc<str>),
}

#[derive(Debug)]
struct Slot<'d> {
    unit: Unit,
    form: Option<Rc<Form<'d>>>,
    settled: Option<Settled>,
    /// When the search met it, from 1; 0 before.
    met: u32,
    /// The earliest it leads back to.
    back: u32,
    waiting: bool,
}

/// The units of one side, each settled once.
#[derive(Debug)]
pub(super) struct Units<'a, 'd> {
    pub(super) schemas: &'a Schemas<'d>,
    slots: Vec<Slot<'d>>,
    nodes: HashMap<(At, Role), u32>,
    by_id: HashMap<SchemaId, u32>,
    by_key: HashMap<Key, u32>,
    clock: u32,
}

impl<'a, 'd> Units<'a, 'd> {
    pub(super) fn new(schemas: &'a Schemas<'d>) -> Self {
        Self {
            schemas,
            slots: Vec::new(),
            nodes: HashMap::new(),
            by_id: HashMap::new(),
            by_key: HashMap::new(),
            clock: 0,
        }
    }

    fn push(&mut self, unit: Unit) -> u32 {
        self.slots.push(Slot {
            unit,
            form: None,
            settled: None,
            met: 0,
            back: 0,
            waiting: false,
        });
        u32::try_from(self.slots.len() - 1).unwrap_or(u32::MAX)
    }

    /// The unit of a schema; schemas that differ in silent wrappers only are one.
    pub(super) fn schema(&mut self, id: SchemaId) -> u32 {
        if let Some(unit) = self.by_id.get(&id) {
            return *unit;
        }
        let bare = schema::bare(self.schemas, &self.schemas.key_of(id));
        let unit = if let Some(unit) = self.by_key.get(&bare) {
            *unit
        } else {
            let unit = self.push(Unit::Schema(id));
            self.by_key.insert(bare, unit);
            unit
        };
        self.by_id.insert(id, unit);
        unit
    }

    /// The unit of another node.
    pub(super) fn node(&mut self, at: At, role: Role) -> u32 {
        if let Some(unit) = self.nodes.get(&(at, role)) {
            return *unit;
        }
        let unit = self.push(Unit::Node(at, role));
        self.nodes.insert((at, role), unit);
        unit
    }

    /// The digest of a unit's text.
    pub(super) fn digest(&mut self, unit: u32) -> String {
        self.settle(unit);
        match &self.slots[unit as usize].settled {
            Some(Settled::Short(text)) => digest_of(text),
            Some(Settled::Long(digest)) => digest.to_string(),
            None => digest_of("null"),
        }
    }

    /// Tarjan's search: a group is settled after everything it leads to.
    fn settle(&mut self, root: u32) {
        if self.slots[root as usize].settled.is_some() {
            return;
        }
        let mut waiting: Vec<u32> = Vec::new();
        let mut open: Vec<(u32, Vec<u32>)> = vec![self.enter(root, &mut waiting)];
        while let Some((unit, children)) = open.last_mut() {
            let unit = *unit;
            if let Some(child) = children.pop() {
                let slot = &self.slots[child as usize];
                if slot.met == 0 {
                    let entered = self.enter(child, &mut waiting);
                    open.push(entered);
                } else if slot.waiting {
                    let met = slot.met;
                    let back = &mut self.slots[unit as usize].back;
                    *back = (*back).min(met);
                }
                continue;
            }
            open.pop();
            let (met, back) = {
                let slot = &self.slots[unit as usize];
                (slot.met, slot.back)
            };
            if let Some((parent, _)) = open.last() {
                let parent = &mut self.slots[*parent as usize];
                parent.back = parent.back.min(back);
            }
            if met == back {
                let from = waiting
                    .iter()
                    .rposition(|other| *other == unit)
                    .unwrap_or_default();
                let group = waiting.split_off(from);
                for member in &group {
                    self.slots[*member as usize].waiting = false;
                }
                self.finish(&group);
            }
        }
    }

    fn enter(&mut self, unit: u32, waiting: &mut Vec<u32>) -> (u32, Vec<u32>) {
        let form = match self.slots[unit as usize].unit {
            Unit::Schema(id) => schema::form(self, id),
            Unit::Node(at, role) => node::form(self, at, role),
        };
        let mut children = Vec::new();
        form.units(&mut children);
        children.sort_unstable();
        children.dedup();
        self.clock += 1;
        let slot = &mut self.slots[unit as usize];
        slot.form = Some(Rc::new(form));
        slot.met = self.clock;
        slot.back = self.clock;
        slot.waiting = true;
        waiting.push(unit);
        (unit, children)
    }

    pub(super) fn form(&self, unit: u32) -> Rc<Form<'d>> {
        let form = self.slots[unit as usize].form.as_ref();
        Rc::clone(form.expect("the search forms a unit before its group is settled"))
    }

    /// Writes a unit outside the group at hand.
    pub(super) fn outside(&self, unit: u32, out: &mut String) {
        match &self.slots[unit as usize].settled {
            Some(Settled::Short(text)) => out.push_str(text),
            Some(Settled::Long(digest)) => out.push_str(&reference(digest)),
            None => out.push_str("null"),
        }
    }

    fn finish(&mut self, group: &[u32]) {
        let texts = if let [unit] = group {
            let form = self.form(*unit);
            let mut children = Vec::new();
            form.units(&mut children);
            if children.contains(unit) {
                self.group(group)
            } else {
                vec![form.text(&mut |child, out| self.outside(child, out))]
            }
        } else {
            self.group(group)
        };
        for (unit, text) in group.iter().zip(texts) {
            let slot = &mut self.slots[*unit as usize];
            slot.form = None;
            slot.settled = Some(if text.len() > LONGEST {
                Settled::Long(digest_of(&text).into())
            } else {
                Settled::Short(text.into())
            });
        }
    }

    /// The texts of units that all lead to each other.
    fn group(&self, group: &[u32]) -> Vec<String> {
        let refined = Refined::of(self, group);
        let classes: HashSet<&Hash> = refined.values.iter().collect();
        if classes.len() <= GROUP
            && let Some(texts) = self.written_out(group, &refined)
        {
            return texts;
        }
        refined
            .colours()
            .iter()
            .map(|hash| reference(hash))
            .collect()
    }

    fn written_out(&self, group: &[u32], refined: &Refined) -> Option<Vec<String>> {
        group
            .iter()
            .map(|unit| {
                let mut writer = Writer {
                    units: self,
                    refined,
                    around: Vec::new(),
                    paths: 0,
                };
                let mut text = String::new();
                writer.unit(*unit, &mut text);
                (writer.paths <= PATHS).then_some(text)
            })
            .collect()
    }
}

/// Writes one unit of a small group with the others inside it.
struct Writer<'w, 'a, 'd> {
    units: &'w Units<'a, 'd>,
    refined: &'w Refined,
    /// What encloses the place, by meaning, outermost first.
    around: Vec<Hash>,
    paths: usize,
}

impl Writer<'_, '_, '_> {
    fn unit(&mut self, unit: u32, out: &mut String) {
        let Some(index) = self.refined.index.get(&unit) else {
            return self.units.outside(unit, out);
        };
        let meaning = self.refined.values[*index];
        if let Some(depth) = self.around.iter().position(|outer| *outer == meaning) {
            let _ = write!(out, r#"{{"$rec":{}}}"#, self.around.len() - depth);
            return;
        }
        self.paths += 1;
        if self.paths > PATHS {
            return;
        }
        self.around.push(meaning);
        let form = self.units.form(unit);
        form.write(out, &mut |child, out| self.unit(child, out));
        self.around.pop();
    }
}
