//! Fetches a document from a host that was named, and from no other place.

use std::{
    io::Read,
    net::{SocketAddr, ToSocketAddrs},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use reqwest::{
    Url,
    blocking::{Client, Response},
    header::LOCATION,
    redirect::Policy,
};

use super::{
    super::error::USAGE,
    address::is_public,
    allowed::{Host, spelled},
    error::WireError,
};

/// From the first question to the last byte, redirects included.
const LONGEST: Duration = Duration::from_secs(30);
/// Of the document, after decompression.
const LARGEST: u64 = 64 << 20;
/// A canonical URL is at most a scheme, a host, and a version away.
const MOST_REDIRECTS: usize = 3;

/// The network, for the hosts that were named.
#[derive(Debug)]
pub struct Wire {
    hosts: Vec<Host>,
    loopback: bool,
    largest: u64,
    longest: Duration,
}

impl Wire {
    /// Allows these hosts, each `HOST` (on its scheme's own port) or `HOST:PORT`, when they have public addresses.
    ///
    /// # Errors
    ///
    /// A name that is no host is refused.
    pub fn new(hosts: &[String]) -> Result<Self, WireError> {
        let hosts = hosts.iter().map(|host| Host::parse(host));
        Ok(Self {
            hosts: hosts.collect::<Result<_, _>>()?,
            loopback: false,
            largest: LARGEST,
            longest: LONGEST,
        })
    }

    /// Also allows this machine's own addresses, for tests.
    #[must_use]
    pub fn with_loopback(mut self) -> Self {
        self.loopback = true;
        self
    }

    /// Reads at most this many bytes of a document.
    #[must_use]
    pub fn with_largest(mut self, bytes: u64) -> Self {
        self.largest = bytes;
        self
    }

    /// Waits at most this long for a document, redirects included.
    #[must_use]
    pub fn with_longest(mut self, wait: Duration) -> Self {
        self.longest = wait;
        self
    }

    /// Whether the URL's host was named.
    #[must_use]
    pub fn allows(&self, url: &str) -> bool {
        Url::parse(url).is_ok_and(|url| self.check(&url).is_ok())
    }

    /// Fetches a document.
    ///
    /// # Errors
    ///
    /// The host was not named, or its address is not public, or the server sends the reader to such a place; the document is
    /// too large; or there is no answer in time.
    pub fn fetch(&self, url: &str) -> Result<Vec<u8>, WireError> {
        let deadline = Instant::now() + self.longest;
        let parsed = Url::parse(url).map_err(|_| WireError::BadUrl {
            url: url.to_owned(),
            why: "it is not a URL",
        })?;
        let mut at = parsed.clone();
        for _ in 0..=MOST_REDIRECTS {
            let response = self.ask(&at, deadline).map_err(|error| {
                if at == parsed {
                    error
                } else {
                    redirected(url, &at, error)
                }
            })?;
            let status = response.status();
            if status.is_redirection()
                && let Some(to) = response.headers().get(LOCATION)
            {
                at = next(&at, to.as_bytes()).map_err(|why| WireError::Redirect {
                    url: url.to_owned(),
                    to: String::from_utf8_lossy(to.as_bytes()).into_owned(),
                    why: why.to_owned(),
                })?;
                continue;
            }
            if !status.is_success() {
                return Err(WireError::Status {
                    url: url.to_owned(),
                    status: status.as_u16(),
                });
            }
            return self.read(url, response, deadline);
        }
        Err(WireError::Redirect {
            url: url.to_owned(),
            to: at.to_string(),
            why: format!("more than {MOST_REDIRECTS} redirects"),
        })
    }

    fn ask(&self, url: &Url, deadline: Instant) -> Result<Response, WireError> {
        self.check(url)?;
        let failed = |why: String| WireError::Failed {
            url: url.to_string(),
            why,
        };
        let addresses = resolve(url, left(deadline)).map_err(failed)?;
        for address in &addresses {
            let ip = address.ip();
            let fine = is_public(ip) || (self.loopback && ip.is_loopback());
            if !fine {
                return Err(WireError::NotPublic {
                    url: url.to_string(),
                    address: ip.to_string(),
                });
            }
        }
        // Another provider that is already installed does as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .no_proxy()
            .referer(false)
            .redirect(Policy::none())
            .timeout(left(deadline))
            .user_agent(concat!("contract/", env!("CARGO_PKG_VERSION")))
            // Pinned, or a second answer of the name server could lead elsewhere than the one that was vetted.
            .resolve_to_addrs(url.host_str().unwrap_or_default(), &addresses)
            .build()
            .map_err(|error| failed(innermost(&error)))?;
        let request = client.get(url.clone());
        request.send().map_err(|error| failed(innermost(&error)))
    }

    fn check(&self, url: &Url) -> Result<(), WireError> {
        let bad = |why| WireError::BadUrl {
            url: url.to_string(),
            why,
        };
        if !matches!(url.scheme(), "http" | "https") {
            return Err(bad("only http and https are"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            let mut url = url.clone();
            // Neither can fail on a URL that has a host, and both keep the secret out of reports.
            let _ = (url.set_username(""), url.set_password(None));
            return Err(WireError::BadUrl {
                url: url.to_string(),
                why: "it holds a user name or a password",
            });
        }
        if !self.hosts.iter().any(|host| host.holds(url)) {
            return Err(WireError::NotAllowed {
                url: url.to_string(),
                host: spelled(url),
            });
        }
        Ok(())
    }

    fn read(&self, url: &str, response: Response, deadline: Instant) -> Result<Vec<u8>, WireError> {
        let mut body = response.take(self.largest + 1);
        let mut bytes = Vec::new();
        let mut chunk = vec![0; 1 << 16];
        let failed = |why: String| WireError::Failed {
            url: url.to_owned(),
            why,
        };
        loop {
            // The client's own limit is for each read: a server that drips would never meet it.
            if left(deadline).is_zero() {
                return Err(failed("it took too long".to_owned()));
            }
            let count = body
                .read(&mut chunk)
                .map_err(|error| failed(innermost(&error)))?;
            if count == 0 {
                return Ok(bytes);
            }
            bytes.extend_from_slice(&chunk[..count]);
            if bytes.len() as u64 > self.largest {
                return Err(WireError::TooLarge {
                    url: url.to_owned(),
                    limit: self.largest,
                });
            }
        }
    }
}

fn left(deadline: Instant) -> Duration {
    deadline.saturating_duration_since(Instant::now())
}

/// All addresses of the URL's host. The system's resolver knows no deadline, so it is left behind when it takes too long.
fn resolve(url: &Url, longest: Duration) -> Result<Vec<SocketAddr>, String> {
    let host = url.host_str().unwrap_or_default();
    let host = host
        .trim_start_matches('[')
        .trim_end_matches(']')
        .to_owned();
    let port = url.port_or_known_default().unwrap_or(443);
    let (answer, wait) = mpsc::channel();
    thread::spawn(move || {
        let addresses = (host.as_str(), port).to_socket_addrs();
        // Nobody waits any more once the time is up.
        let _ = answer.send(addresses.map(Iterator::collect::<Vec<_>>));
    });
    match wait.recv_timeout(longest) {
        Ok(Ok(addresses)) if addresses.is_empty() => Err("its host has no address".to_owned()),
        Ok(Ok(addresses)) => Ok(addresses),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("looking its host up took too long".to_owned()),
    }
}

fn next(at: &Url, to: &[u8]) -> Result<Url, &'static str> {
    let to = str::from_utf8(to).map_err(|_| "it is not a URL")?;
    let to = at.join(to).map_err(|_| "it is not a URL")?;
    if at.scheme() == "https" && to.scheme() != "https" {
        return Err("it leaves https");
    }
    Ok(to)
}

/// What went wrong on the second leg is the redirect's fault, unless the network is.
fn redirected(url: &str, to: &Url, error: WireError) -> WireError {
    if error.exit_code() != USAGE {
        return error;
    }
    WireError::Redirect {
        url: url.to_owned(),
        to: to.to_string(),
        why: match error {
            WireError::NotAllowed { host, .. } => format!("{host} was not allowed"),
            error => error.to_string(),
        },
    }
}

/// The last cause says what happened; those around it say only that something did.
fn innermost(error: &dyn std::error::Error) -> String {
    let mut error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}
