//! Places in a text and what may follow there: the states of automata.

use super::{
    derivative::{Before, Engine, Exhausted, Place},
    expression::Language,
};

/// A place in a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Position {
    /// What may follow.
    pub(super) language: Language,
    before: Before,
    /// What each look-behind still asks for, up to the place where it stands; empty where nothing looks behind.
    pub(super) behinds: Vec<Language>,
}

impl Engine {
    /// Where a text begins.
    pub(super) fn start(&self, language: Language) -> Position {
        Position {
            language,
            before: Before::Start,
            behinds: if self.made.facts(language).behinds {
                self.made.behinds.clone()
            } else {
                Vec::new()
            },
        }
    }

    fn place(&mut self, position: &Position) -> Result<Place, Exhausted> {
        let mut place = Place {
            before: position.before,
            behind: 0,
        };
        for (number, behind) in position.behinds.iter().enumerate() {
            let plain = Place { behind: 0, ..place };
            place.behind |= u64::from(self.ends(*behind, plain)?) << number;
        }
        Ok(place)
    }

    /// Where a character leads to.
    pub(super) fn advance(
        &mut self,
        position: &Position,
        character: char,
    ) -> Result<Position, Exhausted> {
        let place = self.place(position)?;
        let left = self.step(position.language, character, place)?;
        let language = self.settled(left)?;
        let facts = self.made.facts(language);
        let mut behinds = Vec::new();
        if facts.behinds {
            let plain = Place { behind: 0, ..place };
            for behind in &position.behinds {
                let left = self.step(*behind, character, plain)?;
                behinds.push(self.settled(left)?);
            }
        }
        // Only what matters to the language, so that equal places are one.
        let word = facts.edges && self.word.contains(character);
        Ok(Position {
            language,
            before: if word { Before::Word } else { Before::Other },
            behinds,
        })
    }

    /// Whether the text may end here.
    pub(super) fn is_end(&mut self, position: &Position) -> Result<bool, Exhausted> {
        let place = self.place(position)?;
        self.ends(position.language, place)
    }
}
