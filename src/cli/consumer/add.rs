//! `contract consumer add`: one more entry, and nothing else in the file is touched.

use super::{REGISTRY, instead_of};
use crate::cli::{
    args::ConsumerAddArgs,
    excerpt::escaped,
    failure::{Failure, Place},
    find::Tree,
    gate::Standing,
    output,
    sides::working_tree,
};
use crate::policy::{
    FOLDER,
    files::{self, Consumer, Consumers, Fault, Usage, Use},
};
use crate::text::Position;
use crate::world::{self, Opener, ReadError, Wire};
use std::path::Path;

pub(super) fn run(args: &ConsumerAddArgs) -> Result<u8, Failure> {
    let tree = working_tree(None)?;
    let before = match tree.snapshot.read(&tree.path(REGISTRY)) {
        Ok(bytes) => Some(bytes),
        Err(ReadError::Absent { .. }) => None,
        Err(error) => return Err(error.into()),
    };
    let shown = tree.name(REGISTRY);
    if let Some(bytes) = &before {
        let known = Consumers::read(&shown, bytes).map_err(|faults| first(&faults))?;
        if let Some(known) = known.get(&args.id) {
            let mut failure = Failure::usage(
                format!("the registry has the consumer `{}` already", args.id),
                "edit its entry, or give another id",
            );
            let (line, column) = (known.place.line, known.place.column);
            failure.place = Some(Box::new(Place {
                position: Some(Position { line, column }),
                ..Place::file(&shown)
            }));
            return Err(failure);
        }
    }
    let consumer = consumer(args, &tree)?;
    let text = if let Some(bytes) = &before {
        Consumers::append(&shown, bytes, &consumer)
    } else {
        let list = vec![consumer];
        let text = Consumers { list }.yaml();
        Consumers::read(&shown, text.as_bytes()).map(|_| text)
    };
    // What is wrong is what was typed: the file itself has been read.
    let text = text.map_err(|faults| Failure {
        place: None,
        ..first(&faults)
    })?;
    let root = tree.snapshot.root().unwrap_or(Path::new("."));
    let path = root.join(tree.path(REGISTRY));
    if before.is_some() {
        world::write_file_atomically(&path, text.as_bytes())?;
    } else if world::write_new_file(&path, text.as_bytes())? == world::Made::WasThere {
        return Err(Failure::incomplete(format!(
            "{shown} came to be while this ran"
        )));
    }
    let done = if before.is_some() {
        "added it to"
    } else {
        "wrote"
    };
    let text = format!(
        "{}: {done} {}\nits word counts once that has landed on the base; `contract consumer check` says what is missing\n",
        escaped(&args.id),
        escaped(&shown)
    );
    output::print(text.as_bytes())?;
    Ok(0)
}

fn first(faults: &[Fault]) -> Failure {
    faults.first().map_or_else(
        || Failure::incomplete("the registry cannot be read"),
        Failure::fault,
    )
}

fn consumer(args: &ConsumerAddArgs, tree: &Tree) -> Result<Consumer, Failure> {
    let standing = Standing::load(working_tree(None)?, &Wire::new(&[])?)?;
    let mut uses: Vec<Use> = Vec::new();
    for contract in &args.contract {
        if !standing.terms.contains_key(contract) {
            return Err(Failure::usage(
                format!("there is no contract `{contract}`"),
                instead_of(&standing, contract),
            ));
        }
        uses.push(Use {
            contract: contract.clone(),
            usage: None,
            place: files::Place::default(),
        });
    }
    for typed in &args.usage {
        let (file, usage) = usage(tree, typed)?;
        if usage.consumer != args.id {
            return Err(Failure::usage(
                format!("{typed} is about the consumer `{}`", usage.consumer),
                format!("write `consumer: {}` there, or name another file", args.id),
            ));
        }
        let mut listed = uses.iter_mut();
        let Some(used) = listed.find(|one| one.contract == usage.contract) else {
            return Err(Failure::usage(
                format!("{typed} is about the contract `{}`", usage.contract),
                format!("name it too: --contract {}", usage.contract),
            ));
        };
        if let Some(other) = used.usage.replace(file) {
            return Err(Failure::usage(
                format!("{typed} and {other} are both about {}", usage.contract),
                "put what they say into one file",
            ));
        }
    }
    Ok(Consumer {
        id: args.id.clone(),
        name: args.name.clone(),
        tier: args.tier,
        kind: args.kind,
        contact: args.contact.clone(),
        approvers: args.approver.clone(),
        quorum: args.quorum,
        min_window: args.min_window,
        uses,
        place: files::Place::default(),
    })
}

/// A usage file by what was typed: its path below `.contract`, and what it says.
fn usage(tree: &Tree, typed: &str) -> Result<(String, Usage), Failure> {
    let area = Opener::here()?.area(typed)?;
    let start = format!("{}/", tree.path(FOLDER));
    let same = area.snapshot.root() == tree.snapshot.root();
    let Some(file) = area.below.strip_prefix(&start).filter(|_| same) else {
        return Err(Failure::usage(
            format!("{typed} is not below {FOLDER}"),
            format!("move it to {FOLDER}/usage/"),
        ));
    };
    let bytes = tree.snapshot.read(&area.below)?;
    let usage = Usage::read(typed, &bytes).map_err(|faults| first(&faults))?;
    Ok((file.to_owned(), usage))
}
