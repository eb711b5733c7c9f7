//! What this organisation allows: its policy, its consumers, their sign-offs, and the gate that they make.
//!
//! Nothing here touches files, git, or the clock: trees and dates come in, findings go out.

pub mod affected;
pub mod codeowners;
pub mod deprecations;
pub mod files;
pub mod gate;
pub mod lifecycle;
pub mod signature;
pub mod standing;

mod compare;
mod outcome;
mod schemas;
mod settings;
mod state;

pub use compare::{
    PolicyChange, compare, compare_consumers, compare_entries, compare_ledgers, compare_usage,
};
pub use outcome::{Governance, Notice, Obligation, ObligationKind, Row, Ruling, Status};
pub use schemas::schema;
pub use settings::{Setting, resolved, settings_text};
pub use state::{FOLDER, State};
