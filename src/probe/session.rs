//! A run's way to a sandbox: decides whether a request may be sent, sends it as politely as the environment asks, and records what came of it.

mod attempts;
mod clock;
mod error;
mod gate;
mod hops;
mod refusal;
mod tokens;
mod transport;
mod wait;

#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{
    cassette::{About, Cassette},
    environment::{Budget, Environment, Kind, RateLimits, Surroundings, host},
    exchange::{Exchange, Failure, Outcome, Request},
    identity::{Identity, Tokens},
    polite::{Breaker, Pace, Purse},
    redact::{HideError, Redactor},
};
use crate::world::http::{Interrupt, Level, Options, SystemClock};
pub use clock::Clock;
pub use error::SessionError;
use gate::Gate;
pub use transport::{Fell, Live, Transport};

/// What a run may do with an environment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The run was told that it may write.
    pub allow_writes: bool,
    /// The run named this environment, and did not take it by default.
    pub named: bool,
    /// Waits are drawn from it; the same seed waits the same times.
    pub seed: u64,
    /// Keep all exchanges.
    pub record: bool,
}

/// One handle on a run's way to a sandbox. Clones share everything, so that flows beside each other share limits, tokens, and the record.
#[derive(Clone, Debug)]
pub struct Session {
    shared: Arc<Shared>,
    /// This flow may write, as far as the run may.
    writes: bool,
    /// This flow removes what others made.
    cleans: bool,
}

#[derive(Debug)]
struct Shared {
    base: String,
    way: Way,
    interrupt: Interrupt,
    state: Mutex<State>,
}

#[derive(Debug)]
enum Way {
    Live(Box<Line>),
    Replay(Cassette),
}

/// What it takes to send.
#[derive(Debug)]
struct Line {
    environment: Environment,
    settings: Settings,
    identity: Identity,
    transport: Box<dyn Transport>,
    clock: Box<dyn Clock>,
    gate: Gate,
    /// Held while a token is fetched, so that one request for it is enough for all who wait.
    tokens: Mutex<Tokens>,
}

#[derive(Debug)]
struct State {
    ordinals: BTreeMap<(String, String), u32>,
    pace: Pace,
    breakers: BTreeMap<String, Breaker>,
    purse: Purse,
    redactor: Redactor,
    record: Cassette,
}

impl Session {
    /// A session over the network.
    ///
    /// # Errors
    ///
    /// The environment may not be asked, is nowhere, or lacks a credential; nothing was sent.
    pub fn open(
        environment: &Environment,
        settings: Settings,
        from: &dyn Surroundings,
        interrupt: Interrupt,
    ) -> Result<Self, SessionError> {
        let name = || environment.name.clone();
        Self::with(environment, settings, from, interrupt, |hosts, identity| {
            let options = Options {
                plain_http: environment.plain_http,
                environment_proxy: environment.environment_proxy,
                connect: environment.timeouts.connect,
                identity: identity.certificate().map(<[u8]>::to_vec),
                authorities: identity.authority().map(<[u8]>::to_vec),
                ..Options::new(hosts)
            };
            let live = Live::new(&options).map_err(|error| SessionError::Setup {
                environment: name(),
                error,
            })?;
            Ok((Box::new(live) as _, Box::new(SystemClock::start()) as _))
        })
    }

    /// The same over any transport and clock; `connect` gets the allowed hosts and the credentials.
    pub(crate) fn with(
        environment: &Environment,
        settings: Settings,
        from: &dyn Surroundings,
        interrupt: Interrupt,
        connect: impl FnOnce(
            Vec<String>,
            &Identity,
        ) -> Result<(Box<dyn Transport>, Box<dyn Clock>), SessionError>,
    ) -> Result<Self, SessionError> {
        let name = || environment.name.clone();
        if environment.kind == Kind::Production && !settings.named {
            return Err(SessionError::ProductionNotNamed(name()));
        }
        let base = environment.base.url(from);
        let base = base.map_err(|error| SessionError::Base {
            environment: name(),
            error,
        })?;
        let identity = Identity::open(&environment.access, from);
        let identity = identity.map_err(|error| SessionError::Identity {
            environment: name(),
            error,
        })?;
        let mut redactor = Redactor::new();
        for secret in identity.secrets() {
            use secrecy::ExposeSecret;
            let hidden = redactor.hide(secret.expose_secret());
            hidden.map_err(|error| SessionError::Secret {
                environment: name(),
                error,
            })?;
        }
        let hosts = if environment.allow_hosts.is_empty() {
            host(&base).into_iter().collect()
        } else {
            environment.allow_hosts.clone()
        };
        let (transport, clock) = connect(hosts, &identity)?;
        let places = [("`base_url`".to_owned(), base.as_str())];
        let servers = identity.all_token_servers();
        let servers = servers.map(|(scheme, url)| (format!("the token server of `{scheme}`"), url));
        for (what, url) in places.into_iter().chain(servers) {
            transport
                .check(url)
                .map_err(|failure| SessionError::NotAllowed {
                    environment: name(),
                    what,
                    why: failure.detail,
                })?;
        }
        let line = Line {
            environment: environment.clone(),
            settings,
            identity,
            transport,
            clock,
            gate: Gate::new(environment.concurrency),
            tokens: Mutex::default(),
        };
        let state = State {
            ordinals: BTreeMap::new(),
            pace: Pace::new(environment.rate.clone()),
            breakers: BTreeMap::new(),
            purse: Purse::new(environment.budget),
            redactor,
            record: Cassette::new(),
        };
        Ok(Self::of(base, Way::Live(Box::new(line)), interrupt, state))
    }

