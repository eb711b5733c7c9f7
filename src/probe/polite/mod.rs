//! How a sandbox is treated: what is tried again and when, how often it is asked, and when it is left alone. All of it decides and waits
//! for nothing: times come in, and times go out.

mod breaker;
mod budget;
mod later;
mod pace;
mod quota;
mod retry;
mod rng;

#[cfg(test)]
mod tests;

pub use breaker::Breaker;
pub use budget::{Purse, Spent};
pub use later::{http_date, retry_after};
pub use pace::Pace;
pub use quota::{Policy, Quota};
pub use retry::{Decision, Tried, decide, is_later};
pub use rng::Rng;
