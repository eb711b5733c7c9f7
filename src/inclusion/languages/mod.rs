//! ECMA-262 patterns and formats as regular languages: is there a text in all of these and in none of those?

mod automaton;
mod bracket;
mod class;
mod combine;
mod cursor;
mod derivative;
mod escape;
mod expression;
mod foreign;
mod formats;
mod heads;
mod parse;
mod parts;
mod passing;
mod pattern;
mod position;
mod question;

#[cfg(test)]
mod tests;

pub(super) use formats::is_inside;
pub(super) use question::{Bound, Found, Question, Texts};

use class::Class;
use derivative::{Engine, Exhausted};
use expression::Language;
use foldhash::HashMap;
use foreign::Checker;
use formats::Format;
use parse::{Parsed, Unsupported};
use pattern::Reading;
use std::rc::Rc;

/// How many expressions a matcher may keep from text to text.
const KEPT: usize = 20_000;

/// Steps for a text that another engine matches; how many it takes is not known.
const FOREIGN: u64 = 50;

/// Steps for one text.
const MATCH_FUEL: u64 = 50_000;

/// Patterns and formats, each understood once.
#[derive(Debug)]
pub(super) struct Languages {
    /// How many states an automaton may have.
    states: u64,
    /// Steps of automata so far.
    spent: u64,
    /// Steps of matching so far.
    matched: u64,
    /// What Unicode calls a word's character, once asked for.
    words: Option<Class>,
    patterns: HashMap<(Rc<str>, Reading), Understood>,
    matchers: HashMap<Rc<str>, Matcher>,
    formats: HashMap<Rc<str>, Option<Rc<Format>>>,
    validators: HashMap<Rc<str>, Option<Checker>>,
}

/// A parsed pattern, or why it has no language.
type Understood = Rc<Result<Parsed, Unsupported>>;

/// Says of one text at a time whether a pattern matches in it.
#[derive(Debug)]
enum Matcher {
    /// By its language, in each reading that may be another one.
    Regular(Vec<(Engine, Language)>),
    /// By another engine.
    Foreign(Checker),
    /// Not at all.
    Unknown,
}

impl Default for Languages {
    /// For automata of the usual size.
    fn default() -> Self {
        Self::new(super::Budget::default().states)
    }
}

impl Languages {
    /// For automata of at most so many states.
    pub(super) fn new(states: u64) -> Self {
        Self {
            states,
            spent: 0,
            matched: 0,
            words: None,
            patterns: HashMap::default(),
            matchers: HashMap::default(),
            formats: HashMap::default(),
            validators: HashMap::default(),
        }
    }

    /// Whether a pattern matches somewhere in a text; `None` where this engine cannot say, or engines differ.
    pub(super) fn matches(&mut self, pattern: &str, text: &str) -> Option<bool> {
        if let Some(matcher) = self.matchers.get_mut(pattern)
            && !matcher.is_full()
        {
            return matcher.matches(text, &mut self.matched);
        }
        let key: Rc<str> = pattern.into();
        let matcher = self.matcher(&key);
        let matcher = self.matchers.entry(key).insert_entry(matcher);
        matcher.into_mut().matches(text, &mut self.matched)
    }

    /// Whether a text is of a format; `None` where it depends on who asks.
    pub(super) fn format(&mut self, name: &str, text: &str) -> Option<bool> {
        let key: Rc<str> = name.into();
        if let Some(format) = self.named(&key) {
            if self.matches(&format.inner, text)? {
                return Some(true);
            }
            if !self.matches(&format.outer, text)? {
                return Some(false);
            }
        }
        let checker = self
            .validators
            .entry(key)
            .or_insert_with(|| Checker::format(name));
        checker.as_ref()?.matches(text)
    }

    /// Texts of a format that a reader knows at once.
    pub(super) fn samples(&mut self, name: &Rc<str>) -> &'static [&'static str] {
        self.named(name).map_or(&[], |format| format.samples)
    }

    /// Steps of matching so far.
    pub(super) fn matched(&self) -> u64 {
        self.matched
    }

    /// Steps of automata since this was last asked.
    pub(super) fn take_spent(&mut self) -> u64 {
        std::mem::take(&mut self.spent)
    }

    fn named(&mut self, name: &Rc<str>) -> Option<Rc<Format>> {
        let format = self
            .formats
            .entry(Rc::clone(name))
            .or_insert_with(|| formats::named(name).map(Rc::new));
        format.clone()
    }

    /// The characters of words.
    fn word(&mut self, reading: Reading) -> Class {
        match reading {
            Reading::Standard => Class::word(),
            Reading::Validator => self
                .words
                .get_or_insert_with(|| escape::unicode(r"\w").unwrap_or_else(Class::word))
                .clone(),
        }
    }

    fn matcher(&mut self, pattern: &Rc<str>) -> Matcher {
        let mut engines = Vec::new();
        for reading in [Reading::Standard, Reading::Validator] {
            match &*self.parsed(pattern, reading) {
                Ok(parsed) => {
                    let mut engine = Engine::new(self.word(reading), 0);
                    let part = engine.made.compile(&parsed.pattern);
                    let start = engine.found(part);
                    engines.push((engine, start));
                    if !parsed.differs {
                        break;
                    }
                }
                Err(Unsupported::Irregular(_)) => {
                    return Checker::pattern(pattern).map_or(Matcher::Unknown, Matcher::Foreign);
                }
                Err(Unsupported::Odd(_)) => return Matcher::Unknown,
            }
        }
        Matcher::Regular(engines)
    }

    fn parsed(&mut self, pattern: &Rc<str>, reading: Reading) -> Understood {
        let parsed = self
            .patterns
            .entry((Rc::clone(pattern), reading))
            .or_insert_with(|| Rc::new(parse::parse(pattern, reading)));
        Rc::clone(parsed)
    }
}

impl Matcher {
    /// Whether it has to be made anew, because it remembers too much.
    fn is_full(&self) -> bool {
        match self {
            Self::Regular(engines) => engines.iter().any(|(engine, _)| engine.made.len() > KEPT),
            Self::Foreign(_) | Self::Unknown => false,
        }
    }

    fn matches(&mut self, text: &str, work: &mut u64) -> Option<bool> {
        *work += 1 + text.len() as u64 / 8;
        match self {
            Self::Regular(engines) => {
                let mut answer = None;
                for (engine, start) in engines {
                    let found = run(engine, *start, text);
                    *work += engine.spent(MATCH_FUEL);
                    match (answer, found.ok()?) {
                        (Some(before), now) if before != now => return None,
                        (_, now) => answer = Some(now),
                    }
                }
                answer
            }
            Self::Foreign(checker) => {
                let answer = checker.matches(text);
                // It turned back as often as it may.
                *work += if answer.is_none() {
                    MATCH_FUEL
                } else {
                    FOREIGN
                };
                answer
            }
            Self::Unknown => None,
        }
    }
}

fn run(engine: &mut Engine, start: Language, text: &str) -> Result<bool, Exhausted> {
    engine.refuel(MATCH_FUEL);
    let mut position = engine.start(start);
    for character in text.chars() {
        if matches!(position.language, Language::NOTHING | Language::EVERYTHING) {
            break;
        }
        position = engine.advance(&position, character)?;
    }
    engine.is_end(&position)
}
