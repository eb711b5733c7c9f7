//! Strings that hold to some keywords and break others.

mod demand;
#[cfg(test)]
mod tests;

use super::{Ask, Outcome};
use crate::inclusion::{
    Reason, Value,
    languages::{Bound, Found, Languages, Question, Texts},
    schema::Strings,
};
use demand::{Demand, Interval};

/// Steps for a question that needs an automaton.
const AUTOMATON: u64 = 5;

/// Steps of an automaton that are one step of the question.
const STEPS: u64 = 125;

/// How many texts of a set that is too large are tried one by one.
const TRIES: usize = 8;

/// How long a text of plain length may be that is written out.
const LONGEST: u64 = 200_000;

/// Is there a string that holds to all positives, breaks at least one keyword of each negative, and is none of
/// `excluded`?
pub(super) fn strings(
    positives: &[&Strings],
    negatives: &[&Strings],
    excluded: &[&str],
    languages: &mut Languages,
    ask: &mut dyn Ask,
) -> Outcome {
    if let Err(reason) = ask.spend(1) {
        return Outcome::Unknown(reason);
    }
    let Some(demand) = Demand::new(positives, negatives, excluded) else {
        return Outcome::Empty;
    };
    let mut unknown = None;
    for interval in demand.intervals() {
        let outcome = if interval.is_plain() {
            plain(&interval)
        } else if let Err(reason) = ask.spend(AUTOMATON) {
            return Outcome::Unknown(reason);
        } else {
            let outcome = walked(&interval, languages);
            // Explosions are paid for, so that a question has few of them; an answer that is there stays.
            match (ask.spend(languages.take_spent() / STEPS), outcome) {
                (Err(reason), Outcome::Unknown(_)) => return Outcome::Unknown(reason),
                (Ok(()) | Err(_), outcome) => outcome,
            }
        };
        match outcome {
            Outcome::Empty => {}
            Outcome::Model(model) => return Outcome::Model(model),
            Outcome::Unknown(reason) => {
                unknown.get_or_insert(reason);
            }
        }
    }
    unknown.map_or(Outcome::Empty, Outcome::Unknown)
}

/// Only lengths and single texts count.
fn plain(interval: &Interval<'_>) -> Outcome {
    let most = interval.longest.unwrap_or(u64::MAX);
    let mut length = interval.shortest;
    if length == 0 {
        if !interval.excluded.contains(&"") {
            return model("");
        }
        length = 1;
    }
    if length > most {
        return Outcome::Empty;
    }
    if length > LONGEST {
        return too_long(length);
    }
    let tail = "a".repeat(usize::try_from(length - 1).unwrap_or_default());
    // There are more characters than texts to stay clear of.
    let found = ('a'..='z')
        .chain('0'..='9')
        .chain('\u{100}'..=char::MAX)
        .map(|first| format!("{first}{tail}"))
        .find(|text| !interval.excluded.contains(&text.as_str()));
    found.map_or_else(|| too_long(length), |text| model(&text))
}

fn too_long(length: u64) -> Outcome {
    Outcome::Unknown(Reason(
        format!("the shortest text has {length} characters").into(),
    ))
}

fn model(text: &str) -> Outcome {
    Outcome::Model(Value::String(text.into()))
}

/// Patterns or formats count.
fn walked(interval: &Interval<'_>, languages: &mut Languages) -> Outcome {
    let texts = interval.texts();
    let mut question = Question {
        texts: &texts,
        shortest: interval.shortest,
        longest: interval.longest,
        bound: Bound::Outer,
    };
    let (found, inexact) = languages.find(&question);
    let reason = match (&found, inexact) {
        (Found::Nothing, _) => return Outcome::Empty,
        (Found::Unknown(reason), _) => reason.clone(),
        (Found::Text(_), Some(reason)) => reason,
        (Found::Text(text), None) => {
            return sampled(interval, languages).unwrap_or_else(|| model(text));
        }
    };
    if let Some(sample) = sampled(interval, languages) {
        return sample;
    }
    let Found::Text(first) = found else {
        return Outcome::Unknown(reason);
    };
    if interval.holds(&first, languages) == Some(true) {
        return model(&first);
    }
    question.bound = Bound::Inner;
    if let (Found::Text(text), _) = languages.find(&question)
        && interval.holds(&text, languages) == Some(true)
    {
        return model(&text);
    }
    tried(interval, &texts, first, languages).unwrap_or(Outcome::Unknown(reason))
}

/// A well-known text of a format.
fn sampled(interval: &Interval<'_>, languages: &mut Languages) -> Option<Outcome> {
    let names = interval.formats.iter();
    let samples: Vec<&str> = names
        .flat_map(|name| languages.samples(name))
        .copied()
        .collect();
    let mut samples = samples.into_iter();
    let found = samples.find(|text| interval.holds(text, languages) == Some(true));
    found.map(model)
}

/// Some texts of a set that is too large, one after the other; there may be few enough to see them all.
fn tried(
    interval: &Interval<'_>,
    texts: &Texts,
    first: String,
    languages: &mut Languages,
) -> Option<Outcome> {
    let mut all_fail = interval.holds(&first, languages) == Some(false);
    let mut met = vec![first.into()];
    for _ in 0..TRIES {
        let others = Texts::All(vec![
            texts.clone(),
            Texts::Not(Box::new(Texts::Words(met.clone()))),
        ]);
        let question = Question {
            texts: &others,
            shortest: interval.shortest,
            longest: interval.longest,
            bound: Bound::Outer,
        };
        let text = match languages.find(&question).0 {
            Found::Text(text) => text,
            Found::Nothing if all_fail => return Some(Outcome::Empty),
            Found::Nothing | Found::Unknown(_) => return None,
        };
        match interval.holds(&text, languages) {
            Some(true) => return Some(model(&text)),
            Some(false) => {}
            None => all_fail = false,
        }
        met.push(text.into());
    }
    None
}
