//! Payments as they should be, and two ways in which they should not.

use std::collections::BTreeMap;

use axum::{
    Router,
    body::Bytes,
    extract::{Path, Query, State},
    http::HeaderMap,
    response::Response,
    routing::{get, post},
};
use serde_json::{Value, json};

use super::{Shared, answer, json as reply};

/// All that was ever made.
#[derive(Debug, Default)]
pub(crate) struct Payments {
    made: Vec<Value>,
    /// By idempotency key: what was sent, and which payment it made.
    keys: BTreeMap<String, (Bytes, usize)>,
    exports: Vec<u32>,
}

impl Payments {
    pub(crate) const fn count(&self) -> usize {
        self.made.len()
    }

    fn make(&mut self, sent: &Value) -> usize {
        let number = self.made.len();
        self.made.push(json!({
            "id": format!("pay_{number}"),
            "amount": sent["amount"],
            "reference": sent["reference"],
            "status": "pending",
        }));
        number
    }
}

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/v1/payments", post(create).get(list))
        .route("/v1/payments/{id}", get(one).delete(cancel))
        .route("/v1/payments/{id}/cancel", post(cancel))
        .route("/v1/exports", post(export))
        .route("/v1/exports/{id}", get(exported))
        .route("/ignoring/payments", post(create_ignoring))
        .route("/repeating/payments", get(list_repeating))
}

fn problem(status: u16, code: &str) -> Response {
    let body = json!({ "status": status, "code": code, "title": code });
    let headers = [
        ("content-type", "application/problem+json"),
        ("x-request-id", "req-1"),
    ];
    answer(status, &headers, body.to_string())
}

async fn create(State(state): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let Ok(sent) = serde_json::from_slice::<Value>(&body) else {
        return problem(400, "no_json");
    };
    if !sent["amount"].is_u64() {
        return problem(422, "no_amount");
    }
    let mut state = state.lock().expect("whole");
    let payments = &mut state.payments;
    let key = headers
        .get("idempotency-key")
        .and_then(|key| key.to_str().ok());
    let number = match key.map(|key| (key, payments.keys.get(key).cloned())) {
        Some((_, Some((known, _)))) if known != body => return problem(422, "key_reused"),
        Some((_, Some((_, number)))) => number,
        Some((key, None)) => {
            let number = payments.make(&sent);
            payments.keys.insert(key.to_owned(), (body, number));
            number
        }
        None => payments.make(&sent),
    };
    reply(201, &payments.made[number])
}

/// Makes another one, whatever the key.
async fn create_ignoring(State(state): State<Shared>, body: Bytes) -> Response {
    let sent = serde_json::from_slice(&body).unwrap_or_default();
    let mut state = state.lock().expect("whole");
    let number = state.payments.make(&sent);
    reply(201, &state.payments.made[number])
}

async fn one(State(state): State<Shared>, Path(id): Path<String>) -> Response {
    let state = state.lock().expect("whole");
    let found = state
        .payments
        .made
        .iter()
        .find(|payment| payment["id"] == *id);
    found.map_or_else(|| problem(404, "no_payment"), |payment| reply(200, payment))
}

async fn cancel(State(state): State<Shared>, Path(id): Path<String>) -> Response {
    let mut state = state.lock().expect("whole");
    let made = &mut state.payments.made;
    let Some(payment) = made.iter_mut().find(|payment| payment["id"] == *id) else {
        return problem(404, "no_payment");
    };
    payment["status"] = json!("cancelled");
    reply(200, payment)
}

/// Three to a page unless asked otherwise; the cursor is the number of the next one.
async fn list(
    State(state): State<Shared>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    let number = |name: &str, otherwise| {
        let written = query.get(name).map(|text| text.parse::<usize>());
        written.and_then(Result::ok).unwrap_or(otherwise)
    };
    let (from, limit) = (number("cursor", 0), number("limit", 3).clamp(1, 100));
    let state = state.lock().expect("whole");
    let wanted = query.get("reference");
    let found: Vec<&Value> = state
        .payments
        .made
        .iter()
        .filter(|payment| wanted.is_none_or(|wanted| payment["reference"] == **wanted))
        .collect();
    let page: Vec<&Value> = found.iter().skip(from).take(limit).copied().collect();
    let next = (from + limit < found.len()).then(|| (from + limit).to_string());
    reply(200, &json!({ "data": page, "next_cursor": next }))
}

/// Always the same page and the same cursor.
async fn list_repeating() -> Response {
    reply(
        200,
        &json!({ "data": [{ "id": "pay_0" }], "next_cursor": "again" }),
    )
}

async fn export(State(state): State<Shared>) -> Response {
    let mut state = state.lock().expect("whole");
    state.payments.exports.push(0);
    let place = format!("/v1/exports/{}", state.payments.exports.len() - 1);
    let headers = [("content-type", "application/json"), ("location", &place)];
    answer(202, &headers, json!({ "status": "pending" }).to_string())
}

/// Done when it is asked for the third time.
async fn exported(State(state): State<Shared>, Path(id): Path<usize>) -> Response {
    let mut state = state.lock().expect("whole");
    let Some(visits) = state.payments.exports.get_mut(id) else {
        return problem(404, "no_export");
    };
    *visits += 1;
    if *visits < 3 {
        return reply(202, &json!({ "status": "pending" }));
    }
    reply(200, &json!({ "status": "done", "rows": 2 }))
}
