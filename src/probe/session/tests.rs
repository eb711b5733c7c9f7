//! What a session does over a made-up network, in made-up time.

use std::{
    collections::VecDeque,
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use jiff::Timestamp;

use super::*;
use crate::{
    probe::{
        environment::{Base, Budget, Jitter, OAuth2, Rate, Scheme, Secret, TokenClient},
        exchange::{Attempt, Credentials, Ended, Redirects, Response, Then, Timings},
    },
    world::http::Outgoing,
};

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
            line += &format!(" | {name}: {value}");
        }
        if let Some(body) = out.body {
            line += &format!(" | {}", String::from_utf8_lossy(body));
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
fn nothing_leaves_the_list() {
    let elsewhere = Environment {
        base: Base::fixed("https://evil.example"),
        ..environment()
    };
    let error = try_begin(&elsewhere, WRITING, &World::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`acme`: `base_url` cannot be asked: not among the allowed hosts"
    );
    let location = [("location", "https://evil.example/a")];
    let (world, mut session) = begin(&environment(), WRITING, [Ok(with(302, &location, ""))]);
    let mut request = get();
    request.url = "https://evil.example/a".to_owned();
    assert_eq!(
        told(&session.send(request)),
        "not-allowed: not among the allowed hosts"
    );
    assert_eq!(world.asked(), [""; 0]);
    assert_eq!(
        told(&session.send(get())),
        "redirect-off-host: the redirect (302) is not followed: not among the allowed hosts [302]"
    );
    assert_eq!(world.asked(), ["0ns GET https://a.example/a"]);
}

#[test]
fn redirects_follow_the_rules_of_their_status_and_leave_credentials_behind() {
    let mut environment = environment();
    let bearer = Scheme::Bearer(Secret::Variable("T0KEN".into()));
    environment.access.schemes.insert("B".into(), bearer);
    for (status, method, to, expected) in [
        (
            302,
            "POST",
            "/b?c",
            "GET https://a.example/b?c | X: 1 | Authorization: Bearer t0ken",
        ),
        (
            303,
            "PUT",
            "/b",
            "GET https://a.example/b | X: 1 | Authorization: Bearer t0ken",
        ),
        (
            301,
            "PUT",
            "b",
            "PUT https://a.example/b | X: 1 | Content-Type: a/b | Authorization: Bearer t0ken | body",
        ),
        (
            307,
            "POST",
            "https://b.example/b",
            "POST https://b.example/b | X: 1 | Content-Type: a/b | body",
        ),
    ] {
        let redirect = with(status, &[("Location", to)], "");
        let (world, mut session) = begin(&environment, WRITING, [Ok(redirect)]);
        let mut request = post();
        request.method = method.to_owned();
        request.body = Some(b"body".to_vec());
        request.headers = vec![
            ("X".into(), "1".into()),
            ("Content-Type".into(), "a/b".into()),
        ];
        let exchange = session.send(request);
        assert_eq!(told(&exchange), "200");
        assert_eq!(exchange.attempts[0].redirects.len(), 1);
        assert_eq!(world.asked()[1], format!("100ms {expected}"), "{status}");
    }
}

#[test]
fn redirects_end() {
    let to = |place: &str| Ok(with(302, &[("location", place)], ""));
    for (answers, requests, end) in [
        (
            vec![to("/b"), to("/a")],
            2,
            "redirect-loop: the server points back to where it pointed away from [302]",
        ),
        (
            (0..9).map(|number| to(&format!("/{number}"))).collect(),
            6,
            "redirect-loop: the server points elsewhere more than 5 times [302]",
        ),
        (
            vec![to("http://a.example/a")],
            1,
            "redirect-off-host: the redirect leaves https [302]",
        ),
        (
            vec![to("https://[")],
            1,
            "malformed: the server points to something that is no URL [302]",
        ),
        (vec![Ok(answer(302))], 1, "302"),
        (vec![Ok(with(304, &[("location", "/b")], ""))], 1, "304"),
    ] {
        let patient = Environment {
            retry: super::super::environment::RetryLimits {
                max: 0,
                ..environment().retry
            },
            ..environment()
        };
        let (world, mut session) = begin(&patient, WRITING, answers);
        let found = told(&session.send(get()));
        let end_of_retries = ", and nothing is tried again [302]";
        assert_eq!(found.replace(end_of_retries, " [302]"), end);
        assert_eq!(world.asked().len(), requests, "{end}");
    }
    let (world, mut session) = begin(&environment(), WRITING, [to("/b")]);
    let mut request = get();
    request.redirects = Redirects::Stay;
    assert_eq!(told(&session.send(request)), "302");
    assert_eq!(world.asked().len(), 1);
}

#[test]
fn a_vendor_that_wants_to_be_left_alone_for_a_day_is() {
    let later = with(429, &[("Retry-After", "86400")], "");
    let (world, mut session) = begin(&environment(), WRITING, [Ok(later)]);
    assert_eq!(
        told(&session.send(get())),
        "unavailable: the vendor answered 429, and asks to wait 86400 s, longer than retry_after_cap (60s) [429]"
    );
    let exchange = session.send(get());
    assert_eq!(
        told(&exchange),
        "unavailable: the vendor wants to be left alone for another 86400 s, longer than retry_after_cap (60 s)"
    );
    assert_eq!(exchange.attempts, []);
    assert_eq!(world.asked().len(), 1);
    assert_eq!(world.elapsed(), Duration::from_millis(100));
}

#[test]
fn a_vendor_that_is_down_is_asked_until_the_breaker_opens() {
    let mut environment = environment();
    environment.budget.duration = Some(1000 * S);
    let down = (0..99).map(|_| Ok(answer(503)));
    let (world, mut session) = begin(&environment, WRITING, down);
    assert_eq!(
        told(&session.send(get())),
        "unavailable: the vendor answered 503, and so it did after 3 retries [503]"
    );
    assert_eq!(
        told(&session.send(get())),
        "unavailable: the vendor answered 503, and the vendor failed too often in a row to be asked again now [503]"
    );
    let open = "breaker-open: `a.example` failed 5 times in a row, and is left alone for 30 s";
    assert_eq!(told(&session.send(get())), open);
    assert_eq!(world.asked().len(), 5);
    world.0.lock().unwrap().elapsed += 31 * S;
    world.0.lock().unwrap().answers.clear();
    assert_eq!(told(&session.send(get())), "200");
    assert_eq!(told(&session.send(get())), "200");
}

#[test]
fn the_budget_ends_a_run_but_not_its_clean_up() {
    let mut environment = environment();
    environment.budget = Budget {
        requests: Some(2),
        duration: Some(10 * S),
    };
    let (world, mut session) = begin(&environment, WRITING, []);
    session.send(get());
    session.send(get());
    let exchange = session.send(get());
    assert_eq!(
        told(&exchange),
        "budget-spent: the run has sent its 2 requests"
    );
    assert_eq!(exchange.attempts, []);
    let mut delete = get();
    delete.method = "DELETE".to_owned();
    assert_eq!(told(&session.cleaning().send(delete.clone())), "200");
    world.0.lock().unwrap().elapsed = 11 * S;
    assert_eq!(
        told(&session.send(get())),
        "timeout-run: the run has taken its 10 s"
    );
    assert_eq!(told(&session.cleaning().send(delete.clone())), "200");
    world.0.lock().unwrap().elapsed = 71 * S;
    assert_eq!(
        told(&session.cleaning().send(delete)),
        "timeout-run: the run has taken its 10 s"
    );
    assert_eq!(world.asked().len(), 4);
}

#[test]
fn a_retry_is_not_awaited_beyond_the_run() {
    let mut environment = environment();
    environment.budget.duration = Some(S);
    let (world, mut session) = begin(
        &environment,
        WRITING,
        [Ok(with(503, &[("retry-after", "30")], ""))],
    );
    assert_eq!(
        told(&session.send(get())),
        "unavailable: the vendor answered 503, and the run's time would be over before the next attempt [503]"
    );
    assert_eq!(world.elapsed(), Duration::from_millis(100));
}

#[test]
fn an_interrupt_stops_the_run_and_not_its_clean_up() {
    let (world, mut session) = begin(&environment(), WRITING, []);
    world.0.lock().unwrap().interrupt_at = Some(2);
    assert_eq!(told(&session.send(get())), "200");
    assert_eq!(
        told(&session.send(get())),
        "interrupted: the run was interrupted"
    );
    assert!(session.is_interrupted());
    let exchange = session.send(get());
    assert_eq!(told(&exchange), "interrupted: the run was interrupted");
    assert_eq!(exchange.attempts, []);
    let mut cleaning = session.cleaning();
    assert_eq!(told(&cleaning.send(post())), "200");
    session.shared.interrupt.raise();
    assert_eq!(
        told(&cleaning.send(post())),
        "interrupted: the run was interrupted"
    );
    assert_eq!(world.asked().len(), 3);
}

#[test]
fn requests_keep_their_distance() {
    let mut environment = environment();
    environment.rate.rate.requests = 2;
    environment.rate.burst = 1;
    let (world, mut session) = begin(&environment, WRITING, []);
    for _ in 0..3 {
        session.send(get());
    }
    let exchange = session.send(get());
    let at: Vec<String> = world.asked();
    let at: Vec<&str> = at
        .iter()
        .map(|line| line.split(' ').next().unwrap())
        .collect();
    assert_eq!(at, ["0ns", "500ms", "1s", "1.5s"]);
    assert_eq!(
        (exchange.attempts[0].at, exchange.attempts[0].held),
        (1_500_000, 400_000)
    );
}

fn with_oauth() -> Environment {
    let mut environment = environment();
    let client = Scheme::OAuth2(OAuth2 {
        token_url: Base::fixed("https://auth.example/token"),
        client_id: Secret::Variable("MY_ID".into()),
        client_secret: Some(Secret::Variable("MY_SECRET".into())),
        scopes: Vec::new(),
        audience: None,
        client: TokenClient::Basic,
    });
    environment.access.schemes.insert("O".into(), client);
    environment
}

fn token(value: &str) -> Result<Response, Fell> {
    let body = format!(r#"{{"access_token":"{value}","token_type":"Bearer","expires_in":100}}"#);
    Ok(with(200, &[("content-type", "application/json")], &body))
}

/// Who was asked with which token, without the times.
fn carried(world: &World) -> Vec<String> {
    let line = |line: &String| {
        let path = line.split(' ').nth(2).unwrap().rsplit('/').next().unwrap();
        let bearer = line.split("Bearer ").nth(1).unwrap_or("-");
        format!("{path} {bearer}")
    };
    world.asked().iter().map(line).collect()
}

#[test]
fn a_token_is_fetched_once_renewed_before_it_ends_and_once_when_it_is_refused() {
    let (world, mut session) = begin(
        &with_oauth(),
        WRITING,
        [
            token("tok-1"),
            Ok(answer(200)),
            Ok(answer(200)),
            token("tok-2"),
            Ok(answer(200)),
            Ok(answer(401)),
            token("tok-3"),
            Ok(answer(401)),
        ],
    );
    session.send(get());
    session.send(get());
    world.0.lock().unwrap().elapsed = 80 * S;
    session.send(get());
    let exchange = session.send(post());
    assert_eq!(told(&exchange), "401");
    assert_eq!(
        exchange.attempts[0].then,
        Then::Retried {
            after: 0,
            why: "the token was refused".to_owned()
        }
    );
    assert_eq!(
        carried(&world),
        [
            "token -", "a tok-1", "a tok-1", "token -", "a tok-2", "a tok-2", "token -", "a tok-3"
        ]
    );
    assert_eq!(
        session.redactor().text("tok-1 tok-2 tok-3 my_secret"),
        "‹***› ‹***› ‹***› ‹***›"
    );
    let mut anonymous = get();
    anonymous.credentials = Credentials::None;
    session.send(anonymous);
    assert_eq!(carried(&world)[8], "a -");
}

#[test]
fn without_a_token_nothing_is_asked() {
    let refused = with(401, &[], r#"{"error":"invalid_client"}"#);
    let (world, mut session) = begin(&with_oauth(), WRITING, [Ok(refused)]);
    let exchange = session.send(get());
    assert_eq!(
        told(&exchange),
        "no-credential: the token server answered 401 (invalid_client)"
    );
    assert_eq!(exchange.attempts, []);
    assert_eq!(world.asked().len(), 1);
    let gone = Fell::new(FailureKind::ConnectRefused, "nobody listens");
    let (_, mut session) = begin(&with_oauth(), WRITING, vec![Err(gone); 9]);
    assert_eq!(
        told(&session.send(get())),
        "connect-refused: no token: nobody listens, and so it did after 3 retries"
    );
}

#[test]
fn a_token_server_that_is_not_on_the_list_is_told_before_anything_is_sent() {
    let mut environment = with_oauth();
    let Some(Scheme::OAuth2(client)) = environment.access.schemes.get_mut("O") else {
        panic!("it was put there");
    };
    client.token_url = Base::fixed("https://evil.example/token");
    let world = World::default();
    let error = try_begin(&environment, WRITING, &world).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`acme`: the token server of `O` cannot be asked: not among the allowed hosts"
    );
    assert_eq!(world.asked().len(), 0);
}

#[test]
fn a_body_that_was_cut_off_is_no_evidence() {
    let json = [("content-type", "application/json; charset=utf-8")];
    let problem = [("content-type", "application/problem+json")];
    let text = [("content-type", "text/plain")];
    for (headers, body, end) in [
        (
            &json,
            "{\"a\":[1,2",
            "malformed: the body is JSON that ends in its middle [200]",
        ),
        (
            &problem,
            "\"abc",
            "malformed: the body is JSON that ends in its middle [200]",
        ),
        (&json, "{\"a\":1}", "200"),
        // Wrong, and whole: that is for the checks to say.
        (&json, "<html>", "200"),
        (&json, "", "200"),
        (&text, "{\"a\":", "200"),
    ] {
        let mut environment = environment();
        environment.retry.max = 0;
        let (_, mut session) = begin(&environment, WRITING, [Ok(with(200, headers, body))]);
        let found = told(&session.send(get())).replace(", and nothing is tried again", "");
        assert_eq!(found, end, "{body}");
    }
    let endless = Response {
        truncated: true,
        ..with(200, &text, "abc")
    };
    let (world, mut session) = begin(&environment(), WRITING, [Ok(endless)]);
    assert_eq!(
        told(&session.send(get())),
        "too-large: the body is larger than 3 bytes [200]"
    );
    assert_eq!(world.asked().len(), 1);
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
