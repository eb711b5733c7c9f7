//! Which addresses a host's name has.

use std::net::SocketAddr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use thiserror::Error;
use tokio::net::lookup_host;

/// A name was not resolved.
#[derive(Debug, Error)]
pub(super) enum NameError {
    #[error("`{0}` was not named as a host that may be asked")]
    NotNamed(String),
    #[error("`{name}` has no address: {why}")]
    NoAddress { name: String, why: String },
}

/// The system's resolver, for the names that were given.
#[derive(Debug)]
pub(super) struct Names {
    /// None when a proxy, which nobody named, may have to be found.
    pub(super) allowed: Option<Vec<String>>,
}

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let name = name.as_str().to_owned();
        let named = self
            .allowed
            .as_ref()
            .is_none_or(|allowed| allowed.contains(&name));
        Box::pin(async move {
            // Requests were checked before they came here; this is the second lock on the same door.
            if !named {
                return Err(NameError::NotNamed(name).into());
            }
            let no_address = |why: String| NameError::NoAddress {
                name: name.clone(),
                why,
            };
            let mut found: Vec<SocketAddr> = match lookup_host((name.as_str(), 0)).await {
                Ok(found) => found.collect(),
                Err(error) => return Err(no_address(error.to_string()).into()),
            };
            // RFC 6761, 6.3: this name never leaves the machine, whatever a resolver says.
            if name == "localhost" {
                found.retain(|address| address.ip().is_loopback());
            }
            if found.is_empty() {
                return Err(no_address("the answer is empty".to_owned()).into());
            }
            Ok::<Addrs, _>(Box::new(found.into_iter()))
        })
    }
}
