//! A history read line by line: whatever is wrong is told with its place, and nothing is passed over.

use super::{History, Pin, Run, Seen};
use crate::probe::drift::Key;
use serde::{Deserialize, de::DeserializeOwned};
use std::{collections::BTreeMap, fmt};

/// What is wrong with a history, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1; 0 for the line as a whole.
    pub column: usize,
    /// What is wrong: a lower-case fragment.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

/// The longest line: a shape has at most some thousand places.
const LONGEST: usize = 16 * 1024 * 1024;

#[derive(Deserialize)]
struct Kind {
    schema: String,
}

impl History {
    /// Reads the file; an empty one is a history without runs.
    ///
    /// # Errors
    /// Everything that is wrong with it, line by line.
    pub fn read(bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        let mut reading = Reading::default();
        let mut lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
        // What follows the last line end is no line, unless there is something.
        if lines.last().is_some_and(|last| last.is_empty()) {
            lines.pop();
        }
        for (index, line) in lines.into_iter().enumerate() {
            reading.line(index + 1, line);
        }
        reading.pinned();
        if reading.faults.is_empty() {
            Ok(reading.history)
        } else {
            reading.faults.sort();
            Err(reading.faults)
        }
    }
}

#[derive(Default)]
struct Reading {
    history: History,
    faults: Vec<Fault>,
    runs: BTreeMap<String, usize>,
    shapes: BTreeMap<(String, Key), usize>,
    pins: Vec<(String, usize)>,
}

impl Reading {
    fn fault(&mut self, line: usize, column: usize, message: String, help: &str) {
        self.faults.push(Fault {
            line,
            column,
            message,
            help: help.to_owned(),
        });
    }

    fn line(&mut self, number: usize, bytes: &[u8]) {
        if bytes.len() > LONGEST {
            let help = "remove the line; the program writes none like it";
            self.fault(number, 0, "the line is longer than 16 MiB".to_owned(), help);
            return;
        }
        let marker = [&b"<<<<<<<"[..], b"=======", b">>>>>>>", b"|||||||"];
        if marker.iter().any(|marker| bytes.starts_with(marker)) {
            let help =
                "remove the marker and keep the lines of both sides; their order does not matter";
            self.fault(number, 1, "a marker of a merge conflict".to_owned(), help);
            return;
        }
        if bytes.iter().all(u8::is_ascii_whitespace) {
            let message = "an empty line".to_owned();
            self.fault(number, 1, message, "remove the line");
            return;
        }
        let Some(Kind { schema }) = self.parsed(number, bytes) else {
            return;
        };
        match schema.as_str() {
            "contract.shape/v1" => {
                if let Some(seen) = self.parsed(number, bytes) {
                    self.seen(number, seen);
                }
            }
            "contract.run/v1" => {
                if let Some(run) = self.parsed::<Run>(number, bytes) {
                    if let Some(first) = self.runs.insert(run.run.clone(), number) {
                        let message = format!("the run `{}` is there twice", run.run);
                        let help = format!("the first one is in line {first}; remove one");
                        self.fault(number, 0, message, &help);
                    }
                    self.history.runs.push(run);
                }
            }
            "contract.baseline/v1" => {
                if let Some(pin) = self.parsed::<Pin>(number, bytes) {
                    self.pins.push((pin.run.clone(), number));
                    self.history.pins.push(pin);
                }
            }
            other => {
                let message = format!("`{other}` is a line that this program does not know");
                let help = "it knows contract.shape/v1, contract.run/v1, and contract.baseline/v1; a newer program may know more";
                self.fault(number, 0, message, help);
            }
        }
    }

    fn parsed<T: DeserializeOwned>(&mut self, number: usize, bytes: &[u8]) -> Option<T> {
        match serde_json::from_slice(bytes) {
            Ok(value) => Some(value),
            Err(error) => {
                let text = error.to_string();
                let message = match text.rfind(" at line ") {
                    Some(end) => text[..end].to_owned(),
                    None => text,
                };
                let help = if error.is_eof() {
                    "the line is cut off; remove it, or restore the file"
                } else {
                    "restore the line from version control, or remove it"
                };
                self.fault(number, error.column(), message, help);
                None
            }
        }
    }

    fn seen(&mut self, number: usize, seen: Seen) {
        let restore = "restore the line from version control, or remove it";
        if seen.from > seen.to {
            let message = format!("`from` ({}) lies after `to` ({})", seen.from, seen.to);
            self.fault(number, 0, message, restore);
        }
        if seen.runs.is_empty() {
            self.fault(number, 0, "`runs` names no run".to_owned(), restore);
        }
        if !seen.shape.latency.is_sound() {
            let message = "`latency` has a bucket that there is not".to_owned();
            self.fault(number, 0, message, restore);
        }
        for run in &seen.runs {
            let key = (run.clone(), seen.shape.of.clone());
            if let Some(first) = self.shapes.insert(key, number) {
                let message = format!("the run `{run}` has `{}` twice", seen.shape.of);
                let help = format!("the first one is in line {first}; remove one");
                self.fault(number, 0, message, &help);
            }
        }
        self.history.seen.push(seen);
    }

    /// Baselines are runs of this history.
    fn pinned(&mut self) {
        for (run, number) in std::mem::take(&mut self.pins) {
            if !self.runs.contains_key(&run) {
                let message = format!("the baseline `{run}` is no run of this history");
                let help = "remove the line, or restore those of the run";
                self.fault(number, 0, message, help);
            }
        }
    }
}
