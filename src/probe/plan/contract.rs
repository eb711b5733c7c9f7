//! What a contract lets us ask without writing anything: its safe operations, with the values that it names itself.

use super::{Plan, Planned, Selection, Skipped, scenario::shown};
use crate::probe::{
    generate::{Builder, Fixed},
    steps::Source,
    workflow::{
        Call, DriftRules, Expect, Mode, Read, Scenario, SourceDescription, Statuses, Step, Target,
        Workflow,
    },
};
use crate::spec::{Operation, positional};
use crate::text::Position;
use std::collections::{BTreeMap, BTreeSet};

/// What a consumer declares to use of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    /// The consumer.
    pub consumer: String,
    /// The operation with parameters by position, without `op:`: `GET /v1/orders/{}`.
    pub operation: String,
    /// What it reads, by status.
    pub reads: BTreeMap<String, BTreeSet<String>>,
}

impl Usage {
    /// Everything that it reads, one by one.
    pub(super) fn all_reads(&self) -> Vec<Read> {
        let all = self.reads.iter().flat_map(|(status, paths)| {
            paths.iter().map(|path| Read {
                consumer: self.consumer.clone(),
                status: status.clone(),
                path: path.clone(),
            })
        });
        all.collect()
    }
}

/// The methods that are asked without a scenario.
const SAFE: [&str; 3] = ["GET", "HEAD", "OPTIONS"];

/// The scenario that a contract makes by itself, and its plan: what consumers use first, then the rest, each in the order of the contract.
#[must_use]
pub fn of_contract(
    id: &str,
    source: &Source<'_, '_>,
    selection: &Selection,
    usages: &[Usage],
) -> (Scenario, Plan) {
    let mut plan = Plan::default();
    let mut steps: Vec<(bool, Step, Planned)> = Vec::new();
    let mut names = BTreeSet::new();
    for operation in source.contract.operations() {
        let name = format!("{} {}", operation.method, positional(operation.path));
        let used: Vec<&Usage> = usages
            .iter()
            .filter(|usage| usage.operation == name)
            .collect();
        match one(id, source, operation, selection, &used, &mut names) {
            Ok((step, planned)) => steps.push((used.is_empty(), step, planned)),
            Err(why) => {
                let what = format!("op:{name}");
                plan.skipped.push(Skipped { what, why });
            }
        }
    }
    let known = |usage: &Usage| {
        let mut all = source.contract.operations().iter();
        all.any(|operation| {
            format!("{} {}", operation.method, positional(operation.path)) == usage.operation
        })
    };
    for usage in usages.iter().filter(|usage| !known(usage)) {
        plan.skipped.push(Skipped {
            what: format!("op:{}", usage.operation),
            why: format!(
                "{} uses it, and the contract does not have it",
                usage.consumer
            ),
        });
    }
    // A stable sort, so that the order of the contract stays.
    steps.sort_by_key(|(unused, ..)| *unused);
    let (steps, planned): (Vec<Step>, Vec<Planned>) = steps
        .into_iter()
        .map(|(_, step, planned)| (step, planned))
        .unzip();
    plan.steps = planned;
    (scenario(id, source, usages, steps), plan)
}

fn one<'d>(
    id: &str,
    source: &Source<'_, 'd>,
    operation: &Operation<'d>,
    selection: &Selection,
    used: &[&Usage],
    names: &mut BTreeSet<String>,
) -> Result<(Step, Planned), String> {
    let consumers: BTreeSet<&str> = used.iter().map(|usage| usage.consumer.as_str()).collect();
    let consumers: Vec<&str> = consumers.into_iter().collect();
    if let Some(why) = selection.leaves_out(operation) {
        return Err(why);
    }
    if !SAFE.contains(&operation.method.as_str()) {
        let relied = if consumers.is_empty() {
            String::new()
        } else {
            format!(", and {} rely on it", consumers.join(", "))
        };
        return Err(format!(
            "{} may write, so only a scenario asks it{relied}",
            operation.method
        ));
    }
    let builder = Builder {
        contract: source.contract,
        sampler: source.sampler,
        base: source.base,
    };
    let name = unique(operation, names);
    let full = format!("{id}/{name}");
    let asked = builder
        .request(operation, &full, &Fixed::default())
        .map_err(|error| error.to_string())?;
    let position = Position { line: 1, column: 1 };
    let target = Target::Endpoint {
        source: None,
        method: operation.method.clone(),
        path: operation.path.to_owned(),
    };
    let call = Call {
        target,
        arguments: Vec::new(),
        body: None,
        position,
    };
    let mut step = Step::new(&name, call, position);
    step.expect = Expect {
        status: Statuses::Declared,
        ..Expect::default()
    };
    step.reads = used.iter().flat_map(|usage| usage.all_reads()).collect();
    let why = if consumers.is_empty() {
        "the contract declares it, and it only reads".to_owned()
    } else {
        format!("used by {}", consumers.join(", "))
    };
    let planned = Planned {
        step: full,
        operation: asked.request.operation.clone(),
        why,
        values: asked
            .parameters
            .iter()
            .map(|(place, name, known)| format!("{} {name}: {}", place.word(), known.source))
            .collect(),
        request: shown(&asked.request),
        then: Vec::new(),
        requests: 1,
    };
    Ok((step, planned))
}

/// The `operationId`, else method and path, as an id that no other step has.
fn unique(operation: &Operation<'_>, names: &mut BTreeSet<String>) -> String {
    let wanted = operation.id.map_or_else(
        || {
            format!(
                "{}{}",
                operation.method.to_ascii_lowercase(),
                operation.path
            )
        },
        str::to_owned,
    );
    let plain: String = wanted
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '_' {
                c
            } else {
                '-'
            }
        })
        .collect();
    let parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    let plain = parts.join("-");
    let mut name = plain.clone();
    let mut number = 2;
    while !names.insert(name.clone()) {
        name = format!("{plain}-{number}");
        number += 1;
    }
    name
}

fn scenario(id: &str, source: &Source<'_, '_>, usages: &[Usage], steps: Vec<Step>) -> Scenario {
    let consumers: BTreeSet<&String> = usages.iter().map(|usage| &usage.consumer).collect();
    Scenario {
        file: id.to_owned(),
        id: id.to_owned(),
        sources: vec![SourceDescription {
            name: source.name.to_owned(),
            location: id.to_owned(),
            position: Position { line: 1, column: 1 },
        }],
        environment: None,
        owner: None,
        consumers: consumers.into_iter().cloned().collect(),
        mode: Mode::Read,
        pending_until: None,
        drift: DriftRules::default(),
        workflows: vec![Workflow {
            id: id.to_owned(),
            steps,
            ..Workflow::default()
        }],
    }
}
