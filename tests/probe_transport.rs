//! A session against a vendor that does everything a server can do: how each exchange ends, how long it takes, and what never happens.
#![cfg(feature = "probe")]

mod sandbox;

#[path = "probe_transport/common.rs"]
mod common;
#[path = "probe_transport/connections.rs"]
mod connections;
#[path = "probe_transport/hostile.rs"]
mod hostile;
#[path = "probe_transport/identity.rs"]
mod identity;
#[path = "probe_transport/limits.rs"]
mod limits;
#[path = "probe_transport/payments.rs"]
mod payments;
