//! What this organisation allows: its policy, its consumers, their sign-offs, and the gate that they make.
//!
//! Nothing here touches files, git, or the clock: trees and dates come in, findings go out.

pub mod affected;
pub mod files;
pub mod gate;
pub mod lifecycle;
pub mod signature;

mod outcome;

pub use outcome::{Governance, Notice, Obligation, ObligationKind, Row, Ruling, Status};
