//! Sends a request to a host that was named, and reads the answer, both in bounded time and space.

use std::{
    future::poll_fn,
    net::IpAddr,
    pin::pin,
    task::Poll,
    time::{Duration, Instant},
};

use reqwest::{
    Certificate, Identity, Method, Url,
    header::{HeaderMap, HeaderName, HeaderValue},
    redirect, retry,
};
use tokio::{runtime::Runtime, time::timeout};

use super::{
    super::wire::allowed::{Host, spelled},
    connecting::{CONNECTION, Connection, Watching},
    diagnose::diagnose,
    fault::{Fault, FaultKind, SetupError},
    interrupt::Interrupt,
    message::{Incoming, Outgoing},
    names::Names,
    options::Options,
};

/// Headers that say where a request goes or where it ends: only the connection may write them.
const OWN: [&str; 6] = [
    "connection",
    "content-length",
    "host",
    "te",
    "transfer-encoding",
    "upgrade",
];

/// A client for the hosts that were named; several threads may share it.
#[derive(Debug)]
pub struct Client {
    hosts: Vec<Host>,
    plain_http: bool,
    largest: usize,
    http: reqwest::Client,
    runtime: Runtime,
}

impl Client {
    /// Makes a client that asks these hosts and no other, follows no redirect, tries nothing twice, and keeps no cookie.
    ///
    /// # Errors
    ///
    /// A host is none, or a certificate cannot be used.
    pub fn new(options: &Options) -> Result<Self, SetupError> {
        let mut hosts = Vec::new();
        for text in &options.hosts {
            let host = Host::parse(text).map_err(|_| SetupError::BadHost { text: text.clone() })?;
            hosts.push(host);
        }
        // Its own thread drives the connections: they notice that a server hangs up while nobody is sending.
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("network")
            .enable_all()
            .build()
            .map_err(|error| SetupError::Failed {
                why: error.to_string(),
            })?;
        Ok(Self {
            http: client(options, &hosts)?,
            hosts,
            plain_http: options.plain_http,
            largest: options.largest,
            runtime,
        })
    }

    /// Whether a URL may be asked at all.
    ///
    /// # Errors
    ///
    /// It is none, is on another host than those named, holds a password, or would go in plain text through the network.
    pub fn check(&self, url: &str) -> Result<(), Fault> {
        self.vet(url).map(|_| ())
    }

    /// Sends a request and reads its answer, whatever its status. A redirect is an answer.
    ///
    /// # Errors
    ///
    /// There is no answer, or none that is whole; nothing was sent when the kind is `NotAllowed`.
    pub fn send(&self, out: &Outgoing<'_>, interrupt: &Interrupt) -> Result<Incoming, Fault> {
        let request = self.request(out)?;
        let run_left = out.run_left.unwrap_or(Duration::MAX);
        let interrupted = || Fault::new(FaultKind::Interrupted, "the run was interrupted");
        self.runtime.block_on(async {
            let mut ended = pin!(timeout(run_left.min(out.within), self.exchange(request)));
            let ended = poll_fn(|context| {
                if interrupt.poll_beyond(out.tolerated, context).is_ready() {
                    return Poll::Ready(Err(interrupted()));
                }
                ended.as_mut().poll(context).map(Ok)
            });
            ended.await?.unwrap_or_else(|_| {
                Err(if run_left <= out.within {
                    Fault::new(FaultKind::TimeoutRun, "the run's time was over")
                } else {
                    let waited = out.within.as_millis();
                    let detail = format!("no complete answer within {waited} ms");
                    Fault::new(FaultKind::TimeoutResponse, detail)
                })
            })
        })
    }

