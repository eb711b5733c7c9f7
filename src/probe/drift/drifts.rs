//! What a drift is.

use super::{
    accepted::Acceptance, field::Type, format::Format, observe::hex, path::Path, sayings::words,
    shape::Key, wilson::Rate,
};
use crate::probe::check::Verdict;
use crate::variance;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::{collections::BTreeSet, time::Duration};

/// What is no longer as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A member that was there is there no more.
    FieldGone {
        /// Where.
        path: Path,
        /// How often it was there.
        before: Rate,
        /// How often it could have been there now.
        after: Rate,
    },
    /// A member that was never there.
    FieldNew {
        /// Where.
        path: Path,
        /// How often it could have been there before.
        before: Rate,
        /// How often it is there.
        after: Rate,
    },
    /// Values of another type.
    TypeChanged {
        /// Where.
        path: Path,
        /// The types there were.
        before: BTreeSet<Type>,
        /// The types there are.
        after: BTreeSet<Type>,
    },
    /// Texts that look otherwise.
    FormatChanged {
        /// Where.
        path: Path,
        /// What all looked like.
        before: Format,
        /// What all look like now; `Text` if not all look the same.
        after: Format,
    },
    /// A member is there less often.
    PresenceDrop {
        /// Where.
        path: Path,
        /// How often it was there.
        before: Rate,
        /// How often it is there.
        after: Rate,
    },
    /// A member is `null` more often.
    NullRise {
        /// Where.
        path: Path,
        /// How often it was.
        before: Rate,
        /// How often it is.
        after: Rate,
    },
    /// One of few values that was never there.
    ValueNew {
        /// Where.
        path: Path,
        /// The value as JSON, or the hash of one that is not kept.
        value: String,
        /// How many values there were before.
        before: u64,
    },
    /// One of few values is never there any more.
    ValueUnseen {
        /// Where.
        path: Path,
        /// The value as JSON.
        value: String,
        /// How often it was there.
        before: Rate,
    },
    /// A status that the operation never had.
    StatusNew,
    /// A media type that the status never had.
    MediaNew,
    /// A header that was there is there no more.
    HeaderGone {
        /// Its name in lower case.
        name: String,
        /// How often it was there.
        before: Rate,
        /// How often it could have been there now.
        after: Rate,
    },
    /// A header that was never there.
    HeaderNew {
        /// Its name in lower case.
        name: String,
        /// How often it could have been there before.
        before: Rate,
        /// How often it is there.
        after: Rate,
    },
    /// Answers take longer.
    Slower {
        /// 95 of 100 took no longer than this.
        before: Duration,
        /// 95 of 100 take no longer than this.
        after: Duration,
    },
}

impl What {
    /// The word used in files and reports.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::FieldGone { .. } => "field-gone",
            Self::FieldNew { .. } => "field-new",
            Self::TypeChanged { .. } => "type-changed",
            Self::FormatChanged { .. } => "format-changed",
            Self::PresenceDrop { .. } => "presence-drop",
            Self::NullRise { .. } => "null-rise",
            Self::ValueNew { .. } => "value-new",
            Self::ValueUnseen { .. } => "value-unseen",
            Self::StatusNew => "status-new",
            Self::MediaNew => "media-type-new",
            Self::HeaderGone { .. } => "header-gone",
            Self::HeaderNew { .. } => "header-new",
            Self::Slower { .. } => "latency-shift",
        }
    }

    /// Where in the body.
    #[must_use]
    pub const fn path(&self) -> Option<&Path> {
        match self {
            Self::FieldGone { path, .. }
            | Self::FieldNew { path, .. }
            | Self::TypeChanged { path, .. }
            | Self::FormatChanged { path, .. }
            | Self::PresenceDrop { path, .. }
            | Self::NullRise { path, .. }
            | Self::ValueNew { path, .. }
            | Self::ValueUnseen { path, .. } => Some(path),
            Self::StatusNew
            | Self::MediaNew
            | Self::HeaderGone { .. }
            | Self::HeaderNew { .. }
            | Self::Slower { .. } => None,
        }
    }

    /// What tells it from others of its kind: no figures, so that next week's is the same.
    fn subject(&self) -> String {
        match self {
            Self::ValueNew { path, value, .. } | Self::ValueUnseen { path, value, .. } => {
                format!("{path}\0{value}")
            }
            Self::HeaderGone { name, .. } | Self::HeaderNew { name, .. } => name.clone(),
            Self::TypeChanged { path, after, .. } => format!("{path}\0{}", words(after)),
            Self::FormatChanged { path, after, .. } => format!("{path}\0{}", after.word()),
            other => other.path().map(Path::to_string).unwrap_or_default(),
        }
    }
}

/// How much a drift rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// Too few samples to tell it from chance.
    Weak,
    /// As many samples as asked for on both sides, and chance would not do this once in twenty.
    Strong,
}

/// The finding that an edit of the contract would have made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The catalogue's rule.
    pub rule: &'static str,
    /// What it means where the provider writes.
    pub verdict: variance::Verdict,
    /// The element id.
    pub element: String,
    /// The fingerprint at that element.
    pub fingerprint: String,
    /// One sentence.
    pub message: String,
    /// JSON Pointer in the contract, or in what it would be.
    pub pointer: String,
}

/// Something that is no longer as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// Of which answers.
    pub of: Key,
    /// What.
    pub what: What,
    /// How much it rests on.
    pub evidence: Evidence,
    /// Whether the contract allows it.
    pub allowed: bool,
    /// What an edit of the contract to the same effect is, the worst first.
    pub changes: Vec<Change>,
    /// What it amounts to.
    pub verdict: Verdict,
    /// Why it does not count for a while.
    pub accepted: Option<Acceptance>,
}

impl Drift {
    /// `df1:` and 40 hexadecimal digits: the same drift has the same id in every run.
    #[must_use]
    pub fn id(&self) -> String {
        let Key {
            contract,
            operation,
            status,
            media,
        } = &self.of;
        let told = serde_json::json!([
            contract,
            operation,
            status,
            media,
            self.what.word(),
            self.what.subject()
        ]);
        let digest = Sha256::digest(format!("contract.drift/v1\0{told}").as_bytes());
        format!("df1:{}", hex(&digest[..20]))
    }

    /// What is not as it was, a lower-case fragment.
    #[must_use]
    pub fn message(&self) -> String {
        self.what.to_string()
    }
}
