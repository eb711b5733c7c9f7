//! What is asked of a string, by length.

use crate::inclusion::{
    languages::{Languages, Texts, is_inside},
    schema::Strings,
};
use std::{collections::BTreeSet, rc::Rc};

/// How a string breaks a keyword.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Break {
    /// It has fewer characters.
    Shorter(u64),
    /// It has more characters.
    Longer(u64),
    /// It does not match.
    Pattern(Rc<str>),
    /// It is not of this format.
    Format(Rc<str>),
}

/// What holds for all lengths.
#[derive(Debug)]
pub(super) struct Demand<'a> {
    shortest: u64,
    longest: Option<u64>,
    patterns: Vec<Rc<str>>,
    formats: Vec<Rc<str>>,
    /// Of each of these, one break is needed.
    breaks: Vec<Vec<Break>>,
    excluded: &'a [&'a str],
}

/// What is asked of strings of some lengths.
#[derive(Debug)]
pub(super) struct Interval<'a> {
    pub(super) shortest: u64,
    pub(super) longest: Option<u64>,
    patterns: &'a [Rc<str>],
    /// Formats to be of.
    pub(super) formats: &'a [Rc<str>],
    /// Without lengths.
    breaks: Vec<Vec<&'a Break>>,
    /// Texts of these lengths that it may not be.
    pub(super) excluded: Vec<&'a str>,
}

impl<'a> Demand<'a> {
    /// Nothing where no string can do it, by lengths and equal keywords alone.
    pub(super) fn new(
        positives: &[&Strings],
        negatives: &[&Strings],
        excluded: &'a [&'a str],
    ) -> Option<Self> {
        let shortest = positives
            .iter()
            .map(|strings| strings.shortest)
            .max()
            .unwrap_or(0);
        let longest = positives.iter().filter_map(|strings| strings.longest).min();
        if longest.is_some_and(|longest| longest < shortest) {
            return None;
        }
        let mut demand = Self {
            shortest,
            longest,
            patterns: distinct(positives.iter().flat_map(|strings| &strings.patterns)),
            formats: distinct(positives.iter().flat_map(|strings| &strings.formats)),
            breaks: Vec::new(),
            excluded,
        };
        for negative in negatives {
            let breaks = demand.breaks_of(negative);
            if breaks.is_empty() {
                return None;
            }
            if !breaks.iter().any(|way| demand.is_given(way)) && !demand.breaks.contains(&breaks) {
                demand.breaks.push(breaks);
            }
        }
        Some(demand)
    }

    /// The ways to break a negative that what is asked leaves open.
    fn breaks_of(&self, negative: &Strings) -> Vec<Break> {
        let mut breaks = Vec::new();
        if negative.shortest > self.shortest {
            breaks.push(Break::Shorter(negative.shortest));
        }
        if let Some(most) = negative.longest
            && self.longest.is_none_or(|longest| longest > most)
        {
            breaks.push(Break::Longer(most));
        }
        let patterns = negative.patterns.iter();
        let patterns = patterns.filter(|pattern| !self.patterns.contains(pattern));
        breaks.extend(patterns.map(|pattern| Break::Pattern(Rc::clone(pattern))));
        let formats = negative.formats.iter();
        let formats =
            formats.filter(|large| !self.formats.iter().any(|small| is_inside(small, large)));
        breaks.extend(formats.map(|format| Break::Format(Rc::clone(format))));
        breaks
    }

    /// Whether every length that is asked for breaks it.
    fn is_given(&self, way: &Break) -> bool {
        match way {
            Break::Shorter(fewest) => self.longest.is_some_and(|longest| longest < *fewest),
            Break::Longer(most) => self.shortest > *most,
            Break::Pattern(_) | Break::Format(_) => false,
        }
    }

    /// Lengths between two limits are alike.
    pub(super) fn intervals(&self) -> Vec<Interval<'_>> {
        let mut starts = BTreeSet::from([self.shortest]);
        for way in self.breaks.iter().flatten() {
            match way {
                Break::Shorter(fewest) => starts.insert(*fewest),
                Break::Longer(most) => most.checked_add(1).is_some_and(|next| starts.insert(next)),
                Break::Pattern(_) | Break::Format(_) => false,
            };
        }
        starts.retain(|start| {
            *start >= self.shortest && self.longest.is_none_or(|longest| *start <= longest)
        });
        let starts: Vec<u64> = starts.into_iter().collect();
        let ends = starts
            .iter()
            .skip(1)
            .map(|next| Some(next - 1))
            .chain([self.longest]);
        let pairs = starts.iter().zip(ends);
        pairs
            .filter_map(|(start, end)| self.interval(*start, end))
            .collect()
    }

    fn interval(&self, shortest: u64, longest: Option<u64>) -> Option<Interval<'_>> {
        let mut open = Vec::new();
        for breaks in &self.breaks {
            let broken = breaks.iter().any(|way| match way {
                Break::Shorter(fewest) => longest.is_some_and(|longest| longest < *fewest),
                Break::Longer(most) => shortest > *most,
                Break::Pattern(_) | Break::Format(_) => false,
            });
            if broken {
                continue;
            }
            let ways: Vec<&Break> = breaks
                .iter()
                .filter(|way| matches!(way, Break::Pattern(_) | Break::Format(_)))
                .collect();
            if ways.is_empty() {
                return None;
            }
            open.push(ways);
        }
        let fits = |text: &&&str| {
            let length = text.chars().count() as u64;
            length >= shortest && longest.is_none_or(|longest| length <= longest)
        };
        Some(Interval {
            shortest,
            longest,
            patterns: &self.patterns,
            formats: &self.formats,
            breaks: open,
            excluded: self.excluded.iter().filter(fits).copied().collect(),
        })
    }
}