    fn request(&self, out: &Outgoing<'_>) -> Result<reqwest::Request, Fault> {
        let refused = |detail: String| Fault::new(FaultKind::NotAllowed, detail);
        let url = self.vet(out.url)?;
        let method = Method::from_bytes(out.method.as_bytes())
            .map_err(|_| refused(format!("`{}` is not a method", out.method)))?;
        let mut request = reqwest::Request::new(method, url);
        for (name, value) in out.headers {
            let known = HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| refused(format!("`{name}` is not the name of a header")))?;
            if OWN.contains(&known.as_str()) {
                return Err(refused(format!(
                    "the header `{name}` is the connection's own"
                )));
            }
            // The value may be a secret.
            let value = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| {
                refused(format!(
                    "the header `{name}` has a value with a line break or a control character"
                ))
            })?;
            request.headers_mut().append(known, value);
        }
        *request.body_mut() = out.body.map(|body| body.to_vec().into());
        Ok(request)
    }

    fn vet(&self, url: &str) -> Result<Url, Fault> {
        let refused = |detail: &str| Fault::new(FaultKind::NotAllowed, detail);
        let url = Url::parse(url).map_err(|_| refused("the URL is none"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(refused("only http and https are asked"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refused("the URL holds a user name or a password"));
        }
        if !self.hosts.iter().any(|host| host.holds(&url)) {
            let host = spelled(&url);
            return Err(refused(&format!("`{host}` is not among the allowed hosts")));
        }
        if url.scheme() == "http" && !self.plain_http && !is_here(&url) {
            return Err(refused("plain http would show the request to the network"));
        }
        Ok(url)
    }

    async fn exchange(&self, request: reqwest::Request) -> Result<Incoming, Fault> {
        let sent = Instant::now();
        let connection = Connection::new(sent);
        let sending = CONNECTION.scope(connection.clone(), self.http.execute(request));
        let mut response = sending.await.map_err(diagnose)?;
        let mut incoming = Incoming {
            status: response.status().as_u16(),
            headers: written(response.headers()),
            connected: connection.made(),
            first_byte: sent.elapsed(),
            ..Incoming::default()
        };
        let ended = self.read(&mut response, &mut incoming).await;
        incoming.total = sent.elapsed();
        match ended {
            Ok(()) => Ok(incoming),
            Err(error) => Err(Fault {
                partial: Some(Box::new(incoming)),
                ..diagnose(error)
            }),
        }
    }

    /// Reads to the end or to the cap, a chunk at a time: what a few bytes unpack to is never in memory at once.
    async fn read(
        &self,
        response: &mut reqwest::Response,
        incoming: &mut Incoming,
    ) -> Result<(), reqwest::Error> {
        while let Some(chunk) = response.chunk().await? {
            let room = self.largest - incoming.body.len();
            incoming
                .body
                .extend_from_slice(&chunk[..chunk.len().min(room)]);
            if chunk.len() > room {
                incoming.truncated = true;
                return Ok(());
            }
        }
        Ok(())
    }
}

fn client(options: &Options, hosts: &[Host]) -> Result<reqwest::Client, SetupError> {
    let bad = |what| {
        move |error: reqwest::Error| {
            let why = diagnose(error).detail;
            SetupError::BadCertificate {
                what,
                // What rustls says of everything that it has no kind for.
                why: why.trim_start_matches("unexpected error: ").to_owned(),
            }
        }
    };
    // Another provider that is already installed does as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let names = hosts.iter().map(|host| host.name().to_owned());
    let mut builder = reqwest::Client::builder()
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        .connect_timeout(options.connect)
        .connector_layer(Watching)
        .user_agent(concat!("contract/", env!("CARGO_PKG_VERSION")))
        .dns_resolver(Names {
            allowed: (!options.environment_proxy).then(|| names.collect()),
        });
    if !options.environment_proxy {
        builder = builder.no_proxy();
    }
    if let Some(pem) = &options.identity {
        let identity = Identity::from_pem(pem).map_err(bad("client certificate"))?;
        builder = builder.identity(identity);
    }
    if let Some(pem) = &options.authorities {
        let authorities =
            Certificate::from_pem_bundle(pem).map_err(bad("certificate authority"))?;
        builder = builder.tls_certs_merge(authorities);
    }
    builder.build().map_err(|error| SetupError::Failed {
        why: diagnose(error).detail,
    })
}

/// Whether the host is this machine, so that nobody on the way can listen.
fn is_here(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

/// Headers as text; one that is no UTF-8 is read as Latin-1, as HTTP once said.
fn written(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .iter()
        .map(|(name, value)| {
            let bytes = value.as_bytes();
            let value = str::from_utf8(bytes).map_or_else(
                |_| bytes.iter().map(|byte| char::from(*byte)).collect(),
                str::to_owned,
            );
            (name.as_str().to_owned(), value)
        })
        .collect()
}
