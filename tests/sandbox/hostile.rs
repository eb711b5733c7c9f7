//! Everything that a server can do to a client within HTTP.

use std::{collections::BTreeMap, convert::Infallible, io::Write, sync::LazyLock};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Path, Query, State},
    http::{HeaderMap, Method},
    response::Response,
    routing::{any, get},
};
use flate2::{Compression, write::GzEncoder};
use futures_util::stream::unfold;
use serde_json::json;

use super::{Shared, answer, json as reply, sleep};

const JSON: (&str, &str) = ("content-type", "application/json");

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/hostile/status/{status}", any(status))
        .route("/hostile/later/{seconds}", any(later))
        .route("/hostile/later-date/{seconds}", any(later_date))
        .route("/hostile/flaky/{name}/{failures}/{status}", any(flaky))
        .route("/hostile/slow-headers", any(slow))
        .route("/hostile/drip", get(drip))
        .route(
            "/hostile/wrong-type",
            get(async || answer(200, &[("content-type", "text/html")], "{\"a\":1}")),
        )
        .route(
            "/hostile/html-as-json",
            get(async || answer(200, &[JSON], "<html>")),
        )
        .route(
            "/hostile/no-type",
            get(async || answer(200, &[], "{\"a\":1}")),
        )
        .route(
            "/hostile/truncated-json",
            get(async || answer(200, &[JSON], "{\"a\":[1,2,")),
        )
        .route(
            "/hostile/no-utf8",
            get(async || answer(200, &[JSON], vec![b'"', 0xff, b'"'])),
        )
        .route("/hostile/gzip-bomb", get(bomb))
        .route("/hostile/gzip", get(async || zipped(b"{\"a\":1}")))
        .route("/hostile/endless", get(endless))
        .route(
            "/hostile/large",
            get(async || answer(200, &[], vec![b'x'; 12 << 20])),
        )
        .route("/hostile/deep", get(deep))
        .route(
            "/hostile/not-a-number",
            get(async || answer(200, &[JSON], "{\"a\":NaN}")),
        )
        .route(
            "/hostile/byte-order-mark",
            get(async || answer(200, &[JSON], "\u{feff}{\"a\":1}")),
        )
        .route("/hostile/another-encoding", get(another_encoding))
        .route("/hostile/exhausted", get(exhausted))
        .route("/hostile/sunset", get(sunset))
        .route("/hostile/deprecated-somehow", get(deprecated_somehow))
        .route("/hostile/redirect-self", any(redirect_self))
        .route("/hostile/redirect-to", any(redirect_to))
        .route("/hostile/redirect-loop/{number}", any(redirect_loop))
        .route("/hostile/redirect-chain/{number}", any(redirect_chain))
        .route("/hostile/limited", get(limited))
        .route("/hostile/leaky", get(leaky))
        .route("/hostile/cookies", get(cookies))
        .route("/hostile/echo", any(echo))
}

async fn status(Path(status): Path<u16>) -> Response {
    reply(status, &json!({ "status": status }))
}

async fn later(Path(seconds): Path<String>) -> Response {
    answer(429, &[("retry-after", &seconds)], "")
}

/// So many seconds after the epoch of the test vendor's own clock, which it tells.
async fn later_date(Path(seconds): Path<u64>) -> Response {
    let date = |seconds: u64| {
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        let day = 20 + hours / 24;
        let name = ["Fri", "Sat", "Sun"][usize::try_from(hours / 24 % 3).expect("small")];
        format!(
            "{name}, {day} Nov 2026 {:02}:{minutes:02}:{:02} GMT",
            hours % 24,
            seconds % 60
        )
    };
    answer(
        503,
        &[("retry-after", &date(seconds)), ("date", &date(0))],
        "",
    )
}

/// Fails so many times, and works from then on.
async fn flaky(
    State(state): State<Shared>,
    Path((name, failures, status)): Path<(String, u32, u16)>,
) -> Response {
    let visits = {
        let mut state = state.lock().expect("whole");
        let visits = state.visits.entry(name).or_default();
        *visits += 1;
        *visits
    };
    if visits <= failures {
        return reply(status, &json!({ "visits": visits }));
    }
    reply(200, &json!({ "visits": visits }))
}

async fn slow() -> Response {
    sleep(60_000).await;
    answer(200, &[], "")
}

