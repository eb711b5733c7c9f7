//! Languages as expressions, equal ones once: the states of automata.

use super::class::Class;
use foldhash::HashMap;
use std::{hash::Hash, rc::Rc};

/// A part of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Part(u32);

/// The texts that may follow from some place on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Language(u32);

impl Language {
    /// No text.
    pub(super) const NOTHING: Self = Self(0);
    /// Any text.
    pub(super) const EVERYTHING: Self = Self(1);
    /// The empty text.
    pub(super) const END: Self = Self(2);
}

impl Part {
    /// Reads nothing.
    pub(super) const EMPTY: Self = Self(0);
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum PartKind {
    Empty,
    Class(Rc<Class>),
    Sequence(Part, Part),
    Choice(Box<[Part]>),
    Repeat(Part, u32, Option<u32>),
    Start,
    End,
    Edge(bool),
    Ahead(Part, bool),
    /// The number of what came last, among [`Expressions::behinds`].
    Behind(usize, bool),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum LanguageKind {
    Nothing,
    Everything,
    End,
    Then(Part, Language),
    All(Box<[Language]>),
    Any(Box<[Language]>),
    Not(Language),
}

/// Whether a part can be passed without reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passes {
    Never,
    Always,
    /// It depends on where it stands and on what comes next.
    Depends,
}

/// What is known of an expression from its making.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) passes: Passes,
    /// Whether `^` stands in it.
    pub(super) starts: bool,
    /// Whether `\b` or `\B` stands in it.
    pub(super) edges: bool,
    /// Whether it looks behind.
    pub(super) behinds: bool,
    /// It takes so many characters at least.
    pub(super) fewest: u64,
}

pub(super) const PLAIN: Facts = Facts {
    passes: Passes::Never,
    starts: false,
    edges: false,
    behinds: false,
    fewest: 0,
};

impl Facts {
    pub(super) fn with(self, other: Self, passes: Passes, fewest: u64) -> Self {
        Self {
            passes,
            starts: self.starts || other.starts,
            edges: self.edges || other.edges,
            behinds: self.behinds || other.behinds,
            fewest,
        }
    }
}

/// Nodes by number, equal ones once.
#[derive(Debug)]
struct Store<K> {
    kinds: Vec<(K, Facts)>,
    known: HashMap<K, u32>,
}

impl<K: Clone + Eq + Hash> Store<K> {
    fn new() -> Self {
        Self {
            kinds: Vec::new(),
            known: HashMap::default(),
        }
    }

    fn add(&mut self, kind: K, facts: Facts) -> u32 {
        if let Some(id) = self.known.get(&kind) {
            return *id;
        }
        let id = u32::try_from(self.kinds.len()).unwrap_or(u32::MAX);
        self.kinds.push((kind.clone(), facts));
        self.known.insert(kind, id);
        id
    }
}

/// All expressions of one question.
#[derive(Debug)]
pub(super) struct Expressions {
    parts: Store<PartKind>,
    languages: Store<LanguageKind>,
    /// How many parts were joined since this was last asked.
    pub(super) work: u64,
    /// What look-behinds ask of the text up to where they stand.
    pub(super) behinds: Vec<Language>,
}

impl Expressions {
    pub(super) fn new() -> Self {
        let mut made = Self {
            parts: Store::new(),
            languages: Store::new(),
            work: 0,
            behinds: Vec::new(),
        };
        let empty = Facts {
            passes: Passes::Always,
            ..PLAIN
        };
        made.parts.add(PartKind::Empty, empty);
        made.languages.add(
            LanguageKind::Nothing,
            Facts {
                fewest: u64::MAX,
                ..PLAIN
            },
        );
        made.languages.add(LanguageKind::Everything, empty);
        made.languages.add(LanguageKind::End, empty);
        made
    }

    pub(super) fn part(&self, part: Part) -> &PartKind {
        &self.parts.kinds[part.0 as usize].0
    }

    pub(super) fn part_facts(&self, part: Part) -> Facts {
        self.parts.kinds[part.0 as usize].1
    }

    pub(super) fn language(&self, language: Language) -> &LanguageKind {
        &self.languages.kinds[language.0 as usize].0
    }

    /// `passes` says nothing for languages.
    pub(super) fn facts(&self, language: Language) -> Facts {
        self.languages.kinds[language.0 as usize].1
    }

    /// How many parts were joined since this was last asked.
    pub(super) fn take_work(&mut self) -> u64 {
        std::mem::take(&mut self.work)
    }

    pub(super) fn add_part(&mut self, kind: PartKind, facts: Facts) -> Part {
        Part(self.parts.add(kind, facts))
    }

    pub(super) fn add_language(&mut self, kind: LanguageKind, facts: Facts) -> Language {
        Language(self.languages.add(kind, facts))
    }

    /// How many languages there are.
    pub(super) fn len(&self) -> usize {
        self.languages.kinds.len()
    }
}
