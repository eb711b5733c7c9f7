//! Who asks: what credentials add to a request.

mod format;

pub use format::{Format, Hole};
