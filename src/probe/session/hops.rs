//! One attempt: a request, and where the server sends it on to.

use std::{collections::BTreeMap, time::Duration};

use secrecy::SecretString;
use url::Url;

use super::{Fell, Line, Session};
use crate::probe::{
    environment::host,
    exchange::{Blame, FailureKind, Redirects, Request, Response},
    identity::Stamp,
    polite::{Quota, is_later},
};
use crate::world::http::Outgoing;

/// Beyond these it leads nowhere.
const MOST_REDIRECTS: usize = 5;

/// What came of an attempt.
pub(super) struct Hopped {
    /// How long it was held back.
    pub(super) held: Duration,
    /// Anything was sent at all.
    pub(super) sent: bool,
    /// Where it was sent on to.
    pub(super) redirects: Vec<String>,
    /// What came back in the end.
    pub(super) ended: Result<Response, Fell>,
}

impl Session {
    /// Sends a request, and follows where it is sent on to.
    pub(super) fn hop(
        &self,
        line: &Line,
        request: &Request,
        tokens: &BTreeMap<String, SecretString>,
        nonce: &str,
    ) -> Hopped {
        let mut hopped = Hopped {
            held: Duration::ZERO,
            sent: false,
            redirects: Vec::new(),
            ended: Err(Fell::new(FailureKind::RedirectLoop, "it was not sent")),
        };
        let mut asked = request.clone();
        let mut seen = vec![(asked.method.clone(), asked.url.clone())];
        loop {
            let ended = self.once(line, &asked, tokens, nonce, &mut hopped);
            let response = match ended {
                Ok(response) => response,
                Err(fell) => {
                    hopped.ended = Err(fell);
                    return hopped;
                }
            };
            let next = match request.redirects {
                Redirects::Stay => None,
                Redirects::Follow => onward(&asked, &response),
            };
            let Some(next) = next else {
                hopped.ended = whole(response, &asked.method);
                return hopped;
            };
            let stop = |kind, detail: String| Fell {
                response: Some(Box::new(response.clone())),
                ..Fell::new(kind, detail)
            };
            let next = match next {
                Ok(next) => next,
                Err(why) => {
                    hopped.ended = Err(stop(FailureKind::Malformed, why));
                    return hopped;
                }
            };
            let status = response.status;
            let refused = if leaves_https(&asked.url, &next.url) {
                Some("the redirect leaves https".to_owned())
            } else {
                let checked = line.transport.check(&next.url).err();
                checked.map(|failure| {
                    format!(
                        "the redirect ({status}) is not followed: {}",
                        failure.detail
                    )
                })
            };
            if let Some(why) = refused {
                hopped.ended = Err(stop(FailureKind::RedirectOffHost, why));
                return hopped;
            }
            let place = (next.method.clone(), next.url.clone());
            if seen.contains(&place) {
                let why = "the server points back to where it pointed away from".to_owned();
                hopped.ended = Err(stop(FailureKind::RedirectLoop, why));
                return hopped;
            }
            if hopped.redirects.len() == MOST_REDIRECTS {
                let why = format!("the server points elsewhere more than {MOST_REDIRECTS} times");
                hopped.ended = Err(stop(FailureKind::RedirectLoop, why));
                return hopped;
            }
            seen.push(place);
            hopped.redirects.push(next.url.clone());
            asked = next;
        }
    }

