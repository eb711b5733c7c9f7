//! What this organisation allows: its policy, its consumers, their sign-offs, and the gate that they make.
//!
//! Nothing here touches files, git, or the clock: trees and dates come in, findings go out.

mod compare;
pub mod files;
mod schemas;
mod settings;

pub use compare::{
    PolicyChange, compare, compare_consumers, compare_entries, compare_ledgers, compare_usage,
};
pub use schemas::schema;
pub use settings::{Setting, resolved, settings_text};
