//! Deprecation windows: what is said about an element's life, and which steps from base to head are lawful.

mod inline;
mod lives;
mod machine;
mod windows;

pub use inline::{Inline, inline};
pub use lives::{Carrier, Held, Life, Lives};
pub use machine::{Announced, Raised, Step, change, transition};

pub use windows::window;

pub(crate) use machine::{days_between, plus};
