//! Schemas that are hard, hollow, or wrong: each question ends, with the exact answer, and what is not decided names the
//! budget or the keyword.

mod common;
#[path = "limits/depth.rs"]
mod depth;
#[path = "limits/hollow.rs"]
mod hollow;
#[path = "limits/sheet.rs"]
mod sheet;
#[path = "limits/texts.rs"]
mod texts;
#[path = "limits/wide.rs"]
mod wide;
#[path = "limits/wrong.rs"]
mod wrong;
