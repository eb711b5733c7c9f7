//! The time that a session lives in.

use std::{fmt::Debug, time::Duration};

use jiff::Timestamp;

use crate::world::http::{Interrupt, Level, SystemClock};

/// Tells the time, and waits: the system's, or a test's own.
pub trait Clock: Debug + Send + Sync {
    /// Since the session began; never goes back.
    fn elapsed(&self) -> Duration;

    /// What the calendar says.
    fn now(&self) -> Timestamp;

    /// Waits, unless the run is asked to stop more urgently than is tolerated; says whether the time has passed.
    fn wait(&self, time: Duration, interrupt: &Interrupt, tolerated: Level) -> bool;
}

impl Clock for SystemClock {
    fn elapsed(&self) -> Duration {
        Self::elapsed(self)
    }

    fn now(&self) -> Timestamp {
        Self::now(self)
    }

    fn wait(&self, time: Duration, interrupt: &Interrupt, tolerated: Level) -> bool {
        Self::wait(self, time, interrupt, tolerated)
    }
}
