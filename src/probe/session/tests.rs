//! What a session does over a made-up network, in made-up time.

mod limits;
mod redirects;
mod tokens;

use std::{
    collections::VecDeque,
    fmt::Write,
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use jiff::Timestamp;

use super::*;
use crate::probe::{
    environment::{Base, Budget, Jitter, OAuth2, Rate, Scheme, Secret, TokenClient},
    exchange::{Attempt, Credentials, Ended, FailureKind, Redirects, Response, Then, Timings},
};
use crate::world::http::Outgoing;

const S: Duration = Duration::from_secs(1);

#[derive(Clone, Debug, Default)]
struct World(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    elapsed: Duration,
    answers: VecDeque<Result<Response, Fell>>,
    /// Each with the second at which it came.
    asked: Vec<String>,
    /// Raised when so many requests have come.
    interrupt_at: Option<usize>,
}

impl World {
    fn asked(&self) -> Vec<String> {
        self.0.lock().unwrap().asked.clone()
    }
}

impl Clock for World {
    fn elapsed(&self) -> Duration {
        self.0.lock().unwrap().elapsed
    }

    fn now(&self) -> Timestamp {
        let start: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
        start + self.elapsed()
    }

    fn wait(&self, time: Duration, interrupt: &Interrupt, tolerated: Level) -> bool {
        self.0.lock().unwrap().elapsed += time;
        interrupt.level() <= tolerated
    }
}

impl Transport for World {
    fn check(&self, url: &str) -> Result<(), Failure> {
        let fine = [
            "https://a.example/",
            "https://b.example/",
            "https://auth.example/",
        ]
        .iter()
        .any(|allowed| format!("{url}/").starts_with(allowed));
        let refused = || Failure::new(FailureKind::NotAllowed, "not among the allowed hosts");
        fine.then_some(()).ok_or_else(refused)
    }

    fn send(&self, out: &Outgoing<'_>, interrupt: &Interrupt) -> Result<Response, Fell> {
        let mut inner = self.0.lock().unwrap();
        let mut line = format!("{:?} {} {}", inner.elapsed, out.method, out.url);
        for (name, value) in out.headers {
            write!(line, " | {name}: {value}").unwrap();
        }
        if let Some(body) = out.body {
            write!(line, " | {}", String::from_utf8_lossy(body)).unwrap();
        }
        inner.asked.push(line);
        inner.elapsed += Duration::from_millis(100);
        if inner.interrupt_at == Some(inner.asked.len()) {
            interrupt.raise();
            return Err(Fell::new(
                FailureKind::Interrupted,
                "the run was interrupted",
            ));
        }
        inner.answers.pop_front().unwrap_or_else(|| Ok(answer(200)))
    }
}

struct Fake;

impl Surroundings for Fake {
    fn variable(&self, name: &str) -> Result<String, String> {
        Ok(name.to_ascii_lowercase())
    }

    fn file(&self, path: &Path) -> Result<Vec<u8>, String> {
        Err(format!("no file {}", path.display()))
    }
}

fn answer(status: u16) -> Response {
    with(status, &[], "")
}

fn with(status: u16, headers: &[(&str, &str)], body: &str) -> Response {
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    Response {
        status,
        headers: headers.iter().map(own).collect(),
        body: body.as_bytes().to_vec(),
        truncated: false,
        timings: Timings::default(),
    }
}

fn environment() -> Environment {
    let mut environment = Environment::new("acme", Base::fixed("https://a.example"), Kind::Sandbox);
    environment.retry.jitter = Jitter::None;
    environment.rate.rate = Rate {
        requests: 1000,
        per: S,
    };
    environment.rate.burst = 1000;
    environment
}

const WRITING: Settings = Settings {
    allow_writes: true,
    named: true,
    seed: 1,
    record: true,
};

fn begin(
    environment: &Environment,
    settings: Settings,
    answers: impl IntoIterator<Item = Result<Response, Fell>>,
) -> (World, Session) {
    let world = World::default();
    world.0.lock().unwrap().answers.extend(answers);
    let session = try_begin(environment, settings, &world).unwrap();
    (world, session)
}

fn try_begin(
    environment: &Environment,
    settings: Settings,
    world: &World,
) -> Result<Session, SessionError> {
    Session::with(environment, settings, &Fake, Interrupt::new(), |_, _| {
        Ok((Box::new(world.clone()) as _, Box::new(world.clone()) as _))
    })
}

fn get() -> Request {
    Request::new("op:GET /a", "s", "GET", "https://a.example/a")
}

fn post() -> Request {
    Request::new("op:POST /a", "s", "POST", "https://a.example/a")
}

/// How an exchange ended, in one line.
fn told(exchange: &Exchange) -> String {
    match &exchange.outcome {
        Outcome::Answered(response) => response.status.to_string(),
        Outcome::Failed { failure, response } => {
            let status = response
                .as_ref()
                .map(|response| format!(" [{}]", response.status));
            let status = status.unwrap_or_default();
            format!("{}: {}{status}", failure.kind.name(), failure.detail)
        }
    }
}

#[test]
fn a_pass_after_retries_tells_them_all() {
    let closed = Fell::new(FailureKind::ClosedEarly, "it closed");
    let (world, mut session) = begin(
        &environment(),
        WRITING,
        [Ok(answer(503)), Err(closed.clone()), Ok(answer(200))],
    );
    let exchange = session.send(get());
    assert_eq!(told(&exchange), "200");
    assert_eq!(exchange.retries(), 2);
    let attempt = |at, ended, after, why: &str| Attempt {
        at,
        held: 0,
        redirects: Vec::new(),
        ended,
        then: Then::Retried {
            after,
            why: why.to_owned(),
        },
    };
    assert_eq!(
        exchange.attempts,
        [
            attempt(0, Ended::Status(503), 500_000, "the vendor answered 503"),
            attempt(
                600_000,
                Ended::Failed(closed.failure),
                1_000_000,
                "it closed"
            ),
            Attempt {
                at: 1_700_000,
                held: 0,
                redirects: Vec::new(),
                ended: Ended::Status(200),
                then: Then::Done,
            },
        ]
    );
    let url = "https://a.example/a";
    assert_eq!(
        world.asked(),
        [
            format!("0ns GET {url}"),
            format!("600ms GET {url}"),
            format!("1.7s GET {url}")
        ]
    );
}

#[test]
fn what_may_not_be_written_is_not_sent() {
    let staging = Environment {
        kind: Kind::Staging,
        ..environment()
    };
    let production = Environment {
        kind: Kind::Production,
        ..environment()
    };
    let reading = Settings {
        allow_writes: false,
        ..WRITING
    };
    for (environment, settings, why) in [
        (
            &environment(),
            reading,
            "the run was not told that it may write (`--allow-writes`)",
        ),
        (
            &staging,
            WRITING,
            "`acme` is staging, and only a sandbox is written to",
        ),
        (
            &production,
            WRITING,
            "`acme` is production, which is never written to",
        ),
    ] {
        let (world, mut session) = begin(environment, settings, []);
        for method in ["POST", "PUT", "PATCH", "DELETE", "post"] {
            let mut request = post();
            request.method = method.to_owned();
            let exchange = session.send(request);
            assert_eq!(
                told(&exchange),
                format!("write-refused: {method} is not sent: {why}")
            );
            assert_eq!(exchange.attempts, []);
        }
        assert_eq!(told(&session.send(get())), "200");
        assert_eq!(world.asked().len(), 1);
    }
    let (world, session) = begin(&environment(), WRITING, []);
    assert_eq!(
        told(&session.reading().send(post())),
        "write-refused: POST is not sent: its scenario only reads (`mode: read`)"
    );
    assert_eq!(told(&session.clone().send(post())), "200");
    assert_eq!(world.asked().len(), 1);
}

#[test]
fn production_is_asked_only_by_its_name() {
    let production = Environment {
        kind: Kind::Production,
        ..environment()
    };
    let unnamed = Settings {
        named: false,
        ..WRITING
    };
    let error = try_begin(&production, unnamed, &World::default()).unwrap_err();
    assert_eq!(error, SessionError::ProductionNotNamed("acme".into()));
    assert!(try_begin(&production, WRITING, &World::default()).is_ok());
}

#[test]
fn what_was_recorded_is_played_without_a_network() {
    let mut environment = environment();
    let bearer = Scheme::Bearer(Secret::Variable("T0KEN".into()));
    environment.access.schemes.insert("B".into(), bearer);
    let echo = with(
        200,
        &[("x-echo", "t0ken")],
        "{\"token\":\"t0ken\",\"id\":7}",
    );
    let (_, mut session) = begin(&environment, WRITING, [Ok(echo), Ok(answer(404))]);
    session.send(get());
    session.send(get());
    let file = session.recording();
    assert!(!String::from_utf8_lossy(&file).contains("t0ken"));
    let cassette = Cassette::read(&file).unwrap();
    let mut replay = Session::replay(cassette, "https://a.example".into(), Interrupt::new());
    let first = replay.send(get());
    assert_eq!(
        first.answer().unwrap().body,
        "{\"token\":\"‹***›\",\"id\":7}".as_bytes()
    );
    assert_eq!(told(&replay.send(get())), "404");
    assert_eq!(
        told(&replay.send(get())),
        "not-recorded: the cassette has 2 exchanges of `op:GET /a` in step `s`, and this is number 3"
    );
    assert_eq!(replay.sent(), 0);
}
