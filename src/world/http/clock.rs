//! The time, for those who wait for a server.

use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::interrupt::{Interrupt, Level};

/// The system's clock, counted from when it was made.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock {
    began: Instant,
}

impl SystemClock {
    /// Starts counting.
    #[must_use]
    pub fn start() -> Self {
        Self {
            began: Instant::now(),
        }
    }

    /// Since the start; never goes back.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }

    /// What the calendar says, for dates that servers send and signatures that carry one.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "servers speak of real time")]
    pub fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    /// Waits, unless the run is to stop; says whether the time has passed.
    #[must_use]
    pub fn wait(&self, time: Duration, interrupt: &Interrupt, tolerated: Level) -> bool {
        interrupt.wait(time, tolerated)
    }
}
