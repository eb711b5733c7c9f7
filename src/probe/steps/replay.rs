//! The same request again, with the same key.

use super::{
    Purpose, Vendor,
    asking::{self, Extra},
    flow::Running,
    step::{Doing, keep, read},
};
use crate::probe::{
    check::{self, Answer, Check, Verdict},
    expression::Scope,
    generate::Asked,
    workflow::Idempotency,
};

pub(super) fn replay<V: Vendor>(
    running: &mut Running<'_, '_, '_, V>,
    doing: &mut Doing<'_, '_, '_>,
    rules: &Idempotency,
    first: &Answer<'_>,
    asked: &Asked,
    scope: &Scope,
) {
    let mut again = asked.request.clone();
    again.step = doing.name("replay");
    let second = running.vendor.send(again, Purpose::Check);
    // A vendor that ignores the key has created a second one, which is removed too.
    keep(running, doing, &second, scope);
    doing.checks.extend(check::replay(first, &second, rules));
    doing.exchanges.push(second);
    if let Some(mismatch) = &rules.mismatch {
        let extra = Extra {
            idempotency: Some(rules),
            settings: &mismatch.set,
            query: &[],
            shown: false,
        };
        let name = doing.name("mismatch");
        match asking::ask(&doing.found, &doing.step.call, &name, scope, extra) {
            Ok(other) => {
                let answered = running.vendor.send(other.request, Purpose::Check);
                keep(running, doing, &answered, scope);
                doing.checks.push(check::mismatch(&answered, mismatch));
                doing.exchanges.push(answered);
            }
            Err(error) => doing.checks.push(impossible(&error.to_string())),
        }
    }
    if let Some(count) = &rules.count_check
        && let Some(listed) = read(running, doing, &count.call, scope, "count")
    {
        doing.checks.push(match count.equals.value(scope) {
            Ok(expected) => check::count(&listed, &count.path, &expected),
            Err(error) => impossible(&error.to_string()),
        });
        doing.exchanges.push(listed);
    }
}

fn impossible(why: &str) -> Check {
    Check::new("step-possible", Verdict::Inconclusive, why)
}
