//! Steps that ask more than once: until something is so, for how long it takes, and for all pages.

use super::{Purpose, Vendor, flow::Running, step::Doing};
use crate::judge::percent;
use crate::probe::{
    check::{self, Against, Answer, Check, Next, Percentiles, Verdict, Walk},
    exchange::{Exchange, Request},
    expression::Scope,
    generate::Asked,
    jsonpath::Selected,
    workflow::{Latency, Paginate, Poll, Statuses, Step},
};
use crate::spec::positional;
use std::time::Duration;

/// The longest pause that a vendor can ask a poll for.
const LONGEST: Duration = Duration::from_secs(60);

/// Query parameters of the first page.
pub(super) fn start(step: &Step) -> Vec<(String, String)> {
    let rules = step.paginate.as_ref();
    rules.map_or_else(Vec::new, |rules| Walk::new(rules).start())
}

/// Asks until the step's condition holds; the last exchange.
pub(super) fn poll<V: Vendor>(
    vendor: &V,
    doing: &mut Doing<'_, '_, '_>,
    rules: &Poll,
    first: Exchange,
    scope: &Scope,
) -> Exchange {
    let id = "poll-until";
    let mut last = first;
    let mut request = last.request.clone();
    request.step = doing.name("poll");
    let mut waited = Duration::ZERO;
    let mut count = 1_u32;
    loop {
        let Ok(response) = check::evidence(&last, &Statuses::Declared) else {
            // What the step says of its answer will tell.
            return last;
        };
        let answer = Answer::new(response);
        let holds = match &rules.until {
            Some(until) => {
                check::assertion(until, &answer, scope).verdict == Verdict::Pass
                    && !(rules.follow && response.status == 202)
            }
            None => response.status != 202,
        };
        if holds {
            let message = format!("it is so after {waited:?} and {count} requests");
            doing.checks.push(Check::pass(id, message));
            return last;
        }
        if response.status >= 400 {
            return last;
        }
        if rules.follow && response.status == 202 {
            let Some(target) = monitor(response) else {
                let message = "the answer is 202 and does not say where to ask";
                doing.checks.push(Check::fail(id, message));
                return last;
            };
            request = elsewhere(&request, &check::resolve(&request.url, &target));
        }
        let asked = response
            .header("retry-after")
            .and_then(|text| text.trim().parse().ok());
        let pause = asked
            .map_or(rules.every, |seconds| {
                rules.every.max(Duration::from_secs(seconds))
            })
            .min(LONGEST.max(rules.every));
        if waited + pause > rules.max || vendor.interrupted() {
            let message = format!("it is not so after {waited:?} and {count} requests");
            doing.checks.push(Check::fail(id, message));
            return last;
        }
        vendor.pause(pause);
        waited += pause;
        count += 1;
        last = vendor.send(request.clone(), Purpose::Check);
        doing.exchanges.push(last.clone());
    }
}

/// Where a 202 points to.
fn monitor(response: &crate::probe::exchange::Response) -> Option<String> {
    let named = [
        "location",
        "operation-location",
        "azure-asyncoperation",
        "content-location",
    ];
    let header = named.iter().find_map(|name| response.header(name));
    header.map(str::to_owned).or_else(|| {
        let links = response.headers_named("link").flat_map(check::links);
        let mut monitors =
            links.filter(|(relation, _)| relation == "monitor" || relation == "status");
        monitors.next().map(|(_, target)| target)
    })
}

/// A read of another URL, by the same client.
fn elsewhere(request: &Request, url: &str) -> Request {
    let mut other = Request::new(
        request.operation.clone(),
        request.step.clone(),
        "GET",
        request.url.clone(),
    );
    other.credentials = request.credentials.clone();
    other.point_to(url);
    let accept = request.headers.iter().filter(|(name, _)| name == "accept");
    other.headers = accept.cloned().collect();
    other
}

