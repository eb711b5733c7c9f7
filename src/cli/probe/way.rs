//! The vendor as steps see it: a session, and somebody at a terminal who watches.

use super::{super::told::Told, served::Served};
use crate::probe::{
    exchange::{Exchange, Request},
    redact::HideError,
    session::Session,
    steps::{Purpose, Vendor},
    workflow::Mode,
};
use crate::world::http::{Interrupt, Level};
use jiff::Timestamp;
use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

/// How a run reaches its sandbox.
pub(super) struct Way {
    pub(super) session: Session,
    pub(super) interrupt: Interrupt,
    /// When the run began: a replay says the same.
    pub(super) started: Timestamp,
    /// Whether anything is sent, and time passes.
    pub(super) live: bool,
    pub(super) told: Told,
    asked: AtomicU32,
    pub(super) served: Served,
}

/// The same for one scenario.
pub(super) struct Flow<'w> {
    way: &'w Way,
    session: Session,
}

impl Way {
    pub(super) fn new(
        session: Session,
        interrupt: Interrupt,
        started: Timestamp,
        live: bool,
        told: Told,
    ) -> Self {
        Self {
            session,
            interrupt,
            started,
            live,
            told,
            asked: AtomicU32::new(0),
            served: Served::default(),
        }
    }

    /// For a scenario: one that reads can do nothing else.
    pub(super) fn flow(&self, mode: Mode) -> Flow<'_> {
        Flow {
            way: self,
            session: match mode {
                Mode::Read => self.session.reading(),
                Mode::Write => self.session.clone(),
            },
        }
    }

    /// Whether somebody asked the run to stop.
    pub(super) fn stopped(&self) -> bool {
        self.interrupt.level() > Level::None
    }
}

impl Vendor for Flow<'_> {
    fn send(&self, request: Request, purpose: Purpose) -> Exchange {
        let number = self.way.asked.fetch_add(1, Ordering::Relaxed) + 1;
        let what = match purpose {
            Purpose::Check => "",
            Purpose::CleanUp => "removing: ",
        };
        let name = request.operation.trim_start_matches("op:");
        self.way.told.progress(&format!("{number}  {what}{name}"));
        let mut session = match purpose {
            Purpose::Check => self.session.clone(),
            Purpose::CleanUp => self.session.cleaning(),
        };
        let told = |path: &str| {
            let base = self.way.session.base();
            let text =
                format!("{base} answers without `{path}`, the path of the contract's servers");
            self.way.told.progress("");
            self.way.told.note(&text);
        };
        let send = |request| session.send(request);
        self.way.served.send(request, send, told)
    }

    fn pause(&self, time: Duration) {
        if self.way.live {
            // What follows a pause that was cut short is not done.
            let _ = self.way.interrupt.wait(time, Level::None);
        }
    }

    fn now(&self) -> Timestamp {
        self.way.started
    }

    fn keep_secret(&self, value: &str) -> Result<(), String> {
        match self.session.hide(value) {
            // A recording does not have it any more.
            Err(HideError::LikeMask) if !self.way.live => Ok(()),
            hidden => hidden.map_err(|error| error.to_string()),
        }
    }

    fn interrupted(&self) -> bool {
        self.session.is_interrupted()
    }
}
