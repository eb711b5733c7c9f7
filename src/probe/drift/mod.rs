//! How answers look, how that changes, and what the change would be called if it were an edit of the contract.

mod accepted;
mod change;
mod compare;
mod declared;
mod drifts;
mod field;
mod format;
mod latency;
mod observe;
mod path;
mod places;
mod sayings;
mod shape;
mod wilson;

#[cfg(test)]
mod tests;

pub use accepted::{AcceptError, Acceptance, Accepted, Entry, Listed, Remark, accept};
pub use change::Translator;
pub use compare::compare;
pub(crate) use declared::declared;
pub use drifts::{Change, Drift, Evidence, What};
pub use field::{FEW, Field, Length, Type, Values};
pub use format::Format;
pub use latency::{BOUNDS, Histogram};
pub use observe::{Observer, digest, is_evidence};
pub use path::Path;
pub(crate) use places::{media, response};
pub use shape::{Beyond, CROWD, Key, Shape, gather};
pub use wilson::Rate;
