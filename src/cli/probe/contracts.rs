//! The contracts that a run rests on, each loaded once.

use super::{
    super::{
        args::WhatArgs,
        failure::{Failure, Place},
        find,
        load::{Wanted, load},
    },
    ground::Ground,
    scenarios::{Found, opener},
};
use crate::policy::files::{ContractEntry, Where};
use crate::probe::workflow::SourceDescription;
use crate::spec::{Assume, Bundle};
use crate::text::nearest;
use crate::world::{Snapshot, Wire};
use std::sync::Arc;

/// A contract, loaded.
pub(super) struct Loaded {
    /// As the policy calls it, else its path without the extension.
    pub(super) id: String,
    /// What people call its file.
    pub(super) name: String,
    pub(super) bundle: Bundle,
    /// Its tree and its path there, to know it again.
    place: (Arc<Snapshot>, String),
}

/// All of them, in the order in which they were asked for.
#[derive(Default)]
pub(super) struct Contracts {
    pub(super) list: Vec<Loaded>,
}

impl Contracts {
    /// The contract of a scenario, by its id in the policy or its path.
    pub(super) fn of_scenario(
        &mut self,
        ground: &Ground,
        found: &Found,
        source: &SourceDescription,
    ) -> Result<usize, Failure> {
        let location = source.location.as_str();
        let by_id = || ground.policy.contracts.iter().flatten();
        let by_id = by_id().find_map(|entry| match &entry.files {
            Where::File(path) if found.knows_ids && entry.id_of(path) == location => Some(path),
            Where::File(_) | Where::Globs(_) => None,
        });
        let added = match by_id {
            Some(path) => {
                let tree = &ground.tree;
                self.add(ground, &tree.snapshot, tree.path(path), None)
            }
            None => self.add(ground, &found.snapshot, found.path(location), None),
        };
        let added = added.map_err(|failure| match known(ground, found, location) {
            Some(help) if !found.has(location) => Failure {
                message: format!("there is no contract `{location}`, nor such a file"),
                help: Some(help),
                ..failure
            },
            Some(_) | None => failure,
        });
        added.map_err(|mut failure| {
            // What is wrong inside of the contract has a better place.
            let inside = failure.place.as_ref();
            if inside.is_none_or(|place| place.position.is_none()) {
                failure.place = Some(Box::new(Place {
                    file: found.name.clone(),
                    position: Some(source.position),
                    excerpt: None,
                }));
            }
            failure
        })
    }

    /// The contract that was named on the command line.
    pub(super) fn of_option(
        &mut self,
        ground: &Ground,
        args: &WhatArgs,
        text: &str,
    ) -> Result<usize, Failure> {
        let mut opener = opener(args)?;
        let location = opener.locate(text)?;
        let opened = opener.open(&location)?;
        self.add(ground, &opened.snapshot, opened.entry, Some(opened.name))
    }

    fn add(
        &mut self,
        ground: &Ground,
        snapshot: &Arc<Snapshot>,
        entry: String,
        typed: Option<String>,
    ) -> Result<usize, Failure> {
        let is_it = |one: &Loaded| one.place.0.root() == snapshot.root() && one.place.1 == entry;
        if let Some(known) = self.list.iter().position(is_it) {
            return Ok(known);
        }
        let own = ground.tree.snapshot.root() == snapshot.root();
        let key = own
            .then(|| find::stripped(&entry, &ground.tree.prefix))
            .flatten();
        let governed = key.and_then(|key| ground.policy.entry(key));
        let id = id(key.unwrap_or(&entry), governed);
        let name = typed.unwrap_or_else(|| match key {
            Some(key) => ground.tree.name(key),
            None => entry.clone(),
        });
        let wanted = Wanted {
            snapshot,
            entry: &entry,
            name: &name,
        };
        let bundle = load(wanted, Assume::default(), &Wire::new(&[])?)?;
        if !bundle.dialect.is_api() {
            return Err(Failure::usage(
                format!("`{name}` has no operations that could be asked: it is a bare schema"),
                "name an OpenAPI or Swagger document",
            ));
        }
        self.list.push(Loaded {
            id,
            name,
            bundle,
            place: (Arc::clone(snapshot), entry),
        });
        Ok(self.list.len() - 1)
    }
}

/// What may have been meant, where contracts are named by their ids.
fn known(ground: &Ground, found: &Found, location: &str) -> Option<String> {
    if !found.knows_ids {
        return None;
    }
    let entries = ground.policy.contracts.iter().flatten();
    let ids: Vec<String> = entries
        .filter_map(|entry| match &entry.files {
            Where::File(path) => Some(entry.id_of(path)),
            Where::Globs(_) => None,
        })
        .collect();
    Some(match nearest(location, ids.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if ids.is_empty() => "write the path of a contract from the root on".to_owned(),
        None => format!("write {}, or a path from the root on", ids.join(", ")),
    })
}

fn id(key: &str, governed: Option<&ContractEntry>) -> String {
    governed.map_or_else(|| find::id(key), |entry| entry.id_of(key))
}
