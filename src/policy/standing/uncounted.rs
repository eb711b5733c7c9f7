//! Why a word does not count.

use jiff::civil::Date;

/// A file that was set aside.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SetAside {
    /// The file.
    pub file: String,
    /// Why.
    pub why: Uncounted,
}

/// Why a word does not count; as a sentence, it goes on after the file's name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Uncounted {
    /// Head took it away.
    #[error("was taken away")]
    Withdrawn,
    /// Nobody by that id is in the base's registry.
    #[error("is for `{consumer}`, which is not in the base's registry")]
    UnknownConsumer {
        /// Whom it names.
        consumer: String,
    },
    /// In the folder of another consumer.
    #[error("is for `{consumer}`, and is not in its folder, .contract/signoffs/{consumer}/")]
    Misplaced {
        /// Whom it names.
        consumer: String,
    },
    /// About a contract that is not governed, or that the change is not in.
    #[error("is about the contract `{contract}`{}", .other.as_ref().map_or_else(|| ", which is not governed".to_owned(), |other| format!(", and its change is in `{other}`")))]
    WrongContract {
        /// What it names.
        contract: String,
        /// Where the change is.
        other: Option<String>,
    },
    /// No approver of the consumer.
    #[error("is by {approver}, who is no approver of {of} on the base")]
    NotApprover {
        /// Who.
        approver: String,
        /// The consumer, or the team that waives.
        of: String,
    },
    /// No team may waive.
    #[error("cannot count: the base's policy names no team that waives")]
    NoTeam,
    /// Its author is not known.
    #[error("does not count: {why}")]
    Unsigned {
        /// Why.
        why: String,
    },
    /// Signed by another.
    #[error("is by {approver}, and {principal} signed it")]
    SignedByOther {
        /// Whom the file names.
        approver: String,
        /// Who signed.
        principal: String,
    },
    /// The owner's people answer for somebody else.
    #[error("is by {approver}, who answers for the contract itself")]
    OwnWord {
        /// Who.
        approver: String,
    },
    /// A kind that the policy does not allow.
    #[error("is of a kind that the base's policy does not allow")]
    Kind,
    /// From a day to come.
    #[error("was issued on {issued}, which is yet to come")]
    Future {
        /// That day.
        issued: Date,
    },
    /// Longer than the policy allows.
    #[error("is valid for {days} days, and the base's policy allows {most}")]
    TooLong {
        /// From `issued` to `expires`.
        days: i32,
        /// What is allowed.
        most: u32,
    },
    /// Under a false caption.
    #[error("calls the change something else")]
    FalseCaption,
    /// Over.
    #[error("counted until {on}")]
    Expired {
        /// The last day.
        on: Date,
    },
}
