//! Shapes and drift.

mod changes;
mod laws;
mod shapes;
mod surface;
