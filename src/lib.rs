//! Contract governance: diff contracts, prove what breaks, gate what may land.
//!
//! The rooms, from the lowest floor up; a room uses only rooms below it (`tests/floors.rs` holds that):
//!
//! `inclusion text variance` | `tree world` | `spec` | `diff` | `rules` | `judge` | `policy probe` | `report` | `cli`

pub mod inclusion;
pub mod text;
pub mod variance;

pub mod tree;
pub mod world;

pub mod spec;

pub mod diff;

pub mod rules;

pub mod judge;

pub mod policy;
pub mod probe;

pub mod report;

pub mod cli;
