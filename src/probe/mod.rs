//! Contract tests on a vendor's sandbox: what to ask, how to ask it, and what the answers are worth.

pub mod expression;
pub mod jsonpath;
