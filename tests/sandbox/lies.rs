//! Answers that are well-formed, and not true, or not what the contract says.

use std::collections::BTreeMap;

use axum::{
    Router,
    extract::{Path, Query, State},
    response::Response,
    routing::{any, get, post},
};
use serde_json::{Value, json};

use super::{Shared, answer, json as reply, sleep};

const JSON: (&str, &str) = ("content-type", "application/json");

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/lies/things", post(make).get(list))
        .route(
            "/lies/things/{id}",
            get(thing).delete(async || answer(204, &[], "")),
        )
        .route("/lies/invisible", post(make))
        .route("/lies/invisible/{id}", any(async || problem()))
        .route("/lies/silent", post(silent))
        .route("/lies/endless", get(endless))
        .route(
            "/lies/losing",
            post(make).get(async || reply(200, &json!({ "data": [{ "id": "own" }] }))),
        )
        .route("/lies/linked", get(linked))
        .route("/lies/accepted", post(accepted))
        .route(
            "/lies/jobs/{id}",
            get(async || answer(202, &[JSON, ("location", "/lies/jobs/0")], "{}")),
        )
        .route("/lies/slow", get(slow))
        .route(
            "/lies/extra",
            get(async || reply(200, &json!({ "id": "a", "extra": { "deep": 1 } }))),
        )
        .route(
            "/lies/null",
            get(async || reply(200, &json!({ "id": null }))),
        )
        .route("/lies/missing", get(async || reply(200, &json!({}))))
        .route(
            "/lies/no-limit",
            get(async || answer(200, &[JSON, ("x-limit", "many")], "{\"id\":\"a\"}")),
        )
        .route(
            "/lies/error",
            get(async || reply(400, &json!({ "message": "it did not work" }))),
        )
        .route(
            "/lies/open",
            get(async || reply(200, &json!({ "id": "a" }))),
        )
}

fn problem() -> Response {
    let headers = [("content-type", "application/problem+json")];
    answer(404, &headers, json!({ "code": "none" }).to_string())
}

fn count(state: &Shared, name: &str) -> u32 {
    let mut state = state.lock().expect("whole");
    let visits = state.visits.entry(name.to_owned()).or_default();
    *visits += 1;
    *visits
}

/// Makes another thing, whatever the key and whatever is sent.
async fn make(State(state): State<Shared>) -> Response {
    let number = count(&state, "things");
    reply(201, &json!({ "id": format!("thing_{number}") }))
}

/// All things that were ever made, the removed ones too, each of them twice.
async fn list(State(state): State<Shared>) -> Response {
    let made = state.lock().expect("whole").visits.get("things").copied();
    let things = 1..=made.unwrap_or_default();
    let things = things.flat_map(|number| [number, number]);
    let data: Vec<Value> = things
        .map(|number| json!({ "id": format!("thing_{number}") }))
        .collect();
    reply(200, &json!({ "data": data }))
}

/// Is there for ever.
async fn thing(Path(id): Path<String>) -> Response {
    reply(200, &json!({ "id": id }))
}

/// Makes something, and never says so.
async fn silent(State(state): State<Shared>) -> Response {
    count(&state, "silent");
    sleep(60_000).await;
    reply(201, &json!({}))
}

/// Always another page.
async fn endless(Query(query): Query<BTreeMap<String, String>>) -> Response {
    let from: u32 = query
        .get("cursor")
        .and_then(|text| text.parse().ok())
        .unwrap_or_default();
    reply(
        200,
        &json!({ "data": [{ "id": format!("thing_{from}") }], "next": (from + 1).to_string() }),
    )
}

/// The next page is wherever it was asked to be.
async fn linked(Query(query): Query<BTreeMap<String, String>>) -> Response {
    let link = format!(
        "<{}>; rel=\"next\"",
        query.get("to").map_or("", String::as_str)
    );
    answer(
        200,
        &[JSON, ("link", &link)],
        json!({ "data": [{ "id": "a" }] }).to_string(),
    )
}

/// Whether it is done is told wherever it was asked to be.
async fn accepted(Query(query): Query<BTreeMap<String, String>>) -> Response {
    let place = query.get("to").map_or("/lies/jobs/0", String::as_str);
    answer(202, &[JSON, ("location", place)], "{}")
}

async fn slow() -> Response {
    sleep(60).await;
    reply(200, &json!({ "id": "a" }))
}
