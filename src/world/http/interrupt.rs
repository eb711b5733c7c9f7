//! Whether somebody asked the run to stop, for those who wait and those who are about to start something.

use std::{
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker},
    time::{Duration, Instant},
};

/// How urgently a run was asked to stop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Not at all.
    #[default]
    None,
    /// Once: start nothing new, and clean up.
    Stop,
    /// Again, while it cleaned up: leave everything as it is.
    Now,
}

/// Shared by everybody who works for a run.
#[derive(Clone, Debug, Default)]
pub struct Interrupt(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    level: Level,
    waiting: Vec<Waker>,
}

impl Interrupt {
    /// Nobody has asked yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks the run to stop; once more, to stop cleaning up too.
    pub fn raise(&self) {
        let mut state = self.state();
        state.level = match state.level {
            Level::None => Level::Stop,
            Level::Stop | Level::Now => Level::Now,
        };
        for waker in state.waiting.drain(..) {
            waker.wake();
        }
        drop(state);
        self.0.changed.notify_all();
    }

    /// How urgently the run was asked to stop.
    #[must_use]
    pub fn level(&self) -> Level {
        self.state().level
    }

    /// Waits, unless the run is asked to stop more urgently than is tolerated; says whether the time has passed.
    #[must_use]
    pub fn wait(&self, time: Duration, tolerated: Level) -> bool {
        let end = Instant::now() + time;
        let mut state = self.state();
        loop {
            if state.level > tolerated {
                return false;
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return true;
            }
            state = self
                .0
                .changed
                .wait_timeout(state, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }

    /// Ready once the run is asked to stop more urgently than is tolerated.
    pub fn poll_beyond(&self, tolerated: Level, context: &Context<'_>) -> Poll<()> {
        let mut state = self.state();
        if state.level > tolerated {
            return Poll::Ready(());
        }
        let waker = context.waker();
        if !state.waiting.iter().any(|known| known.will_wake(waker)) {
            state.waiting.push(waker.clone());
        }
        Poll::Pending
    }

    /// Nothing that holds the lock can panic, so a poisoned one is whole.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    #[test]
    fn a_wait_ends_when_the_run_is_to_stop() {
        let interrupt = Interrupt::new();
        let other = interrupt.clone();
        let waiting = thread::spawn(move || other.wait(Duration::from_secs(60), Level::None));
        interrupt.raise();
        assert!(!waiting.join().unwrap());
        assert_eq!(interrupt.level(), Level::Stop);
    }

    #[test]
    fn cleaning_up_outlives_the_first_call_to_stop() {
        let interrupt = Interrupt::new();
        interrupt.raise();
        assert!(interrupt.wait(Duration::ZERO, Level::Stop));
        assert!(!interrupt.wait(Duration::ZERO, Level::None));
        interrupt.raise();
        assert!(!interrupt.wait(Duration::ZERO, Level::Stop));
    }
}
