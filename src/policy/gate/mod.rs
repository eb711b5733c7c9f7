//! The gate: what may land, what has to be done first, and by whom.

mod baseline;
mod draft;
mod ground;
mod hurt;
mod hygiene;
mod levels;
mod papers;
mod plan;
mod ruling;
mod run;
mod steps;
mod subject;
mod trust;

pub use ground::{Ground, LEDGER};
pub use hurt::registry;
pub use papers::{Keys, Laid, Papers, Tree, present};
pub use plan::{Planned, planned};
pub use run::{Case, Entry, Gated, gate};
pub use steps::{Steps, steps};
pub use subject::{Subject, Terms};
pub use trust::{changed_governance, dropped};
