//! How a run ends: a broken contract, a vendor that is away, and our own mistake are three things.

use serde::Serialize;

/// How a run ends, the loudest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Exit {
    /// All is as promised, or not yet enforced.
    Pass,
    /// The vendor was away, or too little was seen to tell.
    Inconclusive,
    /// A request could not be made as it is configured.
    Configuration,
    /// The contract is broken.
    Broken,
    /// Something that the run created is left at the vendor's.
    Leak,
}

impl Exit {
    /// The exit code.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Pass => 0,
            Self::Broken => 1,
            Self::Configuration => 2,
            Self::Inconclusive => 3,
            Self::Leak => 4,
        }
    }
}
