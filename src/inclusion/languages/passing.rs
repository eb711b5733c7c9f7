//! What is passed without reading a character.

use super::{
    derivative::{Before, Engine, Exhausted, Place},
    expression::{Language, LanguageKind, Part, PartKind, Passes},
};

impl Engine {
    /// What has to follow where a part is passed without reading.
    pub(super) fn asked(&mut self, part: Part, place: Place) -> Language {
        match self.made.part_facts(part).passes {
            Passes::Always => return Language::EVERYTHING,
            Passes::Never => return Language::NOTHING,
            Passes::Depends => {}
        }
        match self.made.part(part).clone() {
            PartKind::Empty => Language::EVERYTHING,
            PartKind::Sequence(..) => {
                let parts = self.made.in_order(part);
                let all = parts.iter().map(|part| self.asked(*part, place)).collect();
                self.made.all(all)
            }
            PartKind::Choice(choices) => {
                let any = choices
                    .iter()
                    .map(|choice| self.asked(*choice, place))
                    .collect();
                self.made.any(any)
            }
            PartKind::Repeat(of, ..) => self.asked(of, place),
            PartKind::Start if place.before == Before::Start => Language::EVERYTHING,
            PartKind::End => Language::END,
            PartKind::Behind(number, holds) if holds == (place.behind >> number & 1 == 1) => {
                Language::EVERYTHING
            }
            PartKind::Class(_) | PartKind::Start | PartKind::Behind(..) => Language::NOTHING,
            PartKind::Edge(holds) => {
                let word = self.words();
                let word = self.made.then(word, Language::EVERYTHING);
                // An edge before a word's character, or after one where none follows.
                if holds == (place.before == Before::Word) {
                    self.made.not(word)
                } else {
                    word
                }
            }
            PartKind::Ahead(of, holds) => {
                let ahead = self.made.then(of, Language::EVERYTHING);
                if holds { ahead } else { self.made.not(ahead) }
            }
        }
    }

    /// Whether the empty text belongs to a language.
    pub(super) fn ends(&mut self, language: Language, place: Place) -> Result<bool, Exhausted> {
        self.enter()?;
        let ends = match self.made.language(language).clone() {
            LanguageKind::Nothing => false,
            LanguageKind::Everything | LanguageKind::End => true,
            LanguageKind::Not(inner) => !self.ends(inner, place)?,
            LanguageKind::All(all) => {
                let mut ends = true;
                for part in &all {
                    ends = ends && self.ends(*part, place)?;
                }
                ends
            }
            LanguageKind::Any(any) => {
                let mut ends = false;
                for part in &any {
                    ends = ends || self.ends(*part, place)?;
                }
                ends
            }
            LanguageKind::Then(part, rest) => {
                let asked = self.asked(part, place);
                asked != Language::NOTHING && self.ends(rest, place)? && self.ends(asked, place)?
            }
        };
        self.depth -= 1;
        Ok(ends)
    }
}
