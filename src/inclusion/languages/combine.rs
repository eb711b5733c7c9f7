//! Languages from parts and from other languages, simplified as they are made.

use super::{
    class::Class,
    expression::{Expressions, Facts, Language, LanguageKind, PLAIN, Part, PartKind, Passes},
};
use std::rc::Rc;

impl Expressions {
    /// Texts that end with one of a language.
    pub(super) fn anywhere(&mut self, language: Language) -> Language {
        let any = self.class(Rc::new(Class::any()));
        let before = self.repeat(any, 0, None);
        self.then(before, language)
    }

    /// Texts that a part begins and a language ends.
    pub(super) fn then(&mut self, part: Part, rest: Language) -> Language {
        if rest == Language::NOTHING || self.is_never(part) {
            return Language::NOTHING;
        }
        if part == Part::EMPTY {
            return rest;
        }
        let facts = self.part_facts(part);
        if rest == Language::EVERYTHING && facts.passes == Passes::Always {
            return Language::EVERYTHING;
        }
        if let PartKind::Sequence(..) = self.part(part) {
            let parts = self.in_order(part);
            return parts
                .iter()
                .rev()
                .fold(rest, |rest, part| self.then(*part, rest));
        }
        // `x*` twice is `x*`.
        if let LanguageKind::Then(next, _) = self.language(rest)
            && *next == part
            && self.repeats_class(part)
        {
            return rest;
        }
        let after = self.facts(rest);
        let facts = facts.with(
            after,
            facts.passes,
            facts.fewest.saturating_add(after.fewest),
        );
        self.add_language(LanguageKind::Then(part, rest), facts)
    }

    /// The parts of a sequence; a sequence may be as long as a pattern.
    pub(super) fn in_order(&self, part: Part) -> Vec<Part> {
        let (mut parts, mut last) = (Vec::new(), part);
        while let PartKind::Sequence(first, second) = *self.part(last) {
            parts.push(first);
            last = second;
        }
        parts.push(last);
        parts
    }

    /// Whether a part is a class as often as wanted.
    fn repeats_class(&self, part: Part) -> bool {
        match self.part(part) {
            PartKind::Repeat(of, 0, None) => matches!(self.part(*of), PartKind::Class(_)),
            PartKind::Empty
            | PartKind::Class(_)
            | PartKind::Sequence(..)
            | PartKind::Choice(_)
            | PartKind::Repeat(..)
            | PartKind::Start
            | PartKind::End
            | PartKind::Edge(_)
            | PartKind::Ahead(..)
            | PartKind::Behind(..) => false,
        }
    }

    /// Texts of every one of these.
    pub(super) fn all(&mut self, languages: Vec<Language>) -> Language {
        self.join(languages, true)
    }

    /// Texts of at least one of these.
    pub(super) fn any(&mut self, languages: Vec<Language>) -> Language {
        self.join(languages, false)
    }

    fn join(&mut self, languages: Vec<Language>, all: bool) -> Language {
        let (neutral, stop) = if all {
            (Language::EVERYTHING, Language::NOTHING)
        } else {
            (Language::NOTHING, Language::EVERYTHING)
        };
        let mut flat = Vec::with_capacity(languages.len());
        for language in languages {
            match self.language(language) {
                LanguageKind::All(inner) if all => flat.extend(inner.iter().copied()),
                LanguageKind::Any(inner) if !all => flat.extend(inner.iter().copied()),
                _ => flat.push(language),
            }
        }
        self.work += flat.len() as u64;
        flat.retain(|language| *language != neutral);
        flat.sort_unstable();
        flat.dedup();
        let opposed = flat.iter().any(|language| match self.language(*language) {
            LanguageKind::Not(inner) => flat.binary_search(inner).is_ok(),
            _ => false,
        });
        if opposed || flat.contains(&stop) {
            return stop;
        }
        match flat.as_slice() {
            [] => neutral,
            [one] => *one,
            _ => {
                let mut facts = Facts {
                    fewest: if all { 0 } else { u64::MAX },
                    ..PLAIN
                };
                for language in &flat {
                    let more = self.facts(*language);
                    let fewest = if all {
                        facts.fewest.max(more.fewest)
                    } else {
                        facts.fewest.min(more.fewest)
                    };
                    facts = facts.with(more, Passes::Depends, fewest);
                }
                let list = flat.into_boxed_slice();
                self.add_language(
                    if all {
                        LanguageKind::All(list)
                    } else {
                        LanguageKind::Any(list)
                    },
                    facts,
                )
            }
        }
    }

    /// Every other text.
    pub(super) fn not(&mut self, language: Language) -> Language {
        match *self.language(language) {
            LanguageKind::Nothing => Language::EVERYTHING,
            LanguageKind::Everything => Language::NOTHING,
            LanguageKind::Not(inner) => inner,
            LanguageKind::End
            | LanguageKind::Then(..)
            | LanguageKind::All(_)
            | LanguageKind::Any(_) => {
                let facts = Facts {
                    fewest: 0,
                    ..self.facts(language)
                };
                self.add_language(LanguageKind::Not(language), facts)
            }
        }
    }
}
