//! Rules asked of places, hits merged into findings.

mod finding;
mod run;

pub use finding::{Complaint, Finding, Mark, Proof, Reach, Side, Site};
