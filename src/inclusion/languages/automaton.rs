//! Walks through the states of a language: is there a text, and which is the shortest?

use super::{
    derivative::{Engine, Exhausted},
    expression::Language,
    position::Position,
};
use foldhash::{HashMap, HashMapExt as _};
use std::{cmp::Reverse, collections::BinaryHeap};

/// How long a text may be that is written out.
const LONGEST: u64 = 200_000;

/// What a walk found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Walk {
    /// A shortest text, spelt as people can read it where there is a choice.
    Text(String),
    /// There is none.
    Nothing,
    /// It needs more states than it may have.
    States,
    /// It needs more steps than it may have.
    Steps,
    /// There is a text, but it is this long.
    TooLong(u64),
}

type State = usize;

/// The states met so far.
pub(super) struct Automaton<'a> {
    engine: &'a mut Engine,
    states: Vec<Position>,
    known: HashMap<Position, State>,
    edges: Vec<Option<Vec<(char, State)>>>,
    ends: Vec<Option<bool>>,
    most: usize,
}

impl<'a> Automaton<'a> {
    pub(super) fn new(engine: &'a mut Engine, language: Language, most: usize) -> Self {
        let mut made = Self {
            engine,
            states: Vec::new(),
            known: HashMap::new(),
            edges: Vec::new(),
            ends: Vec::new(),
            most,
        };
        let start = made.engine.start(language);
        made.state(start);
        made
    }

    fn state(&mut self, position: Position) -> State {
        if let Some(known) = self.known.get(&position) {
            return *known;
        }
        let state = self.states.len();
        self.known.insert(position.clone(), state);
        self.states.push(position);
        self.edges.push(None);
        self.ends.push(None);
        state
    }

    fn ends(&mut self, state: State) -> Result<bool, Exhausted> {
        if let Some(known) = self.ends[state] {
            return Ok(known);
        }
        let ends = self.engine.is_end(&self.states[state])?;
        self.ends[state] = Some(ends);
        Ok(ends)
    }

    /// The ways on, one for each next state, the best to read first.
    fn edges(&mut self, state: State) -> Result<&[(char, State)], Exhausted> {
        if self.edges[state].is_none() {
            let position = self.states[state].clone();
            let mut edges: Vec<(char, State)> = Vec::new();
            for sample in self.engine.samples(&position)?.iter() {
                let next = self.engine.advance(&position, *sample)?;
                if next.language == Language::NOTHING {
                    continue;
                }
                let target = self.state(next);
                if edges.iter().all(|(_, known)| *known != target) {
                    edges.push((*sample, target));
                }
            }
            if self.states.len() > self.most {
                return Err(Exhausted);
            }
            self.edges[state] = Some(edges);
        }
        Ok(self.edges[state].as_deref().unwrap_or_default())
    }

    /// A shortest text that has between `shortest` and `longest` characters.
    pub(super) fn walk(&mut self, shortest: u64, longest: Option<u64>) -> Walk {
        match self.search(shortest, longest) {
            Ok(walk) => walk,
            Err(Exhausted) if self.states.len() > self.most => Walk::States,
            Err(Exhausted) => Walk::Steps,
        }
    }

    fn search(&mut self, shortest: u64, longest: Option<u64>) -> Result<Walk, Exhausted> {
        let Some(text) = self.nearest(longest)? else {
            return Ok(Walk::Nothing);
        };
        let length = text.chars().count() as u64;
        // Most questions set no lower limit, or one that the shortest text holds to anyway.
        if length < shortest {
            return self.levels(shortest, longest);
        }
        Ok(if length > LONGEST {
            Walk::TooLong(length)
        } else {
            Walk::Text(text)
        })
    }

