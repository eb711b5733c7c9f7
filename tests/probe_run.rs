//! The commands of probes, from the command line to the vendor and back: the binary against a server on this machine.
#![cfg(all(feature = "probe", unix))]

mod sandbox;

#[path = "probe_run/artifacts.rs"]
mod artifacts;
#[path = "probe_run/common.rs"]
mod common;
#[path = "probe_run/drift.rs"]
mod drift;
#[path = "probe_run/hostile.rs"]
mod hostile;
#[path = "probe_run/lies.rs"]
mod lies;
#[path = "probe_run/refused.rs"]
mod refused;
#[path = "probe_run/secrets.rs"]
mod secrets;
#[path = "probe_run/verdicts.rs"]
mod verdicts;
#[path = "probe_run/writes.rs"]
mod writes;