    /// Sends once, when its turn comes.
    fn once(
        &self,
        line: &Line,
        request: &Request,
        tokens: &BTreeMap<String, SecretString>,
        nonce: &str,
        hopped: &mut Hopped,
    ) -> Result<Response, Fell> {
        let name = host(&request.url).unwrap_or_default();
        hopped.held += self.take_turn(line, &name, &request.operation)?;
        let stamp = Stamp {
            timestamp: line.clock.now().as_second(),
            nonce: nonce.to_owned(),
        };
        let dressed = line.identity.dress(request, tokens, &stamp);
        let out = Outgoing {
            method: &request.method,
            url: &dressed.url,
            headers: &dressed.headers,
            body: request.body.as_deref(),
            within: line.environment.timeouts.response,
            run_left: self.left(line),
            tolerated: self.tolerated_by(request),
        };
        let ended = {
            let _pass = line.gate.enter();
            line.transport.send(&out, &self.shared.interrupt)
        };
        let kind = ended.as_ref().err().map(|fell| fell.failure.kind);
        hopped.sent |= kind != Some(FailureKind::NotAllowed);
        self.learn(line, &name, &ended);
        ended
    }

    /// Remembers what an answer, or the lack of one, says about the vendor.
    fn learn(&self, line: &Line, host: &str, ended: &Result<Response, Fell>) {
        let now = line.clock.elapsed();
        let mut state = self.state();
        if let Ok(response) = ended {
            let quota = Quota::of(response, line.clock.now());
            state.pace.heed(now, host, quota);
        }
        let Some(breaker) = state.breakers.get_mut(host) else {
            return;
        };
        match ended {
            Ok(response)
                if response.status >= 500 && is_later(&line.environment.retry, response.status) =>
            {
                breaker.failed(now);
            }
            Ok(_) => breaker.succeeded(),
            Err(fell) => match fell.failure.kind.blame() {
                Blame::Vendor => breaker.failed(now),
                Blame::Configuration | Blame::Run => {}
            },
        }
    }
}

/// The request that a redirect asks for, if the answer is one (RFC 9110, 15.4).
fn onward(asked: &Request, response: &Response) -> Option<Result<Request, String>> {
    let rewrites = match response.status {
        301 | 302 => asked.method == "POST",
        303 => asked.method != "GET" && asked.method != "HEAD",
        307 | 308 => false,
        _ => return None,
    };
    let location = response.header("location")?;
    let from = Url::parse(&asked.url).ok()?;
    let Ok(to) = from.join(location) else {
        return Some(Err(
            "the server points to something that is no URL".to_owned()
        ));
    };
    let mut next = asked.clone();
    if rewrites {
        "GET".clone_into(&mut next.method);
        next.body = None;
        next.headers
            .retain(|(name, _)| !name.to_ascii_lowercase().starts_with("content-"));
    }
    next.point_to(to);
    Some(Ok(next))
}

fn leaves_https(from: &str, to: &str) -> bool {
    from.starts_with("https:") && !to.starts_with("https:")
}

/// An answer that is there to its end. A text that begins as JSON and ends in its middle was cut off where nobody noticed; what is no JSON at
/// all is whole, and a finding for the checks.
fn whole(response: Response, method: &str) -> Result<Response, Fell> {
    let fell = |kind, detail: String, response| {
        Err(Fell {
            response: Some(Box::new(response)),
            ..Fell::new(kind, detail)
        })
    };
    if response.truncated {
        let kept = response.body.len();
        let detail = format!("the body is larger than {kept} bytes");
        return fell(FailureKind::TooLarge, detail, response);
    }
    // What was asked for is decoded by now, and its header is gone.
    let encoding = response.header("content-encoding").map(str::trim);
    if let Some(encoding) = encoding
        && !matches!(encoding, "" | "identity")
        && !response.body.is_empty()
    {
        let detail = format!("the body is encoded as `{encoding}`, which was not asked for");
        return fell(FailureKind::Malformed, detail, response);
    }
    let is_json = response
        .media_type()
        .is_some_and(|kind| kind.ends_with("/json") || kind.ends_with("+json"));
    if is_json && method != "HEAD" && !response.body.trim_ascii().is_empty() {
        let read = serde_json::from_slice::<serde::de::IgnoredAny>(&response.body);
        if read.is_err_and(|error| error.is_eof()) {
            let detail = "the body is JSON that ends in its middle".to_owned();
            return fell(FailureKind::Malformed, detail, response);
        }
    }
    Ok(response)
}
