//! What a run amounts to: how answers look now, what has drifted since, and whom that hurts.

use super::{contracts::Contracts, course::Ran, ground::Ground};
use crate::diff::{Elements, Reading};
use crate::policy::affected::{Affecting, Asked, Kind, Known, Site, hurt};
use crate::probe::{
    drift::{Accepted, Drift, Key, Observer, Path, Shape, Translator, compare, gather},
    history::Baseline,
    summary::{Compared, Found, Summary, coverage},
    workflow::DriftRules,
};
use crate::spec::{Contract, positional};
use crate::variance::Direction;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A run, judged, and what its answers look like.
pub(super) struct Judged {
    pub(super) summary: Summary,
    pub(super) shapes: BTreeMap<Key, Shape>,
}

/// What a run is judged by.
pub(super) struct By<'b> {
    pub(super) ground: &'b Ground,
    pub(super) contracts: &'b Contracts,
    pub(super) baseline: &'b Baseline,
    pub(super) accepted: &'b Accepted,
    pub(super) run: String,
    pub(super) environment: String,
    pub(super) today: Date,
    /// More than so many of a hundred steps without an answer make it inconclusive.
    pub(super) tolerated: u32,
}

/// Judges it.
pub(super) fn judged(by: &By<'_>, read: &[Contract<'_>], ran: &[Ran]) -> Judged {
    let ids: Vec<&str> = by
        .contracts
        .list
        .iter()
        .map(|one| one.id.as_str())
        .collect();
    let operations: Vec<BTreeSet<String>> = read.iter().map(operations).collect();
    let kept = |_: &Key, _: &Path| false;
    let observers: Vec<Observer<'_, '_>> = read
        .iter()
        .zip(&ids)
        .map(|(contract, id)| Observer::new(contract, id, &kept))
        .collect();
    let mut shapes = BTreeMap::new();
    let mut asked = BTreeSet::new();
    let mut rules: BTreeMap<(usize, &str), &DriftRules> = BTreeMap::new();
    for one in ran {
        for exchange in one.outcome.steps.iter().flat_map(|done| &done.exchanges) {
            let element = exchange.request.operation.as_str();
            let has = |index: &&usize| operations[**index].contains(element);
            let Some(index) = one.contracts.iter().find(has) else {
                continue;
            };
            if exchange.attempts.is_empty() {
                continue;
            }
            asked.insert((ids[*index].to_owned(), element.to_owned()));
            // What people wrote counts before what holds by default.
            rules
                .entry((*index, element))
                .or_insert(&one.scenario.drift);
            if let Some(shape) = observers[*index].observe(exchange) {
                gather(&mut shapes, shape);
            }
        }
    }
    let mut drifts = Vec::new();
    for (index, contract) in read.iter().enumerate() {
        drifts.extend(drifted(by, ids[index], contract, index, &shapes, &rules));
    }
    let (mut drifts, remarks) = by.accepted.apply(drifts, by.today);
    for (index, contract) in read.iter().enumerate() {
        consumers(by, ids[index], contract, &mut drifts);
    }
    let named: Vec<(&str, &Contract<'_>)> = ids.iter().copied().zip(read).collect();
    let summary = Summary::of(Found {
        run: by.run.clone(),
        environment: by.environment.clone(),
        date: by.today,
        outcomes: ran
            .iter()
            .map(|one| (&one.scenario, &one.outcome))
            .collect(),
        drifts,
        remarks,
        coverage: coverage(&named, &shapes, &asked),
        baseline: Compared {
            accepted: by.baseline.accepted.clone(),
            runs: by.baseline.runs.len(),
        },
        tolerated: by.tolerated,
    });
    Judged { summary, shapes }
}

fn operations(contract: &Contract<'_>) -> BTreeSet<String> {
    let all = contract.operations().iter();
    all.map(|one| format!("op:{} {}", one.method, positional(one.path)))
        .collect()
}

/// The drifts of one contract, each by the rules of the scenario that asked.
fn drifted(
    by: &By<'_>,
    id: &str,
    contract: &Contract<'_>,
    index: usize,
    shapes: &BTreeMap<Key, Shape>,
    rules: &BTreeMap<(usize, &str), &DriftRules>,
) -> Vec<Drift> {
    let mut groups: Vec<(&DriftRules, BTreeMap<Key, Shape>)> = Vec::new();
    for (key, shape) in shapes.iter().filter(|(key, _)| key.contract == id) {
        let Some(own) = rules.get(&(index, key.operation.as_str())) else {
            continue;
        };
        let (key, shape) = (key.clone(), shape.clone());
        match groups.iter_mut().find(|(rules, _)| rules == own) {
            Some((_, group)) => drop(group.insert(key, shape)),
            None => groups.push((own, BTreeMap::from([(key, shape)]))),
        }
    }
    let mut drifts = Vec::new();
    for (rules, current) in groups {
        let found = compare(&by.baseline.shapes, &current, rules);
        let translator = Translator::new(contract, id, Reading::default(), rules);
        drifts.extend(translator.translate(found, &by.baseline.shapes, &current));
    }
    drifts.sort_by(|one, other| one.of.cmp(&other.of));
    drifts
}

/// Names the consumers that drifts of a contract hurt, as the gate would for the same edit.
fn consumers(by: &By<'_>, id: &str, contract: &Contract<'_>, drifts: &mut [Drift]) {
    let elements = Elements::new(contract, id);
    let tops = elements.tops();
    let by_own_path = elements.by_own_path();
    let known = Known {
        registry: &by.ground.state.consumers,
        usage: &by.ground.state.usage,
    };
    let question = Asked {
        contract: id,
        evidence: by.ground.policy.evidence,
        base: known,
        head: known,
        tops: &tops,
        by_own_path: &by_own_path,
    };
    for drift in drifts.iter_mut().filter(|drift| drift.of.contract == id) {
        let sites: Vec<Site<'_>> = drift
            .changes
            .iter()
            .map(|change| Site {
                change: Affecting {
                    element: &change.element,
                    rule: change.rule,
                    kind: Kind::of(change.rule),
                    direction: Some(Direction::Output),
                },
                fingerprint: &change.fingerprint,
            })
            .collect();
        let hurt = hurt(&question, &sites);
        drift.affects = hurt.into_iter().map(|one| one.consumer).collect();
    }
}
