//! How a client may use the network.

use std::{fmt, time::Duration};

/// What a client is made of.
#[derive(Clone)]
pub struct Options {
    /// Each `HOST` (on its scheme's own port) or `HOST:PORT`; nothing else is ever asked.
    pub hosts: Vec<String>,
    /// Without it, plain http only reaches this machine.
    pub plain_http: bool,
    /// Without it, the proxies of the environment are ignored.
    pub environment_proxy: bool,
    /// The longest that making a connection may take.
    pub connect: Duration,
    /// The most that is kept of a body, after decompression.
    pub largest: usize,
    /// A certificate and its private key, PEM, for servers that ask who is there.
    pub identity: Option<Vec<u8>>,
    /// More authorities to trust, PEM.
    pub authorities: Option<Vec<u8>>,
}

impl Options {
    /// For these hosts, with no identity.
    #[must_use]
    pub const fn new(hosts: Vec<String>) -> Self {
        Self {
            hosts,
            plain_http: false,
            environment_proxy: false,
            connect: Duration::from_secs(10),
            largest: 10 << 20,
            identity: None,
            authorities: None,
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The identity holds a private key.
        f.debug_struct("Options")
            .field("hosts", &self.hosts)
            .field("plain_http", &self.plain_http)
            .field("environment_proxy", &self.environment_proxy)
            .finish_non_exhaustive()
    }
}
