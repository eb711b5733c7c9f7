//! Where each consumer stands on each change: whose word counts, whether it is enough, and how long it lasts.
//!
//! Pure judgement. Files were read, signatures verified, and changes found before; nothing here asks for a day or a tree.

mod answer;
mod assurance;
mod ballot;
mod hygiene;
mod lapse;
mod notice;
mod outcome;
mod paper;
mod question;
mod uncounted;
mod waiver;
mod weigh;

#[cfg(test)]
mod tests;

pub use assurance::{Assurance, assure};
pub use notice::{Notice, NoticeKind};
pub use outcome::{Answer, Standing, Waived, Word};
pub use question::{Affected, Asked, Governed, Landed, Presented, Question};
pub use uncounted::{SetAside, Uncounted};
pub use weigh::{Counted, Weighed, Weight, weigh};
