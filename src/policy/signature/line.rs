//! The lines of a key file: its text, its comments, and what is said about a bad one.

use crate::policy::files::{Fault, Place};
use std::borrow::Cow;

/// A line that is neither empty nor a comment.
pub(super) struct Line<'a> {
    /// Without the space around it.
    pub(super) text: &'a str,
    /// Where its text starts.
    pub(super) place: Place,
}

impl Line<'_> {
    pub(super) fn fault(
        &self,
        file: &str,
        message: impl Into<Cow<'static, str>>,
        help: &str,
    ) -> Fault {
        Fault {
            file: file.to_owned(),
            place: Some(self.place),
            message: message.into().into_owned(),
            help: Some(help.to_owned()),
        }
    }
}

/// The lines that say something, or the fault of a file that is not text.
pub(super) fn lines<'a>(file: &str, bytes: &'a [u8]) -> Result<Vec<Line<'a>>, Fault> {
    let text = str::from_utf8(bytes).map_err(|error| Fault {
        file: file.to_owned(),
        place: Some(place_of(bytes, error.valid_up_to())),
        message: "the file is not UTF-8 text".to_owned(),
        help: Some("write one public key per line, as `ssh-keygen -y` prints it".to_owned()),
    })?;
    if text.starts_with('\u{feff}') {
        return Err(Fault {
            file: file.to_owned(),
            place: Some(Place { line: 1, column: 1 }),
            message: "the file starts with a byte order mark".to_owned(),
            help: Some("save it as UTF-8 without one".to_owned()),
        });
    }
    Ok(text
        .lines()
        .zip(1..)
        .filter_map(|(line, number)| {
            let start = line.trim_start_matches([' ', '\t', '\r']);
            let text = start.trim_end_matches([' ', '\t', '\r']);
            let indent = line[..line.len() - start.len()].chars().count();
            let place = Place {
                line: number,
                column: u32::try_from(indent + 1).unwrap_or(u32::MAX),
            };
            (!text.is_empty() && !text.starts_with('#')).then_some(Line { text, place })
        })
        .collect())
}

fn place_of(bytes: &[u8], offset: usize) -> Place {
    let before = &bytes[..offset];
    let line = before.split(|b| *b == b'\n').count();
    let start = before
        .iter()
        .rposition(|b| *b == b'\n')
        .map_or(0, |at| at + 1);
    let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Place {
        line: number(line),
        column: number(column),
    }
}
