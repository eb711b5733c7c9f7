//! A value of a file, with its place and the name that messages call it by.

use super::{Fields, Form};
use crate::text::Position;
use crate::tree::{Entry, Kind, NodeId};
use std::collections::BTreeSet;

/// A value of a [`Form`]. Its methods read it as what it should be; where it is not, they note a fault and return `None`.
#[derive(Clone, Copy, Debug)]
pub struct Value<'t> {
    pub(super) form: &'t Form,
    pub(super) id: NodeId,
    name: Name<'t>,
}

/// How messages call a value.
#[derive(Clone, Copy, Debug)]
enum Name<'t> {
    /// The whole file.
    File,
    /// The value of a key.
    Key(&'t str),
    /// An item of the list under a key.
    Item(&'t str),
}

impl<'t> Value<'t> {
    pub(super) fn root(form: &'t Form) -> Self {
        Self {
            form,
            id: form.tree().root(),
            name: Name::File,
        }
    }

    pub(super) fn of(form: &'t Form, entry: Entry) -> Self {
        Self {
            form,
            id: entry.value,
            name: Name::Key(form.tree().key(entry.key)),
        }
    }

    /// Where it stands.
    #[must_use]
    pub fn position(self) -> Position {
        self.form.position(self.id)
    }

    /// What type it has.
    #[must_use]
    pub fn kind(self) -> Kind {
        self.form.tree().kind(self.id)
    }

    /// How many items or entries it has; 0 for what has none.
    #[must_use]
    pub fn size(self) -> usize {
        self.form.tree().size(self.id)
    }

    /// The node in the tree of the file, and that tree, for what this reader has no words for.
    #[must_use]
    pub fn node(self) -> (&'t crate::tree::Tree, NodeId) {
        (self.form.tree(), self.id)
    }

    /// Notes what is wrong with it.
    pub fn fault(self, message: impl Into<String>, help: impl Into<String>) {
        let start = self.form.tree().span(self.id).start;
        self.form.fault(start, message.into(), Some(help.into()));
    }

    /// How messages call it: `` `owner` ``, ``an item of `approvers` ``.
    #[must_use]
    pub fn name(self) -> String {
        match self.name {
            Name::File => "the file".to_owned(),
            Name::Key(key) => format!("`{}`", cut(key)),
            Name::Item(key) => format!("an item of `{}`", cut(key)),
        }
    }

    /// The mapping that it is; `what` is how messages call it: `a consumer`.
    #[must_use]
    pub fn fields(self, what: &'static str) -> Option<Fields<'t>> {
        if self.kind() != Kind::Map {
            self.mistyped("a mapping", "write it as `key: value` lines");
            return None;
        }
        Some(Fields::new(self, what))
    }

    /// The keys and values of a mapping whose keys are free; each key as a value of its own, at its own place.
    #[must_use]
    pub fn entries(self) -> Option<Vec<(Key<'t>, Value<'t>)>> {
        if self.kind() != Kind::Map {
            self.mistyped("a mapping", "write it as `key: value` lines");
            return None;
        }
        let entries = self.form.tree().entries(self.id);
        let pair = |entry: Entry| {
            let key = Key {
                form: self.form,
                text: self.form.tree().key(entry.key),
                start: entry.key_span.start,
            };
            (key, Self::of(self.form, entry))
        };
        Some(entries.map(pair).collect())
    }

    /// The items of a list.
    #[must_use]
    pub fn items(self) -> Option<Vec<Value<'t>>> {
        if self.kind() != Kind::Seq {
            self.mistyped(
                "a list",
                "write each item on a line of its own after `- `, or all in `[…]`",
            );
            return None;
        }
        let key = match self.name {
            Name::File => "the file",
            Name::Key(key) | Name::Item(key) => key,
        };
        let item = |id: &NodeId| Self {
            form: self.form,
            id: *id,
            name: Name::Item(key),
        };
        Some(self.form.tree().items(self.id).iter().map(item).collect())
    }

    /// The items of a list, each read by a function; those that it cannot read are left out, their faults are noted.
    #[must_use]
    pub fn each<T>(self, read: impl FnMut(Self) -> Option<T>) -> Option<Vec<T>> {
        Some(self.items()?.into_iter().filter_map(read).collect())
    }

    /// A list of texts, none of them twice.
    #[must_use]
    pub fn texts(self) -> Option<Vec<String>> {
        self.distinct(|item| item.text().map(str::to_owned))
    }

    /// A list whose items are read by a function, none of them twice.
    #[must_use]
    pub fn distinct<T: Ord + Clone>(
        self,
        mut read: impl FnMut(Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        let mut seen = BTreeSet::new();
        self.each(|item| {
            let value = read(item)?;
            if !seen.insert(value.clone()) {
                let written = item.form.tree().scalar_text(item.id).unwrap_or_default();
                let message = format!("{} is there twice: `{}`", item.name(), cut(written));
                item.fault(message, "remove one of the two");
            }
            Some(value)
        })
    }

    /// Notes that the value has another type than it should.
    pub(super) fn mistyped(self, expected: &str, help: impl Into<String>) {
        let name = self.name();
        if self.kind() == Kind::Null {
            self.fault(
                format!("{name} has no value; it has to be {expected}"),
                "write the value, or remove the key",
            );
            return;
        }
        let found = match self.kind() {
            Kind::Seq => "a list",
            Kind::Map => "a mapping",
            Kind::Bool => "true or false",
            kind @ (Kind::Null | Kind::Number | Kind::String) => kind.name(),
        };
        self.fault(format!("{name} has to be {expected}, not {found}"), help);
    }
}

/// A key of a mapping whose keys are free.
#[derive(Clone, Copy, Debug)]
pub struct Key<'t> {
    form: &'t Form,
    /// The key, decoded.
    pub text: &'t str,
    start: u32,
}

impl Key<'_> {
    /// Where it stands.
    #[must_use]
    pub fn position(self) -> Position {
        self.form.tree().source().locate(self.start)
    }

    /// Notes what is wrong with it.
    pub fn fault(self, message: impl Into<String>, help: impl Into<String>) {
        self.form
            .fault(self.start, message.into(), Some(help.into()));
    }
}

/// A text for a message, not longer than people read.
#[must_use]
pub fn cut(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
