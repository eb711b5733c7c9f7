//! `contract changelog`: what changed, for whoever has to follow, and whether the version says so.

use super::{
    args::{ChangelogArgs, ChangelogFormat, CheckArgs, ReadingArgs},
    check,
    failure::Failure,
    gate::{Gate, with_elements},
    load::{compare, load_both},
    output,
    pairs::{Pairs, pairs},
    render,
    sides::{Sides, committed_tree, sides},
    told::Told,
};
use crate::diff::Options;
use crate::policy::{
    files::{LedgerRecord, Record, Stability},
    lifecycle::{Lives, window},
};
use crate::report::{Changelog, Chapter, Compared, Form, Version};
use crate::spec::Assume;
use crate::world::{self, Opened, Opener, Wire};

pub(super) fn run(args: &ChangelogArgs, told: Told) -> Result<u8, Failure> {
    let wire = Wire::new(&args.reading.allow_host)?;
    match (&args.base, args.documents.as_slice()) {
        (Some(_), _) | (None, []) => of_trees(args, &wire, told),
        (None, [old, new]) => of_documents(args, (old, new), &wire, told),
        (None, names) => Err(Failure::usage(
            match names.len() {
                1 => "a changelog tells of two documents, and one is named".to_owned(),
                many => format!("a changelog tells of two documents, and {many} are named"),
            },
            "name OLD and NEW; or give --base, which looks for contracts below each PATH",
        )),
    }
}

fn of_documents(
    args: &ChangelogArgs,
    (old, new): (&str, &str),
    wire: &Wire,
    told: Told,
) -> Result<u8, Failure> {
    let mut opener = Opener::here()?;
    if let Some(root) = &args.reading.root {
        opener = opener.with_root(root);
    }
    let mut open = |text: &str| -> Result<Opened, Failure> {
        let location = opener.locate(text)?;
        Ok(opener.open(&location)?)
    };
    let (old, new) = (open(old)?, open(new)?);
    let wanted = super::diff::wanted;
    let (before, after) = load_both(wanted(&old), wanted(&new), Assume::default(), wire);
    let (before, after) = (before?, after?);
    let options = Options {
        contract: args.reading.contract.clone().unwrap_or_default(),
        ..Options::default()
    };
    let compared = compare(&new.name, (&old.name, &before), &after, options)?;
    let version = |opened: &Opened| Version {
        label: opened.name.clone(),
        commit: opened.snapshot.commit_id().map(str::to_owned),
    };
    let chapters = vec![chapter(compared, &[], Stability::default(), None)];
    tell(args, (version(&old), version(&new)), chapters, told)
}

fn of_trees(args: &ChangelogArgs, wire: &Wire, told: Told) -> Result<u8, Failure> {
    let reading = &args.reading;
    let wanted = CheckArgs {
        paths: args.documents.clone(),
        reading: ReadingArgs {
            root: reading.root.clone(),
            allow_host: reading.allow_host.clone(),
            contract: reading.contract.clone(),
        },
        ..CheckArgs::of(args.base.as_deref(), args.today.as_deref())
    };
    let mut sides = sides(&wanted)?;
    if let Some(rev) = &args.head {
        to_commit(&mut sides, rev)?;
    }
    let gate = Gate::load(&sides, &wanted, wire)?;
    let found: Pairs;
    let pairs = if let Some(gate) = &gate {
        &gate.pairs
    } else {
        found = pairs(&sides, &wanted, wire)?;
        &found
    };
    let mut failures = pairs.failures.clone();
    let mut chapters = Vec::new();
    for pair in &pairs.list {
        let compared = match check::compared(pair) {
            Ok(compared) => compared,
            Err(failure) => {
                failures.push(failure);
                continue;
            }
        };
        let terms = gate
            .as_ref()
            .and_then(|gate| gate.terms.get(&compared.contract));
        let stability = terms.map(|terms| terms.stability.0).unwrap_or_default();
        let governed = gate.as_ref().filter(|gate| gate.base.policy.is_some());
        let days = governed
            .zip(terms)
            .map(|(gate, terms)| window(&gate.policy.windows, stability, terms.audience, None));
        let ledger = gate.as_ref().map_or(&[][..], |gate| &gate.base.ledger.list);
        chapters.push(chapter(compared, ledger, stability, days));
    }
    for failure in &failures {
        told.failure(failure);
    }
    let lost = failures.iter().map(|failure| failure.code).max();
    if chapters.is_empty() {
        return lost.map_or_else(
            || {
                Err(Failure::usage(
                    format!("there is no contract in {}", sides.place()),
                    "name another PATH, or two documents",
                ))
            },
            Ok,
        );
    }
    chapters.sort_by(|a, b| a.compared.name.cmp(&b.compared.name));
    let versions = (sides.base_version.clone(), sides.head_version.clone());
    let code = tell(args, versions, chapters, told)?;
    Ok(lost.map_or(code, |lost| lost.max(code)))
}

/// Puts a commit in the place of the working tree.
fn to_commit(sides: &mut Sides, rev: &str) -> Result<(), Failure> {
    if sides.base_version.commit.is_none() {
        return Err(Failure::usage(
            format!(
                "the base `{}` is a folder, and --head names a commit",
                sides.base_version.label
            ),
            "give --base a branch, a tag, or a commit, or leave --head out",
        ));
    }
    sides.head = committed_tree(rev)?;
    sides.head_version = Version {
        label: sides.head.snapshot.label(),
        commit: sides.head.snapshot.commit_id().map(str::to_owned),
    };
    Ok(())
}

/// Looks up which deprecation of the base announced each change.
fn chapter<'b>(
    compared: Compared<'b>,
    ledger: &[LedgerRecord],
    stability: Stability,
    window: Option<u32>,
) -> Chapter<'b> {
    let id = compared.contract.as_str();
    let announced = match compared.old {
        None => compared.findings.iter().map(|_| None).collect(),
        Some(old) => with_elements(old, id, |_, elements| {
            let lives = Lives::new(id, Some(elements), ledger, stability);
            let record = |element: &str| -> Option<Record> {
                if let Some((record, ..)) = lives.announced(element) {
                    return Some(record.clone());
                }
                Some(lives.life(element)?.effective?.record)
            };
            let findings = compared.findings.iter();
            findings
                .map(|finding| record(&finding.sites.first_element()))
                .collect()
        }),
    };
    Chapter {
        compared,
        announced,
        window,
    }
}

fn tell(
    args: &ChangelogArgs,
    (base, head): (Version, Version),
    chapters: Vec<Chapter<'_>>,
    told: Told,
) -> Result<u8, Failure> {
    let changelog = Changelog {
        base,
        head,
        today: args
            .today
            .clone()
            .unwrap_or_else(|| world::today().to_string()),
        fail_on: args.fail_on.level(),
        chapters,
    };
    let form = match args.format {
        ChangelogFormat::Markdown => Form::Markdown {
            all: told.verbosity > 0,
        },
        ChangelogFormat::Json => Form::Json,
    };
    output::print(render::changelog(&changelog, form).as_bytes())?;
    Ok(u8::from(!changelog.passes()))
}
