//! How long making a connection takes, told to the request that asked for it.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll},
    time::{Duration, Instant},
};

use tower::{Layer, Service};

tokio::task_local! {
    /// Of the request that is being sent.
    pub(super) static CONNECTION: Connection;
}

/// When the connection was there, if one was made.
#[derive(Clone, Debug)]
pub(super) struct Connection {
    sent: Instant,
    /// Microseconds since then, and one more, so that 0 is none.
    made: Arc<AtomicU64>,
}

impl Connection {
    pub(super) fn new(sent: Instant) -> Self {
        Self {
            sent,
            made: Arc::default(),
        }
    }

    pub(super) fn made(&self) -> Option<Duration> {
        let made = self.made.load(Ordering::Relaxed).checked_sub(1)?;
        Some(Duration::from_micros(made))
    }

    fn is_made(&self) {
        let micros = u64::try_from(self.sent.elapsed().as_micros()).unwrap_or(u64::MAX - 1);
        self.made.store(micros + 1, Ordering::Relaxed);
    }
}

/// Watches a connector.
#[derive(Clone, Copy, Debug)]
pub(super) struct Watching;

/// A connector that is watched.
#[derive(Clone, Debug)]
pub(super) struct Watched<S>(S);

impl<S> Layer<S> for Watching {
    type Service = Watched<S>;

    fn layer(&self, connector: S) -> Watched<S> {
        Watched(connector)
    }
}

impl<S, R> Service<R> for Watched<S>
where
    S: Service<R>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: R) -> Self::Future {
        // A connection may be finished on behalf of nobody, when another one was free first.
        let connection = CONNECTION.try_with(Connection::clone).ok();
        let connecting = self.0.call(request);
        Box::pin(async move {
            let made = connecting.await?;
            if let Some(connection) = connection {
                connection.is_made();
            }
            Ok(made)
        })
    }
}
