//! A payments vendor on this machine: well-behaved, hostile in every way that HTTP allows, or below it. It binds 127.0.0.1 on a free port and
//! counts everything that reaches it.

#![allow(dead_code, reason = "each test file uses its own part")]

mod hostile;
mod lies;
mod oauth;
mod payments;
mod raw;
mod tls;
#[path = "../../examples/sandbox/vendor.rs"]
pub(crate) mod vendor;
mod webhooks;

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::HeaderMap,
    middleware::{self, Next},
    response::Response,
};
use tokio::{net::TcpListener, runtime::Runtime};

pub(crate) use tls::{Authority, Certificate};

/// A server that runs until it is dropped.
pub(crate) struct Sandbox {
    pub(crate) address: SocketAddr,
    scheme: &'static str,
    state: Shared,
    _runtime: Runtime,
}

/// A request as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) method: String,
    /// With its query.
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Asked {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut named = self.headers.iter().filter(|(known, _)| known == name);
        named.next().map(|(_, value)| value.as_str())
    }
}

pub(crate) type Shared = Arc<Mutex<Vendor>>;

/// What the vendor knows.
#[derive(Debug, Default)]
pub(crate) struct Vendor {
    pub(crate) asked: Vec<Asked>,
    /// Connections, for what is below HTTP.
    pub(crate) connections: usize,
    pub(crate) payments: payments::Payments,
    pub(crate) tokens: oauth::Issued,
    /// How often each place was asked.
    pub(crate) visits: std::collections::BTreeMap<String, u32>,
}

impl Sandbox {
    /// Plain HTTP, with what takes long to make made.
    pub(crate) fn start_prepared() -> Self {
        hostile::prepare();
        Self::start()
    }

    /// Plain HTTP.
    pub(crate) fn start() -> Self {
        Self::serve("http", payments::routes(), Router::new(), plain)
    }

    /// The vendor of the README, whose contract is in `fixtures/probe`, with its books.
    pub(crate) fn start_acme(options: vendor::Options) -> (Self, vendor::Books) {
        let books = vendor::Books::default();
        let acme = vendor::routes(books.clone(), options);
        (Self::serve("http", Router::new(), acme, plain), books)
    }

    /// With TLS: this certificate, and clients that show one of this authority if it is given.
    pub(crate) fn start_tls(certificate: &Certificate, clients: Option<&Authority>) -> Self {
        let config = tls::config(certificate, clients);
        let serve = |listener, router| async move {
            let listener = tls::Listener::new(listener, config);
            axum::serve(listener, router).await.expect("serves");
        };
        Self::serve("https", payments::routes(), Router::new(), serve)
    }

    /// Below HTTP: bytes, or none, as the path asks.
    pub(crate) fn start_raw() -> Self {
        let (runtime, listener) = bind();
        let address = listener.local_addr().expect("bound");
        let state = Shared::default();
        runtime.spawn(raw::serve(listener, Arc::clone(&state)));
        Self {
            address,
            scheme: "http",
            state,
            _runtime: runtime,
        }
    }

    fn serve<F: Future<Output = ()> + Send + 'static>(
        scheme: &'static str,
        payments: Router<Shared>,
        others: Router,
        serve: impl FnOnce(TcpListener, Router) -> F,
    ) -> Self {
        let (runtime, listener) = bind();
        let address = listener.local_addr().expect("bound");
        let state = Shared::default();
        let router = Router::new()
            .merge(payments)
            .merge(hostile::routes())
            .merge(lies::routes())
            .merge(oauth::routes())
            .merge(webhooks::routes())
            .with_state(Arc::clone(&state))
            .merge(others)
            .layer(middleware::from_fn_with_state(Arc::clone(&state), note));
        runtime.spawn(serve(listener, router));
        Self {
            address,
            scheme,
            state,
            _runtime: runtime,
        }
    }

    /// `127.0.0.1:PORT`.
    pub(crate) fn host(&self) -> String {
        self.address.to_string()
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}://{}{path}", self.scheme, self.address)
    }

    /// Everything that reached it, in order.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.state.lock().expect("whole").asked.clone()
    }

    /// How many requests reached it.
    pub(crate) fn count(&self) -> usize {
        self.state.lock().expect("whole").asked.len()
    }

    pub(crate) fn connections(&self) -> usize {
        self.state.lock().expect("whole").connections
    }

    /// How many payments it has made.
    pub(crate) fn payments(&self) -> usize {
        self.state.lock().expect("whole").payments.count()
    }

    /// How many tokens it has issued.
    pub(crate) fn tokens(&self) -> usize {
        self.state.lock().expect("whole").tokens.count()
    }

    /// Lets every token expire.
    pub(crate) fn expire_tokens(&self) {
        self.state.lock().expect("whole").tokens.expire();
    }
}

async fn plain(listener: TcpListener, router: Router) {
    axum::serve(listener, router).await.expect("serves");
}

fn bind() -> (Runtime, TcpListener) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime");
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"));
    (runtime, listener.expect("a free port"))
}

/// Writes a request down before anybody answers it.
async fn note(State(state): State<Shared>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 1 << 20)
        .await
        .unwrap_or_default();
    let path = parts.uri.path_and_query().map_or("", |path| path.as_str());
    state.lock().expect("whole").asked.push(Asked {
        method: parts.method.to_string(),
        path: path.to_owned(),
        headers: written(&parts.headers),
        body: String::from_utf8_lossy(&body).into_owned(),
    });
    next.run(Request::from_parts(parts, Body::from(body))).await
}

fn written(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &axum::http::HeaderValue| value.to_str().unwrap_or("?").to_owned();
    headers
        .iter()
        .map(|(name, value)| (name.to_string(), text(value)))
        .collect()
}

/// An answer with these headers and this body.
fn answer(status: u16, headers: &[(&str, &str)], body: impl Into<Body>) -> Response {
    let mut builder = Response::builder().status(status);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder.body(body.into()).expect("valid headers")
}

fn json(status: u16, body: &serde_json::Value) -> Response {
    answer(
        status,
        &[("content-type", "application/json")],
        body.to_string(),
    )
}

async fn sleep(milliseconds: u64) {
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
}
