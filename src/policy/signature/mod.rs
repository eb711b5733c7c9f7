//! Whose signature stands below a file: OpenSSH signatures (SSHSIG), who may sign, and which keys are revoked.
//!
//! The signed bytes are the file as it is stored. Verify them before they are parsed.

mod error;
mod line;
mod moment;
mod options;
mod pattern;
mod revoked;
mod sign;
mod signers;
mod verify;

#[cfg(test)]
mod tests;

pub use error::{SignError, SignatureError};
pub use revoked::RevokedKeys;
pub use sign::sign;
pub use signers::{AllowedSigners, Expiry};
pub use verify::{Authentic, Signed, Verified, authenticate, verify};

/// What sign-offs and waivers are signed for; a signature for anything else does not count.
pub const NAMESPACE: &str = "contract-signoff@v1";
