//! All attempts at a request, until there is an answer or no hope for one.

use std::time::Duration;

use sha2::{Digest, Sha256};

use super::{Fell, Line, Session, transport::micros, wait::interrupted};
use crate::probe::{
    environment::host,
    exchange::{Attempt, Ended, Failure, FailureKind, Outcome, Request, Response, Then},
    identity::hex,
    polite::{Decision, Rng, Tried, decide},
};

impl Session {
    /// Tries until it is done, and tells each attempt.
    pub(super) fn attempts(
        &self,
        line: &Line,
        request: &Request,
        ordinal: u32,
    ) -> (Vec<Attempt>, Outcome) {
        let number = ordinal.to_string();
        let names = [request.operation.as_str(), &request.step, &number];
        let mut rng = Rng::of(line.settings.seed, &names);
        let mut attempts = Vec::new();
        let mut waited = Duration::ZERO;
        // A token that is refused costs no attempt, once.
        let (mut tries, mut renewed) = (0, false);
        loop {
            if self.is_interrupted() {
                return (attempts, failed(interrupted()));
            }
            let tokens = match self.tokens(line, request) {
                Ok(tokens) => tokens,
                Err(fell) => return (attempts, failed(fell)),
            };
            let at = line.clock.elapsed();
            let nonce = self.nonce(line, &names, attempts.len());
            let hopped = self.hop(line, request, &tokens, &nonce);
            tries += 1;
            let mut attempt = Attempt {
                at: micros(at + hopped.held),
                held: micros(hopped.held),
                redirects: hopped.redirects,
                ended: match &hopped.ended {
                    Ok(response) => Ended::Status(response.status),
                    Err(fell) => Ended::Failed(fell.failure.clone()),
                },
                then: Then::Done,
            };
            if !hopped.sent {
                return (attempts, outcome(hopped.ended));
            }
            if let Ok(response) = &hopped.ended
                && response.status == 401
                && !tokens.is_empty()
                && !renewed
            {
                (renewed, tries) = (true, tries - 1);
                Self::refuse(line, &tokens);
                attempt.then = Then::Retried {
                    after: 0,
                    why: "the token was refused".to_owned(),
                };
                attempts.push(attempt);
                continue;
            }
            let tried = Tried {
                request,
                attempts: tries,
                waited,
                ended: hopped.ended.as_ref().map_err(|fell| &fell.failure),
                now: line.clock.now(),
            };
            let decision = decide(&line.environment.retry, tried, &mut rng);
            match decision {
                Decision::Done => {
                    attempts.push(attempt);
                    return (attempts, outcome(hopped.ended));
                }
                Decision::GiveUp { why, closed } => {
                    self.leave_alone(line, request, closed);
                    attempt.then = Then::GaveUp { why: why.clone() };
                    attempts.push(attempt);
                    return (attempts, gave_up(hopped.ended, why));
                }
                Decision::Retry { after, why } => {
                    if let Ok(response) = &hopped.ended
                        && response.header("retry-after").is_some()
                    {
                        self.leave_alone(line, request, Some(after));
                    }
                    if let Some(end) = self.no_more(line, request, after) {
                        let why = format!("{why}, and {end}");
                        attempt.then = Then::GaveUp { why: why.clone() };
                        attempts.push(attempt);
                        return (attempts, gave_up(hopped.ended, why));
                    }
                    attempt.then = Then::Retried {
                        after: micros(after),
                        why,
                    };
                    attempts.push(attempt);
                    if let Err(fell) = self.pause(line, after) {
                        return (attempts, failed(fell));
                    }
                    waited += after;
                }
            }
        }
    }

    /// Why another attempt, though it would be worth it, is not made.
    fn no_more(&self, line: &Line, request: &Request, after: Duration) -> Option<String> {
        if self.left(line).is_some_and(|left| left < after) {
            return Some("the run's time would be over before the next attempt".to_owned());
        }
        let now = line.clock.elapsed() + after;
        let host = host(&request.url)?;
        let open = {
            let state = self.state();
            let breaker = state.breakers.get(&host);
            breaker.is_some_and(|breaker| breaker.is_open(now))
        };
        (open && !self.cleans)
            .then(|| "the vendor failed too often in a row to be asked again now".to_owned())
    }

    /// Heeds that a vendor wants to be left alone, for all who ask it.
    fn leave_alone(&self, line: &Line, request: &Request, closed: Option<Duration>) {
        if let (Some(closed), Some(host)) = (closed, host(&request.url)) {
            let until = line.clock.elapsed() + closed;
            self.state().pace.close(&host, until);
        }
    }

    /// Unlike any other: by the run, the exchange, the attempt, and the time.
    fn nonce(&self, line: &Line, names: &[&str], attempt: usize) -> String {
        let mut hash = Sha256::new();
        for name in names {
            hash.update(name.as_bytes());
            hash.update([0xff]);
        }
        hash.update(line.settings.seed.to_be_bytes());
        hash.update(attempt.to_be_bytes());
        hash.update(line.clock.now().as_nanosecond().to_be_bytes());
        hash.update(self.shared.base.as_bytes());
        hex(&hash.finalize()[..16])
    }
}

fn outcome(ended: Result<Response, Fell>) -> Outcome {
    match ended {
        Ok(response) => Outcome::Answered(response),
        Err(fell) => failed(fell),
    }
}

fn failed(fell: Fell) -> Outcome {
    let Fell { failure, response } = fell;
    Outcome::Failed {
        failure,
        response: response.map(|response| *response),
    }
}

/// A status that only says "later" is no answer.
fn gave_up(ended: Result<Response, Fell>, why: String) -> Outcome {
    match ended {
        Ok(response) => Outcome::Failed {
            failure: Failure::new(FailureKind::Unavailable, why),
            response: Some(response),
        },
        Err(fell) => Outcome::Failed {
            failure: Failure::new(fell.failure.kind, why),
            response: fell.response.map(|response| *response),
        },
    }
}
