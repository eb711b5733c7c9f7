//! Keeps secrets out of whatever is written: those that are known, in every form they may have, and what looks like one.

mod document;
mod forms;
mod names;
mod patterns;
mod writer;

#[cfg(test)]
mod tests;

use std::{borrow::Cow, collections::BTreeSet, ops::Range, sync::OnceLock};

use aho_corasick::AhoCorasick;
use thiserror::Error;

use super::environment::SHORTEST;
pub use writer::Redacting;

/// Stands where something was. Its brackets are refused in secrets, and between them is less than the shortest secret: nothing that is hidden
/// can be found in it or across its ends.
pub const MASK: &str = "‹***›";

/// A secret cannot be kept out of what is written.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum HideError {
    /// It would be found everywhere.
    #[error("a secret of less than {SHORTEST} bytes cannot be kept out of reports")]
    TooShort,
    /// It looks like what stands for a secret.
    #[error(
        "a secret with `‹`, `›`, or parts of `example.invalid` cannot be told from what stands for one"
    )]
    LikeMask,
}

/// All that is hidden. One of them is used by everything that writes.
#[derive(Clone, Debug, Default)]
pub struct Redactor {
    needles: BTreeSet<Vec<u8>>,
    longest: usize,
    finder: OnceLock<Option<AhoCorasick>>,
}

/// A place that is hidden, and what is written there.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Hidden {
    place: Range<usize>,
    by: Cow<'static, str>,
}

impl Redactor {
    /// Knows no secret, only what looks like one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Hides a secret from now on: as it is, in base64, URL-encoded, and escaped for JSON and for markup.
    ///
    /// # Errors
    ///
    /// It is too short, or like the mask itself.
    pub fn hide(&mut self, secret: &str) -> Result<(), HideError> {
        if secret.len() < SHORTEST {
            return Err(HideError::TooShort);
        }
        if secret.contains(['‹', '›']) || patterns::stand_in(secret) {
            return Err(HideError::LikeMask);
        }
        for form in forms::of(secret) {
            self.longest = self.longest.max(form.len());
            self.needles.insert(form);
        }
        self.finder = OnceLock::new();
        Ok(())
    }

    /// The bytes without what is hidden. What comes out, put in again, comes out as it is.
    #[must_use]
    pub fn redact<'a>(&self, bytes: &'a [u8]) -> Cow<'a, [u8]> {
        let mut text = Cow::Borrowed(bytes);
        // What is written in one place never makes another secret, but the pieces around it may look like something: each round leaves less.
        loop {
            let hidden = self.hidden(&text);
            if hidden.is_empty() {
                return text;
            }
            text = Cow::Owned(without(&text, &hidden));
        }
    }

    /// The same for a text.
    #[must_use]
    pub fn text(&self, text: &str) -> String {
        let bytes = self.redact(text.as_bytes());
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// A header's value without what is hidden; of those headers that carry nothing but credentials, nothing is left.
    #[must_use]
    pub fn header(&self, name: &str, value: &str) -> String {
        match patterns::header(name, value) {
            Some(value) => value,
            None => self.text(value),
        }
    }

    /// What is to be hidden, in order and apart from each other.
    fn hidden(&self, bytes: &[u8]) -> Vec<Hidden> {
        let mut found = patterns::find(bytes);
        found.extend(names::places(bytes).map(|place| Hidden {
            place,
            by: Cow::Borrowed(MASK),
        }));
        if let Some(finder) = self.finder() {
            // Secrets may overlap; all of each is hidden.
            for hit in finder.find_overlapping_iter(bytes) {
                found.push(Hidden {
                    place: hit.range(),
                    by: Cow::Borrowed(MASK),
                });
            }
        }
        found.sort_by_key(|hidden| (hidden.place.start, hidden.place.end));
        let mut apart: Vec<Hidden> = Vec::new();
        for hidden in found {
            match apart.last_mut() {
                Some(last) if hidden.place.start < last.place.end => {
                    if hidden.place != last.place {
                        last.by = Cow::Borrowed(MASK);
                    }
                    last.place.end = last.place.end.max(hidden.place.end);
                }
                Some(_) | None => apart.push(hidden),
            }
        }
        apart.retain(|hidden| hidden.by.as_bytes() != &bytes[hidden.place.clone()]);
        apart
    }

    fn finder(&self) -> Option<&AhoCorasick> {
        let build = || {
            if self.needles.is_empty() {
                return None;
            }
            let finder = AhoCorasick::new(&self.needles);
            Some(finder.expect("a few hundred short needles are far below the limits"))
        };
        self.finder.get_or_init(build).as_ref()
    }
}

fn without(bytes: &[u8], hidden: &[Hidden]) -> Vec<u8> {
    let mut rest = 0;
    let mut text = Vec::with_capacity(bytes.len());
    for Hidden { place, by } in hidden {
        text.extend_from_slice(&bytes[rest..place.start]);
        text.extend_from_slice(by.as_bytes());
        rest = place.end;
    }
    text.extend_from_slice(&bytes[rest..]);
    text
}
