//! `contract diff`: two documents, or many, and no configuration.

use super::{
    args::{DiffArgs, ReportArgs},
    failure::Failure,
    load::{Wanted, compare, load, load_both},
    output,
    told::Told,
};
use crate::diff::{Flow, Options, Reading};
use crate::report::{Compared, Report, Version};
use crate::spec::{Assume, Bundle};
use crate::world::{self, Opened, Opener, ReadError, Wire, WorldError};

pub(super) fn run(args: &DiffArgs, told: Told) -> Result<u8, Failure> {
    if args.documents.len() > 2 && !args.transitive {
        return Err(Failure::usage(
            format!(
                "{} documents are too many for one comparison",
                args.documents.len()
            ),
            "name two; or add --transitive, which compares each with all before it",
        ));
    }
    let targets = output::targets(&args.report)?;
    let wire = Wire::new(&args.reading.allow_host)?;
    let opened = open(args)?;
    let bundles = load_all(args, &opened, &wire)?;
    let mut reports = Vec::new();
    for (newer, new) in bundles.iter().enumerate() {
        for (older, old) in bundles[..newer].iter().enumerate() {
            let name = &opened[newer].name;
            let compared = compare(name, (&opened[older].name, old), new, options(args))?;
            reports.push(report(
                &args.report,
                &opened[older],
                &opened[newer],
                compared,
            ));
        }
    }
    Ok(output::write(&targets, &reports, args.transitive, told))
}

fn open(args: &DiffArgs) -> Result<Vec<Opened>, Failure> {
    let mut opener = Opener::here()?;
    if let Some(root) = &args.reading.root {
        opener = opener.with_root(root);
    }
    let mut documents = Vec::with_capacity(args.documents.len());
    for text in &args.documents {
        let location = opener.locate(text)?;
        documents.push(
            opener
                .open(&location)
                .map_err(|error| explained(error, args))?,
        );
    }
    Ok(documents)
}

/// `diff` takes documents; people with folders want `check`.
fn explained(error: WorldError, args: &DiffArgs) -> Failure {
    let folder = matches!(error, WorldError::Read(ReadError::Folder { .. }));
    let mut failure = Failure::from(error);
    if let ([old, new], true) = (args.documents.as_slice(), folder) {
        failure.help = Some(format!(
            "name a file in it; to compare all contracts of two folders: contract check {new} --base {old}"
        ));
    }
    failure
}

fn load_all(args: &DiffArgs, opened: &[Opened], wire: &Wire) -> Result<Vec<Bundle>, Failure> {
    let assume = Assume {
        schema: args.direction.is_some() || args.content_model.is_some() || args.draft().is_some(),
        draft: args.draft(),
    };
    let mut bundles = Vec::with_capacity(opened.len());
    let (pairs, rest) = opened.as_chunks::<2>();
    for [old, new] in pairs {
        let (old, new) = load_both(wanted(old), wanted(new), assume, wire);
        bundles.push(old?);
        bundles.push(new?);
    }
    for last in rest {
        bundles.push(load(wanted(last), assume, wire)?);
    }
    Ok(bundles)
}

/// What to load of an opened document.
pub(super) fn wanted(opened: &Opened) -> Wanted<'_> {
    Wanted {
        snapshot: &opened.snapshot,
        entry: &opened.entry,
        name: &opened.name,
    }
}

fn options(args: &DiffArgs) -> Options {
    Options {
        reading: args
            .content_model
            .map_or(Reading::default(), super::args::ContentModel::reading),
        flow: args
            .direction
            .map_or(Flow::default(), super::args::Direction::flow),
        contract: args.reading.contract.clone().unwrap_or_default(),
        assert_format: args.assert_format,
        thorough: false,
    }
}

fn report<'b>(args: &ReportArgs, old: &Opened, new: &Opened, compared: Compared<'b>) -> Report<'b> {
    let version = |opened: &Opened| Version {
        label: opened.name.clone(),
        commit: opened.snapshot.commit_id().map(str::to_owned),
    };
    Report {
        base: version(old),
        head: version(new),
        today: today(args),
        fail_on: args.fail_on.level(),
        contracts: vec![compared],
        governance: None,
    }
}

pub(super) fn today(args: &ReportArgs) -> String {
    args.today
        .clone()
        .unwrap_or_else(|| world::today().to_string())
}
