//! Contract tests on a vendor's sandbox: what is asked, how it is sent, and what the answers say.

pub mod arazzo;
pub mod cassette;
pub mod check;
pub mod drift;
pub mod environment;
pub mod exchange;
pub mod expression;
#[cfg(test)]
mod fixture;
pub mod generate;
pub mod history;
pub mod identity;
pub mod jsonpath;
pub mod plan;
pub mod polite;
pub mod redact;
pub mod scenario;
pub mod session;
pub mod steps;
pub mod summary;
pub mod workflow;
