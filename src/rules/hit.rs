//! What a detector saw.

use crate::spec::{At, SchemaId};
use crate::variance::Effect;

/// The before or the after of an edit: what reports show and fingerprints bind.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Content {
    /// A schema.
    Schema(SchemaId),
    /// A node as written.
    Node(At),
    /// A value the documents do not spell out, as JSON text: `"required"`, `3`.
    Json(String),
}

impl Content {
    /// A string value.
    #[must_use]
    pub fn text(value: &str) -> Self {
        Self::Json(serde_json::Value::from(value).to_string())
    }
}

/// One edit.
#[derive(Clone, Debug, Default)]
pub struct Hit {
    /// What to underline on the old side; `None` for an absence.
    pub old: Option<At>,
    /// What to underline on the new side; `None` for an absence.
    pub new: Option<At>,
    /// Values for the `{holes}` of the message.
    pub holes: Vec<(&'static str, String)>,
    /// The old content.
    pub before: Option<Content>,
    /// The new content.
    pub after: Option<Content>,
    /// What the element id goes on with beneath the place: `.total`, ` > enum:"PENDING"`.
    pub tail: String,
    /// What this very edit does, where it is not what the rule's edits do in general.
    pub effect: Option<Effect>,
    /// Why nothing can be said for sure, for an edit that obscures.
    pub reason: Option<&'static str>,
}

impl Hit {
    /// An edit between two nodes, either of which may be absent.
    #[must_use]
    pub fn at(old: Option<At>, new: Option<At>) -> Self {
        Self {
            old,
            new,
            ..Self::default()
        }
    }

    /// An edit whose before and after are the nodes themselves.
    #[must_use]
    pub fn nodes(old: Option<At>, new: Option<At>) -> Self {
        Self {
            old,
            new,
            before: old.map(Content::Node),
            after: new.map(Content::Node),
            ..Self::default()
        }
    }

    /// Fills a hole of the message.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "numbers, words, and names are handed over alike"
    )]
    pub fn hole(mut self, name: &'static str, value: impl ToString) -> Self {
        self.holes.push((name, value.to_string()));
        self
    }

    /// Sets the old content.
    #[must_use]
    pub fn before(mut self, content: Content) -> Self {
        self.before = Some(content);
        self
    }

    /// Sets the new content.
    #[must_use]
    pub fn after(mut self, content: Content) -> Self {
        self.after = Some(content);
        self
    }

    /// Names what stands beneath the place.
    #[must_use]
    pub fn tail(mut self, tail: impl Into<String>) -> Self {
        self.tail = tail.into();
        self
    }

    /// Says what this very edit does.
    #[must_use]
    pub fn effect(mut self, effect: Effect) -> Self {
        self.effect = Some(effect);
        self
    }

    /// Says why nothing can be said for sure.
    #[must_use]
    pub fn reason(mut self, reason: &'static str) -> Self {
        self.reason = Some(reason);
        self
    }
}

/// Everything one detector saw.
#[derive(Debug, Default)]
pub struct Hits(pub Vec<Hit>);

impl Hits {
    /// Records one edit.
    pub fn push(&mut self, hit: Hit) {
        self.0.push(hit);
    }
}
