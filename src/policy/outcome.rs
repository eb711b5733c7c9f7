//! What the gate says: about each change, and about the repository.

use super::standing::{Affected, Counted};
use crate::rules::Rule;
use crate::spec::Level;
use jiff::civil::Date;

/// What has to be done before a change may land, and whether it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obligation {
    /// What.
    pub kind: ObligationKind,
    /// Who has to do it: the owning team, or a consumer.
    pub who: String,
    /// How it stands.
    pub status: Status,
    /// The day that it is about: the earliest lawful one, or the last on which an approval counts.
    pub until: Option<Date>,
    /// What people should know besides: who signed, or why an answer does not count.
    pub note: Option<String>,
    /// The command that settles it, or that says how.
    pub command: String,
}

/// A kind of obligation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObligationKind {
    /// The element is deprecated, and its window has passed.
    Window,
    /// The change was announced, to the digest, and its day has come.
    Announce,
    /// A consumer agrees.
    Signoff,
    /// The governance team opened the gate.
    Waiver,
}

impl ObligationKind {
    /// The word used in reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Window => "window",
            Self::Announce => "announce",
            Self::Signoff => "signoff",
            Self::Waiver => "waiver",
        }
    }
}

/// How an obligation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Done.
    Met,
    /// Not begun.
    Missing,
    /// Done once, and no longer good.
    Expired,
    /// Refused.
    Objected,
    /// Begun, and its day has not come.
    Pending,
}

impl Status {
    /// The word used in reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Missing => "missing",
            Self::Expired => "expired",
            Self::Objected => "objected",
            Self::Pending => "pending",
        }
    }
}

/// What the policy says about one change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ruling {
    /// The row of the state machine that decides, for a change that needs one.
    pub row: Option<Row>,
    /// The consumers that it hurts, sorted.
    pub affects: Vec<String>,
    /// Whose word is needed, and for which sites; an owner's where nobody knows the consumers.
    pub asked: Vec<Affected>,
    /// What has to be done.
    pub obligations: Vec<Obligation>,
    /// Whether it may land: everything that has to be done is done.
    pub authorised: bool,
    /// Why its level is not the one of its verdict: the reason of a level in the policy.
    pub because: Option<String>,
}

/// A row of the state machine.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Its rule.
    pub rule: &'static Rule,
    /// The first day on which the change is lawful, as far as its window goes.
    pub earliest: Option<Date>,
    /// Since when the element is deprecated.
    pub since: Option<Date>,
    /// Its last day.
    pub sunset: Option<Date>,
    /// How many days the window lasts.
    pub days: u32,
}

impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        self.rule.id == other.rule.id
            && (self.earliest, self.since, self.sunset, self.days)
                == (other.earliest, other.since, other.sunset, other.days)
    }
}

impl Eq for Row {}

/// One thing the gate has to say that is no change of a contract, or is about one.
#[derive(Clone, Debug)]
pub struct Notice {
    /// The catalogue's rule.
    pub rule: &'static Rule,
    /// How loud it is.
    pub level: Level,
    /// The contract's id.
    pub contract: Option<String>,
    /// The element.
    pub element: Option<String>,
    /// The change that it is about.
    pub fingerprint: Option<String>,
    /// One sentence.
    pub message: String,
    /// The file it is about.
    pub file: Option<String>,
    /// Line in that file, from 1.
    pub line: Option<u32>,
    /// Column in that file, from 1.
    pub column: Option<u32>,
    /// What to do.
    pub help: Option<String>,
    /// The first day on which what it is about is lawful.
    pub earliest: Option<Date>,
}

impl Notice {
    /// A notice whose sentence is the rule's, with its holes filled.
    ///
    /// # Panics
    /// When the catalogue has no such rule, which its tests exclude.
    #[must_use]
    pub fn new(rule: &'static str, level: Level, holes: &[(&str, &str)]) -> Self {
        let rule = Rule::find(rule).unwrap_or_else(|| panic!("the catalogue has no {rule}"));
        let mut message = rule.message.to_owned();
        for (hole, value) in holes {
            message = message.replace(&format!("{{{hole}}}"), value);
        }
        Self {
            rule,
            level,
            contract: None,
            element: None,
            fingerprint: None,
            message,
            file: None,
            line: None,
            column: None,
            help: None,
            earliest: None,
        }
    }

    /// About an element of a contract.
    #[must_use]
    pub fn about(mut self, contract: &str, element: &str) -> Self {
        self.contract = Some(contract.to_owned());
        self.element = Some(element.to_owned());
        self
    }

    /// In a file.
    #[must_use]
    pub fn in_file(mut self, file: &str, place: Option<crate::policy::files::Place>) -> Self {
        self.file = Some(file.to_owned());
        (self.line, self.column) = (
            place.map(|place| place.line),
            place.map(|place| place.column),
        );
        self
    }

    /// With what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// What the gate says about a whole run, besides the rulings.
#[derive(Clone, Debug, Default)]
pub struct Governance {
    /// What it has to say, the loudest first.
    pub notices: Vec<Notice>,
    /// The last day on which this verdict holds: the earliest end of what it rests on.
    pub valid_until: Option<Date>,
    /// `sha256:` and 64 hexadecimal digits of the trusted policy; `None` without one.
    pub policy_digest: Option<String>,
    /// Whether the day was given, and not today's.
    pub clock_overridden: bool,
    /// What each sign-off and waiver is worth, in order of files.
    pub papers: Vec<Counted>,
}
