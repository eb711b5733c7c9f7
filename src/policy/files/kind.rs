//! The kinds of governance files, and what each says of itself.

/// A kind of governance file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// `.contract/contract.yaml`
    Policy,
    /// `.contract/consumers.yaml`
    Consumers,
    /// A file below `.contract/usage/`.
    Usage,
    /// `.contract/deprecations.yaml`
    Deprecations,
    /// A file below `.contract/signoffs/`.
    Signoff,
    /// A file below `.contract/waivers/`.
    Waiver,
    /// A file below `.contract/requests/`.
    Request,
    /// `.contract/baseline.yaml`
    Baseline,
}

impl FileKind {
    /// All, in the order in which people meet them.
    pub const ALL: [Self; 8] = [
        Self::Policy,
        Self::Consumers,
        Self::Usage,
        Self::Deprecations,
        Self::Signoff,
        Self::Waiver,
        Self::Request,
        Self::Baseline,
    ];

    /// The word for it on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Consumers => "consumers",
            Self::Usage => "usage",
            Self::Deprecations => "deprecations",
            Self::Signoff => "signoff",
            Self::Waiver => "waiver",
            Self::Request => "request",
            Self::Baseline => "baseline",
        }
    }

    /// What its key `schema` says.
    #[must_use]
    pub const fn schema_name(self) -> &'static str {
        match self {
            Self::Policy => "contract.policy/v1",
            Self::Consumers => "contract.consumers/v1",
            Self::Usage => "contract.usage/v1",
            Self::Deprecations => "contract.deprecations/v1",
            Self::Signoff => "contract.signoff/v1",
            Self::Waiver => "contract.waiver/v1",
            Self::Request => "contract.request/v1",
            Self::Baseline => "contract.baseline/v1",
        }
    }

    /// One of its kind, for messages.
    pub(super) const fn article(self) -> &'static str {
        match self {
            Self::Policy => "a policy",
            Self::Consumers => "a consumer registry",
            Self::Usage => "a usage file",
            Self::Deprecations => "a deprecation ledger",
            Self::Signoff => "a sign-off",
            Self::Waiver => "a waiver",
            Self::Request => "a sign-off request",
            Self::Baseline => "a baseline",
        }
    }
}
