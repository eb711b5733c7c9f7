//! `.contract/consumers.yaml` (`contract.consumers/v1`): who uses which contract.

use super::common::Place;

/// The registry, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Consumers {
    /// Every consumer; ids are unique.
    pub list: Vec<Consumer>,
}

/// One consumer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consumer {
    /// Its id, in kebab case; the folder of its sign-offs.
    pub id: String,
    /// What people call it.
    pub name: Option<String>,
    /// How much depends on it.
    pub tier: Tier,
    /// What it is.
    pub kind: ConsumerKind,
    /// How to reach its people.
    pub contact: Option<String>,
    /// The principals of `allowed_signers` who answer for it.
    pub approvers: Vec<String>,
    /// How many of them have to accept.
    pub quorum: u32,
    /// The life-span of a deprecation that it consented to, in days; lengthens a window, never shortens it.
    pub min_window: Option<u32>,
    /// What it uses.
    pub uses: Vec<Use>,
    /// Where it stands.
    pub place: Place,
}

/// How much depends on a consumer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Everything.
    Critical,
    /// As usual.
    #[default]
    Standard,
    /// Silence is consent.
    BestEffort,
}

/// What a consumer is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConsumerKind {
    /// A part of the organisation.
    #[default]
    Internal,
    /// A partner.
    Partner,
    /// Anyone.
    Public,
}

/// One contract that a consumer uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The contract's id.
    pub contract: String,
    /// A usage file, below `.contract/`; without one everything is used.
    pub usage: Option<String>,
    /// Where it stands.
    pub place: Place,
}
