//! `contract signoff request`: who must sign what.

use super::{Change, Here, bundle::Bundle, changes, here::consumer, markdown, show::safe};
use crate::cli::{args::RequestArgs, excerpt::escaped, failure::Failure, output, told::Told};
use crate::policy::{
    FOLDER,
    files::{Request, RequestedChange},
};
use crate::world::{self, Made};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

pub(super) fn run(args: &RequestArgs, told: Told) -> Result<u8, Failure> {
    let here = Here::load(&args.trees, told)?;
    let registry = here.gate.registry();
    if let Some(contract) = &args.contract {
        here.contract(contract)?;
    }
    if let Some(id) = &args.consumer {
        consumer(&registry, id)?;
    }
    let all = changes(&here.judged());
    let open = open(&all, args);
    if open.is_empty() {
        told.note("nobody's word is wanting");
        return Ok(0);
    }
    if let Some(file) = &args.bundle {
        return bundle(&here, &open, file);
    }
    let mut contracts: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
    for change in &open {
        contracts.entry(&change.contract).or_default().push(change);
    }
    if args.out.is_some() && contracts.len() > 1 {
        let ids: Vec<&str> = contracts.keys().copied().collect();
        return Err(Failure::usage(
            format!(
                "a request is about one contract, and {} need words",
                ids.len()
            ),
            format!("name one with --contract: {}", ids.join(", ")),
        ));
    }
    let mut requests = BTreeMap::new();
    for (contract, changes) in contracts {
        let mut request = Request {
            id: String::new(),
            contract: contract.to_owned(),
            issued: here.gate.today,
            changes: requested(&changes),
        };
        if args.out.as_deref() == Some(Path::new("-")) {
            output::print(safe(&request.yaml()).as_bytes())?;
            return Ok(0);
        }
        request.id = write(&here, &request, args.out.as_deref(), told)?;
        requests.insert(contract.to_owned(), request.id);
    }
    let page = markdown::page(
        &here,
        &registry,
        &open,
        &requests,
        args.trees.base.as_deref(),
    );
    output::print(page.as_bytes())?;
    Ok(0)
}

/// The changes that want somebody's word, each with only those whose word is wanting.
fn open(all: &[Change], args: &RequestArgs) -> Vec<Change> {
    let mut open = Vec::new();
    for change in all {
        if args
            .contract
            .as_ref()
            .is_some_and(|id| *id != change.contract)
        {
            continue;
        }
        let mut change = change.clone();
        change.asked.retain(|asked| {
            let is_meant = args
                .consumer
                .as_ref()
                .is_none_or(|id| *id == asked.consumer);
            asked.is_open() && is_meant
        });
        if !change.asked.is_empty() {
            open.push(change);
        }
    }
    open
}

/// Every place with those whom it hurts.
fn requested(changes: &[&Change]) -> Vec<RequestedChange> {
    let mut requested = Vec::new();
    let mut seen = BTreeSet::new();
    for change in changes {
        for signed in change.signed() {
            let hurt = change.asked.iter().filter(|asked| {
                let mut sites = asked.sites.iter();
                sites.any(|site| site.fingerprint == signed.fingerprint)
            });
            let consumers: Vec<String> = hurt.map(|asked| asked.consumer.clone()).collect();
            if !consumers.is_empty() && seen.insert(signed.fingerprint.clone()) {
                requested.push(RequestedChange {
                    change: signed,
                    consumers,
                });
            }
        }
    }
    requested
}

/// Writes a request, unless one that asks the same is there; its id.
fn write(
    here: &Here,
    request: &Request,
    out: Option<&Path>,
    told: Told,
) -> Result<String, Failure> {
    let yaml = request.yaml();
    if let Some(out) = out {
        let stem = out.file_stem().unwrap_or_default().to_string_lossy();
        return match world::write_new_file(out, yaml.as_bytes())? {
            Made::New => {
                told.note(&format!("wrote {}", out.display()));
                Ok(stem.into_owned())
            }
            Made::WasThere => Err(Failure::usage(
                format!("{} is there already, and is not overwritten", out.display()),
                "name another file, or remove it",
            )),
        };
    }
    let asks = |request: &Request| -> Vec<(String, Vec<String>)> {
        let changes = request.changes.iter();
        changes
            .map(|one| (one.change.fingerprint.clone(), one.consumers.clone()))
            .collect()
    };
    let known = here.gate.head.requests.iter();
    for (file, known) in known {
        if known.contract == request.contract && asks(known) == asks(request) {
            told.note(&format!("{} asks this already", here.name(file)));
            return Ok(known.id.clone());
        }
    }
    let contract = request
        .contract
        .replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    let stem = format!("sr-{}-{}", request.issued, contract.trim_matches('-'));
    let mut id = stem.clone();
    let mut number = 2;
    loop {
        let file = format!("{FOLDER}/requests/{id}.yaml");
        match world::write_new_file(&here.on_disk(&file), yaml.as_bytes())? {
            Made::New => {
                told.note(&format!("wrote {}", escaped(&here.name(&file))));
                return Ok(id);
            }
            Made::WasThere => {
                id = format!("{stem}-{number}");
                number += 1;
            }
        }
    }
}

/// Writes a bundle for the one consumer and contract that are meant.
fn bundle(here: &Here, open: &[Change], file: &Path) -> Result<u8, Failure> {
    let asked = open.iter().flat_map(|change| {
        let consumers = change.asked.iter();
        consumers.map(|asked| (asked.consumer.as_str(), change.contract.as_str()))
    });
    let asked: BTreeSet<(&str, &str)> = asked.collect();
    let [(id, contract)] = asked.iter().copied().collect::<Vec<_>>()[..] else {
        let all: Vec<String> = asked
            .iter()
            .map(|(consumer, contract)| format!("{consumer} about {contract}"))
            .collect();
        return Err(Failure::usage(
            "a bundle is for one consumer and about one contract",
            format!(
                "name them with --consumer and --contract: {}",
                all.join(", ")
            ),
        ));
    };
    let registry = here.gate.registry();
    let consumer = consumer(&registry, id)?;
    let changes: Vec<Change> = open.iter().filter_map(|change| change.of(id)).collect();
    let terms = (here.gate.today, here.gate.policy.signoff.max_age);
    let bundle = Bundle::new(consumer, contract, &changes, terms);
    if file == Path::new("-") {
        output::print(bundle.json().as_bytes())?;
    } else {
        world::write_file_atomically(file, bundle.json().as_bytes())?;
        let name = escaped(&file.display().to_string());
        let text = format!(
            "wrote {name} for {}: send it with the command\n  contract signoff add --bundle {name} --all --reason \"...\" --sign KEY\n",
            escaped(id)
        );
        output::print(text.as_bytes())?;
    }
    Ok(0)
}
