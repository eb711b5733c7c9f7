//! Contract tests on a vendor's sandbox: what is asked, how it is sent, and what the answers say.

pub mod cassette;
pub mod environment;
pub mod exchange;
pub mod identity;
pub mod polite;
pub mod redact;
pub mod session;
