//! The report for people at a terminal: one block per finding, the verdict last.

mod block;
mod change;
mod excerpt;
mod governed;
mod notes;
mod proof;
mod run;
mod verdict;

pub(super) use block::Blocks;
pub(super) use change::{Shown, short, tall};
pub use run::text;
pub(super) use verdict::{counted, verdict};

use super::style::Style;

/// How much to say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// The verdict line only.
    Quiet,
    /// What fails and what is risky.
    #[default]
    Normal,
    /// Also what is additive or neutral, every operation, and what was before and after.
    Verbose,
    /// Everything, however long.
    Full,
}

/// How to show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether to use ANSI colours.
    pub color: bool,
    /// Whether anything beyond ASCII may be written.
    pub unicode: bool,
    /// How many columns there are.
    pub width: usize,
    /// How much to say.
    pub verbosity: Verbosity,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            color: false,
            unicode: true,
            width: 80,
            verbosity: Verbosity::Normal,
        }
    }
}

impl Look {
    pub(super) const fn style(self) -> Style {
        Style {
            color: self.color,
            unicode: self.unicode,
        }
    }
}
