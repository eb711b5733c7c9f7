//! Asks the prover about pairs of schemas, and lets the validator confirm what it shows.

use super::{
    chains::Chain,
    twins::{Twin, twins},
};
use crate::diff::{Comparison, PairId, Question, Reading};
use crate::inclusion::{
    Arena, Facet, NodeId, Prover, Side as Inclusion, facets, reading::Readings,
};
use crate::judge::finding::Witness;
use crate::spec::{Lowering, Overlay, Referee, Ruling, SchemaId, Schemas};
use crate::variance::Direction;
use foldhash::{HashMap, HashMapExt as _};
use std::{borrow::Cow, rc::Rc};

/// What one question comes to.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    /// Nothing that may be sent is rejected.
    Kept,
    /// This is.
    Lost(Box<Lost>),
    /// Not decided.
    Open(Cow<'static, str>),
}

/// A payload that is rejected.
#[derive(Clone, Debug)]
pub(super) struct Lost {
    pub(super) witness: Witness,
    /// The pair that it is a payload of.
    pub(super) anchor: PairId,
}

/// One demand of what has to be understood, with what it comes to.
type Demand = (Facet, Answer);

/// A question with its answer.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) answer: Answer,
    /// The pair that was asked about.
    anchor: PairId,
    /// What may be sent, and what has to be understood, as they are read.
    read: (NodeId, NodeId),
    /// The same as they are written.
    written: (NodeId, NodeId),
}

/// Everything that is asked about one comparison shares what was found out before.
pub(in crate::judge) struct Engine<'a, 'c, 'd> {
    pub(super) comparison: &'a Comparison<'c, 'd>,
    pub(super) prover: Prover,
    lowered: (Lowering<'d>, Lowering<'d>),
    pub(super) readings: Readings,
    referees: (Referee<'d>, Referee<'d>),
    demands: HashMap<(NodeId, NodeId), Rc<[Demand]>>,
    twins: HashMap<PairId, Rc<[Twin]>>,
    /// Whether `readOnly` and `writeOnly` members are left out.
    projected: bool,
}

impl<'a, 'c, 'd> Engine<'a, 'c, 'd> {
    pub(super) fn new(comparison: &'a Comparison<'c, 'd>) -> Self {
        let (old, new) = (comparison.old.bundle, comparison.new.bundle);
        let asserts = comparison.options.assert_format;
        Self {
            comparison,
            prover: Prover::default(),
            lowered: (Lowering::new(old, asserts), Lowering::new(new, asserts)),
            readings: Readings::default(),
            referees: (Referee::new(old, asserts), Referee::new(new, asserts)),
            demands: HashMap::new(),
            twins: HashMap::new(),
            projected: old.dialect.is_api() && new.dialect.is_api(),
        }
    }

    /// Asks about the outermost pair of a chain, with the edit of the innermost one and no other.
    pub(super) fn ask(&mut self, chain: &Chain) -> Asked {
        let anchor = chain[0];
        let written = self.lower(chain);
        let asked = self.asked(anchor, written);
        if !matches!(asked.answer, Answer::Open(_)) {
            return asked;
        }
        // What the edit alone leaves open, all edits together may settle.
        let whole = self.ask_all(anchor);
        match whole.answer {
            Answer::Open(_) => asked,
            Answer::Kept | Answer::Lost(_) => whole,
        }
    }

    /// Asks about a pair with everything that changed in it.
    pub(super) fn ask_all(&mut self, pair: PairId) -> Asked {
        let (old, new) = self.sides(pair);
        match self.question(pair).direction {
            Direction::Input => self.asked(pair, (old, new)),
            Direction::Output => self.asked(pair, (new, old)),
        }
    }

    fn asked(&mut self, anchor: PairId, written: (NodeId, NodeId)) -> Asked {
        let read = self.read(written, self.question(anchor).direction);
        let answer = self.answer(anchor, read, written);
        Asked {
            answer,
            anchor,
            read,
            written,
        }
    }

    /// Whether nothing new may be sent either.
    pub(super) fn gains_nothing(&mut self, asked: &Asked) -> bool {
        let (small, large) = asked.written;
        matches!(self.prover.included(large, small), Inclusion::Included(_))
    }

    /// Whether everything that may be sent, as it is written, is understood.
    pub(super) fn is_kept_to_the_letter(&mut self, pair: PairId) -> bool {
        let (old, new) = self.sides(pair);
        let (small, large) = match self.question(pair).direction {
            Direction::Input => (old, new),
            Direction::Output => (new, old),
        };
        matches!(self.prover.included(small, large), Inclusion::Included(_))
    }

    /// Whether nothing may be sent at all, so that nothing is rejected.
    pub(super) fn is_hollow(&mut self, asked: &Asked) -> bool {
        matches!(
            self.prover.included(asked.read.0, Arena::NOTHING),
            Inclusion::Included(_)
        )
    }

