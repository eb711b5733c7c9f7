//! Ctrl-C and its like, as a call to stop.

use std::{io, thread};

use tokio::runtime::Builder;

use super::{fault::SetupError, interrupt::Interrupt};

/// From now on, being asked to end (Ctrl-C, SIGTERM) does not kill the process but calls the run to stop; called twice, it no longer cleans up.
///
/// # Errors
///
/// The system does not let this process handle signals.
pub fn heed_signals(interrupt: &Interrupt) -> Result<(), SetupError> {
    let failed = |error: io::Error| SetupError::Failed {
        why: error.to_string(),
    };
    let runtime = Builder::new_current_thread()
        .enable_io()
        .build()
        .map_err(failed)?;
    // Made here and not in the thread: once this returns, no signal kills.
    let mut signals = {
        let _inside = runtime.enter();
        Signals::new().map_err(failed)?
    };
    let interrupt = interrupt.clone();
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            runtime.block_on(async {
                while signals.next().await {
                    interrupt.raise();
                }
            });
        })
        .map_err(failed)?;
    Ok(())
}

#[cfg(unix)]
struct Signals {
    interrupts: tokio::signal::unix::Signal,
    terminations: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupts: signal(SignalKind::interrupt())?,
            terminations: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) -> bool {
        std::future::poll_fn(|context| {
            let interrupted = self.interrupts.poll_recv(context);
            if interrupted.is_ready() {
                return interrupted;
            }
            self.terminations.poll_recv(context)
        })
        .await
        .is_some()
    }
}

#[cfg(windows)]
struct Signals(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Signals {
    fn new() -> io::Result<Self> {
        tokio::signal::windows::ctrl_c().map(Self)
    }

    async fn next(&mut self) -> bool {
        self.0.recv().await.is_some()
    }
}
