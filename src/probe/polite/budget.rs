//! What a run may still ask.

use std::time::Duration;

use crate::probe::environment::Budget;

/// What a run has, and has spent.
#[derive(Clone, Debug)]
pub struct Purse {
    budget: Budget,
    spent: u32,
    /// When its time is over; from its first request.
    end: Option<Duration>,
}

/// What there is nothing left of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spent {
    /// All its requests are sent.
    Requests(u32),
    /// Its time is over.
    Time(Duration),
}

impl Purse {
    /// Full.
    #[must_use]
    pub const fn new(budget: Budget) -> Self {
        Self {
            budget,
            spent: 0,
            end: None,
        }
    }

    /// Takes one request out.
    ///
    /// # Errors
    ///
    /// There is none, or no time for it.
    pub fn spend(&mut self, now: Duration) -> Result<(), Spent> {
        if let Some(duration) = self.budget.duration {
            let end = *self.end.get_or_insert(now + duration);
            if now >= end {
                return Err(Spent::Time(duration));
            }
        }
        if let Some(most) = self.budget.requests
            && self.spent >= most
        {
            return Err(Spent::Requests(most));
        }
        self.spent += 1;
        Ok(())
    }

    /// How much time is left; none is as much as it likes.
    #[must_use]
    pub fn left(&self, now: Duration) -> Option<Duration> {
        match self.end {
            Some(end) => Some(end.saturating_sub(now)),
            None => self.budget.duration,
        }
    }

    /// How many requests were sent.
    #[must_use]
    pub const fn spent(&self) -> u32 {
        self.spent
    }
}
