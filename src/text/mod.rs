//! Text as people and standards see it: places in a file, JSON Pointers, and exact numbers.

mod nearest;
mod number;
mod percent;
mod pointer;
mod remainder;
mod source;
mod span;
mod steering;

pub use nearest::nearest;
pub use number::{Decimal, radix_to_decimal};
pub use percent::{PercentError, percent_decode};
pub use pointer::{Pointer, PointerError};
pub use source::{Position, Source};
pub use span::Span;
pub use steering::{quote, spell, spell_json, steers};
