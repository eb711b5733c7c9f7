//! Recorded exchanges: JSON Lines, redacted, in one order whatever the order in which they happened, and played back without a network.

mod clean;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{
    exchange::{Exchange, Failure, FailureKind, Outcome, Request},
    redact::Redactor,
};

/// The first line's value; another number is another format.
const FORMAT: &str = "contract-cassette/1";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Label {
    cassette: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    about: Option<About>,
}

/// The run that a cassette is of: what a replay has to know to ask the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// When it began, as RFC 3339 writes it.
    pub started: String,
    /// Where everything that looks random came from.
    pub seed: u64,
    /// Whether it wrote.
    pub writes: bool,
    /// How often a contract's own operations were asked.
    pub samples: u32,
    /// The environment.
    pub environment: String,
    /// Where its operations are.
    pub base: String,
}

/// Exchanges by operation, step, and how-manieth.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cassette {
    /// The run that it is of.
    pub about: Option<About>,
    exchanges: BTreeMap<(String, String, u32), Exchange>,
}

/// A file is no cassette, or not one of ours.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("line {line}: {why}")]
pub struct CassetteError {
    /// From 1.
    pub line: usize,
    /// From 1, in bytes.
    pub column: usize,
    /// What is wrong, a lower-case fragment.
    pub why: String,
}

impl CassetteError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        Some("record it again with `contract probe record`".to_owned())
    }
}

impl Cassette {
    /// Nothing is recorded.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether nothing is recorded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.exchanges.is_empty()
    }

    /// All exchanges, by operation, step, and how-manieth.
    pub fn exchanges(&self) -> impl Iterator<Item = &Exchange> {
        self.exchanges.values()
    }

    /// Keeps an exchange; one with the same place takes its place.
    pub fn keep(&mut self, exchange: Exchange) {
        let request = &exchange.request;
        let key = (
            request.operation.clone(),
            request.step.clone(),
            exchange.ordinal,
        );
        self.exchanges.insert(key, exchange);
    }

    /// The file: a label, then an exchange on each line, without anything that is hidden.
    #[must_use]
    pub fn write(&self, redactor: &Redactor) -> Vec<u8> {
        let label = Label {
            cassette: FORMAT.to_owned(),
            about: self.about.clone(),
        };
        let mut file = redactor.redact(&line(&label)).into_owned();
        for exchange in self.exchanges.values() {
            // Cleaned part by part, where it is known what is text and what is JSON; and once more as it is written.
            let clean = clean::exchange(exchange, redactor);
            file.extend_from_slice(&redactor.redact(&line(&clean)));
        }
        file
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// The first line that is not as it should be.
    pub fn read(bytes: &[u8]) -> Result<Self, CassetteError> {
        let mut lines = bytes
            .split(|byte| *byte == b'\n')
            .enumerate()
            .map(|(at, line)| (at + 1, line))
            .filter(|(_, line)| !line.trim_ascii().is_empty());
        let broken = |line: usize, why: &str| CassetteError {
            line,
            column: 1,
            why: why.to_owned(),
        };
        let (at, label) = lines.next().ok_or_else(|| broken(1, "the file is empty"))?;
        let label: Label =
            serde_json::from_slice(label).map_err(|_| broken(at, "the file is no cassette"))?;
        if label.cassette != FORMAT {
            let why = format!(
                "the cassette is of the format `{}`, not `{FORMAT}`",
                label.cassette
            );
            return Err(broken(at, &why));
        }
        let mut cassette = Self {
            about: label.about,
            ..Self::new()
        };
        let mut seen = BTreeSet::new();
        for (at, line) in lines {
            let exchange: Exchange = serde_json::from_slice(line).map_err(|error| {
                let why = error.to_string();
                // It counts lines and columns of this line alone.
                let why = why.split(" at line ").next().unwrap_or_default();
                CassetteError {
                    column: error.column().max(1),
                    ..broken(at, &format!("the exchange cannot be read: {why}"))
                }
            })?;
            let request = &exchange.request;
            if !seen.insert((
                request.operation.clone(),
                request.step.clone(),
                exchange.ordinal,
            )) {
                return Err(broken(at, "the exchange is recorded twice"));
            }
            cassette.keep(exchange);
        }
        Ok(cassette)
    }

    /// What is recorded for a request: the exchange of its operation and step, of this number. The request itself stays as it is asked now:
    /// identifiers of runs differ.
    #[must_use]
    pub fn play(&self, request: &Request, ordinal: u32) -> Exchange {
        let missing = |why: String| Exchange {
            request: request.clone(),
            ordinal,
            attempts: Vec::new(),
            outcome: Outcome::Failed {
                failure: Failure::new(FailureKind::NotRecorded, why),
                response: None,
            },
        };
        let key = (request.operation.clone(), request.step.clone(), ordinal);
        let Some(recorded) = self.exchanges.get(&key) else {
            let (operation, step) = (&request.operation, &request.step);
            let known = self.count(operation, step);
            return missing(format!(
                "the cassette has {known} of `{operation}` in step `{step}`, and this is number {}",
                u64::from(ordinal) + 1
            ));
        };
        if recorded.request.method != request.method {
            let (then, now) = (&recorded.request.method, &request.method);
            return missing(format!("the cassette has a {then} where a {now} is asked"));
        }
        Exchange {
            request: request.clone(),
            ..recorded.clone()
        }
    }

    fn count(&self, operation: &str, step: &str) -> String {
        let same = |(o, s, _): &&(String, String, u32)| o == operation && s == step;
        match self.exchanges.keys().filter(same).count() {
            0 => "no exchange".to_owned(),
            1 => "1 exchange".to_owned(),
            count => format!("{count} exchanges"),
        }
    }
}

fn line(value: &impl Serialize) -> Vec<u8> {
    let mut line =
        serde_json::to_vec(value).expect("exchanges hold only texts, numbers, and lists of them");
    line.push(b'\n');
    line
}
