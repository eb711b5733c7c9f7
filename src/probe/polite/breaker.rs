//! Leaves a vendor alone that fails again and again.

use std::time::Duration;

use crate::probe::environment::BreakerLimits;

/// Of one host.
#[derive(Clone, Debug)]
pub struct Breaker {
    limits: BreakerLimits,
    state: State,
}

#[derive(Clone, Copy, Debug)]
enum State {
    /// Requests go through; so many have failed in a row.
    Closed(u32),
    /// None goes through before this time; then one tries.
    Open(Duration),
    /// One is trying, and may be given up at this time.
    Trying(Duration),
}

impl Breaker {
    /// Lets everything through.
    #[must_use]
    pub const fn new(limits: BreakerLimits) -> Self {
        Self {
            limits,
            state: State::Closed(0),
        }
    }

    /// Whether a request may go.
    ///
    /// # Errors
    ///
    /// The time at which one may try.
    pub fn admit(&mut self, now: Duration) -> Result<(), Duration> {
        match self.state {
            State::Closed(_) => Ok(()),
            State::Open(until) | State::Trying(until) if now < until => Err(until),
            State::Open(_) | State::Trying(_) => {
                self.state = State::Trying(now + self.limits.window);
                Ok(())
            }
        }
    }

    /// The vendor answered.
    pub const fn succeeded(&mut self) {
        self.state = State::Closed(0);
    }

    /// It did not.
    pub fn failed(&mut self, now: Duration) {
        self.state = match self.state {
            State::Closed(failures) if failures + 1 < self.limits.open_after => {
                State::Closed(failures + 1)
            }
            // What was under way when it opened does not keep it open for longer.
            State::Open(until) => State::Open(until),
            State::Closed(_) | State::Trying(_) => State::Open(now + self.limits.window),
        };
    }

    /// Whether it lets nothing through at this time.
    #[must_use]
    pub fn is_open(&self, now: Duration) -> bool {
        match self.state {
            State::Closed(_) => false,
            State::Open(until) | State::Trying(until) => now < until,
        }
    }
}
