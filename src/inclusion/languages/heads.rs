//! Which characters make a difference at a place, and what a language is once the text has begun.

use super::{
    class::{Class, samples},
    derivative::{Engine, Exhausted},
    expression::{Language, LanguageKind, Part, PartKind, Passes},
    position::Position,
};
use std::rc::Rc;

impl Engine {
    /// One character for each way on from a place, the best to read first.
    pub(super) fn samples(&mut self, position: &Position) -> Result<Rc<[char]>, Exhausted> {
        let mut heads = self.heads(position.language)?;
        let edges = self.made.facts(position.language).edges;
        if edges || !position.behinds.is_empty() {
            let mut all = heads.to_vec();
            // What is read here matters to the edge and to what looks behind after it.
            all.extend(edges.then(|| self.words()));
            for behind in &position.behinds {
                all.extend(self.heads(*behind)?.iter());
            }
            heads = sorted(all);
        }
        if let Some(known) = self.samples.get(&heads) {
            return Ok(Rc::clone(known));
        }
        let classes: Vec<Rc<Class>> = heads
            .iter()
            .filter_map(|part| self.class_of(*part))
            .collect();
        self.spend((classes.len() * classes.len() / 8) as u64)?;
        let made: Rc<[char]> = samples(classes.iter().map(|class| &**class)).into();
        self.samples.insert(heads, Rc::clone(&made));
        Ok(made)
    }

    fn class_of(&self, part: Part) -> Option<Rc<Class>> {
        match self.made.part(part) {
            PartKind::Class(class) => Some(Rc::clone(class)),
            PartKind::Empty
            | PartKind::Sequence(..)
            | PartKind::Choice(_)
            | PartKind::Repeat(..)
            | PartKind::Start
            | PartKind::End
            | PartKind::Edge(_)
            | PartKind::Ahead(..)
            | PartKind::Behind(..) => None,
        }
    }

    /// The classes that the next character is tried on.
    fn heads(&mut self, language: Language) -> Result<Rc<[Part]>, Exhausted> {
        if let Some(known) = self.heads.get(&language) {
            return Ok(Rc::clone(known));
        }
        self.enter()?;
        let mut heads = Vec::new();
        match self.made.language(language).clone() {
            LanguageKind::Nothing | LanguageKind::Everything | LanguageKind::End => {}
            LanguageKind::Not(inner) => heads.extend(self.heads(inner)?.iter()),
            LanguageKind::All(parts) | LanguageKind::Any(parts) => {
                for part in &parts {
                    heads.extend(self.heads(*part)?.iter());
                }
            }
            LanguageKind::Then(part, rest) => {
                self.part_heads(part, &mut heads)?;
                if self.made.part_facts(part).passes != Passes::Never {
                    heads.extend(self.heads(rest)?.iter());
                }
            }
        }
        self.spend(heads.len() as u64 / 4)?;
        let heads = sorted(heads);
        self.depth -= 1;
        self.heads.insert(language, Rc::clone(&heads));
        Ok(heads)
    }

    fn part_heads(&mut self, part: Part, heads: &mut Vec<Part>) -> Result<(), Exhausted> {
        self.enter()?;
        match self.made.part(part).clone() {
            PartKind::Empty | PartKind::Start | PartKind::End | PartKind::Behind(..) => {}
            PartKind::Class(_) => heads.push(part),
            PartKind::Edge(_) => {
                let words = self.words();
                heads.push(words);
            }
            PartKind::Sequence(first, second) => {
                self.part_heads(first, heads)?;
                if self.made.part_facts(first).passes != Passes::Never {
                    self.part_heads(second, heads)?;
                }
            }
            PartKind::Choice(choices) => {
                for choice in &choices {
                    self.part_heads(*choice, heads)?;
                }
            }
            PartKind::Repeat(of, ..) | PartKind::Ahead(of, _) => self.part_heads(of, heads)?,
        }
        self.depth -= 1;
        Ok(())
    }

    /// The language where the text has already begun: `^` holds nowhere any more.
    pub(super) fn settled(&mut self, language: Language) -> Result<Language, Exhausted> {
        if !self.made.facts(language).starts {
            return Ok(language);
        }
        if let Some(known) = self.settled.get(&language) {
            return Ok(*known);
        }
        self.enter()?;
        let settled = match self.made.language(language).clone() {
            LanguageKind::Nothing | LanguageKind::Everything | LanguageKind::End => language,
            LanguageKind::Not(inner) => {
                let inner = self.settled(inner)?;
                self.made.not(inner)
            }
            LanguageKind::All(parts) => {
                let parts = parts
                    .iter()
                    .map(|part| self.settled(*part))
                    .collect::<Result<_, _>>()?;
                self.made.all(parts)
            }
            LanguageKind::Any(parts) => {
                let parts = parts
                    .iter()
                    .map(|part| self.settled(*part))
                    .collect::<Result<_, _>>()?;
                self.made.any(parts)
            }
            LanguageKind::Then(part, rest) => {
                let part = self.settled_part(part)?;
                let rest = self.settled(rest)?;
                self.made.then(part, rest)
            }
        };
        self.depth -= 1;
        self.settled.insert(language, settled);
        Ok(settled)
    }

    fn settled_part(&mut self, part: Part) -> Result<Part, Exhausted> {
        if !self.made.part_facts(part).starts {
            return Ok(part);
        }
        self.enter()?;
        let settled = match self.made.part(part).clone() {
            PartKind::Empty
            | PartKind::Class(_)
            | PartKind::End
            | PartKind::Edge(_)
            | PartKind::Behind(..) => part,
            PartKind::Start => self.made.class(Rc::new(Class::of([]))),
            PartKind::Sequence(first, second) => {
                let first = self.settled_part(first)?;
                let second = self.settled_part(second)?;
                self.made.sequence(first, second)
            }
            PartKind::Choice(choices) => {
                let choices = choices
                    .iter()
                    .map(|choice| self.settled_part(*choice))
                    .collect::<Result<_, _>>()?;
                self.made.choice(choices)
            }
            PartKind::Repeat(of, fewest, most) => {
                let of = self.settled_part(of)?;
                self.made.repeat(of, fewest, most)
            }
            PartKind::Ahead(of, holds) => {
                let of = self.settled_part(of)?;
                self.made.ahead(of, holds)
            }
        };
        self.depth -= 1;
        Ok(settled)
    }
}

fn sorted(mut parts: Vec<Part>) -> Rc<[Part]> {
    parts.sort_unstable();
    parts.dedup();
    parts.into()
}
