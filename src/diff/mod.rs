//! The same places of two contracts side by side, and the schemas that differ between them.

mod branches;
mod content;
mod covering;
mod elements;
mod graph;
mod labels;
mod operations;
mod options;
mod pair;
mod place;
mod responses;
mod same;
mod subtypes;
mod unused;
mod visit;
mod walk;

pub use branches::{BranchPairs, LooseBranch, MatchedBranch};
pub use covering::covering;
pub use elements::{Elements, Step, Stop, Trail, labels_of, steps_of};
pub use graph::{Graph, PairId, Question, Root, SchemaPair};
pub use operations::{Matched, match_operations};
pub use options::{Flow, Options, Reading};
pub use pair::Pair;
pub use place::{Place, PlaceId, Places};
pub use responses::{Coverage, CoveredBy};
pub use same::Sameness;
pub use subtypes::{Heirs, Subtypes};
pub use visit::Visit;
pub use walk::{Comparison, compare};
