//! A repository with a policy: what it governs, loaded from both sides and sent through the gate.

mod contracts;
mod judged;
mod releases;
mod standing;
mod terms;

use super::{args::CheckArgs, failure::Failure, pairs::Pairs, sides::Sides};
use crate::policy::{
    Notice, State,
    files::{Consumers, Fault, Policy, Request},
    gate::{self, Keys, Papers, Terms, Tree},
};
use crate::spec::Level;
use crate::world::{self, Wire};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

pub(super) use judged::Judged;
pub(super) use standing::{Standing, marked, with_elements};

/// The day that a run is judged on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Day {
    /// The clock's.
    Today,
    /// One that was typed.
    Given(Date),
    /// The one on which what is judged was committed; no clock is asked.
    Landed(Date),
}

/// Everything that a run of the gate rests on.
pub(super) struct Gate {
    pub(super) base: State,
    pub(super) head: State,
    /// The policy of the base, or what holds without one.
    pub(super) policy: Policy,
    pub(super) today: Date,
    clock_overridden: bool,
    /// The base as it was typed.
    typed: Option<String>,
    pub(super) papers: Papers,
    landed: Vec<(Request, Date)>,
    /// By id: the terms of every governed contract.
    pub(super) terms: BTreeMap<String, Terms>,
    /// Contracts with the ids of the policy, loaded.
    pub(super) pairs: Pairs,
    /// The id of each pair, in their order.
    ids: Vec<String>,
    leaving: BTreeSet<String>,
    releases: Vec<releases::Release>,
    notices: Vec<Notice>,
}

impl Gate {
    /// Loads it; `None` where neither side has a policy, a registry, or a ledger.
    pub(super) fn load(
        sides: &Sides,
        args: &CheckArgs,
        wire: &Wire,
    ) -> Result<Option<Self>, Failure> {
        let given = args.report.today.as_deref();
        let day = match given.map(world::parse_date) {
            Some(Ok(date)) => Day::Given(date),
            Some(Err(error)) => return Err(Failure::usage(error.to_string(), "write YYYY-MM-DD")),
            None => Day::Today,
        };
        Self::load_on(day, sides, args, wire)
    }

    /// The same on a day.
    pub(super) fn load_on(
        day: Day,
        sides: &Sides,
        args: &CheckArgs,
        wire: &Wire,
    ) -> Result<Option<Self>, Failure> {
        let base = State::load(&sides.base.snapshot, &sides.base.prefix)?;
        let head = State::load(&sides.head.snapshot, &sides.head.prefix)?;
        if base.files.is_empty() && head.files.is_empty() {
            return Ok(None);
        }
        // A policy that cannot be read must not become one that allows everything.
        if let Some(fault) = base.faults.first() {
            return Err(unreadable(fault, &sides.base_version.label));
        }
        let (today, given) = match day {
            Day::Today => (world::today(), false),
            Day::Given(date) => (date, true),
            Day::Landed(date) => (date, false),
        };
        let policy = base.rules();
        let governed = base.policy.is_some();
        if !matches!(day, Day::Landed(_)) {
            clock(sides, given && governed, today, &policy)?;
        }
        let tree = |tree: &super::find::Tree, files: &BTreeSet<String>| Side {
            snapshot: std::sync::Arc::clone(&tree.snapshot),
            prefix: tree.prefix.clone(),
            files: files.clone(),
        };
        let (old, new) = (
            tree(&sides.base, &base.files),
            tree(&sides.head, &head.files),
        );
        let keys = keys(&base, &policy, today);
        let papers = Papers::read(old.tree(), new.tree(), keys)?;
        let mut notices: Vec<Notice> = head
            .faults
            .iter()
            .chain(&head.doubts)
            .chain(&papers.faults)
            .map(fault_notice)
            .collect();
        notices.extend(gate::changed_governance(&base, &head));
        if given {
            let day = today.to_string();
            let notice = Notice::new("clock-overridden", Level::Note, &[("today", &day)]);
            notices.extend(governed.then_some(notice));
        }
        let mut landed = Vec::new();
        for (file, request) in &base.requests {
            let path = super::find::joined(&sides.base.prefix, file);
            let on = sides.base.snapshot.added(&path)?;
            landed.push((request.clone(), on.unwrap_or(request.issued)));
        }
        let planned = contracts::planned(sides, &base, &head, args, wire)?;
        notices.extend(planned.ungoverned.iter().map(|file| ungoverned(file)));
        let releases = releases::releases(sides, &base, &planned, wire, &mut notices)?;
        Ok(Some(Self {
            policy,
            today,
            clock_overridden: given,
            typed: args.base.clone(),
            papers,
            landed,
            terms: planned.terms,
            ids: planned.ids,
            pairs: planned.pairs,
            leaving: planned.leaving,
            releases,
            notices,
            base,
            head,
        }))
    }

