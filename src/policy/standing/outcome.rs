//! Where a consumer stands on a change, and what waives it.

use super::uncounted::SetAside;
use crate::policy::files::WaiverKind;
use jiff::civil::Date;

/// A consumer's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its id.
    pub consumer: String,
    /// Where it stands.
    pub standing: Standing,
}

/// Somebody's word that was counted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Word {
    /// Who.
    pub approver: String,
    /// The file.
    pub file: String,
    /// The last day on which it counts, by its own date and by its key.
    pub until: Date,
    /// How its author is known: `signed`, `base`, or `forge`.
    pub assurance: &'static str,
}

/// Where a consumer stands on a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Enough of its approvers accept every site that hurts it.
    Accepted {
        /// Whose word was counted, in order of names.
        by: Vec<Word>,
        /// The last day on which that is so.
        until: Date,
    },
    /// Enough of its approvers answered, and some only to abstain.
    Abstained {
        /// Whose word was counted.
        by: Vec<Word>,
        /// Whether that is enough, as it is where silence is.
        settles: bool,
        /// The last day on which that is so.
        until: Date,
    },
    /// Silence for as long as the policy waits: an abstention, not an acceptance.
    Lapsed {
        /// The day the request landed.
        asked: Date,
    },
    /// Silence that is not long enough yet.
    Lazy {
        /// The day the request landed.
        asked: Date,
        /// The first day on which silence is an abstention.
        until: Date,
    },
    /// Somebody objects, and nobody of the same consumer accepted later.
    Objected {
        /// Who.
        by: String,
        /// The file.
        file: String,
        /// Why.
        reason: String,
    },
    /// It was accepted, and that is over.
    Expired {
        /// The last day.
        on: Date,
    },
    /// There is an acceptance, and it does not count.
    NotCounted {
        /// How many approvers accept every site.
        have: u32,
        /// How many have to.
        need: u32,
        /// What was set aside.
        files: Vec<SetAside>,
    },
    /// Too few accept.
    Missing {
        /// How many approvers accept every site.
        have: u32,
        /// How many have to.
        need: u32,
        /// The sites that too few accept.
        open: Vec<String>,
    },
}

impl Standing {
    /// Whether the change may go ahead as far as this consumer is concerned.
    #[must_use]
    pub const fn settles(&self) -> bool {
        match self {
            Self::Accepted { .. } | Self::Lapsed { .. } => true,
            Self::Abstained { settles, .. } => *settles,
            Self::Lazy { .. }
            | Self::Objected { .. }
            | Self::Expired { .. }
            | Self::NotCounted { .. }
            | Self::Missing { .. } => false,
        }
    }

    /// The word of an obligation in reports: `met`, `missing`, `expired`, `objected`, or `pending`.
    #[must_use]
    pub const fn status(&self) -> &'static str {
        match self {
            Self::Accepted { .. } | Self::Lapsed { .. } | Self::Abstained { settles: true, .. } => {
                "met"
            }
            Self::Lazy { .. } => "pending",
            Self::Objected { .. } => "objected",
            Self::Expired { .. } => "expired",
            Self::NotCounted { .. }
            | Self::Missing { .. }
            | Self::Abstained { settles: false, .. } => "missing",
        }
    }

    /// The last day on which it stands so by itself; `None` where no day ends it.
    #[must_use]
    pub const fn until(&self) -> Option<Date> {
        match self {
            Self::Accepted { until, .. } | Self::Abstained { until, .. } => Some(*until),
            Self::Lapsed { .. }
            | Self::Lazy { .. }
            | Self::Objected { .. }
            | Self::Expired { .. }
            | Self::NotCounted { .. }
            | Self::Missing { .. } => None,
        }
    }
}

/// Whether a change is waived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Waived {
    /// Nobody says so.
    No,
    /// Enough of the team do, for every site.
    Yes {
        /// Whose word was counted, in order of names.
        by: Vec<Word>,
        /// Why, each kind once.
        kinds: Vec<WaiverKind>,
        /// The last day on which that is so.
        until: Date,
    },
    /// Too few do.
    Missing {
        /// How many waive every site.
        have: u32,
        /// How many have to.
        need: u32,
    },
    /// Enough did, and that is over.
    Expired {
        /// The last day.
        on: Date,
    },
    /// There is a waiver, and it does not count.
    NotCounted {
        /// How many waive every site.
        have: u32,
        /// How many have to.
        need: u32,
        /// What was set aside.
        files: Vec<SetAside>,
    },
}