/// Says a little every now and then, and never ends.
fn stream(piece: &'static [u8], pause: u64) -> Body {
    Body::from_stream(unfold((), move |()| async move {
        if pause > 0 {
            sleep(pause).await;
        }
        Some((Ok::<_, Infallible>(Bytes::from_static(piece)), ()))
    }))
}

async fn drip() -> Response {
    answer(200, &[JSON], stream(b" ", 50))
}

async fn endless() -> Response {
    answer(
        200,
        &[("content-type", "text/plain")],
        stream(&[b'x'; 8192], 0),
    )
}

fn zipped(text: &[u8]) -> Response {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text).expect("in memory");
    let zipped = encoder.finish().expect("in memory");
    answer(200, &[JSON, ("content-encoding", "gzip")], zipped)
}

/// A hundred megabytes in a hundred kilobytes: made before anybody asks, since that takes longer than an answer may.
static BOMB: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let spaces = vec![b' '; 1 << 20];
    for _ in 0..100 {
        encoder.write_all(&spaces).expect("in memory");
    }
    encoder.finish().expect("in memory")
});

pub(super) fn prepare() {
    LazyLock::force(&BOMB);
}

async fn bomb() -> Response {
    answer(200, &[JSON, ("content-encoding", "gzip")], BOMB.clone())
}

/// A hundred thousand arrays in each other.
async fn deep() -> Response {
    let depth = 100_000;
    let text = format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
    answer(200, &[JSON], text)
}

/// Compressed as nobody asked for.
async fn another_encoding() -> Response {
    answer(200, &[JSON, ("content-encoding", "zstd")], vec![0x28; 20])
}

/// Answers, and says that nothing is left for a day.
async fn exhausted() -> Response {
    answer(200, &[JSON, ("ratelimit", "\"day\";r=0;t=86400")], "{}")
}

async fn sunset() -> Response {
    let date = ("sunset", "Wed, 01 Jan 2020 00:00:00 GMT");
    answer(200, &[JSON, ("deprecation", "@1577836799"), date], "{}")
}

async fn deprecated_somehow() -> Response {
    answer(
        200,
        &[JSON, ("deprecation", "soon"), ("sunset", "later")],
        "{}",
    )
}

async fn redirect_self() -> Response {
    answer(302, &[("location", "/hostile/redirect-self")], "")
}

async fn redirect_to(Query(query): Query<BTreeMap<String, String>>) -> Response {
    let status = query.get("status").and_then(|status| status.parse().ok());
    let to = query.get("url").map_or("", String::as_str);
    answer(status.unwrap_or(302), &[("location", to)], "")
}

async fn redirect_loop(Path(number): Path<u32>) -> Response {
    let to = format!("/hostile/redirect-loop/{}", (number + 1) % 3);
    answer(302, &[("location", &to)], "")
}

async fn redirect_chain(Path(number): Path<u32>) -> Response {
    if number == 0 {
        return reply(200, &json!({}));
    }
    let to = format!("/hostile/redirect-chain/{}", number - 1);
    answer(302, &[("location", &to)], "")
}

/// Three requests in a second, and it says so; the fourth is refused.
async fn limited(State(state): State<Shared>) -> Response {
    let mut state = state.lock().expect("whole");
    let visits = state.visits.entry("limited".to_owned()).or_default();
    *visits += 1;
    let left = 3_u32.saturating_sub(*visits);
    if *visits > 3 {
        return answer(429, &[("retry-after", "1")], "");
    }
    if left == 0 {
        *visits = 0;
    }
    let limit = format!("\"default\";r={left};t=1");
    answer(200, &[JSON, ("ratelimit", &limit)], "{}")
}

/// Says what nobody should write down.
async fn leaky() -> Response {
    reply(
        200,
        &json!({
            "password": "$2b$12$EixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lW",
            "card": "4111 1111 1111 1111",
            "number": 5_555_555_555_554_444_u64,
            "email": "jane.doe@mail.example.com",
            "jwt": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_w",
        }),
    )
}

async fn cookies() -> Response {
    answer(
        200,
        &[JSON, ("set-cookie", "sid=c00kie-of-acme; Path=/; HttpOnly")],
        "{}",
    )
}

/// Says back what it was asked, the credentials included.
async fn echo(method: Method, headers: HeaderMap, body: Bytes) -> Response {
    reply(
        200,
        &json!({
            "method": method.as_str(),
            "headers": super::written(&headers),
            "body": String::from_utf8_lossy(&body),
        }),
    )
}
