//! Real contracts, when `CONTRACT_CORPUS` names a folder that has `pairs/NAME/{old,new}.*`.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a skipped test says why"
)]

use contract::{
    inclusion::{Arena, Node, NodeId, Record},
    spec::{Assume, At, Bundle, Contract, Media, Operation, Shape, Unavailable},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::{Path, PathBuf},
};

/// The entries of all pairs.
pub(crate) fn documents() -> Vec<PathBuf> {
    let Some(folder) = env::var_os("CONTRACT_CORPUS") else {
        eprintln!("skipped for the corpus: CONTRACT_CORPUS is not set");
        return Vec::new();
    };
    let pairs = fs::read_dir(Path::new(&folder).join("pairs")).expect("pairs");
    let pairs = pairs.map(|pair| pair.expect("readable").path());
    let mut found: Vec<PathBuf> = pairs
        .flat_map(|pair| ["old", "new"].map(|side| entry(&pair, side)))
        .collect();
    found.sort();
    found
}

fn entry(pair: &Path, side: &str) -> PathBuf {
    [".yaml", ".json", "/DigitalOcean-public.v2.yaml"]
        .iter()
        .map(|end| pair.join(format!("{side}{end}")))
        .find(|path| path.is_file())
        .unwrap_or_else(|| panic!("{} has no {side} contract", pair.display()))
}

pub(crate) fn load(path: &Path) -> Bundle {
    let folder = path.parent().expect("a file has a folder");
    let entry = path.file_name().and_then(|name| name.to_str());
    let entry = entry.expect("UTF-8");
    let assume = Assume {
        schema: true,
        draft: None,
    };
    Bundle::load(entry, entry, assume, &|wanted: &str| {
        fs::read(folder.join(wanted)).map_err(|error| Unavailable {
            message: error.to_string(),
            help: None,
            refused: false,
            exit: 2,
        })
    })
    .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Where a contract has schemas: named ones, and those of everything that travels.
pub(crate) fn roots(contract: &Contract<'_>) -> Vec<At> {
    let mut found: BTreeSet<At> = contract.schema.into_iter().collect();
    let named = contract.components.iter();
    found.extend(
        named
            .filter(|component| matches!(component.section, "schemas" | "definitions" | "$defs"))
            .map(|component| component.at),
    );
    for operation in contract.operations().iter().chain(contract.webhooks()) {
        operation_roots(operation, &mut found);
    }
    found.into_iter().collect()
}

fn operation_roots(operation: &Operation<'_>, found: &mut BTreeSet<At>) {
    let mut shape = |shape: Option<&Shape>| match shape {
        Some(Shape::Node(at)) => found.extend([*at]),
        Some(Shape::Form(fields)) => found.extend(fields),
        None => {}
    };
    let mut content = |list: &[Media<'_>]| {
        for media in list {
            shape(media.shape.as_ref());
        }
    };
    for parameter in &operation.parameters {
        content(&parameter.content);
    }
    if let Some(body) = &operation.body {
        content(&body.content);
    }
    for response in &operation.responses {
        content(&response.content);
    }
    for parameter in &operation.parameters {
        shape(parameter.shape.as_ref());
    }
    for callback in &operation.callbacks {
        operation_roots(callback, found);
    }
}

/// Whether a schema contains itself, or one that does.
pub(crate) fn is_recursive(arena: &Arena, id: NodeId) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![id];
    while let Some(id) = open.pop() {
        if matches!(arena.get(id), Node::Link(_)) {
            return true;
        }
        if seen.insert(id) {
            open.extend(children(arena.get(id)));
        }
    }
    false
}

fn children(node: &Node) -> Vec<NodeId> {
    match node {
        Node::Anything | Node::Nothing | Node::Values(_) | Node::Opaque(_) | Node::Open => {
            Vec::new()
        }
        Node::Record(record) => inside(record),
        Node::All(parts) | Node::Any(parts) | Node::One(parts) => parts.to_vec(),
        Node::Not(inner) | Node::Link(inner) => vec![*inner],
        Node::Unevaluated {
            base,
            members,
            items,
        } => [Some(*base), *members, *items]
            .into_iter()
            .flatten()
            .collect(),
    }
}

fn inside(record: &Record) -> Vec<NodeId> {
    let (arrays, objects) = (&record.arrays, &record.objects);
    let mut found = arrays.prefix.clone();
    found.extend(arrays.rest);
    found.extend(arrays.contains.iter().map(|contains| contains.schema));
    found.extend(objects.members.values());
    found.extend(objects.patterns.iter().map(|(_, schema)| schema));
    found.extend(objects.rest);
    found.extend(objects.names);
    found
}

/// Prints what was made of a document, and what is not known of it.
pub(crate) fn report(path: &Path, arena: &Arena, lowered: &[NodeId]) {
    let mut unknown: BTreeMap<String, usize> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let mut open = lowered.to_vec();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        match arena.get(id) {
            Node::Opaque(name) => *unknown.entry(name.to_string()).or_default() += 1,
            Node::Open => panic!("{}: a schema was left open", path.display()),
            node => open.extend(children(node)),
        }
    }
    println!(
        "{}: {} schemas, {} nodes",
        path.display(),
        lowered.len(),
        arena.len()
    );
    for (name, count) in unknown {
        println!("  {count} {name}");
    }
}
