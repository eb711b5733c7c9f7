//! A token server, and a place that asks for its tokens.

use std::collections::BTreeMap;

use axum::{
    Form, Router,
    extract::State,
    http::HeaderMap,
    response::Response,
    routing::{get, post},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::json;

use super::{Shared, answer, json as reply, sleep};

/// The client that it knows.
pub(crate) const CLIENT: (&str, &str) = ("acme-client", "s3cr3t/of+acme");

/// All tokens, and how many of them are good no more.
#[derive(Debug, Default)]
pub(crate) struct Issued {
    tokens: Vec<String>,
    expired: usize,
}

impl Issued {
    pub(crate) const fn count(&self) -> usize {
        self.tokens.len()
    }

    pub(crate) const fn expire(&mut self) {
        self.expired = self.tokens.len();
    }
}

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/oauth/token", post(token))
        .route("/oauth/down", post(async || reply(503, &json!({}))))
        .route(
            "/oauth/refuses",
            post(async || reply(400, &json!({ "error": "invalid_scope" }))),
        )
        .route(
            "/oauth/html",
            post(async || answer(200, &[("content-type", "text/html")], "<html>")),
        )
        .route("/oauth/short", post(short))
        .route(
            "/oauth/no-token",
            post(async || reply(200, &json!({ "token_type": "Bearer" }))),
        )
        .route("/oauth/slow", post(slow))
        .route("/oauth/elsewhere", post(elsewhere))
        .route("/v1/protected", get(protected).post(protected))
}

/// Takes its time, so that others come while it is still asked.
async fn token(
    State(state): State<Shared>,
    headers: HeaderMap,
    Form(form): Form<BTreeMap<String, String>>,
) -> Response {
    sleep(50).await;
    let expected = STANDARD.encode(format!("{}:s3cr3t%2Fof%2Bacme", CLIENT.0));
    let sent = headers
        .get("authorization")
        .and_then(|value| value.to_str().ok());
    let known = sent == Some(&format!("Basic {expected}"));
    if !known || form.get("grant_type").map(String::as_str) != Some("client_credentials") {
        return reply(401, &json!({ "error": "invalid_client" }));
    }
    let mut state = state.lock().expect("whole");
    let token = format!("tok_live_{:04}_of_acme", state.tokens.count());
    state.tokens.tokens.push(token.clone());
    reply(
        200,
        &json!({ "access_token": token, "token_type": "Bearer", "expires_in": 3600 }),
    )
}

/// Tokens that are over as soon as they are there, and that nobody takes.
async fn short() -> Response {
    reply(
        200,
        &json!({ "access_token": "tok_short_of_acme", "token_type": "Bearer", "expires_in": 0 }),
    )
}

async fn slow() -> Response {
    sleep(60_000).await;
    reply(200, &json!({}))
}

/// Sends credentials on to somebody else.
async fn elsewhere() -> Response {
    answer(307, &[("location", "http://127.0.0.1:9/oauth/token")], "")
}

async fn protected(State(state): State<Shared>, headers: HeaderMap) -> Response {
    let sent = headers
        .get("authorization")
        .and_then(|value| value.to_str().ok());
    let state = state.lock().expect("whole");
    let good = &state.tokens.tokens[state.tokens.expired..];
    let token = sent.and_then(|value| value.strip_prefix("Bearer "));
    match token.filter(|token| good.iter().any(|good| good == token)) {
        // Some vendors say it back.
        Some(token) => reply(200, &json!({ "ok": true, "token": token })),
        None => reply(401, &json!({ "error": "invalid_token" })),
    }
}