    /// A shortest text of all: the states that may end soonest come first.
    fn nearest(&mut self, longest: Option<u64>) -> Result<Option<String>, Exhausted> {
        let mut from: HashMap<State, (State, char)> = HashMap::new();
        let mut lengths: HashMap<State, u64> = HashMap::new();
        let mut queue = BinaryHeap::new();
        lengths.insert(0, 0);
        queue.push(Reverse((0, Reverse(0), 0_u64, 0)));
        let mut order = 0;
        while let Some(Reverse((_, Reverse(length), _, state))) = queue.pop() {
            if lengths.get(&state).is_some_and(|known| *known < length) {
                continue;
            }
            if self.ends(state)? {
                return Ok(Some(spell(&from, state)));
            }
            for (character, target) in self.edges(state)?.to_vec() {
                let (length, left) = (length + 1, self.fewest(target));
                let too_long = longest.is_some_and(|longest| length.saturating_add(left) > longest);
                if too_long || lengths.get(&target).is_some_and(|known| *known <= length) {
                    continue;
                }
                lengths.insert(target, length);
                from.insert(target, (state, character));
                order += 1;
                queue.push(Reverse((
                    length.saturating_add(left),
                    Reverse(length),
                    order,
                    target,
                )));
            }
        }
        Ok(None)
    }

    /// How many characters it takes at least to an end.
    fn fewest(&self, state: State) -> u64 {
        self.engine.made.facts(self.states[state].language).fewest
    }

    /// A text of a given length at least: the sets of states that texts of length 0, 1, 2, … lead to, which come round
    /// sooner or later.
    fn levels(&mut self, shortest: u64, longest: Option<u64>) -> Result<Walk, Exhausted> {
        let mut levels: Vec<Vec<State>> = vec![vec![0]];
        let mut met: HashMap<Vec<State>, usize> = HashMap::new();
        let round = loop {
            let length = levels.len() - 1;
            let Some(last) = levels.last().cloned() else {
                return Ok(Walk::Nothing);
            };
            if length as u64 >= shortest
                && let Some(end) = self.first_end(&last)?
            {
                return self.spell_back(&levels, 0, length as u64, end);
            }
            if last.is_empty() || longest.is_some_and(|longest| length as u64 >= longest) {
                return Ok(Walk::Nothing);
            }
            if let Some(start) = met.insert(last.clone(), length) {
                levels.pop();
                break start;
            }
            let mut next = Vec::new();
            for state in last {
                self.engine.spend(1)?;
                next.extend(self.edges(state)?.iter().map(|(_, target)| *target));
            }
            next.sort_unstable();
            next.dedup();
            levels.push(next);
        };
        // `levels[round..]` repeat for ever.
        let period = levels.len() - round;
        let first = shortest.max(levels.len() as u64);
        for length in first..first.saturating_add(period as u64) {
            if longest.is_some_and(|longest| length > longest) {
                break;
            }
            let level = at(&levels, round, length);
            if let Some(end) = self.first_end(&level)? {
                return self.spell_back(&levels, round, length, end);
            }
        }
        Ok(Walk::Nothing)
    }

    fn first_end(&mut self, level: &[State]) -> Result<Option<State>, Exhausted> {
        for state in level {
            if self.ends(*state)? {
                return Ok(Some(*state));
            }
        }
        Ok(None)
    }

    fn spell_back(
        &mut self,
        levels: &[Vec<State>],
        round: usize,
        length: u64,
        end: State,
    ) -> Result<Walk, Exhausted> {
        if length > LONGEST {
            return Ok(Walk::TooLong(length));
        }
        let (mut reversed, mut target) = (String::new(), end);
        for length in (0..length).rev() {
            let before = at(levels, round, length);
            let mut step = None;
            for state in before {
                let edge = self.edges(state)?.iter().find(|(_, to)| *to == target);
                if let Some((character, _)) = edge {
                    step = Some((*character, state));
                    break;
                }
            }
            let Some((character, state)) = step else {
                return Err(Exhausted);
            };
            reversed.push(character);
            target = state;
        }
        Ok(Walk::Text(reversed.chars().rev().collect()))
    }
}

/// The states of texts of a length, where the levels from `round` on repeat.
fn at(levels: &[Vec<State>], round: usize, length: u64) -> Vec<State> {
    let period = (levels.len() - round) as u64;
    let index = if length < levels.len() as u64 {
        length
    } else {
        round as u64 + (length - round as u64) % period
    };
    usize::try_from(index).map_or_else(|_| Vec::new(), |index| levels[index].clone())
}

fn spell(from: &HashMap<State, (State, char)>, end: State) -> String {
    let (mut reversed, mut state) = (String::new(), end);
    while let Some((before, character)) = from.get(&state) {
        reversed.push(*character);
        state = *before;
    }
    reversed.chars().rev().collect()
}
