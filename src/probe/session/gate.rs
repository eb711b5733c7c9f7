//! How many requests are under way at once.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Lets so many through at a time.
#[derive(Debug)]
pub(super) struct Gate {
    free: Mutex<u32>,
    freed: Condvar,
}

/// A place inside; leaving it lets the next one in.
#[derive(Debug)]
#[must_use = "it is given up when it is dropped"]
pub(super) struct Pass<'g>(&'g Gate);

impl Gate {
    pub(super) const fn new(places: u32) -> Self {
        Self {
            free: Mutex::new(places),
            freed: Condvar::new(),
        }
    }

    /// Waits for a place. What is inside ends in bounded time, and at once when the run is interrupted.
    pub(super) fn enter(&self) -> Pass<'_> {
        let mut free = self.free();
        while *free == 0 {
            free = self
                .freed
                .wait(free)
                .unwrap_or_else(PoisonError::into_inner);
        }
        *free -= 1;
        Pass(self)
    }

    fn free(&self) -> MutexGuard<'_, u32> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        *self.0.free() += 1;
        self.0.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicU32, Ordering},
        thread,
        time::Duration,
    };

    use super::*;

    #[test]
    fn no_more_are_inside_than_there_are_places() {
        let gate = Gate::new(3);
        let (inside, most) = (AtomicU32::new(0), AtomicU32::new(0));
        thread::scope(|scope| {
            for _ in 0..12 {
                scope.spawn(|| {
                    let _pass = gate.enter();
                    let now = inside.fetch_add(1, Ordering::SeqCst) + 1;
                    most.fetch_max(now, Ordering::SeqCst);
                    thread::sleep(Duration::from_millis(5));
                    inside.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        assert_eq!(most.load(Ordering::SeqCst), 3);
        assert_eq!(*gate.free(), 3);
    }
}
