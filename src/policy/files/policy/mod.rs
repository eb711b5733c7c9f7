//! `.contract/contract.yaml` (`contract.policy/v1`).

mod contracts;
mod defaults;
mod levels;
mod lookup;
mod origin;
mod read;

use super::{Place, Stability};
use crate::spec::Level;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The policy of a repository. [`Policy::default`] is what a file with nothing but its `schema` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Whether the gate refuses, or only warns.
    pub mode: Mode,
    /// What `contract check` compares with when `--base` is not given.
    pub base: Option<String>,
    /// Teams by name.
    pub teams: BTreeMap<String, Team>,
    /// The governed contracts; `None` governs every contract that is found.
    pub contracts: Option<Vec<ContractEntry>>,
    /// How long a deprecation lasts.
    pub windows: Windows,
    /// What a deprecation has to say.
    pub deprecation: DeprecationRules,
    /// How loud rules are here, in the order of the file; the last that applies wins.
    pub levels: Vec<LevelOverride>,
    /// Times in which nothing is removed, for all contracts.
    pub freeze: Vec<Freeze>,
    /// Whose word counts, and for how long.
    pub signoff: SignoffRules,
    /// Who may open the gate in an emergency.
    pub waivers: WaiverRules,
    /// What declared usage is allowed to change.
    pub evidence: Evidence,
    /// Whether `--today` is obeyed in a CI environment.
    pub allow_clock_override: bool,
    /// Where each value of the file stands, by its path in it: `signoff.quorum.critical`, `contracts[0].owner`.
    pub origins: BTreeMap<String, Place>,
}

/// Whether the gate refuses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Errors fail.
    #[default]
    Enforce,
    /// What would fail is a warning, until this day.
    Warn {
        /// The first day on which the gate refuses again.
        until: Date,
    },
}

/// People who answer for something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Team {
    /// How to reach them.
    pub contact: Option<String>,
    /// Their names in `allowed_signers`.
    pub principals: Vec<String>,
}

/// One governed contract, or all that a glob names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractEntry {
    /// Its id in fingerprints, sign-offs, and the registry; only for [`Where::File`].
    pub id: Option<String>,
    /// Which files.
    pub files: Where,
    /// What they have to be; `None` finds it out.
    pub kind: Option<ContractKind>,
    /// Who reads a bare JSON Schema: `producer`, `consumer`, or `both`, as `--direction` has it.
    pub direction: Option<Role>,
    /// The team that owns it.
    pub owner: Option<String>,
    /// Who else answers for it.
    pub steward: Option<String>,
    /// Who the consumers are.
    pub audience: Audience,
    /// Whether all consumers are in the registry.
    pub closed: bool,
    /// What is promised where the contract says nothing itself; `None` is stable.
    pub stability: Option<Stability>,
    /// A glob of published snapshots of live versions, which are compared too and never edited.
    pub releases: Option<String>,
    /// How many of them stay.
    pub min_live_versions: u32,
    /// What a break costs; printed.
    pub impact: Option<String>,
    /// A contract of somebody else's: told, never gated.
    pub consumed: bool,
    /// Times in which nothing is removed from it.
    pub freeze: Vec<Freeze>,
    /// Whether `format` rejects values in a bare JSON Schema.
    pub assert_format: bool,
    /// How loud rules are for it; they come after those of the policy, and win.
    pub levels: Vec<LevelOverride>,
    /// Where the entry stands.
    pub place: Place,
}

/// What a contract is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContractKind {
    /// An OpenAPI document.
    OpenApi,
    /// A bare JSON Schema.
    JsonSchema,
}

/// Which files an entry names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Where {
    /// `path`: one file.
    File(String),
    /// `paths`: globs; ids are paths without their extension.
    Globs(Vec<String>),
}

/// Who writes the values of a bare JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The provider.
    Producer,
    /// Consumers.
    Consumer,
    /// Either.
    Both,
}

/// Who the consumers of a contract are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Anyone.
    Public,
    /// Named partners.
    Partner,
    /// The organisation itself.
    #[default]
    Internal,
}

/// How many days lie between the announcement of a removal and the removal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Windows {
    /// For drafts.
    pub draft: u32,
    /// For alphas.
    pub alpha: u32,
    /// For betas.
    pub beta: u32,
    /// For what is stable.
    pub stable: u32,
    /// For a whole version or contract.
    pub version: u32,
    /// Times so much for an audience.
    pub audience_factor: BTreeMap<Audience, u32>,
}

/// What a deprecation has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeprecationRules {
    /// From which stability on the lack of a replacement is an error; below it is a warning from beta on. `None`: never.
    pub require_replacement: bool,
    /// For which stabilities a migration guide has to be there.
    pub require_guide: Vec<Stability>,
    /// How many days `since` may lie in the past.
    pub backdate_tolerance: u32,
    /// How many days after its sunset an element is overdue.
    pub overdue_after: u32,
}

/// How loud a rule is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelOverride {
    /// The rule's id.
    pub rule: String,
    /// `@input` or `@output`: in this direction only.
    pub direction: Option<crate::variance::Direction>,
    /// In this contract only.
    pub contract: Option<String>,
    /// At elements that this glob matches only; `*` is anything but ` > `, `**` anything.
    pub element: Option<String>,
    /// The level.
    pub level: Level,
    /// Why.
    pub reason: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// A time in which nothing is removed, both days included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Freeze {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Why.
    pub why: Option<String>,
}

/// When a sign-off counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trust {
    /// Only with the signature of an approver.
    Signed,
    /// Also when the same bytes are on the base already.
    #[default]
    BaseOrSigned,
    /// Also when the base's CODEOWNERS gives the file an owner, whose review the forge has to enforce.
    Codeowners,
}

/// Whose word counts, and for how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignoffRules {
    /// What makes a sign-off count.
    pub trust: Trust,
    /// The longest time from `issued` to `expires`, in days.
    pub max_age: u32,
    /// Whether the owner's people may answer for a consumer.
    pub allow_self_approval: bool,
    /// For consumers whose tier is critical.
    pub critical: QuorumRule,
    /// For those whose tier is standard.
    pub standard: QuorumRule,
    /// For those whose tier is best-effort.
    pub best_effort: QuorumRule,
}

/// What silence means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuorumRule {
    /// Every affected consumer answers.
    All,
    /// Silence of so many days after a request landed on the base is an abstention.
    Lazy {
        /// Days.
        days: u32,
    },
}

/// Why a gate is opened without a window or a sign-off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WaiverKind {
    /// A vulnerability.
    Security,
    /// The law.
    Legal,
    /// The contract was wrong about the service.
    SpecCorrection,
    /// It was never in production.
    NeverShipped,
    /// Nobody can notice.
    Benign,
    /// It was approved elsewhere.
    PreviouslyApproved,
}

/// Who may open the gate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaiverRules {
    /// Reasons that count.
    pub kinds: Vec<WaiverKind>,
    /// The team whose principals approve; without one nothing is waived.
    pub team: Option<String>,
    /// How many of them.
    pub count: u32,
    /// The longest time from `issued` to `expires`, in days.
    pub max_age: u32,
}

/// What declared usage may change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Evidence {
    /// It is not looked at: every consumer of a contract is affected.
    Off,
    /// It is told, and changes nothing.
    Inform,
    /// Those who are proved not to use an element need not sign.
    #[default]
    WaiveSignoff,
    /// It can only add consumers.
    Strict,
}
