//! What all governance files share.

/// Where something stands in a file; lines and columns count from 1, columns in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
}

/// What is wrong with a governance file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file, from the root of the tree: `.contract/contract.yaml`.
    pub file: String,
    /// Where in it; `None` when the file as a whole is meant.
    pub place: Option<Place>,
    /// What is wrong: a lower-case fragment without a full stop.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// How much is promised about an element (`x-stability-level`), from the least to the most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stability {
    /// Nothing yet.
    Draft,
    /// Nothing for long.
    Alpha,
    /// A short window.
    Beta,
    /// The full window; what nobody rates otherwise.
    #[default]
    Stable,
}

impl Stability {
    /// All, from the least to the most.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Alpha, Self::Beta, Self::Stable];

    /// The word used in files and reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Alpha => "alpha",
            Self::Beta => "beta",
            Self::Stable => "stable",
        }
    }
}
