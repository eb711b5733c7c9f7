//! What a build without a network says.

use super::{
    fault::{Fault, FaultKind, SetupError},
    interrupt::Interrupt,
    message::{Incoming, Outgoing},
    options::Options,
};

/// There is none in this build.
#[derive(Debug)]
pub struct Client(());

impl Client {
    /// Refused.
    ///
    /// # Errors
    ///
    /// Always: this build has no network.
    pub const fn new(_: &Options) -> Result<Self, SetupError> {
        Err(SetupError::NoNetwork)
    }

    /// Refused.
    ///
    /// # Errors
    ///
    /// Always: this build has no network.
    pub fn check(&self, _: &str) -> Result<(), Fault> {
        Err(Fault::new(
            FaultKind::NotAllowed,
            "this build has no network",
        ))
    }

    /// Refused.
    ///
    /// # Errors
    ///
    /// Always: this build has no network.
    pub fn send(&self, out: &Outgoing<'_>, _: &Interrupt) -> Result<Incoming, Fault> {
        self.check(out.url).map(|()| Incoming::default())
    }
}

/// Refused.
///
/// # Errors
///
/// Always: this build has no network.
pub const fn heed_signals(_: &Interrupt) -> Result<(), SetupError> {
    Err(SetupError::NoNetwork)
}
