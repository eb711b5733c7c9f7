//! The search itself: questions, states, and cases within a budget.

use super::{
    super::{
        Reason,
        languages::Languages,
        schema::{Arena, NodeId},
    },
    Ask, Outcome,
    assumptions::{Answers, Assumptions},
    facts::Facts,
    finite, leaf,
    propagate::propagate,
    split::{Case, split},
    state::{Contradiction, State},
};
use std::rc::Rc;

/// How many questions may be open inside one another.
const DEEPEST_QUESTION: usize = 100;
/// How many cases may be open inside one another, over all open questions.
const DEEPEST_CASE: usize = 300;

/// What is kept from question to question.
#[derive(Debug, Default)]
pub(in crate::inclusion) struct Memory {
    pub(super) answers: Answers,
    pub(super) facts: Facts,
}

/// How sets are treated of which nothing is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::inclusion) enum Mood {
    /// A value that rests on them is not known to be one.
    Careful,
    /// They are left out: what is found is a candidate.
    Hopeful,
}

/// The emptiness search for one first question.
pub(in crate::inclusion) struct Solver<'a> {
    pub(super) arena: &'a mut Arena,
    pub(super) languages: &'a mut Languages,
    pub(super) memory: &'a mut Memory,
    pub(super) mood: Mood,
    /// Whether something was left open because nothing is known of a set.
    pub(in crate::inclusion) doubted: bool,
    assumptions: Assumptions,
    steps: Steps,
    cases: usize,
}

/// Steps that are left.
struct Steps {
    left: u64,
    allowed: u64,
}

impl Steps {
    fn spend(&mut self, steps: u64) -> Result<(), Reason> {
        if let Some(left) = self.left.checked_sub(steps) {
            self.left = left;
            return Ok(());
        }
        self.left = 0;
        Err(Reason(
            format!("more than {} steps of search", self.allowed).into(),
        ))
    }
}

/// What the solver of strings needs beside the languages; a string has nothing inside.
pub(super) struct Purse<'a> {
    arena: &'a mut Arena,
    steps: &'a mut Steps,
}

impl Ask for Purse<'_> {
    fn arena(&mut self) -> &mut Arena {
        self.arena
    }

    fn ask(&mut self, _: &[NodeId], _: &[NodeId]) -> Outcome {
        unknown("a string has nothing inside")
    }

    fn spend(&mut self, steps: u64) -> Result<(), Reason> {
        self.steps.spend(steps)
    }
}

impl<'a> Solver<'a> {
    /// A search with so many steps.
    pub(in crate::inclusion) fn new(
        arena: &'a mut Arena,
        languages: &'a mut Languages,
        memory: &'a mut Memory,
        steps: u64,
        mood: Mood,
    ) -> Self {
        Self {
            arena,
            languages,
            memory,
            mood,
            doubted: false,
            assumptions: Assumptions::default(),
            steps: Steps {
                left: steps,
                allowed: steps,
            },
            cases: 0,
        }
    }

    /// Whether a value belongs to all of some schemas and to none of others.
    pub(in crate::inclusion) fn solve(
        &mut self,
        positives: &[NodeId],
        negatives: &[NodeId],
    ) -> Outcome {
        match State::start(self.arena, &mut self.memory.facts, positives, negatives) {
            Ok(state) => self.question(state),
            Err(Contradiction) => Outcome::Empty,
        }
    }

    /// Whether the budget is used up.
    pub(in crate::inclusion) fn is_exhausted(&self) -> bool {
        self.steps.left == 0
    }

    /// The languages, and what else the solver of strings needs.
    pub(super) fn split(&mut self) -> (&mut Languages, Purse<'_>) {
        let purse = Purse {
            arena: self.arena,
            steps: &mut self.steps,
        };
        (self.languages, purse)
    }

    fn question(&mut self, state: State) -> Outcome {
        let question = Rc::new(state.question());
        if let Some(known) = self.assumptions.recall(&self.memory.answers, &question) {
            return known;
        }
        if self.assumptions.depth() >= DEEPEST_QUESTION {
            return unknown(format!(
                "values nested deeper than {DEEPEST_QUESTION} levels"
            ));
        }
        self.assumptions.begin(&question);
        let outcome = self.search(state);
        self.assumptions
            .finish(&mut self.memory.answers, &question, &outcome);
        outcome
    }

    fn search(&mut self, mut state: State) -> Outcome {
        if let Err(reason) = self.spend(state.work()) {
            return Outcome::Unknown(reason);
        }
        if propagate(self.arena, &mut self.memory.facts, &mut state).is_err() {
            return Outcome::Empty;
        }
        if let Some(candidates) = finite::candidates(self.arena, &mut self.memory.facts, &state) {
            return finite::enumerate(self, &state, &candidates);
        }
        match split(self.arena, &mut self.memory.facts, &mut state) {
            None => leaf::leaf(self, &state),
            Some(ways) => self.cases(&state, ways),
        }
    }

    fn cases(&mut self, state: &State, ways: Vec<Case>) -> Outcome {
        if self.cases >= DEEPEST_CASE {
            return unknown(format!(
                "more than {DEEPEST_CASE} choices inside one another"
            ));
        }
        self.cases += 1;
        let outcome = first_model(ways, |way| self.case(state.clone(), way));
        self.cases -= 1;
        outcome
    }

    fn case(&mut self, mut state: State, case: Case) -> Outcome {
        match case {
            Case::Type(types) => state.types = types,
            Case::Takes(takes) => {
                for (sign, id) in takes {
                    let taken = state.take(self.arena, &mut self.memory.facts, sign, id);
                    if taken.is_err() {
                        return Outcome::Empty;
                    }
                }
            }
        }
        self.search(state)
    }
}

impl Ask for Solver<'_> {
    fn arena(&mut self) -> &mut Arena {
        self.arena
    }

    fn ask(&mut self, positives: &[NodeId], negatives: &[NodeId]) -> Outcome {
        self.solve(positives, negatives)
    }

    fn spend(&mut self, steps: u64) -> Result<(), Reason> {
        self.steps.spend(steps)
    }

    fn matches(&mut self, pattern: &str, text: &str) -> Option<bool> {
        self.languages.matches(pattern, text)
    }
}

/// The first value that any of these has; nothing only if none has one.
pub(super) fn first_model<T>(
    all: impl IntoIterator<Item = T>,
    mut outcome: impl FnMut(T) -> Outcome,
) -> Outcome {
    let mut doubt = None;
    for one in all {
        match outcome(one) {
            Outcome::Empty => {}
            Outcome::Model(value) => return Outcome::Model(value),
            Outcome::Unknown(reason) => doubt = doubt.or(Some(reason)),
        }
    }
    doubt.map_or(Outcome::Empty, Outcome::Unknown)
}

/// Not decided, and why.
pub(super) fn unknown(reason: impl Into<std::borrow::Cow<'static, str>>) -> Outcome {
    Outcome::Unknown(Reason(reason.into()))
}
