//! Deprecations that end too soon, or never.

use super::{
    Found, Proposal, Run,
    change::{Change, Step, made},
    problems::Problem,
    propose::contract,
};
use crate::cli::gate::with_elements;
use crate::policy::{FOLDER, Notice};
use crate::spec::Level;
use crate::text::Pointer;
use crate::tree::{self, Kind, NodeId, Tree};
use jiff::civil::Date;
use serde_json::json;

/// The rules that name the earliest lawful sunset.
const DATED: [&str; 2] = ["deprecation-without-sunset", "deprecation-window-too-short"];

/// Keys of a schema, an operation, or a parameter that say its last day.
const SUNSETS: [&str; 2] = ["x-sunset", "x-snyk-sunset-eligible"];

/// One proposal for each notice with a day that would do.
pub(super) fn proposals<'b>(run: &Run<'_>, found: &Found<'_>, today: Date) -> Vec<Proposal<'b>> {
    let notices = found.governance.iter().flat_map(|it| &it.notices);
    let mut proposals = Vec::new();
    for notice in notices {
        let (Some(sunset), Some(element)) = (notice.earliest, &notice.element) else {
            continue;
        };
        if notice.level < Level::Error || !DATED.contains(&notice.rule.id) {
            continue;
        }
        let step = if notice.file.as_deref() == Some(ledger().as_str()) {
            in_ledger(run, notice, sunset)
        } else {
            inline(found, notice, (today, sunset))
        };
        if let Some(step) = step {
            proposals.push(Proposal {
                problem: Problem::told(notice),
                ways: vec![(format!("{element} gets the sunset {sunset}"), vec![step])],
            });
        }
    }
    proposals
}

fn ledger() -> String {
    format!("{FOLDER}/deprecations.yaml")
}

fn in_ledger<'b>(run: &Run<'_>, notice: &Notice, sunset: Date) -> Option<Step<'b>> {
    let file = run.sides.head.path(&ledger());
    let bytes = run.sides.head.snapshot.read(&file).ok()?;
    let tree = tree::parse_bytes(file.as_str(), bytes).ok()?;
    let place = (notice.line?, notice.column?);
    let record = tree.nodes().find(|node| {
        let at = tree.source().locate(tree.span(*node).start);
        tree.kind(*node) == Kind::Map && (at.line, at.column) == place
    })?;
    Some(Step {
        change: dated(&tree, record, sunset)?,
        file,
    })
}

/// The sunset of a record, where it stands, or as one more entry.
fn dated<'b>(tree: &Tree, record: NodeId, sunset: Date) -> Option<Change<'b>> {
    let home = tree.pointer(record);
    let day = sunset.to_string();
    Some(match tree.get(record, "sunset") {
        Some(_) => Change::Scalar {
            at: home.child("sunset"),
            made: made(&json!(day).to_string())?,
        },
        None => Change::Merge {
            map: home,
            made: made(&json!({"sunset": day}).to_string())?,
        },
    })
}

fn inline<'b>(
    found: &Found<'_>,
    notice: &Notice,
    (today, sunset): (Date, Date),
) -> Option<Step<'b>> {
    let id = notice.contract.as_deref()?;
    let bundle = contract(found, id)?.new?;
    let element = notice.element.as_deref()?;
    with_elements(bundle, id, |_, elements| {
        let trail = elements.locate(element);
        let nodes = &trail.stops.last().filter(|_| trail.complete)?.nodes;
        nodes.iter().find_map(|at| {
            let file = &bundle.files[usize::from(at.file.0)];
            let tree = &file.tree;
            tree.get(at.node, "deprecated")
                .or_else(|| tree.get(at.node, "x-deprecation"))?;
            let home = tree.pointer(at.node);
            let change = change(tree, at.node, &home, (today, sunset))?;
            Some(Step {
                file: file.path.clone(),
                change,
            })
        })
    })
}

fn change<'b>(
    tree: &Tree,
    node: NodeId,
    home: &Pointer,
    (today, sunset): (Date, Date),
) -> Option<Change<'b>> {
    if let Some(record) = tree.get(node, "x-deprecation") {
        return dated(tree, record, sunset);
    }
    let day = sunset.to_string();
    let known = SUNSETS.iter().find(|key| tree.get(node, key).is_some());
    if let Some(key) = known {
        return Some(Change::Scalar {
            at: home.child(key),
            made: made(&json!(day).to_string())?,
        });
    }
    let record = if tree.get(node, "x-deprecated-since").is_some() {
        json!({"sunset": day})
    } else {
        json!({"since": today.to_string(), "sunset": day})
    };
    Some(Change::Merge {
        map: home.clone(),
        made: made(&json!({"x-deprecation": record}).to_string())?,
    })
}
