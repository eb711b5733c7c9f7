//! Files that people keep by hand, read to typed values: every fault is located, and all of them are found.
//!
//! A [`Form`] is opened over the bytes, its [root](Form::root) is taken apart by [`Value`] and [`Fields`], and
//! [`close`](Form::close) hands out what was read only if nothing was wrong.

mod choice;
mod map;
mod scalar;
mod value;

#[cfg(test)]
mod tests;

pub use map::Fields;
pub use value::{Key, Value, cut};

use super::{
    document::Tree,
    error::ParseError,
    node::{NodeId, Ornament, OrnamentKind},
    parse::parse_plain,
};
use crate::text::Position;
use std::cell::RefCell;

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Where it is wrong.
    pub position: Position,
    /// What is wrong: a lower-case fragment.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// A file as it is read, with the faults found so far.
#[derive(Debug)]
pub struct Form {
    tree: Tree,
    faults: RefCell<Vec<Fault>>,
}

impl Form {
    /// Opens a file; a name that ends in `.json` makes it JSON, any other YAML or JSON. Anchors, tags, and a byte order
    /// mark are noted as faults.
    ///
    /// # Errors
    /// When it is not well-formed, holds no document or several, has duplicate keys, or uses aliases.
    pub fn open(name: &str, bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        let tree = parse_plain(name, bytes.to_vec()).map_err(|error| vec![unreadable(error)])?;
        let form = Self {
            tree,
            faults: RefCell::default(),
        };
        if form.tree.source().body_start() > 0 {
            form.fault(
                0,
                "the file starts with a byte order mark".to_owned(),
                Some("save it as UTF-8 without one".to_owned()),
            );
        }
        for ornament in form.tree.ornaments() {
            form.ornament(*ornament);
        }
        // What aliases multiply may be large, and is refused anyway.
        if form.tree.has_aliases() {
            return Err(form.into_faults());
        }
        Ok(form)
    }

    /// The value of the whole file.
    #[must_use]
    pub fn root(&self) -> Value<'_> {
        Value::root(self)
    }

    /// What was read, if it was read without a fault.
    ///
    /// # Errors
    /// All faults, by their places.
    pub fn close<T>(self, value: Option<T>) -> Result<T, Vec<Fault>> {
        match value {
            Some(value) if self.faults.borrow().is_empty() => Ok(value),
            _ => Err(self.into_faults()),
        }
    }

    /// Reads a file by one function from its root to what it means.
    ///
    /// # Errors
    /// As [`open`](Self::open) and [`close`](Self::close).
    pub fn read<T>(
        name: &str,
        bytes: &[u8],
        read: impl FnOnce(Value<'_>) -> Option<T>,
    ) -> Result<T, Vec<Fault>> {
        let form = Self::open(name, bytes)?;
        let value = read(form.root());
        form.close(value)
    }

    pub(super) fn tree(&self) -> &Tree {
        &self.tree
    }

    fn position(&self, id: NodeId) -> Position {
        self.tree.source().locate(self.tree.span(id).start)
    }

    fn fault(&self, offset: u32, message: String, help: Option<String>) {
        let position = self.tree.source().locate(offset);
        self.faults.borrow_mut().push(Fault {
            position,
            message,
            help,
        });
    }

    fn ornament(&self, Ornament { span, kind }: Ornament) {
        let written = span.of(self.tree.source().text());
        let (what, help) = match kind {
            OrnamentKind::Anchor => ("anchor", "remove it; values are written out in this file"),
            OrnamentKind::Alias => (
                "alias",
                "write the value out, or in quotes if the `*` is part of it",
            ),
            OrnamentKind::Tag => (
                "tag",
                "remove it, or write the value in quotes if the `!` is part of it",
            ),
        };
        let message = format!("the {what} `{written}` is not allowed here");
        self.fault(span.start, message, Some(help.to_owned()));
    }

    fn into_faults(self) -> Vec<Fault> {
        let mut faults = self.faults.into_inner();
        faults.sort();
        faults.dedup();
        faults
    }
}

/// What the parser complains about.
fn unreadable(error: ParseError) -> Fault {
    let ParseError {
        name: _,
        position,
        offset: _,
        message,
        help,
        also,
    } = error;
    let message = match also {
        Some((other, what)) => format!("{message} ({what}, at {other})"),
        None => message,
    };
    Fault {
        position,
        message,
        help,
    }
}