    /// A session that sends nothing and answers from a cassette.
    #[must_use]
    pub fn replay(cassette: Cassette, base: String, interrupt: Interrupt) -> Self {
        let state = State {
            ordinals: BTreeMap::new(),
            pace: Pace::new(RateLimits::default()),
            breakers: BTreeMap::new(),
            purse: Purse::new(Budget::default()),
            redactor: Redactor::new(),
            record: Cassette::new(),
        };
        Self::of(base, Way::Replay(cassette), interrupt, state)
    }

    fn of(base: String, way: Way, interrupt: Interrupt, state: State) -> Self {
        let shared = Shared {
            base,
            way,
            interrupt,
            state: Mutex::new(state),
        };
        Self {
            shared: Arc::new(shared),
            writes: true,
            cleans: false,
        }
    }

    /// Where operations are, without a slash at its end.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.shared.base
    }

    /// A handle for a flow that only reads, whatever the run may do.
    #[must_use]
    pub fn reading(&self) -> Self {
        Self {
            writes: false,
            ..self.clone()
        }
    }

    /// A handle for removing what the run made: it works on after a first interrupt, beyond the budget of requests, and for a minute beyond
    /// that of time.
    #[must_use]
    pub fn cleaning(&self) -> Self {
        Self {
            writes: true,
            cleans: true,
            ..self.clone()
        }
    }

    /// Whether the run is to stop.
    #[must_use]
    pub fn is_interrupted(&self) -> bool {
        self.shared.interrupt.level() > self.tolerated()
    }

    /// Whether the environment has any credential.
    #[must_use]
    pub fn has_credentials(&self) -> bool {
        match &self.shared.way {
            Way::Live(line) => !line.identity.is_empty(),
            Way::Replay(_) => true,
        }
    }

    /// How many requests were sent, every attempt, redirect, and token included.
    #[must_use]
    pub fn sent(&self) -> u32 {
        self.state().purse.spent()
    }

    /// Hides what a step captured as a secret, here and in everything that is written from now on.
    ///
    /// # Errors
    ///
    /// It cannot be kept out of what is written.
    pub fn hide(&self, secret: &str) -> Result<(), HideError> {
        self.state().redactor.hide(secret)
    }

    /// All that is hidden so far, for whoever writes.
    #[must_use]
    pub fn redactor(&self) -> Redactor {
        self.state().redactor.clone()
    }

    /// Tells the record which run it is of.
    pub fn label(&self, about: About) {
        self.state().record.about = Some(about);
    }

    /// What was recorded, as a file: redacted, and the same whatever ran beside what.
    #[must_use]
    pub fn recording(&self) -> Vec<u8> {
        let state = self.state();
        state.record.write(&state.redactor)
    }

    /// Sends a request, again where that may help, and tells everything that came of it. Nothing is sent that the environment, the run, or
    /// this flow does not allow.
    pub fn send(&mut self, request: Request) -> Exchange {
        let key = (request.operation.clone(), request.step.clone());
        let ordinal = {
            let mut state = self.state();
            let next = state.ordinals.entry(key).or_default();
            let ordinal = *next;
            *next += 1;
            ordinal
        };
        let (attempts, outcome) = match &self.shared.way {
            Way::Replay(cassette) => return cassette.play(&request, ordinal),
            Way::Live(line) => match self.refusal(line, &request) {
                Some(failure) => (Vec::new(), refused(failure)),
                None => self.attempts(line, &request, ordinal),
            },
        };
        let exchange = Exchange {
            request,
            ordinal,
            attempts,
            outcome,
        };
        if let Some(response) = exchange.response()
            && !response.truncated
        {
            self.state().redactor.learn(&response.body);
        }
        if let Way::Live(line) = &self.shared.way
            && line.settings.record
        {
            self.state().record.keep(exchange.clone());
        }
        exchange
    }

    /// Up to which level of urgency this flow goes on.
    const fn tolerated(&self) -> Level {
        if self.cleans {
            Level::Stop
        } else {
            Level::None
        }
    }

    /// Up to which level a request that is under way is waited for. What may have written gets its answer, unless it takes too long: without
    /// it nobody knows what there is to remove.
    fn tolerated_by(&self, request: &Request) -> Level {
        if request.is_safe() {
            self.tolerated()
        } else {
            self.tolerated().max(Level::Stop)
        }
    }

    /// Nothing that holds the lock can panic, so a poisoned one is whole.
    fn state(&self) -> MutexGuard<'_, State> {
        self.shared
            .state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// The outcome of what was not sent.
const fn refused(failure: Failure) -> Outcome {
    Outcome::Failed {
        failure,
        response: None,
    }
}
