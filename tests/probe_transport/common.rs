//! Sessions with short waits, and how their exchanges end in a line.

use std::{
    collections::BTreeMap,
    path::Path,
    time::{Duration, Instant},
};

use contract::{
    probe::{
        environment::{Base, Environment, Jitter, Kind, Rate, RetryLimits, Surroundings, Timeouts},
        exchange::{Exchange, Outcome, Request},
        session::{Session, SessionError, Settings},
    },
    world::http::Interrupt,
};

use crate::sandbox::Sandbox;

pub(crate) const WRITING: Settings = Settings {
    allow_writes: true,
    named: true,
    seed: 7,
    record: true,
};

/// Variables and files that only this test has.
#[derive(Default)]
pub(crate) struct Given(pub(crate) BTreeMap<&'static str, String>);

impl Given {
    pub(crate) fn of<const N: usize>(pairs: [(&'static str, &str); N]) -> Self {
        Self(pairs.map(|(name, value)| (name, value.to_owned())).into())
    }
}

impl Surroundings for Given {
    fn variable(&self, name: &str) -> Result<String, String> {
        let value = self.0.get(name).cloned();
        value.ok_or_else(|| format!("`{name}` is not set"))
    }

    fn file(&self, path: &Path) -> Result<Vec<u8>, String> {
        self.variable(&path.display().to_string())
            .map(String::into_bytes)
    }
}

/// At a place, with its host alone on the list, and with short waits.
pub(crate) fn at(url: &str) -> Environment {
    let mut environment = Environment::new("acme", Base::fixed(url), Kind::Sandbox);
    let ms = Duration::from_millis;
    environment.rate.rate = Rate {
        requests: 10_000,
        per: Duration::from_secs(1),
    };
    environment.rate.burst = 10_000;
    environment.retry = RetryLimits {
        max: 2,
        base: ms(1),
        cap: ms(5),
        jitter: Jitter::None,
        retry_after_cap: Duration::from_secs(2),
        ..RetryLimits::default()
    };
    environment.breaker.open_after = 1000;
    environment.timeouts = Timeouts {
        connect: ms(400),
        response: ms(400),
    };
    environment
}

pub(crate) fn of(sandbox: &Sandbox) -> Environment {
    at(&sandbox.url(""))
}

pub(crate) fn open(environment: &Environment, given: &Given) -> Result<Session, SessionError> {
    Session::open(environment, WRITING, given, Interrupt::new())
}

pub(crate) fn session(environment: &Environment) -> Session {
    open(environment, &Given::default()).expect("a session")
}

pub(crate) fn request(session: &Session, method: &str, path: &str) -> Request {
    let url = format!("{}{path}", session.base());
    Request::new(format!("op:{method} {path}"), "s", method, url)
}

pub(crate) fn get(session: &mut Session, path: &str) -> Exchange {
    let request = request(session, "GET", path);
    session.send(request)
}

/// The status, or the kind of failure with the status that came nevertheless; and the attempts.
pub(crate) fn told(exchange: &Exchange) -> String {
    let attempts = exchange.attempts.len();
    match &exchange.outcome {
        Outcome::Answered(response) => format!("{} x{attempts}", response.status),
        Outcome::Failed { failure, response } => {
            let status = response
                .as_ref()
                .map(|response| format!(" [{}]", response.status));
            format!(
                "{}{} x{attempts}",
                failure.kind.name(),
                status.unwrap_or_default()
            )
        }
    }
}

pub(crate) fn detail(exchange: &Exchange) -> &str {
    exchange.failure().map_or("", |failure| &failure.detail)
}

pub(crate) fn body(exchange: &Exchange) -> &str {
    let body = &exchange.answer().expect("an answer").body;
    str::from_utf8(body).expect("a text")
}

/// What it takes has to stay below so many milliseconds.
pub(crate) fn within<T>(milliseconds: u64, work: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let done = work();
    let took = began.elapsed();
    assert!(took < Duration::from_millis(milliseconds), "took {took:?}");
    done
}