    /// What decides whether an author is known.
    pub(super) fn keys(&self) -> Keys<'_> {
        keys(&self.base, &self.policy, self.today)
    }

    /// Who may be asked: consumers of either side, and owners.
    pub(super) fn registry(&self) -> Consumers {
        let consumers = (&self.base.consumers, &self.head.consumers);
        gate::registry(consumers, &self.policy.teams, &self.terms)
    }
}

fn keys<'k>(base: &'k State, policy: &'k Policy, today: Date) -> Keys<'k> {
    Keys {
        rules: &policy.signoff,
        signers: &base.signers,
        revoked: &base.revoked,
        codeowners: &base.codeowners,
        today,
    }
}

/// One side's tree, owned.
struct Side {
    snapshot: std::sync::Arc<world::Snapshot>,
    prefix: String,
    files: BTreeSet<String>,
}

impl Side {
    fn tree(&self) -> Tree<'_> {
        Tree {
            snapshot: &self.snapshot,
            prefix: &self.prefix,
            files: &self.files,
        }
    }
}

/// Whether the day may be given, and is not before the base.
fn clock(sides: &Sides, given: bool, today: Date, policy: &Policy) -> Result<(), Failure> {
    if given && world::in_ci() && !policy.allow_clock_override {
        return Err(Failure::usage(
            "--today is refused in CI: the policy on the base does not allow another day than today's",
            "leave --today out, or set `clock: {allow_override: true}` in .contract/contract.yaml and land that first",
        ));
    }
    let made = sides.base.snapshot.committed();
    let behind = made.and_then(|made| made.yesterday().ok());
    if let (Some(made), Some(earliest)) = (made, behind)
        && today < earliest
    {
        return Err(Failure::usage(
            format!(
                "the clock is behind the base: today is {today}, and the base was committed on {made}"
            ),
            "set the clock of this machine, or give --today a later day",
        ));
    }
    Ok(())
}

/// A governance file of the base that cannot be read.
fn unreadable(fault: &Fault, base: &str) -> Failure {
    let message = format!(
        "the governance of the base {base} cannot be read: {}",
        fault.message
    );
    let help = "mend the file on the base first; a run without it would be no gate";
    fault_failure(fault, message, help)
}

/// A fault of a governance file as an error; `help` is for one that brings none.
pub(super) fn fault_failure(fault: &Fault, message: String, help: &str) -> Failure {
    let help = fault.help.clone().unwrap_or_else(|| help.to_owned());
    Failure {
        message,
        help: Some(help),
        ..Failure::fault(fault)
    }
}

/// A contract that no entry of the policy names.
fn ungoverned(file: &str) -> Notice {
    Notice::new("contract-ungoverned", Level::Warning, &[("file", file)])
        .in_file(file, None)
        .help("name it in `contracts` of .contract/contract.yaml")
}

fn fault_notice(fault: &Fault) -> Notice {
    let holes = [
        ("file", fault.file.as_str()),
        ("why", fault.message.as_str()),
    ];
    let notice = Notice::new("governance-file-invalid", Level::Error, &holes)
        .in_file(&fault.file, fault.place);
    match &fault.help {
        Some(help) => notice.help(help.clone()),
        None => notice,
    }
}
