//! A word out of a closed list.

use super::{Value, map::listed, value::cut};
use crate::text::nearest;

impl Value<'_> {
    /// What a word stands for; the words are all that are allowed, in the order in which help lists them.
    #[must_use]
    pub fn choice<T: Copy>(self, words: &[(&'static str, T)]) -> Option<T> {
        let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let (tree, id) = self.node();
        let Some(text) = tree.str(id) else {
            self.mistyped("a word", format!("write one of {}", listed(&all, "or")));
            return None;
        };
        let found = words.iter().find(|(word, _)| *word == text);
        if found.is_none() {
            let help = match nearest(text, all.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("write {}", listed(&all, "or")),
            };
            self.fault(format!("{} cannot be `{}`", self.name(), cut(text)), help);
        }
        found.map(|(_, meaning)| *meaning)
    }
}
