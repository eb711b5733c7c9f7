//! What a run has seen of what there is: operations, statuses, and fields.

use crate::probe::drift::{Key, Path, Shape, declared, response};
use crate::spec::{Contract, Media, Operation, Response, Schemas, positional};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What was seen of what there is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// How many operations were asked, of how many.
    pub operations: Fields,
    /// How many declared answers were seen, of how many.
    pub statuses: Fields,
    /// How many declared members were seen, of how many: those of answers that were seen.
    pub fields: Fields,
    /// Operation by operation, those that were asked.
    pub asked: Vec<Covered>,
    /// Operations that were never asked: contract and element id.
    pub never: Vec<(String, String)>,
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Fields {
    /// So many were seen.
    pub seen: usize,
    /// So many there are.
    pub of: usize,
}

impl Fields {
    fn add(&mut self, other: Self) {
        self.seen += other.seen;
        self.of += other.of;
    }
}

/// What was seen of an operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Covered {
    /// The contract's id.
    pub contract: String,
    /// The operation's element id.
    pub operation: String,
    /// Its declared answers, and others that were seen.
    pub statuses: Vec<StatusCovered>,
}

/// What was seen of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatusCovered {
    /// As the contract writes it.
    pub status: String,
    /// Whether the contract declares it.
    pub declared: bool,
    /// How many such answers there were.
    pub samples: u64,
    /// How many of its declared members were seen.
    pub fields: Fields,
    /// Declared members that were not seen.
    pub unseen: Vec<String>,
}

/// What was seen of the operations of contracts, by their ids; `asked` are the element ids of operations that were asked anything.
#[must_use]
pub fn coverage(
    contracts: &[(&str, &Contract<'_>)],
    shapes: &BTreeMap<Key, Shape>,
    asked: &BTreeSet<(String, String)>,
) -> Coverage {
    let mut coverage = Coverage::default();
    for (id, contract) in contracts {
        let schemas = Schemas::new(contract.bundle);
        for operation in contract.operations() {
            let element = format!("op:{} {}", operation.method, positional(operation.path));
            let name = ((*id).to_owned(), element);
            coverage.operations.of += 1;
            if !asked.contains(&name) {
                coverage.statuses.of += operation.responses.len();
                coverage.never.push(name);
                continue;
            }
            coverage.operations.seen += 1;
            let (contract, operation_id) = name;
            let of_operation: Vec<&Shape> = shapes
                .values()
                .filter(|shape| shape.of.contract == contract && shape.of.operation == operation_id)
                .collect();
            let statuses = statuses(&schemas, operation, &of_operation);
            for status in statuses.iter().filter(|status| status.declared) {
                coverage.statuses.add(Fields {
                    seen: usize::from(status.samples > 0),
                    of: 1,
                });
                coverage.fields.add(status.fields);
            }
            coverage.asked.push(Covered {
                contract,
                operation: operation_id,
                statuses,
            });
        }
    }
    coverage.never.sort();
    coverage.asked.sort_by(|one, other| {
        (&one.contract, &one.operation).cmp(&(&other.contract, &other.operation))
    });
    coverage
}

fn statuses(
    schemas: &Schemas<'_>,
    operation: &Operation<'_>,
    shapes: &[&Shape],
) -> Vec<StatusCovered> {
    let stands = |shape: &Shape, wanted: Option<&Response<'_>>| {
        let found = response(operation, shape.of.status).map(|found| found.status);
        found == wanted.map(|wanted| wanted.status)
    };
    let mut all: Vec<StatusCovered> = operation
        .responses
        .iter()
        .map(|declared| {
            let of_status: Vec<&&Shape> = shapes
                .iter()
                .filter(|shape| stands(shape, Some(declared)))
                .collect();
            let mut covered = StatusCovered {
                status: declared.status.to_string(),
                declared: true,
                samples: of_status.iter().map(|shape| shape.samples).sum(),
                fields: Fields::default(),
                unseen: Vec::new(),
            };
            for media in &declared.content {
                members(schemas, declared, media, &of_status, &mut covered);
            }
            covered
        })
        .collect();
    let mut others: BTreeMap<u16, u64> = BTreeMap::new();
    for shape in shapes.iter().filter(|shape| stands(shape, None)) {
        *others.entry(shape.of.status).or_default() += shape.samples;
    }
    all.extend(others.into_iter().map(|(status, samples)| StatusCovered {
        status: status.to_string(),
        declared: false,
        samples,
        fields: Fields::default(),
        unseen: Vec::new(),
    }));
    all
}

/// Members of a media type, if it was seen.
fn members(
    schemas: &Schemas<'_>,
    response: &Response<'_>,
    media: &Media<'_>,
    shapes: &[&&Shape],
    covered: &mut StatusCovered,
) {
    let of_media: Vec<&&&Shape> = shapes
        .iter()
        .filter(|shape| {
            let name = shape.of.media.as_deref().unwrap_or_default();
            let found = crate::probe::drift::media(response, name);
            found.is_some_and(|found| std::ptr::eq(found, media))
        })
        .collect();
    if of_media.is_empty() {
        return;
    }
    let seen = |path: &Path| {
        of_media
            .iter()
            .any(|shape| shape.declared.contains_key(path))
    };
    for path in declared(schemas, media) {
        covered.fields.of += 1;
        if seen(&path) {
            covered.fields.seen += 1;
        } else {
            covered.unseen.push(path.to_string());
        }
    }
}
