//! What is no longer as it was, as far as the samples tell.

mod members;
mod values;

use super::{
    drifts::{Drift, Evidence, What},
    path::Path,
    shape::{Key, Shape},
    wilson::Rate,
};
use crate::probe::{
    check::Verdict,
    workflow::{DriftFields, DriftRules},
};
use crate::spec::Segment;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Headers of the transport: they come and go with proxies, and no contract is about them.
const TRANSPORT: [&str; 22] = [
    "age",
    "alt-svc",
    "cf-cache-status",
    "cf-ray",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "expires",
    "keep-alive",
    "proxy-authenticate",
    "proxy-connection",
    "server",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "vary",
    "via",
    "x-powered-by",
];

/// Everything that is no longer as in the baseline, in the order of operations, statuses, and places.
///
/// What a drift would be as an edit of the contract is for [`Translator`](super::Translator) to say.
#[must_use]
pub fn compare(
    baseline: &BTreeMap<Key, Shape>,
    current: &BTreeMap<Key, Shape>,
    rules: &DriftRules,
) -> Vec<Drift> {
    if rules.fields == DriftFields::Off {
        return Vec::new();
    }
    let mut drifts = Vec::new();
    for (key, new) in current {
        let Some(old) = baseline.get(key) else {
            drifts.extend(unknown(baseline, current, key, rules));
            continue;
        };
        let mut pair = Pair {
            old,
            new,
            rules,
            found: Vec::new(),
        };
        pair.members();
        pair.values();
        pair.headers();
        pair.latency();
        drifts.extend(pair.found);
    }
    drifts
}

/// A status or a media type that the baseline does not have, if it has the operation.
fn unknown(
    baseline: &BTreeMap<Key, Shape>,
    current: &BTreeMap<Key, Shape>,
    key: &Key,
    rules: &DriftRules,
) -> Option<Drift> {
    let total = |shapes: &BTreeMap<Key, Shape>, status: Option<u16>| {
        let of_operation = shapes.values().filter(|shape| {
            shape.of.contract == key.contract
                && shape.of.operation == key.operation
                && status.is_none_or(|status| shape.of.status == status)
        });
        of_operation.fold(0_u64, |sum, shape| sum.saturating_add(shape.samples))
    };
    if total(baseline, None) == 0 {
        return None;
    }
    let same_status = total(baseline, Some(key.status)) > 0;
    let (what, within) = if same_status {
        (What::MediaNew, Some(key.status))
    } else {
        (What::StatusNew, None)
    };
    let before = Rate::new(0, total(baseline, within));
    let seen = current.get(key).map_or(0, |shape| shape.samples);
    let after = Rate::new(seen, total(current, within));
    Some(drift(key, what, evidence(rules, before, after)))
}

fn drift(of: &Key, what: What, evidence: Evidence) -> Drift {
    Drift {
        of: of.clone(),
        what,
        evidence,
        allowed: false,
        changes: Vec::new(),
        verdict: Verdict::Warn,
        accepted: None,
    }
}

/// Strong if there are samples enough on both sides, and they differ by more than chance.
fn evidence(rules: &DriftRules, before: Rate, after: Rate) -> Evidence {
    let least = u64::from(rules.min_samples);
    if before.of >= least && after.of >= least && before.differs_from(after) {
        Evidence::Strong
    } else {
        Evidence::Weak
    }
}

/// One shape before and after.
struct Pair<'a> {
    old: &'a Shape,
    new: &'a Shape,
    rules: &'a DriftRules,
    found: Vec<Drift>,
}

impl Pair<'_> {
    fn note(&mut self, what: What, evidence: Evidence) {
        self.found.push(drift(&self.new.of, what, evidence));
    }

    fn is_watched(&self, path: &Path) -> bool {
        let declared = match self.rules.fields {
            DriftFields::All => true,
            DriftFields::Declared => {
                self.old.declared.contains_key(path) || self.new.declared.contains_key(path)
            }
            DriftFields::Off => false,
        };
        declared
            && !self.old.is_lost(path)
            && !self.new.is_lost(path)
            && !is_ignored(self.rules, path)
    }

    fn headers(&mut self) {
        let names = self.old.headers.keys().chain(self.new.headers.keys());
        let names: std::collections::BTreeSet<&String> = names.collect();
        for name in names {
            if TRANSPORT.contains(&name.as_str()) {
                continue;
            }
            let (before, after) = (self.old.header(name), self.new.header(name));
            let evidence = evidence(self.rules, before, after);
            let strong = evidence == Evidence::Strong;
            let name = name.clone();
            if after.count == 0 && (strong || before.is_all()) {
                self.note(
                    What::HeaderGone {
                        name,
                        before,
                        after,
                    },
                    evidence,
                );
            } else if before.count == 0 && (strong || after.is_all()) {
                self.note(
                    What::HeaderNew {
                        name,
                        before,
                        after,
                    },
                    evidence,
                );
            }
        }
    }

    fn latency(&mut self) {
        let (old, new) = (&self.old.latency, &self.new.latency);
        let (Some(usual), Some(now)) = (old.percentile(95), new.percentile(95)) else {
            return;
        };
        let (before, after) = (old.slower_than(usual), new.slower_than(usual));
        let evidence = evidence(self.rules, before, after);
        // A few slow answers say nothing.
        if now <= usual || evidence == Evidence::Weak {
            return;
        }
        if let (Some(before), Some(after)) = (old.bound(95), new.bound(95)) {
            self.note(What::Slower { before, after }, evidence);
        }
    }
}

/// Whether a scenario says that a place, or one around it, is not watched.
fn is_ignored(rules: &DriftRules, path: &Path) -> bool {
    if rules.ignore.is_empty() {
        return false;
    }
    let (value, at) = example(path);
    rules.ignore.iter().any(|query| {
        let found = query.select(&value);
        found.iter().any(|found| {
            let inside = at.as_str().strip_prefix(found.at.as_str());
            inside.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    })
}

/// The smallest value that has something at a place, and where.
fn example(path: &Path) -> (Value, crate::text::Pointer) {
    let mut at = crate::text::Pointer::root();
    let name = |segment: &Segment| match segment {
        Segment::Property(name) => Some(name.clone()),
        Segment::Items | Segment::Prefix(_) => None,
        other => Some(other.to_string()),
    };
    for segment in path.segments() {
        match (name(segment), segment) {
            (Some(name), _) => at.push(&name),
            (None, Segment::Prefix(index)) => at.push(&index.to_string()),
            (None, _) => at.push("0"),
        }
    }
    let value = path
        .segments()
        .iter()
        .rev()
        .fold(Value::Null, |value, segment| {
            match (name(segment), segment) {
                (Some(name), _) => Value::Object(Map::from_iter([(name, value)])),
                (None, Segment::Prefix(index)) => {
                    let mut items = vec![Value::Null; (*index).min(1_000)];
                    items.push(value);
                    Value::Array(items)
                }
                (None, _) => Value::Array(vec![value]),
            }
        });
    (value, at)
}
