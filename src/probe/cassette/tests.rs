//! What is written, what is read, and what is played.

use super::*;
use crate::probe::exchange::{Attempt, Ended, Response, Then, Timings};

fn exchange(step: &str, ordinal: u32, body: &str) -> Exchange {
    let mut request = Request::new("op:GET /a", step, "GET", "https://a.example/a?k=s3cret");
    request
        .headers
        .push(("Authorization".into(), "Bearer t0ken".into()));
    Exchange {
        request,
        ordinal,
        attempts: vec![Attempt {
            at: 1,
            held: 0,
            redirects: Vec::new(),
            ended: Ended::Status(200),
            then: Then::Done,
        }],
        outcome: Outcome::Answered(Response {
            status: 200,
            headers: vec![("set-cookie".into(), "sid=abc; Path=/".into())],
            body: body.as_bytes().to_vec(),
            truncated: false,
            timings: Timings {
                connected: Some(5),
                first_byte: 10,
                total: 12,
            },
        }),
    }
}

fn cassette(exchanges: impl IntoIterator<Item = Exchange>) -> Cassette {
    let mut cassette = Cassette::new();
    for exchange in exchanges {
        cassette.keep(exchange);
    }
    cassette
}

#[test]
fn a_line_says_everything_and_no_secret() {
    let mut redactor = Redactor::new();
    redactor.hide("s3cret").unwrap();
    let written = cassette([exchange("one", 0, r#"{"token":"s3cret"}"#)]).write(&redactor);
    assert_eq!(
        String::from_utf8(written).unwrap(),
        concat!(
            r#"{"cassette":"contract-cassette/1"}"#,
            "\n",
            r#"{"request":{"operation":"op:GET /a","step":"one","method":"GET","url":"https://a.example/a?k=‹***›","#,
            r#""headers":[["Authorization","‹***›"]],"body":null,"idempotency_key":null,"credentials":"all","redirects":"follow"},"#,
            r#""ordinal":0,"attempts":[{"at":1,"held":0,"redirects":[],"ended":{"status":200},"then":"done"}],"#,
            r#""outcome":{"answered":{"status":200,"headers":[["set-cookie","sid=‹***›; Path=/"]],"#,
            r#""body":{"text":"{\"token\":\"‹***›\"}"},"truncated":false,"timings":{"connected":5,"first_byte":10,"total":12}}}}"#,
            "\n"
        )
    );
}

#[test]
fn the_order_is_that_of_the_steps_and_not_of_time() {
    let redactor = Redactor::new();
    let (one, two, three) = (
        exchange("a", 0, "1"),
        exchange("a", 1, "2"),
        exchange("b", 0, "3"),
    );
    let forth = cassette([one.clone(), two.clone(), three.clone()]).write(&redactor);
    let back = cassette([three, two, one]).write(&redactor);
    assert_eq!(forth, back);
}

#[test]
fn what_was_written_is_read_and_played() {
    let redactor = Redactor::new();
    let mut secretless = exchange("a", 0, "{}");
    secretless.request.headers.clear();
    let mut expected = secretless.clone();
    expected.outcome = Outcome::Failed {
        failure: Failure::new(FailureKind::ClosedEarly, "it closed"),
        response: None,
    };
    let written = cassette([expected.clone()]).write(&redactor);
    let read = Cassette::read(&written).unwrap();
    assert_eq!(read, cassette([expected.clone()]));
    let mut asked = secretless.request;
    asked.url = "https://a.example/a?run=2".to_owned();
    let played = read.play(&asked, 0);
    expected.request = asked.clone();
    assert_eq!(played, expected);
    let missing = |request: &Request, ordinal| {
        let played = read.play(request, ordinal);
        let failure = played.failure().unwrap().clone();
        assert_eq!(failure.kind, FailureKind::NotRecorded);
        failure.detail
    };
    assert_eq!(
        missing(&asked, 1),
        "the cassette has 1 exchange of `op:GET /a` in step `a`, and this is number 2"
    );
    asked.method = "POST".to_owned();
    assert_eq!(
        missing(&asked, 0),
        "the cassette has a GET where a POST is asked"
    );
    asked.step = "b".to_owned();
    assert_eq!(
        missing(&asked, 0),
        "the cassette has no exchange of `op:GET /a` in step `b`, and this is number 1"
    );
}

#[test]
fn a_secret_number_leaves_a_body_that_can_be_read() {
    let mut redactor = Redactor::new();
    redactor.hide("123456").unwrap();
    let written =
        cassette([exchange("a", 0, r#"{"pin":123456,"n":[1.50,"123456"]}"#)]).write(&redactor);
    let read = Cassette::read(&written).unwrap();
    let played = read.exchanges().next().unwrap();
    let body = &played.answer().unwrap().body;
    assert_eq!(
        str::from_utf8(body).unwrap(),
        r#"{"n":[1.50,"‹***›"],"pin":"‹***›"}"#
    );
}

#[test]
fn what_is_no_cassette_is_told_by_its_line() {
    let label = r#"{"cassette":"contract-cassette/1"}"#;
    let line = String::from_utf8(cassette([exchange("a", 0, "")]).write(&Redactor::new())).unwrap();
    let line = line.lines().nth(1).unwrap();
    for (text, error) in [
        (String::new(), "line 1: the file is empty"),
        ("{}".to_owned(), "line 1: the file is no cassette"),
        (
            r#"{"cassette":"contract-cassette/9"}"#.to_owned(),
            "line 1: the cassette is of the format `contract-cassette/9`, not `contract-cassette/1`",
        ),
        (
            format!("{label}\n\n[1]\n"),
            "line 3: the exchange cannot be read: invalid type: integer `1`, expected struct Request",
        ),
        (
            format!("{label}\n{line}\n{line}\n"),
            "line 3: the exchange is recorded twice",
        ),
    ] {
        assert_eq!(
            Cassette::read(text.as_bytes()).unwrap_err().to_string(),
            error
        );
    }
}
