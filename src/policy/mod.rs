//! What this organisation allows: its policy, its consumers, their sign-offs, and the gate that they make.
//!
//! Nothing here touches files, git, or the clock: trees and dates come in, findings go out.

pub mod codeowners;
pub mod files;
pub mod signature;
pub mod standing;
