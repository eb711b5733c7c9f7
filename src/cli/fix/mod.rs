//! `contract check --fix`: what can be mended without a decision is mended, and then checked again.

mod change;
mod notices;
mod papers;
mod problems;
mod propose;
mod settle;
mod show;

use super::{
    args::CheckArgs,
    check,
    excerpt::escaped,
    failure::Failure,
    gate::Gate,
    output,
    pairs::{Pairs, pairs},
    sides::{Sides, sides},
    told::Told,
};
use crate::policy::Governance;
use crate::report::Compared;
use crate::world::{self, Repository, Wire};
use change::Step;
use problems::Problem;
use std::{collections::BTreeMap, path::Path};

/// Files as they are to be, by their path in head; `None` is gone.
type Files = BTreeMap<String, Option<Vec<u8>>>;

/// One thing that may mend something.
struct Proposal<'b> {
    /// What is to go away by it.
    problem: Problem,
    /// The ways to do it, the best first, each with what it comes to.
    ways: Vec<(String, Vec<Step<'b>>)>,
}

/// What was asked, and what it was asked of.
struct Run<'r> {
    args: &'r CheckArgs,
    sides: Sides,
    wire: Wire,
}

/// What `check` works on.
enum Loaded {
    Governed(Box<Gate>),
    Plain(Pairs),
}

/// What `check` finds.
struct Found<'l> {
    contracts: Vec<Compared<'l>>,
    governance: Option<Governance>,
}

pub(super) fn run(args: &CheckArgs, told: Told) -> Result<u8, Failure> {
    let mut run = Run {
        args,
        sides: sides(args)?,
        wire: Wire::new(&args.reading.allow_host)?,
    };
    let loaded = run.load()?;
    if loaded.failures() > 0 {
        // Half of a tree is no ground to mend on; the check says what is wrong.
        told.note("nothing is mended while a contract cannot be read");
        return check::run(args, told);
    }
    let found = loaded.found(&run.sides)?;
    let proposals = propose::proposals(&run, &loaded, &found);
    let settled = settle::settle(&mut run, &found, &proposals)?;
    if settled.kept.is_empty() {
        told.note("there is nothing that --fix can mend");
        return check::run(args, told);
    }
    if args.fixing.dry_run {
        let diff = show::diff(&run.sides, &settled.files)?;
        output::print(diff.as_bytes())?;
    } else {
        if !args.fixing.allow_dirty {
            refuse_unsaved(&run.sides, &settled.files)?;
        }
        write(&run.sides, &settled.files)?;
    }
    for (file, what) in &settled.kept {
        let does = if args.fixing.dry_run {
            "would fix"
        } else {
            "fixed"
        };
        told.note(&format!("{does} {}: {what}", run.sides.head.name(file)));
    }
    if args.fixing.dry_run {
        told.note(&match settled.left {
            0 => "with that, nothing fails any more".to_owned(),
            1 => "with that, 1 thing still fails".to_owned(),
            many => format!("with that, {many} things still fail"),
        });
        return Ok(u8::from(settled.failed));
    }
    check::run(args, told)
}

impl Run<'_> {
    fn load(&self) -> Result<Loaded, Failure> {
        if let Some(gate) = Gate::load(&self.sides, self.args, &self.wire)? {
            return Ok(Loaded::Governed(Box::new(gate)));
        }
        Ok(Loaded::Plain(pairs(&self.sides, self.args, &self.wire)?))
    }
}

impl Loaded {
    fn pairs(&self) -> &Pairs {
        match self {
            Self::Governed(gate) => &gate.pairs,
            Self::Plain(pairs) => pairs,
        }
    }

    fn failures(&self) -> usize {
        self.pairs().failures.len()
    }

    fn found(&self, sides: &Sides) -> Result<Found<'_>, Failure> {
        match self {
            Self::Governed(gate) => {
                let judged = gate.judge(&|guide| sides.has_guide(guide));
                Ok(Found {
                    contracts: judged.contracts,
                    governance: Some(judged.governance),
                })
            }
            Self::Plain(pairs) => {
                let contracts = pairs.list.iter().map(check::compared);
                Ok(Found {
                    contracts: contracts.collect::<Result<_, _>>()?,
                    governance: None,
                })
            }
        }
    }
}

/// What git does not have nobody can bring back.
fn refuse_unsaved(sides: &Sides, files: &Files) -> Result<(), Failure> {
    let root = sides.head.snapshot.root().unwrap_or(Path::new("."));
    let name = |path: &str| {
        let key = super::find::stripped(path, &sides.head.prefix).unwrap_or(path);
        sides.head.name(key)
    };
    let Some(repository) = Repository::discover(root) else {
        let first = files.keys().next().map_or("", String::as_str);
        return Err(Failure::usage(
            format!(
                "{} is in no git repository, so nothing could bring it back",
                name(first)
            ),
            "look at `contract check --fix --dry-run`, and add --allow-dirty to change it nevertheless",
        ));
    };
    let below = super::sides::below_top(root);
    let paths: Vec<String> = files
        .keys()
        .map(|path| super::find::joined(&below, path))
        .collect();
    let unsaved = repository.unsaved(&paths)?;
    let Some(first) = unsaved.first() else {
        return Ok(());
    };
    let shown = name(super::find::stripped(first, &below).unwrap_or(first));
    let more = match unsaved.len() {
        1 => String::new(),
        many => format!(" (and {} more)", many - 1),
    };
    Err(Failure::usage(
        format!("{shown}{more} has changes that git could not bring back"),
        format!(
            "`git add {}` keeps them for `git restore`; --allow-dirty changes the file nevertheless",
            escaped(&shown)
        ),
    ))
}

fn write(sides: &Sides, files: &Files) -> Result<(), Failure> {
    let root = sides.head.snapshot.root().unwrap_or(Path::new("."));
    for (path, bytes) in files {
        let path = root.join(path);
        match bytes {
            Some(bytes) => world::write_file_atomically(&path, bytes)?,
            None => world::remove_file(&path)?,
        }
    }
    Ok(())
}