/// Asks as often as the step says, and holds the times against its limits.
pub(super) fn latency<V: Vendor>(
    running: &Running<'_, '_, '_, V>,
    doing: &mut Doing<'_, '_, '_>,
    limits: &Latency,
    asked: &Asked,
) {
    if !doing.is_safe() {
        let message = format!("{} is not asked more than once", asked.request.method);
        doing
            .checks
            .push(Check::new("latency", Verdict::Skipped, message));
        return;
    }
    let mut times = Vec::new();
    for sample in 0..limits.warmup + limits.samples {
        if running.vendor.interrupted() {
            break;
        }
        let mut request = asked.request.clone();
        request.step = doing.name("latency");
        let exchange = running.vendor.send(request, Purpose::Check);
        let response = exchange
            .answer()
            .filter(|one| (200..400).contains(&one.status));
        if let Some(response) = response
            && sample >= limits.warmup
        {
            times.push(response.timings.total);
        }
        doing.exchanges.push(exchange);
    }
    let baseline = (running.settings.baseline)(&asked.request.operation);
    let checks = check::latency(&Percentiles::new(times), limits, baseline);
    doing.checks.extend(checks);
}

/// Walks through all pages, of which the first has been read.
pub(super) fn pages<V: Vendor>(
    running: &Running<'_, '_, '_, V>,
    doing: &mut Doing<'_, '_, '_>,
    rules: &Paginate,
    first: Exchange,
) {
    let mut walk = Walk::new(rules);
    let mut last = first;
    loop {
        let next = walk.page(&last);
        let url = match next {
            Next::Stop => break,
            Next::Parameter(name, value) => with_parameter(&last.request.url, &name, &value),
            Next::Url(url) => url,
        };
        if running.vendor.interrupted() {
            break;
        }
        let mut request = last.request.clone();
        request.step = doing.name("page");
        request.point_to(url);
        last = running.vendor.send(request, Purpose::Check);
        doing.exchanges.push(last.clone());
        measure(doing, &last);
    }
    if walk.wants_again() && !running.vendor.interrupted() {
        let again = running.vendor.send(last.request, Purpose::Check);
        walk.again(&again);
        doing.exchanges.push(again);
    }
    // What was put into the same path is to be found there.
    let path = positional(doing.found.operation.path);
    let created = running
        .created
        .iter()
        .filter(|(other, _)| positional(other) == path);
    let created: Vec<String> = created
        .filter_map(|(_, body)| match rules.id.one_within(body) {
            Selected::One(found) => Some(found.value.to_string()),
            _ => None,
        })
        .collect();
    doing.checks.extend(walk.finish(&created));
}

/// A page against the contract; what holds was told of the first one already.
fn measure(doing: &mut Doing<'_, '_, '_>, exchange: &Exchange) {
    let Some(response) = exchange.answer() else {
        return;
    };
    let against = Against {
        contract: doing.found.source.contract,
        operation: doing.found.operation,
        sampler: doing.found.source.sampler,
        strictness: doing.step.expect.contract,
    };
    let checks = against.measure(response).checks;
    let new = checks.into_iter().filter(|check| {
        let known = |one: &Check| {
            one.id == check.id && one.place == check.place && one.message == check.message
        };
        !matches!(check.verdict, Verdict::Pass | Verdict::Skipped)
            && !doing.checks.iter().any(known)
    });
    let new: Vec<Check> = new.collect();
    doing.checks.extend(new);
}

/// A URL with a query parameter in place of the one of the same name.
fn with_parameter(url: &str, name: &str, value: &str) -> String {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let key = percent(name, "");
    let kept = query
        .split('&')
        .filter(|part| !part.is_empty() && part.split('=').next() != Some(key.as_str()));
    let mut parts: Vec<String> = kept.map(str::to_owned).collect();
    parts.push(format!("{key}={}", percent(value, "")));
    format!("{path}?{}", parts.join("&"))
}
