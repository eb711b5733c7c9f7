//! A payments vendor, as good or as bad as its options say: `fixtures/probe` is its contract.

#![allow(dead_code, reason = "the example and the tests use parts of their own")]

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Path, Query, Request, State},
    http::HeaderMap,
    middleware::{self, Next},
    response::Response,
    routing::get,
};
use serde_json::{Value, json};

/// What kind of vendor it is.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own on the command line"
)]
pub(crate) struct Options {
    /// Requests have to carry this key in `X-Acme-Key`.
    pub(crate) key: Option<String>,
    /// The same `Idempotency-Key` makes one payment, and not two.
    pub(crate) honour_keys: bool,
    /// Pages end; else the last one points to itself.
    pub(crate) pages_end: bool,
    /// `GET /v1/status` tells what the service is set to.
    pub(crate) config: bool,
    /// Amounts are numbers, as the contract says; else texts.
    pub(crate) amounts_are_numbers: bool,
    /// How long every answer takes.
    pub(crate) delay: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            key: None,
            honour_keys: true,
            pages_end: true,
            config: false,
            amounts_are_numbers: true,
            delay: Duration::ZERO,
        }
    }
}

/// The vendor's memory; clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Books(Arc<Mutex<Payments>>);

#[derive(Debug, Default)]
struct Payments {
    /// How many were ever made.
    made: u64,
    /// Those that are not deleted, by their number.
    kept: BTreeMap<u64, Value>,
    /// By idempotency key: what was sent, and which payment it made.
    keys: BTreeMap<String, (Bytes, u64)>,
}

impl Books {
    /// How many payments were ever made.
    pub(crate) fn made(&self) -> u64 {
        self.open().made
    }

    /// The references of all payments that are not deleted.
    pub(crate) fn references(&self) -> Vec<String> {
        let books = self.open();
        let all = books.kept.values();
        all.map(|payment| payment["reference"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    fn open(&self) -> MutexGuard<'_, Payments> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Clone)]
struct Vendor {
    books: Books,
    options: Arc<Options>,
}

/// Everything below `/v1`.
pub(crate) fn routes(books: Books, options: Options) -> Router {
    let vendor = Vendor {
        books,
        options: Arc::new(options),
    };
    Router::new()
        .route("/v1/payments", get(list).post(create))
        .route("/v1/payments/{id}", get(one).delete(delete))
        .layer(middleware::from_fn_with_state(vendor.clone(), door))
        .route("/v1/status", get(status))
        .with_state(vendor)
}

/// Lets in who has the key, after a while.
async fn door(State(vendor): State<Vendor>, request: Request, next: Next) -> Response {
    if !vendor.options.delay.is_zero() {
        tokio::time::sleep(vendor.options.delay).await;
    }
    let sent = request.headers().get("x-acme-key");
    let sent = sent.and_then(|key| key.to_str().ok());
    match &vendor.options.key {
        Some(key) if sent != Some(key) => problem(401, "no_key"),
        _ => next.run(request).await,
    }
}

async fn status(State(vendor): State<Vendor>) -> Response {
    let mut body = json!({ "status": "well" });
    if vendor.options.config {
        body["config"] = json!({ "region": "eu", "retries": 3 });
    }
    reply(200, &body)
}

async fn create(State(vendor): State<Vendor>, headers: HeaderMap, body: Bytes) -> Response {
    let Ok(sent) = serde_json::from_slice::<Value>(&body) else {
        return problem(400, "no_json");
    };
    if !sent["amount"].is_u64() {
        return problem(422, "no_amount");
    }
    let key = headers.get("idempotency-key");
    let key = key.and_then(|key| key.to_str().ok());
    let key = key.filter(|_| vendor.options.honour_keys);
    let mut books = vendor.books.open();
    if let Some((known, number)) = key.and_then(|key| books.keys.get(key).cloned()) {
        if known != body {
            return problem(422, "key_reused");
        }
        return match books.kept.get(&number) {
            Some(payment) => reply(201, payment),
            None => problem(410, "payment_deleted"),
        };
    }
    let number = books.made;
    books.made += 1;
    let amount = if vendor.options.amounts_are_numbers {
        sent["amount"].clone()
    } else {
        Value::from(sent["amount"].to_string())
    };
    let payment = json!({
        "id": format!("pay_{number}"),
        "amount": amount,
        "currency": sent["currency"],
        "reference": sent["reference"].as_str().unwrap_or_default(),
        "status": "pending",
        "created": "2026-11-20T09:30:00Z",
    });
    books.kept.insert(number, payment.clone());
    if let Some(key) = key {
        books.keys.insert(key.to_owned(), (body, number));
    }
    reply(201, &payment)
}

/// Twenty to a page unless asked otherwise; the cursor is the number of the next payment.
async fn list(
    State(vendor): State<Vendor>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    let number = |name: &str| query.get(name).and_then(|text| text.parse::<u64>().ok());
    let (from, limit) = (number("cursor").unwrap_or(0), number("limit").unwrap_or(20));
    let wanted = query.get("reference");
    let books = vendor.books.open();
    let mut found = books
        .kept
        .range(from..)
        .filter(|(_, payment)| wanted.is_none_or(|wanted| payment["reference"] == **wanted));
    let most = usize::try_from(limit).unwrap_or(20).clamp(1, 100);
    let page: Vec<&Value> = found.by_ref().take(most).map(|(_, one)| one).collect();
    let next = match found.next() {
        Some((number, _)) => Some(number.to_string()),
        None if vendor.options.pages_end => None,
        None => Some(from.to_string()),
    };
    reply(200, &json!({ "data": page, "next_cursor": next }))
}

async fn one(State(vendor): State<Vendor>, Path(id): Path<String>) -> Response {
    let books = vendor.books.open();
    match number(&id).and_then(|number| books.kept.get(&number)) {
        Some(payment) => reply(200, payment),
        None => problem(404, "no_payment"),
    }
}

async fn delete(State(vendor): State<Vendor>, Path(id): Path<String>) -> Response {
    let mut books = vendor.books.open();
    match number(&id).and_then(|number| books.kept.remove(&number)) {
        Some(_) => answer(204, &[], Body::empty()),
        None => problem(404, "no_payment"),
    }
}

fn number(id: &str) -> Option<u64> {
    id.strip_prefix("pay_")?.parse().ok()
}

fn problem(status: u16, code: &str) -> Response {
    let body = json!({ "status": status, "code": code, "title": code });
    let headers = [("content-type", "application/problem+json")];
    answer(status, &headers, Body::from(body.to_string()))
}

fn reply(status: u16, body: &Value) -> Response {
    let headers = [("content-type", "application/json")];
    answer(status, &headers, Body::from(body.to_string()))
}

fn answer(status: u16, headers: &[(&str, &str)], body: Body) -> Response {
    let mut builder = Response::builder().status(status);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder.body(body).expect("headers of our own are valid")
}
