//! The network for probes: one request at a time, to the hosts that an environment names, and to no other.

#[cfg(feature = "probe")]
mod client;
mod clock;
#[cfg(feature = "probe")]
mod connecting;
#[cfg(feature = "probe")]
mod diagnose;
mod fault;
mod interrupt;
mod message;
#[cfg(feature = "probe")]
mod names;
#[cfg(not(feature = "probe"))]
mod nothing;
mod options;
#[cfg(feature = "probe")]
mod signals;
mod surroundings;

#[cfg(feature = "probe")]
pub use client::Client;
pub use clock::SystemClock;
pub use fault::{Fault, FaultKind, SetupError};
pub use interrupt::{Interrupt, Level};
pub use message::{Incoming, Outgoing};
#[cfg(not(feature = "probe"))]
pub use nothing::{Client, heed_signals};
pub use options::Options;
#[cfg(feature = "probe")]
pub use signals::heed_signals;
pub use surroundings::{System, SystemError};
