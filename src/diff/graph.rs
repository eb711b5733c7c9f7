//! Pairs of schemas that differ, each once per direction, and how one leads to the next.

use super::{
    branches::{self, BranchPairs},
    covering::{after_prefix, covering, declaring, rest_schema},
    place::PlaceId,
    same::Sameness,
    subtypes::{Subtypes, paired},
};
use crate::spec::{At, Property, Schema, SchemaId, Schemas, Segment};
use crate::variance::{Direction, Polarity};
use foldhash::{HashMap, HashMapExt as _};
use std::rc::Rc;

/// A pair of schemas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PairId(pub u32);

/// What makes two pairs the same question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Question {
    /// As published.
    pub old: SchemaId,
    /// As proposed.
    pub new: SchemaId,
    /// Which way values travel.
    pub direction: Direction,
    /// Whether values inside count for or against the schema around.
    pub polarity: Polarity,
}

/// Two schemas that were found to differ.
#[derive(Debug)]
pub struct SchemaPair {
    /// What is asked.
    pub question: Question,
    /// The nodes that ask for these schemas, a reference as it stands, where just one on each side does.
    pub nodes: Option<(At, At)>,
    /// Subschemas that differ, by the step that leads there; sorted by step.
    pub edges: Vec<(Segment, PairId)>,
    /// How the branches of `anyOf` and `oneOf` were paired.
    pub branches: Vec<BranchPairs>,
    /// One side stands whole against the branches of the other, so keywords of the two do not compare.
    pub wrapped: bool,
}

/// A schema that stands at a place of the surface.
#[derive(Clone, Copy, Debug)]
pub struct Root {
    /// The place.
    pub place: PlaceId,
    /// The schemas there.
    pub pair: PairId,
}

/// All pairs of one comparison.
#[derive(Debug)]
pub struct Graph<'d> {
    /// Schemas of the old side.
    pub old: Schemas<'d>,
    /// Schemas of the new side.
    pub new: Schemas<'d>,
    /// The pairs.
    pub pairs: Vec<SchemaPair>,
    /// Where they stand on the surface.
    pub roots: Vec<Root>,
    /// What the bases of both sides are extended to.
    pub subtypes: Rc<(Subtypes<'d>, Subtypes<'d>)>,
    index: HashMap<Question, PairId>,
    /// Whether `readOnly` and `writeOnly` members are left out of the direction they do not travel in.
    projected: bool,
}

impl<'d> Graph<'d> {
    /// No pair yet.
    #[must_use]
    pub fn new(
        (old, new): (Schemas<'d>, Schemas<'d>),
        subtypes: Rc<(Subtypes<'d>, Subtypes<'d>)>,
    ) -> Self {
        let projected = old.bundle.dialect.is_api() && new.bundle.dialect.is_api();
        Self {
            old,
            new,
            pairs: Vec::new(),
            roots: Vec::new(),
            subtypes,
            index: HashMap::new(),
            projected,
        }
    }

    /// Asks for a pair of schemas at a place, unless they are the same.
    pub fn root(
        &mut self,
        same: &Sameness<'d>,
        place: PlaceId,
        old: SchemaId,
        new: SchemaId,
        direction: Direction,
    ) {
        let question = Question {
            old,
            new,
            direction,
            polarity: Polarity::Positive,
        };
        if let Some(pair) = self.ask(same, question) {
            self.roots.push(Root { place, pair });
        }
    }

    /// The pair for a question, walked with everything beneath; `None` when there is nothing to compare.
    fn ask(&mut self, same: &Sameness<'d>, question: Question) -> Option<PairId> {
        let mut open = Vec::new();
        let first = self.enter(same, question, &mut open);
        while let Some(pair) = open.pop() {
            let question = self.pairs[pair.0 as usize].question;
            let (old, new) = (self.old.get(question.old), self.new.get(question.new));
            let mut step = Step {
                graph: self,
                same,
                question,
                old: Rc::clone(&old),
                new: Rc::clone(&new),
                edges: Vec::new(),
                open: &mut open,
            };
            let (branches, wrapped) = step.walk();
            let mut edges = step.edges;
            edges.sort();
            edges.dedup();
            let held = &mut self.pairs[pair.0 as usize];
            held.edges = edges;
            held.branches = branches;
            held.wrapped = wrapped;
        }
        first
    }