fn distinct<'a>(names: impl Iterator<Item = &'a Rc<str>>) -> Vec<Rc<str>> {
    let names: BTreeSet<&Rc<str>> = names.collect();
    names.into_iter().map(Rc::clone).collect()
}

impl Break {
    fn texts(&self) -> Option<Texts> {
        match self {
            Self::Shorter(_) | Self::Longer(_) => None,
            Self::Pattern(pattern) => Some(Texts::Pattern(Rc::clone(pattern))),
            Self::Format(name) => Some(Texts::Format(Rc::clone(name))),
        }
    }

    /// Whether a text holds to the keyword after all.
    fn is_kept(&self, text: &str, languages: &mut Languages) -> Option<bool> {
        match self {
            Self::Shorter(_) | Self::Longer(_) => Some(true),
            Self::Pattern(pattern) => languages.matches(pattern, text),
            Self::Format(name) => languages.format(name, text),
        }
    }
}

impl Interval<'_> {
    /// Whether only lengths count, and texts that it may not be.
    pub(super) fn is_plain(&self) -> bool {
        self.patterns.is_empty() && self.formats.is_empty() && self.breaks.is_empty()
    }

    /// The set of texts, lengths aside.
    pub(super) fn texts(&self) -> Texts {
        let mut all: Vec<Texts> = self
            .patterns
            .iter()
            .map(|pattern| Texts::Pattern(Rc::clone(pattern)))
            .collect();
        all.extend(
            self.formats
                .iter()
                .map(|name| Texts::Format(Rc::clone(name))),
        );
        for ways in &self.breaks {
            let ways = ways.iter().filter_map(|way| way.texts());
            all.push(Texts::Any(
                ways.map(|texts| Texts::Not(Box::new(texts))).collect(),
            ));
        }
        if !self.excluded.is_empty() {
            let words = self.excluded.iter().map(|text| Rc::from(*text)).collect();
            all.push(Texts::Not(Box::new(Texts::Words(words))));
        }
        Texts::All(all)
    }

    /// Whether a text does all that is asked; `None` where that is not known.
    pub(super) fn holds(&self, text: &str, languages: &mut Languages) -> Option<bool> {
        let length = text.chars().count() as u64;
        let fits = length >= self.shortest && self.longest.is_none_or(|longest| length <= longest);
        let mut answer = Some(fits && !self.excluded.contains(&text));
        for pattern in self.patterns {
            answer = and(answer, languages.matches(pattern, text));
        }
        for name in self.formats {
            answer = and(answer, languages.format(name, text));
        }
        for ways in &self.breaks {
            let mut kept = Some(true);
            for way in ways {
                kept = and(kept, way.is_kept(text, languages));
            }
            answer = and(answer, kept.map(|kept| !kept));
        }
        answer
    }
}

/// Both, where `None` is not known.
fn and(one: Option<bool>, two: Option<bool>) -> Option<bool> {
    match (one, two) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        (None, _) | (_, None) => None,
    }
}
