//! Which questions are open, answered under an assumption, or settled for good.
//!
//! A question that comes up again inside itself, about a value inside the one at hand, may be taken to have no answer:
//! a smallest value that answers it cannot contain another one. What rests on such an assumption is settled only when
//! the question that was assumed closes with the same result.

use super::{super::Reason, Outcome};
use crate::inclusion::{schema::NodeId, value::Value};
use foldhash::{HashMap, HashMapExt as _};
use std::rc::Rc;

/// A value of all of these and of none of those; both in order and without doubles.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Question {
    pub(super) positives: Box<[NodeId]>,
    pub(super) negatives: Box<[NodeId]>,
}

/// An answer that holds whatever else is asked.
#[derive(Clone, Debug)]
enum Settled {
    Empty,
    Model(Value),
}

/// Answers that hold for every later question over the same arena.
#[derive(Debug)]
pub(super) struct Answers(HashMap<Rc<Question>, Settled>);

impl Default for Answers {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl Answers {
    fn get(&self, question: &Question) -> Option<Outcome> {
        self.0.get(question).map(|settled| match settled {
            Settled::Empty => Outcome::Empty,
            Settled::Model(value) => Outcome::Model(value.clone()),
        })
    }
}

struct Frame {
    /// The lowest open question that an answer below was based on.
    lowest: usize,
    /// Where the answers below start in the log.
    start: usize,
}

/// The questions on the way from the first one to the one at hand.
#[derive(Default)]
pub(super) struct Assumptions {
    open: HashMap<Rc<Question>, usize>,
    frames: Vec<Frame>,
    /// No value, as long as the open question of this number has none.
    provisional: HashMap<Rc<Question>, usize>,
    log: Vec<Rc<Question>>,
    /// Not decided for this first question: the budget may be larger for the next.
    undecided: HashMap<Rc<Question>, Reason>,
}

impl Assumptions {
    /// What is known about a question without searching.
    pub(super) fn recall(&mut self, answers: &Answers, question: &Question) -> Option<Outcome> {
        if let Some(outcome) = answers.get(question) {
            return Some(outcome);
        }
        let based = self
            .open
            .get(question)
            .or_else(|| self.provisional.get(question));
        if let Some(lowest) = based.copied() {
            self.rest_on(lowest);
            return Some(Outcome::Empty);
        }
        self.undecided.get(question).cloned().map(Outcome::Unknown)
    }

    /// How many questions are open.
    pub(super) fn depth(&self) -> usize {
        self.frames.len()
    }

    /// Opens a question.
    pub(super) fn begin(&mut self, question: &Rc<Question>) {
        let index = self.frames.len();
        self.open.insert(Rc::clone(question), index);
        self.frames.push(Frame {
            lowest: usize::MAX,
            start: self.log.len(),
        });
    }

    /// Closes the question that was opened last.
    pub(super) fn finish(
        &mut self,
        answers: &mut Answers,
        question: &Rc<Question>,
        outcome: &Outcome,
    ) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        let index = self.frames.len();
        self.open.remove(question);
        match outcome {
            Outcome::Empty if frame.lowest >= index => {
                for settled in self.log.drain(frame.start..) {
                    self.provisional.remove(&settled);
                    answers.0.insert(settled, Settled::Empty);
                }
                answers.0.insert(Rc::clone(question), Settled::Empty);
            }
            Outcome::Empty => {
                self.provisional.insert(Rc::clone(question), frame.lowest);
                self.log.push(Rc::clone(question));
                self.rest_on(frame.lowest);
            }
            Outcome::Model(value) => {
                self.forget(frame.start);
                answers
                    .0
                    .insert(Rc::clone(question), Settled::Model(value.clone()));
            }
            Outcome::Unknown(reason) => {
                self.forget(frame.start);
                self.undecided.insert(Rc::clone(question), reason.clone());
            }
        }
    }

    fn rest_on(&mut self, lowest: usize) {
        if let Some(frame) = self.frames.last_mut() {
            frame.lowest = frame.lowest.min(lowest);
        }
    }

    /// Takes back what may have been based on a question that turned out to have an answer, or none that was found.
    fn forget(&mut self, start: usize) {
        for question in self.log.drain(start..) {
            self.provisional.remove(&question);
        }
    }
}
