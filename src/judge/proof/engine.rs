//! Asks the prover about pairs of schemas, and lets the validator confirm what it shows.

use super::{
    chains::Chain,
    twins::{Twin, twins},
};
use crate::diff::{Comparison, PairId, Question, Reading};
use crate::inclusion::{
    Arena, Facet, NodeId, Prover, Side as Inclusion, Value, facets, reading::Readings, shrink,
};
use crate::judge::finding::{Side, Witness};
use crate::spec::{Lowering, Overlay, Referee, Ruling, SchemaId, Schemas};
use crate::variance::Direction;
use foldhash::{HashMap, HashMapExt as _};
use std::{borrow::Cow, rc::Rc};

/// Steps of making a payload smaller.
const SHRINKS: u64 = 400;

/// Steps of matching texts for the same.
const SHRINK_STEPS: u64 = 500_000;

/// What a payload that the validator judges otherwise is worth.
const UNCONFIRMED: &str = "the payload that was found is not confirmed by the validator";

/// What a payload is worth that the validator cannot judge.
const UNJUDGED: &str =
    "the validator cannot read one of the schemas, so that no payload is confirmed";

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
    comparison: &'a Comparison<'c, 'd>,
    prover: Prover,
    lowered: (Lowering<'d>, Lowering<'d>),
    readings: Readings,
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

    fn question(&self, pair: PairId) -> Question {
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

    fn answer(
        &mut self,
        anchor: PairId,
        read: (NodeId, NodeId),
        written: (NodeId, NodeId),
    ) -> Answer {
        match self.prover.included(read.0, read.1) {
            Inclusion::Included(_) => Answer::Kept,
            Inclusion::NotIncluded(value) => match self.confirmed(anchor, read, written, &value) {
                Some(witness) => Answer::Lost(Box::new(Lost { witness, anchor })),
                None if self.is_judged(anchor, &value) => Answer::Open(UNCONFIRMED.into()),
                None => Answer::Open(UNJUDGED.into()),
            },
            Inclusion::Unknown { reason, candidate } => {
                let witness =
                    candidate.and_then(|value| self.confirmed(anchor, read, written, &value));
                match witness {
                    Some(witness) => Answer::Lost(Box::new(Lost { witness, anchor })),
                    None => Answer::Open(told(&reason.0)),
                }
            }
        }
    }

    fn is_judged(&self, pair: PairId, value: &Value) -> bool {
        self.rulings(pair, &serde_json::Value::from(value))
            .is_some()
    }

    /// The smallest payload made from this one that the validator confirms.
    fn confirmed(
        &mut self,
        anchor: PairId,
        read: (NodeId, NodeId),
        written: (NodeId, NodeId),
        value: &Value,
    ) -> Option<Witness> {
        let prover = &mut self.prover;
        let start = prover.matched();
        let small = shrink(
            value.clone(),
            &mut |value| {
                prover.matched() - start < SHRINK_STEPS
                    && prover.holds(read.0, value) == Some(true)
                    && prover.holds(read.1, value) == Some(false)
            },
            SHRINKS,
        );
        if let Some(witness) = self.ruled(anchor, written, &small) {
            return Some(witness);
        }
        (small != *value)
            .then(|| self.ruled(anchor, written, value))
            .flatten()
    }

    /// What the validator says of a payload under both versions, and what the reading says.
    fn ruled(
        &mut self,
        anchor: PairId,
        written: (NodeId, NodeId),
        value: &Value,
    ) -> Option<Witness> {
        let question = self.question(anchor);
        let (old, new) = self.rulings(anchor, &serde_json::Value::from(value))?;
        let (valid_under, invalid) = match question.direction {
            Direction::Input if old.valid && !new.valid => (Side::Old, new),
            Direction::Output if new.valid && !old.valid => (Side::New, old),
            Direction::Input | Direction::Output => return None,
        };
        if !self.understood_so(written, question.direction, value) {
            return None;
        }
        Some(Witness {
            payload: value.to_string(),
            valid_under,
            keyword: invalid.keyword.unwrap_or_default(),
            at: invalid.at.unwrap_or_default(),
            exchange: None,
        })
    }

    /// Whether the reading agrees that the writer may send it and the reader does not understand it.
    fn understood_so(
        &mut self,
        (small, large): (NodeId, NodeId),
        direction: Direction,
        value: &Value,
    ) -> bool {
        if self.comparison.options.reading == Reading::Strict {
            return true;
        }
        let (readings, arena) = (&mut self.readings, self.prover.arena());
        match direction {
            Direction::Input => readings.written(arena, small, Some(large), value) == Some(true),
            Direction::Output => {
                readings.written(arena, small, None, value) == Some(true)
                    && readings.readable(arena, large, value) == Some(false)
            }
        }
    }
}

/// A reason without the number of the node that keeps sets of one name apart.
fn told(reason: &str) -> Cow<'static, str> {
    let Some((before, rest)) = reason.split_once(" (no. ") else {
        return reason.to_owned().into();
    };
    let after = rest.split_once(')').map_or("", |(_, after)| after);
    format!("{before}{after}").into()
}