    /// The answers demand by demand.
    pub(super) fn demands(&mut self, asked: &Asked) -> Vec<Demand> {
        if let Some(known) = self.demands.get(&asked.read) {
            return known.to_vec();
        }
        let (small, large) = asked.read;
        let all: Vec<Demand> = facets(self.prover.arena(), large)
            .into_iter()
            .map(|facet| {
                let answer = self.answer(asked.anchor, (small, facet.node), asked.written);
                (facet, answer)
            })
            .collect();
        self.demands.insert(asked.read, all.clone().into());
        all
    }

    pub(super) fn arena(&mut self) -> &mut Arena {
        self.prover.arena()
    }

    pub(super) fn included(&mut self, small: NodeId, large: NodeId) -> Inclusion {
        self.prover.included(small, large)
    }

    /// Both schemas of a pair as they are written.
    pub(super) fn sides(&mut self, pair: PairId) -> (NodeId, NodeId) {
        let question = self.question(pair);
        let direction = self.projection(question.direction);
        let graph = &self.comparison.graph;
        let arena = self.prover.arena();
        let (old, new) = (
            graph.old.key_of(question.old),
            graph.new.key_of(question.new),
        );
        (
            self.lowered.0.key(arena, &old, direction),
            self.lowered.1.key(arena, &new, direction),
        )
    }

    /// What the validator says of a payload under both versions of a pair.
    pub(super) fn rulings(
        &self,
        pair: PairId,
        payload: &serde_json::Value,
    ) -> Option<(Ruling, Ruling)> {
        let question = self.question(pair);
        let direction = self.projection(question.direction);
        let graph = &self.comparison.graph;
        let ruling = |referee: &Referee<'d>, schemas: &Schemas<'d>, id: SchemaId| {
            let bundle = schemas.bundle;
            // The whole of a bare schema is asked about as it stands, where references may depend on the way.
            if !bundle.dialect.is_api() && schemas.of_node(bundle.root()) == id {
                return referee.judge(&[bundle.root()], false, direction, payload);
            }
            referee.judge_key(&schemas.key_of(id), direction, payload)
        };
        Some((
            ruling(&self.referees.0, &graph.old, question.old)?,
            ruling(&self.referees.1, &graph.new, question.new)?,
        ))
    }

    pub(super) fn question(&self, pair: PairId) -> Question {
        self.comparison.graph.pairs[pair.0 as usize].question
    }

    fn projection(&self, direction: Direction) -> Option<Direction> {
        self.projected.then_some(direction)
    }

    /// What may be sent, and what has to be understood: the latter with everything taken for what is sent that has a
    /// question of its own.
    fn lower(&mut self, chain: &Chain) -> (NodeId, NodeId) {
        let question = self.question(chain[0]);
        let direction = self.projection(question.direction);
        let graph = &self.comparison.graph;
        let mut overlay = Overlay::default();
        for (step, pair) in chain.iter().enumerate() {
            let held = self.question(*pair);
            let inner = chain.get(step + 1).map(|inner| self.question(*inner));
            let inner = inner.map(|inner| (inner.old, inner.new));
            self.note_twins(*pair, inner, question.direction, &mut overlay);
            if step > 0 {
                let key = match question.direction {
                    Direction::Input => graph.new.key_of(held.new),
                    Direction::Output => graph.old.key_of(held.old),
                };
                overlay.fresh.extend(key.atoms.iter().map(|atom| atom.at));
            }
        }
        let (old, new) = (
            graph.old.key_of(question.old),
            graph.new.key_of(question.new),
        );
        let arena = self.prover.arena();
        match question.direction {
            Direction::Input => (
                self.lowered.0.key(arena, &old, direction),
                self.lowered.1.key_over(arena, &new, direction, &overlay),
            ),
            Direction::Output => (
                self.lowered.1.key(arena, &new, direction),
                self.lowered.0.key_over(arena, &old, direction, &overlay),
            ),
        }
    }

    /// Takes the twins beneath a pair for one, except for those that the edit is in.
    fn note_twins(
        &mut self,
        pair: PairId,
        except: Option<(SchemaId, SchemaId)>,
        direction: Direction,
        overlay: &mut Overlay,
    ) {
        let projection = self.projection(direction);
        let twins = self
            .twins
            .entry(pair)
            .or_insert_with(|| twins(self.comparison, pair).into());
        let arena = self.prover.arena();
        for Twin { ids, old, new } in twins.iter() {
            if Some(*ids) == except {
                continue;
            }
            let (node, taken) = match direction {
                Direction::Input => (self.lowered.0.nodes(arena, old, projection), new),
                Direction::Output => (self.lowered.1.nodes(arena, new, projection), old),
            };
            for at in taken {
                overlay.twins.insert(*at, node);
            }
        }
    }

    /// Both schemas as the reading has them.
    fn read(&mut self, written: (NodeId, NodeId), direction: Direction) -> (NodeId, NodeId) {
        let (small, large) = written;
        match (self.comparison.options.reading, direction) {
            (Reading::Strict, _) => written,
            (Reading::Tolerant, Direction::Input) => (
                self.readings
                    .writer_against(self.prover.arena(), small, large),
                large,
            ),
            (Reading::Tolerant, Direction::Output) => (
                self.readings.writer(self.prover.arena(), small),
                self.readings.reader(self.prover.arena(), large),
            ),
        }
    }
}
