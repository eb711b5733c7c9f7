//! `contract init`: from a repository with contracts to one that governs them.

mod names;
mod since;
mod template;
mod text;
mod write;

use super::{
    args::{InitArgs, Template},
    failure::Failure,
    find::joined,
    gate::{Standing, marked, with_elements},
    output,
    sides::{below_top, working_tree},
    told::Told,
};
use crate::diff::Options;
use crate::policy::{
    affected::Known,
    deprecations::{self, Listing, Stage},
    files::{Kind, Ledger, LedgerRecord, Record, Stability, Sunset},
    lifecycle::Lives,
};
use crate::spec::Bundle;
use crate::world::{Repository, Wire};
use since::Asked;
use std::{collections::BTreeSet, fmt::Write as _, path::Path};
use text::Named;
use write::{Done, Writer};

/// A contract that will be governed.
struct Found<'s> {
    key: &'s str,
    bundle: &'s Bundle,
    options: Options,
    /// What is deprecated in it without a day on which it may go.
    standing: Vec<String>,
}

pub(super) fn run(args: &InitArgs, told: Told) -> Result<u8, Failure> {
    let tree = working_tree(args.dir.as_deref())?;
    let root = tree.snapshot.root().unwrap_or(Path::new(".")).to_owned();
    let repository = Repository::discover(&root);
    let mut writer = Writer::new(&root);
    if let Some(template) = args.template {
        for (file, text) in template::files(template)? {
            writer.file(file, &text)?;
        }
        if template == Template::JsonSchema {
            let said = template::said(template, &writer.done, repository.is_some());
            output::print(said.as_bytes())?;
            return Ok(0);
        }
    }
    let standing = Standing::load(tree, &Wire::new(&[])?)?;
    for failure in &standing.pairs.failures {
        told.failure(failure);
    }
    let found = found(&standing, args.template);
    let mut ledger = records(&found);
    if args.from_history {
        let Some(repository) = &repository else {
            return Err(Failure::usage(
                format!("{} is not inside a git repository", root.display()),
                "leave --from-history out: without history nobody can tell since when",
            ));
        };
        date(&mut ledger, &found, repository, &root, told)?;
    }
    let named: Vec<Named<'_>> = found
        .iter()
        .map(|it| Named {
            id: &it.options.contract,
            path: it.key,
        })
        .collect();
    let starter = args.template.and_then(template::starter);
    let policy = text::policy(&named, starter.as_ref());
    if args.template == Some(Template::Openapi) {
        writer.policy(&policy)?;
        let said = template::said(Template::Openapi, &writer.done, repository.is_some());
        output::print(said.as_bytes())?;
        return Ok(0);
    }
    writer.governance(&policy, &text::consumers(), &text::ledger(&ledger))?;
    let top = repository.as_ref().and_then(Repository::work_tree);
    writer.around(
        top.is_none_or(|top| top == root),
        &text::workflow(args.action.as_deref()),
    )?;
    let said = match args.template {
        Some(template) => template::said(template, &writer.done, repository.is_some()),
        None => report(
            &found,
            &standing,
            &ledger,
            (&writer.done, args.action.is_some()),
        ),
    };
    output::print(said.as_bytes())?;
    Ok(0)
}

/// The contracts, with the ids that the policy has for them, or will have.
fn found(standing: &Standing, template: Option<Template>) -> Vec<Found<'_>> {
    let pairs = || standing.pairs.list.iter();
    let mut ids = names::ids(pairs().map(|pair| pair.key.as_str()));
    if let Some(id) = template.and_then(|_| ids.get_mut(template::API)) {
        template::ID.clone_into(id);
    }
    let mut found = Vec::new();
    for pair in pairs() {
        let Some((_, bundle)) = &pair.new else {
            continue;
        };
        let mut options = pair.options.clone();
        if standing.state.policy.is_none() {
            options.contract.clone_from(&ids[&pair.key]);
        }
        found.push(Found {
            key: &pair.key,
            bundle,
            standing: without_sunset(standing, bundle, &options),
            options,
        });
    }
    found
}

