//! Draws strings: samples of patterns and formats, constants, and texts of the lengths that matter.

use super::{
    breaks::{Break, TextBreak},
    draw::Drawing,
    goal::Goal,
};
use crate::inclusion::value::Value;
use std::rc::Rc;

/// Strings longer than this are not drawn.
const LONGEST: u64 = 40_000;

/// Texts tried for one string.
const ATTEMPTS: usize = 10;

/// What a string has to be.
#[derive(Default)]
struct Text<'a> {
    shortest: u64,
    longest: Option<u64>,
    patterns: Vec<&'a Rc<str>>,
    no_patterns: Vec<&'a Rc<str>>,
    formats: Vec<&'a Rc<str>>,
    no_formats: Vec<&'a Rc<str>>,
}

impl<'a> Drawing<'a> {
    pub(super) fn string(&mut self, goal: &Goal<'a>) -> Option<Value> {
        let text = constraints(goal);
        if text.shortest > text.longest.unwrap_or(LONGEST).min(LONGEST) {
            return None;
        }
        for attempt in 0..ATTEMPTS {
            self.spend(1)?;
            let drawn = self.text(&text);
            let drawn = fit(&drawn, text.shortest, text.longest);
            self.spend(drawn.len() as u64 / 64)?;
            let holds = self.text_holds(&text, &drawn);
            if holds == Some(true) || (holds.is_none() && attempt + 1 == ATTEMPTS) {
                return Some(Value::String(drawn.into()));
            }
        }
        None
    }

    fn text_holds(&mut self, text: &Text<'_>, drawn: &str) -> Option<bool> {
        let mut unknown = false;
        for (list, expected, is_pattern) in [
            (&text.patterns, true, true),
            (&text.no_patterns, false, true),
            (&text.formats, true, false),
            (&text.no_formats, false, false),
        ] {
            for name in list {
                let holds = if is_pattern {
                    self.matches(name, drawn)
                } else {
                    self.is_of(name, drawn)
                };
                match holds {
                    None => unknown = true,
                    Some(holds) if holds != expected => return Some(false),
                    Some(_) => {}
                }
            }
        }
        (!unknown).then_some(true)
    }

    /// A text that is likely to fit.
    fn text(&mut self, text: &Text<'a>) -> String {
        let chosen = self.random.below(8);
        if chosen < 6
            && let Some(pattern) = self.random.of(&text.patterns)
            && let Some(sample) = self.sample(pattern)
        {
            return if chosen == 0 {
                self.spoil(&sample)
            } else {
                sample
            };
        }
        if chosen < 6
            && let Some(format) = self.random.of(&text.formats)
        {
            return (*self.random.of(samples(format)).unwrap_or(&"")).to_owned();
        }
        if chosen > 2
            && let Some(pattern) = self.random.of(&text.no_patterns)
            && let Some(sample) = self.sample(pattern)
        {
            return self.spoil(&sample);
        }
        self.any_text()
    }

    /// A text that nothing was asked of.
    fn any_text(&mut self) -> String {
        let pool = self.pool;
        match self.random.below(6) {
            0 => String::new(),
            1 => match self.random.of(&pool.values) {
                Some(Value::String(text)) => text.to_string(),
                _ => "a".to_owned(),
            },
            2 => {
                let pattern = self.random.of(&pool.patterns);
                let sample = pattern.and_then(|pattern| self.sample(pattern));
                sample.unwrap_or_default()
            }
            3 => self
                .random
                .of(&pool.names)
                .map(ToString::to_string)
                .unwrap_or_default(),
            4 => "a".repeat(self.random.below(20)),
            _ => self.letters(),
        }
    }

    fn letters(&mut self) -> String {
        const LETTERS: [char; 12] = [
            'a',
            'b',
            'A',
            '0',
            '1',
            ' ',
            '-',
            '_',
            '.',
            '\n',
            '\u{e9}',
            '\u{1f600}',
        ];
        let count = 1 + self.random.below(3);
        (0..count)
            .filter_map(|_| self.random.of(&LETTERS))
            .collect()
    }

    /// The text with one letter more, less, or different.
    pub(super) fn spoil(&mut self, text: &str) -> String {
        let mut letters: Vec<char> = text.chars().collect();
        let place = self.random.below(letters.len() + 1);
        let place = if self.random.once_in(2) {
            letters.len()
        } else {
            place
        };
        match self.random.below(4) {
            0 if place < letters.len() => {
                letters.remove(place);
            }
            1 if !letters.is_empty() => {
                let place = place.min(letters.len() - 1);
                letters[place] = self.letters().chars().next().unwrap_or('a');
            }
            2 => letters.truncate(place / 2),
            _ => {
                let more: Vec<char> = self.letters().chars().collect();
                letters.splice(place..place, more);
            }
        }
        letters.into_iter().collect()
    }
}

fn constraints<'a>(goal: &Goal<'a>) -> Text<'a> {
    let mut text = Text::default();
    for record in &goal.records {
        let strings = &record.strings;
        text.shortest = text.shortest.max(strings.shortest);
        at_most(&mut text.longest, strings.longest);
        text.patterns.extend(&strings.patterns);
        text.formats.extend(&strings.formats);
    }
    for broken in &goal.breaks {
        let Break::Text(broken) = broken else {
            continue;
        };
        match broken {
            TextBreak::TooShort(shortest) => {
                at_most(&mut text.longest, Some(shortest.saturating_sub(1)));
            }
            TextBreak::TooLong(longest) => {
                text.shortest = text.shortest.max(longest.saturating_add(1));
            }
            TextBreak::NoMatch(pattern) => text.no_patterns.push(pattern),
            TextBreak::NoFormat(format) => text.no_formats.push(format),
        }
    }
    text
}

pub(super) fn at_most(most: &mut Option<u64>, other: Option<u64>) {
    *most = match (*most, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
}

/// The text cut or filled to a length.
fn fit(text: &str, shortest: u64, longest: Option<u64>) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let filler = letters.last().copied().unwrap_or('a');
    let shortest = usize::try_from(shortest).unwrap_or(usize::MAX);
    if letters.len() < shortest {
        letters.resize(shortest, filler);
    }
    if let Some(longest) = longest.and_then(|longest| usize::try_from(longest).ok()) {
        letters.truncate(longest);
    }
    letters.into_iter().collect()
}

/// Texts of a format.
fn samples(format: &str) -> &'static [&'static str] {
    match format {
        "date" => &["2020-01-31", "1999-12-01"],
        "date-time" => &["2020-01-31T00:00:00Z", "1999-12-01T23:59:59.5+02:00"],
        "time" => &["00:00:00Z", "23:59:59+02:00"],
        "duration" => &["P1D", "PT1H"],
        "uuid" => &[
            "00000000-0000-0000-0000-000000000000",
            "2eb8aa08-aa98-11ea-b4aa-73b441d16380",
        ],
        "ipv4" => &["0.0.0.0", "192.168.0.1"],
        "ipv6" => &["::", "2001:db8::1"],
        "email" | "idn-email" => &["a@b.c", "joe.bloggs@example.com"],
        "hostname" | "idn-hostname" => &["a", "www.example.com"],
        "uri" | "iri" => &["a:", "http://example.com/a?b#c"],
        "uri-reference" | "iri-reference" => &["", "/a", "http://example.com/"],
        "uri-template" => &["/{a}"],
        "json-pointer" => &["", "/a/0"],
        "relative-json-pointer" => &["0", "1/a"],
        "regex" => &["", "^a$"],
        _ => &["", "a", "0"],
    }
}
