//! The action's scripts run as a runner runs them: bash, fake variables of a job, and clones as `actions/checkout` makes them. What it
//! takes from outside (gh, cargo, a broken contract) are stubs on PATH; `contract` is the real binary wherever it matters.

#![cfg(unix)]
#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "plays a runner"
)]

#[path = "../common/governed.rs"]
#[allow(dead_code, reason = "each test file uses its own part")]
mod governed;

mod bases;
mod comments;
mod definition;
mod documents;
mod expressions;
mod fixture;
mod forks;
mod installs;
mod job;
mod verdicts;