/// Elements that are deprecated, and have no record that says until when.
fn without_sunset(standing: &Standing, bundle: &Bundle, options: &Options) -> Vec<String> {
    let id = &options.contract;
    with_elements(bundle, id, |contract, elements| {
        let ledger = &standing.state.ledger.list;
        let lives = Lives::new(id, Some(elements), ledger, Stability::default());
        let marked = marked(contract, options);
        let all = deprecations::deprecations(&Listing {
            contract: id,
            bundle: Some(bundle),
            lives: &lives,
            marked: &marked,
            // No day decides whether there is a sunset.
            today: jiff::civil::Date::MIN,
            overdue_after: 0,
            known: Known {
                registry: &standing.state.consumers,
                usage: &standing.state.usage,
            },
        });
        let open = all
            .into_iter()
            .filter(|one| one.kind == Kind::Removal && one.stage == Stage::WithoutSunset);
        let elements: BTreeSet<String> = open.flat_map(|one| one.elements).collect();
        elements.into_iter().collect()
    })
}

/// One grandfathered record for each of them.
fn records(found: &[Found<'_>]) -> Ledger {
    let mut list = Vec::new();
    for contract in found {
        for element in &contract.standing {
            list.push(LedgerRecord {
                contract: contract.options.contract.clone(),
                element: element.clone(),
                kind: Kind::Removal,
                record: Record {
                    sunset: Sunset::Unset,
                    ..Record::default()
                },
                grandfathered: true,
                place: crate::policy::files::Place::default(),
            });
        }
    }
    Ledger { list }
}

/// Dates the records from history.
fn date(
    ledger: &mut Ledger,
    found: &[Found<'_>],
    repository: &Repository,
    root: &Path,
    told: Told,
) -> Result<(), Failure> {
    let prefix = below_top(root);
    let asked: Vec<Asked<'_>> = found
        .iter()
        .map(|contract| Asked {
            options: &contract.options,
            key: contract.key,
            files: if contract.standing.is_empty() {
                BTreeSet::new()
            } else {
                let files = contract.bundle.files.iter();
                files.map(|file| joined(&prefix, &file.path)).collect()
            },
            elements: contract.standing.clone(),
        })
        .collect();
    let days = since::since(repository, &prefix, &asked, told)?;
    for record in &mut ledger.list {
        let key = (record.contract.clone(), record.element.clone());
        record.record.since = days.get(&key).copied();
    }
    Ok(())
}

/// What was found, what was done, and what to do next.
fn report(
    found: &[Found<'_>],
    standing: &Standing,
    ledger: &Ledger,
    (done, has_action): (&[Done], bool),
) -> String {
    let mut out = match found.len() {
        0 => "found no contract yet\n".to_owned(),
        1 => "found 1 contract\n".to_owned(),
        many => format!("found {many} contracts\n"),
    };
    let width = found.iter().map(|it| it.options.contract.chars().count());
    let width = width.max().unwrap_or(0);
    for contract in found {
        let id = &contract.options.contract;
        let _ = writeln!(out, "  {id:width$}  {}", contract.key);
    }
    for lost in &standing.pairs.lost {
        let _ = writeln!(out, "left out {}, which cannot be read", lost.key);
    }
    for one in done {
        let _ = writeln!(out, "{one}");
    }
    let ledger_is_new = done.contains(&Done::Wrote(crate::policy::gate::LEDGER.to_owned()));
    match (ledger.list.len(), ledger_is_new) {
        (0, _) => {}
        (count, true) => {
            let _ = writeln!(
                out,
                "grandfathered {}: deprecated already, and without a day on which they may go",
                elements(count)
            );
        }
        (count, false) => {
            let _ = writeln!(
                out,
                "{} deprecated without a day on which they may go, and the ledger was left alone",
                match count {
                    1 => "1 element is".to_owned(),
                    many => format!("{many} elements are"),
                }
            );
        }
    }
    let wrote: Vec<&str> = done.iter().filter_map(Done::changed).collect();
    if wrote.is_empty() {
        return out;
    }
    out.push_str("\nnext\n");
    if wrote.contains(&".contract/contract.yaml") {
        out.push_str("  name your teams and their people in .contract/contract.yaml\n");
    }
    if wrote.contains(&".github/workflows/contract.yml") && !has_action {
        out.push_str(
            "  name the repository and a revision of the action in .github/workflows/contract.yml, which runs nothing before\n",
        );
    }
    out.push_str("  contract check\n");
    out.push_str("  give .contract/ an owner in CODEOWNERS, commit, and make the check required\n");
    out
}

fn elements(count: usize) -> String {
    match count {
        1 => "1 element".to_owned(),
        many => format!("{many} elements"),
    }
}
