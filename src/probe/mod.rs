//! Contract tests on a vendor's sandbox: what is asked, how it is sent, and what the answers say.

pub mod arazzo;
pub mod check;
pub mod exchange;
pub mod expression;
#[cfg(test)]
mod fixture;
pub mod generate;
pub mod jsonpath;
pub mod plan;
pub mod scenario;
pub mod steps;
pub mod workflow;
