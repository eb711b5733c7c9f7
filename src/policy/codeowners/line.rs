//! One line of CODEOWNERS.

use super::pattern::Pattern;
use crate::policy::files::{Fault, Place};

/// What a line says.
pub(super) enum Line {
    /// Nothing.
    Blank,
    /// `^[Name][2] @default`.
    Heading {
        name: String,
        optional: bool,
        owners: Vec<String>,
    },
    /// `/docs/ @org/docs`.
    Rule { pattern: Pattern, owners: Owners },
}

/// Whom a rule names.
pub(super) enum Owners {
    Named(Vec<String>),
    /// Those of the heading, which are nobody where there is none.
    Default,
    Nobody,
}

/// What is wrong with a line.
pub(super) struct Bad {
    column: usize,
    message: String,
    help: &'static str,
}

impl Bad {
    pub(super) fn at(self, file: &str, line: u32) -> Fault {
        Fault {
            file: file.to_owned(),
            place: Some(Place {
                line,
                column: u32::try_from(self.column).unwrap_or(u32::MAX),
            }),
            message: self.message,
            help: Some(self.help.to_owned()),
        }
    }
}

pub(super) fn not_text(file: &str) -> Fault {
    Fault {
        file: file.to_owned(),
        place: None,
        message: "the file is not UTF-8 text".to_owned(),
        help: Some("write a pattern and its owners on each line: /docs/ @org/docs".to_owned()),
    }
}

const BLANK: [char; 3] = [' ', '\t', '\r'];

/// Reads a line, and what is wrong with it.
pub(super) fn read(whole: &str) -> (Line, Option<Bad>) {
    let text = whole.trim_start_matches(BLANK);
    let start = whole[..whole.len() - text.len()].chars().count() + 1;
    let text = text.trim_end_matches(BLANK);
    if text.is_empty() || text.starts_with('#') {
        return (Line::Blank, None);
    }
    if let Some((name, optional, rest)) = heading(text) {
        let (owners, bad) = owners(text, rest, start);
        let owners = match owners {
            Owners::Named(owners) => owners,
            Owners::Default | Owners::Nobody => Vec::new(),
        };
        let line = Line::Heading {
            name: name.to_owned(),
            optional,
            owners,
        };
        return (line, bad);
    }
    let (exempts, rule) = match text.strip_prefix('!') {
        Some(rule) => (true, rule),
        None => (false, text),
    };
    let end = pattern_end(rule);
    let Some(pattern) = Pattern::read(&rule[..end]) else {
        let bad = Bad {
            column: start,
            message: format!("the pattern `{}` matches nothing", &rule[..end]),
            help: "write a path with `*`, `?`, and `**`; ranges in brackets are not read",
        };
        return (Line::Blank, Some(bad));
    };
    let (owners, bad) = owners(text, &rule[end..], start);
    let owners = if exempts { Owners::Nobody } else { owners };
    (Line::Rule { pattern, owners }, bad)
}

/// The name of a heading, whether its review is optional, and what follows it.
fn heading(text: &str) -> Option<(&str, bool, &str)> {
    let (optional, text) = match text.strip_prefix('^') {
        Some(text) => (true, text),
        None => (false, text),
    };
    let (name, rest) = text.strip_prefix('[')?.split_once(']')?;
    let (count, rest) = match rest.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?,
        None => ("1", rest),
    };
    let count: u32 = count.trim().parse().ok()?;
    let is_heading = !name.trim().is_empty() && (rest.is_empty() || rest.starts_with(BLANK));
    is_heading.then_some((name.trim(), optional || count == 0, rest))
}

/// Where a pattern ends: at the first space without a backslash before it.
fn pattern_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if BLANK.contains(&c) && !escaped {
            return at;
        }
        escaped = c == '\\' && !escaped;
    }
    text.len()
}

/// The words up to a comment; `rest` is the end of `text`.
fn owners(text: &str, rest: &str, start: usize) -> (Owners, Option<Bad>) {
    let mut owners = Vec::new();
    let mut at = text.len() - rest.len();
    for word in rest.split(BLANK) {
        if word.starts_with('#') {
            break;
        }
        if !word.is_empty() && !is_owner(word) {
            let bad = Bad {
                column: start + text[..at].chars().count(),
                message: format!("`{word}` is no owner, so the line gives nobody"),
                help: "write @user, @org/team, or an e-mail address",
            };
            return (Owners::Nobody, Some(bad));
        }
        if !word.is_empty() {
            owners.push(word.to_owned());
        }
        // A blank is one byte.
        at += word.len() + 1;
    }
    if owners.is_empty() {
        (Owners::Default, None)
    } else {
        (Owners::Named(owners), None)
    }
}

fn is_owner(word: &str) -> bool {
    match word.split_once('@') {
        Some(("", name)) => !name.trim_start_matches('@').is_empty(),
        Some((_, domain)) => !domain.is_empty() && !domain.contains('@'),
        None => false,
    }
}
