//! Waits for a request's turn, and finds out when there will be none.

use std::time::Duration;

use super::{Fell, Line, Session};
use crate::probe::{
    exchange::FailureKind,
    polite::{Breaker, Spent},
};

/// How much longer than the run its clean-up may take.
const GRACE: Duration = Duration::from_secs(60);

impl Session {
    /// How much time is left of the run.
    pub(super) fn left(&self, line: &Line) -> Option<Duration> {
        let now = line.clock.elapsed();
        let state = self.state();
        if self.cleans {
            // As if it were earlier by the grace.
            let left = state.purse.left(now.saturating_sub(GRACE))?;
            return Some(left);
        }
        state.purse.left(now)
    }

    /// Waits, unless the run ends first.
    pub(super) fn pause(&self, line: &Line, time: Duration) -> Result<(), Fell> {
        if self.left(line).is_some_and(|left| left < time) {
            let detail = "the run's time would be over before the next request may go";
            return Err(Fell::new(FailureKind::TimeoutRun, detail));
        }
        if line
            .clock
            .wait(time, &self.shared.interrupt, self.tolerated())
        {
            Ok(())
        } else {
            Err(interrupted())
        }
    }

    /// Waits until a request for this operation may go to this host, and takes it out of the budget. Says how long that was.
    pub(super) fn take_turn(
        &self,
        line: &Line,
        host: &str,
        operation: &str,
    ) -> Result<Duration, Fell> {
        let began = line.clock.elapsed();
        self.pass_breaker(line, host)?;
        let cap = line.environment.retry.retry_after_cap;
        let at = {
            let mut state = self.state();
            let now = line.clock.elapsed();
            let closed = state.pace.closed_until(host).saturating_sub(now);
            if closed > cap {
                let (closed, cap) = (closed.as_secs(), cap.as_secs());
                let detail = format!(
                    "the vendor wants to be left alone for another {closed} s, longer than retry_after_cap ({cap} s)"
                );
                return Err(Fell::new(FailureKind::Unavailable, detail));
            }
            state.pace.reserve(now, host, operation)
        };
        let now = line.clock.elapsed();
        let early = at.saturating_sub(now);
        if !early.is_zero() {
            self.pause(line, early)?;
        }
        if self.is_interrupted() {
            return Err(interrupted());
        }
        let now = line.clock.elapsed();
        let spent = self.state().purse.spend(now);
        match spent {
            Ok(()) => {}
            // What was made is removed, whatever it takes.
            Err(Spent::Requests(_)) if self.cleans => {}
            Err(Spent::Time(_)) if self.cleans && self.left(line) > Some(Duration::ZERO) => {}
            Err(Spent::Requests(most)) => {
                let detail = format!("the run has sent its {most} requests");
                return Err(Fell::new(FailureKind::BudgetSpent, detail));
            }
            Err(Spent::Time(duration)) => {
                let detail = format!("the run has taken its {} s", duration.as_secs());
                return Err(Fell::new(FailureKind::TimeoutRun, detail));
            }
        }
        Ok(line.clock.elapsed().saturating_sub(began))
    }

    /// Ends here when the vendor is left alone; who cleans up waits for the next try.
    fn pass_breaker(&self, line: &Line, host: &str) -> Result<(), Fell> {
        loop {
            let now = line.clock.elapsed();
            let admitted = {
                let mut state = self.state();
                let limits = line.environment.breaker;
                let breaker = state.breakers.entry(host.to_owned());
                breaker.or_insert_with(|| Breaker::new(limits)).admit(now)
            };
            let Err(until) = admitted else {
                return Ok(());
            };
            if !self.cleans {
                let limits = line.environment.breaker;
                let detail = format!(
                    "`{host}` failed {} times in a row, and is left alone for {} s",
                    limits.open_after,
                    limits.window.as_secs()
                );
                return Err(Fell::new(FailureKind::BreakerOpen, detail));
            }
            self.pause(line, until.saturating_sub(now))?;
        }
    }
}

pub(super) fn interrupted() -> Fell {
    Fell::new(FailureKind::Interrupted, "the run was interrupted")
}
