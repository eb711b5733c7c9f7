//! One request of a step: what was seen for expressions, and what is said of its answer.

use super::{Settings, asking::Found};
use crate::probe::{
    check::{
        Against, Answer, Check, Verdict, auth_enforced, evidence, expectations, lifecycle, used,
    },
    exchange::{Credentials, Exchange, Response, Timings},
    expression::{Scope, Seen},
    generate::Asked,
    workflow::{Expect, StatusPattern, Statuses, Step},
};
use crate::spec::In;

/// What may be remembered of an exchange for expressions.
pub(super) fn seen(asked: &Asked, exchange: &Exchange) -> Seen {
    let of = |place: In| {
        let mine = asked
            .parameters
            .iter()
            .filter(move |(one, ..)| *one == place);
        mine.map(|(_, name, known)| (name.clone(), known.value.clone()))
            .collect()
    };
    let mut seen = Seen {
        url: asked.request.url.clone(),
        method: asked.request.method.clone(),
        status: 0,
        request_headers: asked.request.headers.clone(),
        query: of(In::Query),
        path: of(In::Path),
        request_body: asked.body.clone(),
        response_headers: Vec::new(),
        response_body: None,
    };
    if let Some(response) = exchange.response() {
        seen.status = response.status;
        seen.response_headers.clone_from(&response.headers);
        seen.response_body = Answer::new(response).body;
    }
    seen
}

/// All that is said of one answer to a step.
pub(super) fn judge(
    found: &Found<'_, '_>,
    step: &Step,
    exchange: &Exchange,
    scope: &Scope,
    settings: &Settings<'_>,
) -> Vec<Check> {
    let stranger = matches!(
        exchange.request.credentials,
        Credentials::None | Credentials::Invalid
    );
    let expect = expected(&step.expect, stranger);
    let response = match evidence(exchange, &expect.status) {
        Ok(response) => response,
        Err(check) => return vec![*check],
    };
    let against = Against {
        contract: found.source.contract,
        operation: found.operation,
        sampler: found.source.sampler,
        strictness: step.expect.contract,
    };
    let answer = Answer::new(response);
    let mut checks = Vec::new();
    if stranger {
        checks.push(auth_enforced(found.operation, exchange));
        // Whether anybody is let in is told by that check alone.
        if expect.status.covers(response.status) != Some(true) {
            return checks;
        }
    }
    checks.extend(expectations(
        &expect,
        &step.criteria,
        &answer,
        scope,
        &against,
    ));
    checks.extend(against.measure(response).checks);
    checks.extend(used(&step.reads, &answer));
    let (_, announced) = lifecycle(response, &(settings.promise)(found.operation));
    checks.extend(announced);
    checks
}

/// Strangers are to be refused, unless the step says otherwise.
fn expected(expect: &Expect, stranger: bool) -> Expect {
    let mut expect = expect.clone();
    if stranger && expect.status == Statuses::Success {
        expect.status = Statuses::OneOf([401, 403].into_iter().map(StatusPattern::Code).collect());
    }
    expect
}

/// Whether a step may go on after these checks.
pub(super) fn passed(checks: &[Check]) -> bool {
    !checks
        .iter()
        .any(|check| matches!(check.verdict, Verdict::Fail | Verdict::Inconclusive))
}

/// An answer that says nothing, where there is none.
pub(super) fn nothing() -> Response {
    Response {
        status: 0,
        headers: Vec::new(),
        body: Vec::new(),
        truncated: false,
        timings: Timings::default(),
    }
}
