//! Questions about sets of texts.

use super::{
    Languages,
    automaton::{Automaton, Walk},
    derivative::Engine,
    expression::Language,
    pattern::Reading,
};
use crate::inclusion::Reason;
use std::rc::Rc;

/// Steps of one question; a step is a small part of a state.
pub(super) const FUEL: u64 = 1_000_000;

/// A set of texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::inclusion) enum Texts {
    /// In which a pattern matches somewhere.
    Pattern(Rc<str>),
    /// Of a format.
    Format(Rc<str>),
    /// One of these.
    Words(Vec<Rc<str>>),
    /// Of all of these sets.
    All(Vec<Texts>),
    /// Of at least one of these sets.
    Any(Vec<Texts>),
    /// Of none of these.
    Not(Box<Texts>),
}

/// How to take what has no exact language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::inclusion) enum Bound {
    /// Too many texts rather than too few: where there is none, there is none.
    Outer,
    /// Too few rather than too many: a text that is found is one.
    Inner,
}

/// Is there a text in a set with so many characters?
#[derive(Clone, Debug)]
pub(in crate::inclusion) struct Question<'a> {
    /// The set.
    pub(in crate::inclusion) texts: &'a Texts,
    /// At least so many.
    pub(in crate::inclusion) shortest: u64,
    /// At most so many.
    pub(in crate::inclusion) longest: Option<u64>,
    /// What to do about what has no exact language.
    pub(in crate::inclusion) bound: Bound,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::inclusion) enum Found {
    /// There is none, whichever way engines read the patterns.
    Nothing,
    /// A shortest one.
    Text(String),
    /// Not decided.
    Unknown(Reason),
}

impl Languages {
    /// Answers a question; the second is why the set is not exact, if it is not.
    pub(in crate::inclusion) fn find(
        &mut self,
        question: &Question<'_>,
    ) -> (Found, Option<Reason>) {
        let mut maker = Maker::new(self, question.bound, Reading::Standard);
        let found = maker.find(question);
        let (inexact, differs) = (maker.inexact.take(), maker.differs);
        if !differs || matches!(found, Found::Unknown(_)) {
            return (found, inexact);
        }
        // A proof has to hold in every reading, and a text that no validator confirms shows nothing.
        let mut maker = Maker::new(self, question.bound, Reading::Validator);
        let found = match (found, maker.find(question)) {
            (Found::Nothing, Found::Text(_)) | (Found::Text(_), Found::Nothing) => {
                let reason = format!("engines read {} differently", maker.names());
                Found::Unknown(Reason(reason.into()))
            }
            (Found::Nothing, other) => other,
            (found, _) => found,
        };
        (found, inexact)
    }
}

/// Makes one expression of a set.
struct Maker<'a> {
    languages: &'a mut Languages,
    engine: Engine,
    bound: Bound,
    reading: Reading,
    /// Whether the other reading may be another set.
    differs: bool,
    inexact: Option<Reason>,
    patterns: Vec<Rc<str>>,
}

impl<'a> Maker<'a> {
    fn new(languages: &'a mut Languages, bound: Bound, reading: Reading) -> Self {
        let word = languages.word(reading);
        Self {
            languages,
            engine: Engine::new(word, FUEL),
            bound,
            reading,
            differs: false,
            inexact: None,
            patterns: Vec::new(),
        }
    }

    fn find(&mut self, question: &Question<'_>) -> Found {
        let language = self.make(question.texts, true);
        let most = usize::try_from(self.languages.states).unwrap_or(usize::MAX);
        let walk = Automaton::new(&mut self.engine, language, most)
            .walk(question.shortest, question.longest);
        self.languages.spent += self.engine.spent(FUEL);
        match walk {
            Walk::Nothing => Found::Nothing,
            Walk::Text(text) => Found::Text(text),
            Walk::TooLong(length) => Found::Unknown(Reason(
                format!("the shortest text has {length} characters").into(),
            )),
            Walk::States => self.exceeded(&format!("{most} states")),
            Walk::Steps => self.exceeded(&format!("{FUEL} steps")),
        }
    }

    fn exceeded(&self, limit: &str) -> Found {
        let need = if self.patterns.len() > 1 {
            "need"
        } else {
            "needs"
        };
        Found::Unknown(Reason(
            format!("{} {need} more than {limit}", self.names()).into(),
        ))
    }

    /// The patterns, for a reason.
    fn names(&self) -> String {
        let names: Vec<String> = self
            .patterns
            .iter()
            .take(2)
            .map(|pattern| format!("`{}`", short(pattern)))
            .collect();
        match names.as_slice() {
            [] => "the format".to_owned(),
            [one] => format!("the pattern {one}"),
            more => format!("the patterns {}", more.join(" and ")),
        }
    }

    /// `upward`: whether more texts in this part are more texts in the whole.
    fn make(&mut self, texts: &Texts, upward: bool) -> Language {
        match texts {
            Texts::Pattern(pattern) => self.pattern(pattern, upward),
            Texts::Format(name) => self.format(name, upward),
            Texts::Words(words) => {
                let words = words.iter().map(|word| self.engine.word(word)).collect();
                self.engine.made.any(words)
            }
            Texts::All(parts) => {
                let parts = parts.iter().map(|part| self.make(part, upward)).collect();
                self.engine.made.all(parts)
            }
            Texts::Any(parts) => {
                let parts = parts.iter().map(|part| self.make(part, upward)).collect();
                self.engine.made.any(parts)
            }
            Texts::Not(part) => {
                let part = self.make(part, !upward);
                self.engine.made.not(part)
            }
        }
    }

    fn pattern(&mut self, pattern: &Rc<str>, upward: bool) -> Language {
        match &*self.languages.parsed(pattern, self.reading) {
            Ok(parsed) => {
                self.differs |= parsed.differs;
                if !self.patterns.contains(pattern) {
                    self.patterns.push(Rc::clone(pattern));
                }
                let part = self.engine.made.compile(&parsed.pattern);
                self.engine.found(part)
            }
            Err(why) => {
                let reason = format!("the pattern `{}` {}", short(pattern), why.why());
                self.unknown(reason, upward)
            }
        }
    }

    fn format(&mut self, name: &Rc<str>, upward: bool) -> Language {
        let reason = || format!("the format `{name}` has no exact language");
        let Some(format) = self.languages.named(name) else {
            return self.unknown(reason(), upward);
        };
        if format.outer != format.inner {
            self.inexact.get_or_insert_with(|| Reason(reason().into()));
        }
        let text = if self.takes_more(upward) {
            Rc::clone(&format.outer)
        } else {
            Rc::clone(&format.inner)
        };
        match &*self.languages.parsed(&text, self.reading) {
            Ok(parsed) => {
                let part = self.engine.made.compile(&parsed.pattern);
                self.engine.found(part)
            }
            Err(_) => self.unknown(reason(), upward),
        }
    }

    fn takes_more(&self, upward: bool) -> bool {
        upward == (self.bound == Bound::Outer)
    }

    fn unknown(&mut self, reason: String, upward: bool) -> Language {
        self.inexact.get_or_insert(Reason(reason.into()));
        if self.takes_more(upward) {
            Language::EVERYTHING
        } else {
            Language::NOTHING
        }
    }
}

/// A pattern short enough for a sentence.
fn short(pattern: &str) -> String {
    if pattern.chars().count() <= 60 {
        return pattern.to_owned();
    }
    let start: String = pattern.chars().take(57).collect();
    format!("{start}...")
}