    fn enter(
        &mut self,
        same: &Sameness<'d>,
        question: Question,
        open: &mut Vec<PairId>,
    ) -> Option<PairId> {
        if let Some(pair) = self.index.get(&question) {
            return Some(*pair);
        }
        if same.schemas((&self.old, question.old), (&self.new, question.new)) {
            return None;
        }
        let pair = PairId(u32::try_from(self.pairs.len()).unwrap_or(u32::MAX));
        self.pairs.push(SchemaPair {
            question,
            nodes: None,
            edges: Vec::new(),
            branches: Vec::new(),
            wrapped: false,
        });
        self.index.insert(question, pair);
        open.push(pair);
        Some(pair)
    }

    /// Whether a member with these schemas travels in a direction.
    #[must_use]
    pub fn travels(&self, schemas: &Schemas<'d>, nodes: &[At], direction: Direction) -> bool {
        if !self.projected {
            return true;
        }
        let access = schemas.access(nodes);
        match direction {
            Direction::Input => !access.read_only,
            Direction::Output => !access.write_only,
        }
    }
}

/// One pair on its way to its subschemas.
struct Step<'g, 'd> {
    graph: &'g mut Graph<'d>,
    same: &'g Sameness<'d>,
    question: Question,
    old: Rc<Schema<'d>>,
    new: Rc<Schema<'d>>,
    edges: Vec<(Segment, PairId)>,
    open: &'g mut Vec<PairId>,
}

impl Step<'_, '_> {
    fn child(&mut self, segment: Segment, old: &[At], new: &[At], polarity: Polarity) {
        let nodes = (old, new);
        let old = self.graph.old.of_nodes(old);
        let new = self.graph.new.of_nodes(new);
        let asked = self.child_ids(segment, old, new, polarity);
        if let (Some(pair), ([old], [new])) = (asked, nodes) {
            let held = &mut self.graph.pairs[pair.0 as usize].nodes;
            *held = held.or(Some((*old, *new)));
        }
    }

    fn child_ids(
        &mut self,
        segment: Segment,
        old: SchemaId,
        new: SchemaId,
        polarity: Polarity,
    ) -> Option<PairId> {
        let question = Question {
            old,
            new,
            direction: self.question.direction,
            polarity: self.question.polarity.then(polarity),
        };
        let pair = self.graph.enter(self.same, question, self.open)?;
        self.edges.push((segment, pair));
        Some(pair)
    }

    fn walk(&mut self) -> (Vec<BranchPairs>, bool) {
        let (branches, wrapped) =
            branches::pair_up(self.graph, self.same, self.question, &self.old, &self.new);
        for group in &branches {
            for matched in &group.matched {
                let segment = Segment::Branch(matched.label.clone());
                self.child_ids(segment, matched.old, matched.new, Polarity::Positive);
            }
        }
        if !wrapped {
            self.subtypes();
            self.members();
            self.items();
            self.logic();
        }
        (branches, wrapped)
    }

    /// Subtypes belong together by the discriminator's value.
    fn subtypes(&mut self) {
        let subtypes = Rc::clone(&self.graph.subtypes);
        let old = subtypes.0.of_schema(&self.graph.old, self.question.old);
        let new = subtypes.1.of_schema(&self.graph.new, self.question.new);
        for (value, old, new) in paired(old, new) {
            let segment = Segment::Branch(value.to_owned());
            self.child(segment, &[old], &[new], Polarity::Positive);
        }
    }

