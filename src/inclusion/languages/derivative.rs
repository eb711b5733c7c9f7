//! What is left of a language once a character is read (Brzozowski's derivatives, with assertions by continuation:
//! what a look-ahead asks for is intersected with everything that follows it).

use super::{
    class::Class,
    expression::{Expressions, Language, LanguageKind, Part, PartKind, Passes},
};
use foldhash::HashMap;
use std::rc::Rc;

/// What stands before a place in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Before {
    /// Nothing: the text begins here.
    Start,
    /// A character of a word.
    Word,
    /// Another character.
    Other,
}

/// What is known of a place in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Place {
    pub(super) before: Before,
    /// Which of the look-behinds hold here, by number.
    pub(super) behind: u64,
}

/// The engine used up its steps, or an expression nests too deep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exhausted;

/// How deep expressions may nest on the way to a character.
const DEEPEST: u32 = 400;

/// Expressions and how to walk through them.
#[derive(Debug)]
pub(super) struct Engine {
    pub(super) made: Expressions,
    /// The characters of words, for `\b`.
    pub(super) word: Rc<Class>,
    steps: HashMap<(Language, char, Place), Language>,
    pub(super) settled: HashMap<Language, Language>,
    pub(super) heads: HashMap<Language, Rc<[Part]>>,
    pub(super) samples: HashMap<Rc<[Part]>, Rc<[char]>>,
    pub(super) depth: u32,
    /// How many steps may still be made.
    fuel: u64,
}

impl Engine {
    pub(super) fn new(word: Class, fuel: u64) -> Self {
        Self {
            made: Expressions::new(),
            word: Rc::new(word),
            steps: HashMap::default(),
            settled: HashMap::default(),
            heads: HashMap::default(),
            samples: HashMap::default(),
            depth: 0,
            fuel,
        }
    }

    /// Texts in which a pattern matches somewhere.
    pub(super) fn found(&mut self, part: Part) -> Language {
        let here = self.made.then(part, Language::EVERYTHING);
        self.made.anywhere(here)
    }

    /// This text and no other.
    pub(super) fn word(&mut self, text: &str) -> Language {
        let mut rest = Language::END;
        for character in text.chars().rev() {
            let part = self.made.class(Rc::new(Class::one(character)));
            rest = self.made.then(part, rest);
        }
        rest
    }

    /// The characters of words, as a part.
    pub(super) fn words(&mut self) -> Part {
        self.made.class(Rc::clone(&self.word))
    }

    /// Allows for so many steps from here on.
    pub(super) fn refuel(&mut self, steps: u64) {
        self.fuel = steps;
        self.depth = 0;
    }

    /// How many of so many steps were made.
    pub(super) fn spent(&self, steps: u64) -> u64 {
        steps.saturating_sub(self.fuel)
    }

    /// Takes steps.
    pub(super) fn spend(&mut self, steps: u64) -> Result<(), Exhausted> {
        self.fuel = self.fuel.checked_sub(steps).ok_or(Exhausted)?;
        Ok(())
    }

    /// Counts one step inwards.
    pub(super) fn enter(&mut self) -> Result<(), Exhausted> {
        let joined = self.made.take_work();
        self.spend(1 + joined)?;
        self.depth += 1;
        if self.depth > DEEPEST {
            Err(Exhausted)
        } else {
            Ok(())
        }
    }

    /// What is left of a language once a character is read.
    pub(super) fn step(
        &mut self,
        language: Language,
        c: char,
        place: Place,
    ) -> Result<Language, Exhausted> {
        if matches!(language, Language::NOTHING | Language::EVERYTHING) {
            return Ok(language);
        }
        if let Some(known) = self.steps.get(&(language, c, place)) {
            return Ok(*known);
        }
        self.enter()?;
        let left = match self.made.language(language).clone() {
            LanguageKind::Nothing | LanguageKind::End => Language::NOTHING,
            LanguageKind::Everything => Language::EVERYTHING,
            LanguageKind::Not(inner) => {
                let inner = self.step(inner, c, place)?;
                self.made.not(inner)
            }
            LanguageKind::All(all) => {
                let mut parts = Vec::with_capacity(all.len());
                for part in &all {
                    let part = self.step(*part, c, place)?;
                    if part == Language::NOTHING {
                        parts = vec![part];
                        break;
                    }
                    parts.push(part);
                }
                self.made.all(parts)
            }
            LanguageKind::Any(any) => {
                let mut parts = Vec::with_capacity(any.len());
                for part in &any {
                    parts.push(self.step(*part, c, place)?);
                }
                self.made.any(parts)
            }
            LanguageKind::Then(part, rest) => {
                let inside = self.read(part, rest, c, place)?;
                let asked = self.asked_at(part, c, place)?;
                let skipped = if asked == Language::NOTHING {
                    asked
                } else {
                    let left = self.step(rest, c, place)?;
                    self.made.all(vec![asked, left])
                };
                self.made.any(vec![inside, skipped])
            }
        };
        self.depth -= 1;
        self.steps.insert((language, c, place), left);
        Ok(left)
    }

    /// What is left of what a part asks for where it is passed without reading.
    fn asked_at(&mut self, part: Part, c: char, place: Place) -> Result<Language, Exhausted> {
        let asked = self.asked(part, place);
        self.step(asked, c, place)
    }

    /// The character is the first that the part reads.
    fn read(
        &mut self,
        part: Part,
        rest: Language,
        c: char,
        place: Place,
    ) -> Result<Language, Exhausted> {
        self.enter()?;
        let left = match self.made.part(part).clone() {
            PartKind::Class(class) if class.contains(c) => rest,
            PartKind::Empty
            | PartKind::Class(_)
            | PartKind::Start
            | PartKind::End
            | PartKind::Edge(_)
            | PartKind::Ahead(..)
            | PartKind::Behind(..) => Language::NOTHING,
            PartKind::Sequence(first, second) => {
                let more = self.made.then(second, rest);
                let inside = self.read(first, more, c, place)?;
                let asked = self.asked_at(first, c, place)?;
                let skipped = if asked == Language::NOTHING {
                    asked
                } else {
                    let left = self.read(second, rest, c, place)?;
                    self.made.all(vec![asked, left])
                };
                self.made.any(vec![inside, skipped])
            }
            PartKind::Choice(choices) => {
                let mut left = Vec::with_capacity(choices.len());
                for choice in &choices {
                    left.push(self.read(*choice, rest, c, place)?);
                }
                self.made.any(left)
            }
            PartKind::Repeat(of, fewest, most) => self.round((of, fewest, most), rest, c, place)?,
        };
        self.depth -= 1;
        Ok(left)
    }

    /// The character is the first of a round of a repetition.
    fn round(
        &mut self,
        (of, fewest, most): (Part, u32, Option<u32>),
        rest: Language,
        c: char,
        place: Place,
    ) -> Result<Language, Exhausted> {
        let most = most.map(|most| most - 1);
        let again = self.made.repeat(of, fewest.saturating_sub(1), most);
        let more = self.made.then(again, rest);
        let inside = self.read(of, more, c, place)?;
        if fewest < 2 || self.made.part_facts(of).passes == Passes::Never {
            return Ok(inside);
        }
        // Rounds that read nothing count too, where the body may be passed here.
        let again = self.made.repeat(of, 0, most);
        let more = self.made.then(again, rest);
        let asked = self.asked_at(of, c, place)?;
        let free = self.read(of, more, c, place)?;
        let free = self.made.all(vec![asked, free]);
        Ok(self.made.any(vec![inside, free]))
    }
}
