//! Entry point: runs one command and returns its exit code.
fn main() {}
