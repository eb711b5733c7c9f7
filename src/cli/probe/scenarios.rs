//! The scenarios of a run: those that were named, or all of the repository.

use super::{
    super::{args::WhatArgs, failure::Failure, find::joined, told::Told},
    ground::{Ground, faulty},
};
use crate::policy::FOLDER;
use crate::probe::{arazzo, scenario, workflow::Scenario};
use crate::text::nearest;
use crate::tree::fields::Form;
use crate::world::{Opener, Snapshot};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

/// A scenario, and where its contracts are looked for.
pub(super) struct Found {
    pub(super) scenario: Scenario,
    /// What people call its file.
    pub(super) name: String,
    bytes: Vec<u8>,
    /// The tree of its file, and the folder that its contracts' paths start from.
    pub(super) snapshot: Arc<Snapshot>,
    pub(super) folder: String,
    /// Whether its contracts may be named by their ids in the policy.
    pub(super) knows_ids: bool,
}

impl Found {
    /// Whether all variables that it names are among these.
    pub(super) fn allow(&self, variables: &[String], told: Told) -> Result<(), Failure> {
        if self.knows_ids {
            scenario::read(&self.name, &self.bytes, Some(variables))
                .map_err(|faults| faulty(&self.name, &self.bytes, faults, told))?;
        }
        Ok(())
    }
}

/// Opens what is typed.
pub(super) fn opener(args: &WhatArgs) -> Result<Opener, Failure> {
    let opener = Opener::here()?;
    Ok(match &args.root {
        Some(root) => opener.with_root(root),
        None => opener,
    })
}

/// The scenarios that were named, in that order; else those of the repository, by their files.
pub(super) fn find(ground: &Ground, args: &WhatArgs, told: Told) -> Result<Vec<Found>, Failure> {
    let mut opener = opener(args)?;
    let mut found = Vec::new();
    let mut own = None;
    for text in &args.scenarios {
        let is_file = text.contains('/') || opener.cwd().join(text).exists();
        if is_file {
            found.push(named(&mut opener, text, args, told)?);
            continue;
        }
        if own.is_none() {
            own = Some(all(ground, told)?);
        }
        let known = own.as_deref_mut().unwrap_or_default();
        found.push(by_id(known, text)?);
    }
    if args.scenarios.is_empty() {
        // A contract that is named without a scenario is asked for itself.
        if args.contract.is_none() {
            found = all(ground, told)?.into_iter().flatten().collect();
        }
    }
    unique(&found)?;
    Ok(found)
}

fn by_id(known: &mut [Option<Found>], text: &str) -> Result<Found, Failure> {
    let is_it = |one: &Option<Found>| one.as_ref().is_some_and(|one| one.scenario.id == text);
    if let Some(place) = known.iter().position(is_it)
        && let Some(found) = known[place].take()
    {
        return Ok(found);
    }
    let ids = known.iter().flatten().map(|one| one.scenario.id.as_str());
    let all: Vec<&str> = ids.clone().collect();
    let help = match nearest(text, ids) {
        Some(near) => format!("did you mean `{near}`?"),
        None if all.is_empty() => format!("{FOLDER}/probes/ has no scenario; name a file"),
        None => format!("there are {}; or name a file", all.join(", ")),
    };
    Err(Failure::usage(
        format!("there is no scenario `{text}`"),
        help,
    ))
}

/// Two with one id would share recordings, captures, and findings.
fn unique(found: &[Found]) -> Result<(), Failure> {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for one in found {
        if let Some(first) = seen.insert(&one.scenario.id, &one.name) {
            return Err(Failure::usage(
                format!(
                    "{first} and {} have the same id, `{}`",
                    one.name, one.scenario.id
                ),
                "give each scenario an id of its own",
            ));
        }
    }
    Ok(())
}

/// Every scenario below `.contract/probes/`.
fn all(ground: &Ground, told: Told) -> Result<Vec<Option<Found>>, Failure> {
    let tree = &ground.tree;
    let folder = tree.path(&format!("{FOLDER}/probes"));
    let mut found = Vec::new();
    for path in tree.snapshot.list(&folder)? {
        let ends = [".probe.yaml", ".probe.yml", ".probe.json"];
        if !ends.iter().any(|end| path.ends_with(end)) {
            continue;
        }
        let bytes = tree.snapshot.read(&path)?;
        let name = match tree.snapshot.root() {
            Some(_) => {
                tree.name(super::super::find::stripped(&path, &tree.prefix).unwrap_or(&path))
            }
            None => path.clone(),
        };
        let scenario = scenario::read(&name, &bytes, None)
            .map_err(|faults| faulty(&name, &bytes, faults, told))?;
        found.push(Some(Found {
            scenario,
            name,
            bytes,
            snapshot: Arc::clone(&tree.snapshot),
            folder: tree.prefix.clone(),
            knows_ids: true,
        }));
    }
    Ok(found)
}

/// A file: a scenario, or an Arazzo document.
fn named(opener: &mut Opener, text: &str, args: &WhatArgs, told: Told) -> Result<Found, Failure> {
    let location = opener.locate(text)?;
    let opened = opener.open(&location)?;
    let bytes = opened.snapshot.read(&opened.entry)?;
    let name = opened.name.clone();
    let folder = Path::new(&opened.entry).parent().unwrap_or(Path::new(""));
    let folder = folder.to_string_lossy().replace('\\', "/");
    let broken = |faults| faulty(&name, &bytes, faults, told);
    let (scenario, folder, knows_ids) = if is_arazzo(&name, &bytes) {
        let (scenario, lints) =
            arazzo::read(&name, &bytes, args.arazzo_jsonpath.mode()).map_err(broken)?;
        for lint in lints {
            let message = format!("{name}:{}: {} ({})", lint.position, lint.message, lint.rule);
            told.warning(&message, &lint.help);
        }
        (scenario, folder, false)
    } else {
        let scenario = scenario::read(&name, &bytes, None).map_err(broken)?;
        // Contracts are named from the root of the repository on.
        let root = match folder.split_once(FOLDER) {
            Some((root, _)) => root.trim_end_matches('/').to_owned(),
            None => String::new(),
        };
        (scenario, root, true)
    };
    Ok(Found {
        scenario,
        name,
        bytes,
        snapshot: opened.snapshot,
        folder,
        knows_ids,
    })
}

/// Whether a document says that it is one of Arazzo's.
fn is_arazzo(name: &str, bytes: &[u8]) -> bool {
    let Ok(form) = Form::open(name, bytes) else {
        return false;
    };
    let entries = form.root().entries().unwrap_or_default();
    entries.iter().any(|(key, _)| key.text == "arazzo")
}

/// The environments that scenarios name.
pub(super) fn environments(found: &[Found]) -> BTreeSet<&str> {
    let all = found.iter();
    all.filter_map(|one| one.scenario.environment.as_deref())
        .collect()
}

impl Found {
    /// A path of one of its contracts in its tree.
    pub(super) fn path(&self, location: &str) -> String {
        let location = location.trim_start_matches("./");
        joined(&self.folder, location)
    }
}