    fn members(&mut self) {
        let (old, new) = (Rc::clone(&self.old), Rc::clone(&self.new));
        let by_name: HashMap<&str, &Property<'_>> = new
            .properties
            .iter()
            .map(|property| (property.name, property))
            .collect();
        let direction = self.question.direction;
        for property in &old.properties {
            // What a pattern says of a member counts where the other version leaves the member to it.
            let (before, successor) = match by_name.get(property.name) {
                Some(successor) => (property.nodes.clone(), successor.nodes.clone()),
                None => (declaring(&old, property), covering(&new, property.name)),
            };
            if successor.is_empty() {
                continue;
            }
            // A member that travels on one side only is the parent's business.
            let unchanged = before.len() == 1
                && successor.len() == 1
                && self.same.nodes(before[0], successor[0]);
            if unchanged
                || !self.graph.travels(&self.graph.old, &before, direction)
                || !self.graph.travels(&self.graph.new, &successor, direction)
            {
                continue;
            }
            let segment = Segment::Property(property.name.to_owned());
            self.child(segment, &before, &successor, Polarity::Positive);
        }
        for property in &new.properties {
            if old.property(property.name).is_some() {
                continue;
            }
            let before = covering(&old, property.name);
            if !before.is_empty() {
                let segment = Segment::Property(property.name.to_owned());
                let after = declaring(&new, property);
                self.child(segment, &before, &after, Polarity::Positive);
            }
        }
        for property in &old.pattern_properties {
            if let Some(successor) = new
                .pattern_properties
                .iter()
                .find(|new| new.name == property.name)
            {
                let segment = Segment::Pattern(property.name.to_owned());
                self.child(
                    segment,
                    &property.nodes,
                    &successor.nodes,
                    Polarity::Positive,
                );
            }
        }
        for property in &old.dependent_schemas {
            if let Some(successor) = new
                .dependent_schemas
                .iter()
                .find(|new| new.name == property.name)
            {
                let segment = Segment::Dependent(property.name.to_owned());
                self.child(
                    segment,
                    &property.nodes,
                    &successor.nodes,
                    Polarity::Positive,
                );
            }
        }
        if let (Some(old), Some(new)) = (rest_schema(&old), rest_schema(&new)) {
            self.child(Segment::Additional, &old, &new, Polarity::Positive);
        }
        if !old.names.is_empty() && !new.names.is_empty() {
            self.child(Segment::Names, &old.names, &new.names, Polarity::Positive);
        }
    }

    fn items(&mut self) {
        let (old, new) = (Rc::clone(&self.old), Rc::clone(&self.new));
        let (old_after, new_after) = (after_prefix(&old), after_prefix(&new));
        for index in 0..old.prefix.len().max(new.prefix.len()) {
            let old_item = old.prefix.get(index).unwrap_or(&old_after);
            let new_item = new.prefix.get(index).unwrap_or(&new_after);
            if !old_item.is_empty() && !new_item.is_empty() {
                self.child(
                    Segment::Prefix(index),
                    old_item,
                    new_item,
                    Polarity::Positive,
                );
            }
        }
        if !old_after.is_empty() && !new_after.is_empty() {
            self.child(Segment::Items, &old_after, &new_after, Polarity::Positive);
        }
        if !old.contains.is_empty() && !new.contains.is_empty() {
            let counted = [&old, &new]
                .iter()
                .any(|schema| schema.count("maxContains").is_some());
            let polarity = if counted {
                Polarity::Mixed
            } else {
                Polarity::Positive
            };
            self.child(Segment::Contains, &old.contains, &new.contains, polarity);
        }
    }

    fn logic(&mut self) {
        let (old, new) = (Rc::clone(&self.old), Rc::clone(&self.new));
        if old.nots.len() == new.nots.len() {
            for (old, new) in old.nots.iter().zip(&new.nots) {
                self.child(Segment::Not, &[*old], &[*new], Polarity::Negative);
            }
        }
        if old.conditionals.len() == new.conditionals.len() {
            for (old, new) in old.conditionals.iter().zip(&new.conditionals) {
                self.child(Segment::If, &[old.when], &[new.when], Polarity::Mixed);
                if let (Some(old), Some(new)) = (old.then, new.then) {
                    self.child(Segment::Then, &[old], &[new], Polarity::Positive);
                }
                if let (Some(old), Some(new)) = (old.otherwise, new.otherwise) {
                    self.child(Segment::Else, &[old], &[new], Polarity::Positive);
                }
            }
        }
        if !old.content_schema.is_empty() && !new.content_schema.is_empty() {
            self.child(
                Segment::Content,
                &old.content_schema,
                &new.content_schema,
                Polarity::Positive,
            );
        }
    }
}
