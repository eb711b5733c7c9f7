//! Where a contract is served. A base without a path gets the path that the contract's servers have, and some sandboxes and mocks answer
//! without it: the first answers tell.

use crate::probe::exchange::{Exchange, Request};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// How often something that is not found is looked for without the path.
const TRIES: u32 = 3;

/// What is known of the paths of servers.
#[derive(Debug, Default)]
pub(super) struct Served {
    /// Without a path, or there is nothing to find out.
    base: String,
    /// The paths that contracts add to it.
    paths: BTreeSet<String>,
    known: Mutex<BTreeMap<String, Known>>,
    /// A replay asks what was asked, whatever was known when.
    live: bool,
}

#[derive(Clone, Copy, Debug)]
enum Known {
    /// Nothing was found there so often.
    Not(u32),
    With,
    Without,
}

impl Served {
    /// `paths` are what requests have between the base and the paths of operations.
    pub(super) fn new(base: &str, paths: BTreeSet<String>, live: bool) -> Self {
        Self {
            base: base.to_owned(),
            paths,
            known: Mutex::default(),
            live,
        }
    }

    /// The same request without the path of the servers, and that path.
    fn without<'s>(&'s self, request: &Request) -> Option<(&'s str, Request)> {
        let rest = request.url.strip_prefix(&self.base)?;
        let holds = |path: &&String| {
            let own = rest.strip_prefix(path.as_str());
            own.is_some_and(|own| own.is_empty() || own.starts_with(['/', '?']))
        };
        let path = self
            .paths
            .iter()
            .filter(holds)
            .max_by_key(|path| path.len())?;
        let mut other = request.clone();
        other.url = format!("{}{}", self.base, &rest[path.len()..]);
        Some((path, other))
    }

    /// Sends a request to where its contract is served, and calls `told` with the path that turns out not to belong there.
    pub(super) fn send(
        &self,
        request: Request,
        mut send: impl FnMut(Request) -> Exchange,
        told: impl FnOnce(&str),
    ) -> Exchange {
        let Some((path, other)) = self.without(&request) else {
            return send(request);
        };
        let known = self.known().get(path).copied().unwrap_or(Known::Not(0));
        let tries = match known {
            Known::With => return send(request),
            Known::Without => return send(other),
            Known::Not(tries) => tries,
        };
        let is_safe = matches!(request.method.as_str(), "GET" | "HEAD" | "OPTIONS");
        let step = request.step.clone();
        let first = send(request);
        match status(&first) {
            Some(404) if is_safe => {}
            Some(404 | 429) => return first,
            Some(200..=499) => {
                self.learn(path, Known::With);
                return first;
            }
            _ => return first,
        }
        // A recording keeps it apart, so that a replay finds it whatever ran beside what.
        let other = Request {
            step: format!("{step}#without{path}"),
            ..other
        };
        let mut second = send(other);
        if is_found(&second) {
            self.learn(path, Known::Without);
            told(path);
            second.request.step = step;
            return second;
        }
        let tries = tries + 1;
        let next = if tries < TRIES {
            Known::Not(tries)
        } else {
            Known::With
        };
        self.learn(path, next);
        first
    }

    fn learn(&self, path: &str, known: Known) {
        if self.live {
            self.known().insert(path.to_owned(), known);
        }
    }

    /// Nothing that holds the lock can panic, so a poisoned one is whole.
    fn known(&self) -> MutexGuard<'_, BTreeMap<String, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether an answer is that of an operation: websites answer anything with a page.
fn is_found(exchange: &Exchange) -> bool {
    exchange.response().is_some_and(|response| {
        let is_page = response.media_type().as_deref() == Some("text/html");
        matches!(response.status, 200..=399 | 401 | 403) && !is_page
    })
}

fn status(exchange: &Exchange) -> Option<u16> {
    exchange.response().map(|response| response.status)
}

#[cfg(test)]
mod tests {
    use super::Served;
    use crate::probe::{
        exchange::{Exchange, Request},
        fixture,
    };
    use std::{cell::RefCell, collections::BTreeSet};

    /// Sends reads of these paths one after the other; what was sent, and the paths that were told.
    fn sent(
        served: &Served,
        paths: &[&str],
        status: impl Fn(&str) -> u16,
    ) -> (Vec<String>, Vec<String>) {
        let asked = RefCell::new(Vec::new());
        let mut told = Vec::new();
        for path in paths {
            let url = format!("http://a.example:1{path}");
            let request = Request::new("op:GET /x", "flow/x", "GET", url);
            let send = |request: Request| -> Exchange {
                let path = request
                    .url
                    .trim_start_matches("http://a.example:1")
                    .to_owned();
                let page = if path == "/page" {
                    "text/html"
                } else {
                    "application/json"
                };
                let headers = [("content-type", page)];
                let mut exchange =
                    fixture::answered("GET", &request.url, status(&path), &headers, "");
                exchange.request = request;
                asked.borrow_mut().push(path);
                exchange
            };
            let exchange = served.send(request, send, |path| told.push(path.to_owned()));
            assert_eq!(exchange.request.step, "flow/x");
        }
        (asked.into_inner(), told)
    }

    fn served(live: bool) -> Served {
        let paths = BTreeSet::from(["/v1".to_owned(), "/v1/beta".to_owned()]);
        Served::new("http://a.example:1", paths, live)
    }

    #[test]
    fn a_sandbox_without_the_path_of_the_servers_is_found_once() {
        let mock = |path: &str| if path.starts_with("/v1") { 404 } else { 200 };
        let (asked, told) = sent(&served(true), &["/v1/x", "/v1/y?z=1", "/v10/z"], mock);
        assert_eq!(asked, ["/v1/x", "/x", "/y?z=1", "/v10/z"]);
        assert_eq!(told, ["/v1"]);
    }

    #[test]
    fn a_sandbox_with_it_is_asked_once() {
        let vendor = |path: &str| if path == "/v1/x" { 200 } else { 404 };
        let (asked, told) = sent(&served(true), &["/v1/x", "/v1/gone"], vendor);
        assert_eq!(asked, ["/v1/x", "/v1/gone"]);
        assert!(told.is_empty());
    }

    #[test]
    fn what_is_nowhere_is_not_looked_for_without_end() {
        let (asked, told) = sent(&served(true), &["/v1/a"; 5], |_| 404);
        assert_eq!(
            asked,
            [
                "/v1/a", "/a", "/v1/a", "/a", "/v1/a", "/a", "/v1/a", "/v1/a"
            ]
        );
        assert!(told.is_empty());
    }

    #[test]
    fn a_page_is_no_answer_of_an_operation() {
        let website = |path: &str| if path == "/page" { 200 } else { 404 };
        let (asked, told) = sent(&served(true), &["/v1/page", "/v1/page"], website);
        assert_eq!(asked, ["/v1/page", "/page", "/v1/page", "/page"]);
        assert!(told.is_empty());
    }

    #[test]
    fn the_longest_path_that_fits_is_meant_and_a_replay_knows_nothing() {
        let mock = |path: &str| if path == "/x" { 200 } else { 404 };
        let (asked, _) = sent(&served(false), &["/v1/beta/x", "/v1/beta/x"], mock);
        assert_eq!(asked, ["/v1/beta/x", "/x", "/v1/beta/x", "/x"]);
    }
}
