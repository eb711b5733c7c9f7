//! What is to be said about the files of sign-offs themselves.

use crate::policy::files::Place;
use crate::spec::Level;

/// Something to be said about a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What.
    pub kind: NoticeKind,
    /// The file.
    pub file: String,
    /// Where in it; `None` when the file as a whole is meant.
    pub place: Option<Place>,
    /// The change that is meant.
    pub fingerprint: Option<String>,
    /// Where that change is.
    pub element: Option<String>,
    /// A lower-case fragment without a full stop.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// What can be said about a file; each is a rule of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeKind {
    /// It calls a change by another name.
    SummaryMismatch,
    /// It matches no change.
    Unused,
    /// It can match no change any more.
    Spent,
    /// It counts no longer.
    Expired,
    /// It counts for a few days only.
    Expiring,
    /// It is for nobody.
    UnknownConsumer,
    /// It lies in the folder of another consumer.
    Misplaced,
    /// Nobody asked for it.
    NotRequired,
    /// It is about another contract.
    WrongContract,
    /// It is by somebody whose word does not count for it.
    NotApprover,
    /// Its author is not known.
    Unsigned,
    /// It counts for longer than the policy allows.
    TooLong,
    /// It is outside of what the policy lets count.
    NotCounted,
    /// It waives nothing, whatever it says.
    WaiverRefused,
    /// It waives what does not change.
    WaiverUnused,
    /// Head takes away what is in its way.
    Withdrawn,
    /// The key below it is valid for a few days only.
    KeyExpiring,
}

impl NoticeKind {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::SummaryMismatch,
        Self::Unused,
        Self::Spent,
        Self::Expired,
        Self::Expiring,
        Self::UnknownConsumer,
        Self::Misplaced,
        Self::NotRequired,
        Self::WrongContract,
        Self::NotApprover,
        Self::Unsigned,
        Self::TooLong,
        Self::NotCounted,
        Self::WaiverRefused,
        Self::WaiverUnused,
        Self::Withdrawn,
        Self::KeyExpiring,
    ];

    /// The rule's id.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::SummaryMismatch => "signoff-summary-mismatch",
            Self::Unused => "signoff-unused",
            Self::Spent => "signoff-spent",
            Self::Expired => "signoff-expired",
            Self::Expiring => "signoff-expiring",
            Self::UnknownConsumer => "signoff-unknown-consumer",
            Self::Misplaced => "signoff-misplaced",
            Self::NotRequired => "signoff-not-required",
            Self::WrongContract => "signoff-wrong-contract",
            Self::NotApprover => "signoff-not-approver",
            Self::Unsigned => "signoff-unsigned",
            Self::TooLong => "signoff-too-long",
            Self::NotCounted => "signoff-not-counted",
            Self::WaiverRefused => "waiver-refused",
            Self::WaiverUnused => "waiver-unused",
            Self::Withdrawn => "signoff-withdrawn",
            Self::KeyExpiring => "signer-key-expiring",
        }
    }

    /// How loud it is. What is wanting fails by its obligation; here only a false caption does.
    #[must_use]
    pub const fn level(self) -> Level {
        match self {
            Self::SummaryMismatch => Level::Error,
            Self::Unused
            | Self::Expired
            | Self::Expiring
            | Self::UnknownConsumer
            | Self::Misplaced
            | Self::WrongContract
            | Self::NotApprover
            | Self::Unsigned
            | Self::TooLong
            | Self::NotCounted
            | Self::WaiverRefused
            | Self::WaiverUnused
            | Self::Withdrawn
            | Self::KeyExpiring => Level::Warning,
            Self::Spent | Self::NotRequired => Level::Note,
        }
    }
}
