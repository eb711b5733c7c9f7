//! The network, for references to hosts that were named on the command line.

#[cfg(feature = "probe")]
mod address;
#[cfg(feature = "probe")]
pub(super) mod allowed;
mod error;
#[cfg(feature = "probe")]
mod fetch;
#[cfg(not(feature = "probe"))]
mod nothing;

pub use error::WireError;
#[cfg(feature = "probe")]
pub use fetch::Wire;
#[cfg(not(feature = "probe"))]
pub use nothing::Wire;
