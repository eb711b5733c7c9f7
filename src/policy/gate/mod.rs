//! The gate: what may land, what has to be done first, and by whom.

mod draft;
mod ground;
mod levels;
mod plan;
mod steps;
mod subject;

pub use ground::{Ground, LEDGER};
pub use plan::{Planned, planned};
pub use steps::{Steps, steps};
pub use subject::{Subject, Terms};
