//! A build without the feature `probe` has no network.

use super::error::WireError;

/// The network, which this build does not have.
#[derive(Debug)]
pub struct Wire(());

impl Wire {
    /// Accepts the names of hosts, none of which will be asked.
    ///
    /// # Errors
    ///
    /// None in this build.
    pub fn new(_hosts: &[String]) -> Result<Self, WireError> {
        Ok(Self(()))
    }

    /// Whether the URL's host was named; in this build none is.
    #[must_use]
    pub fn allows(&self, _url: &str) -> bool {
        false
    }

    /// Refuses.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn fetch(&self, url: &str) -> Result<Vec<u8>, WireError> {
        Err(WireError::NoNetwork {
            url: url.to_owned(),
        })
    }
}
