//! `contract probe run` and `record`: asks, checks, compares, and removes what was created.

use super::{
    super::{
        args::{HowArgs, RecordArgs, RunArgs, WhatArgs},
        failure::Failure,
        told::Told,
    },
    asked::{Asked, asked},
    course::{Course, Job},
    files::{self, Kept},
    ground::Ground,
    judged::{By, Judged, judged},
    open::{Opened, open},
    plan::today,
    possible::possible,
    promised::Promised,
    served::Served,
    tell,
};
use crate::probe::{
    check::Verdict,
    environment::Environment,
    expression::Run,
    generate::base_paths,
    history::{History, Seen},
    redact::Redactor,
    summary::{Exit, Summary},
    workflow::Mode,
};
use crate::spec::{self, Contract};
use crate::world;
use jiff::{civil::Date, tz::TimeZone};
use std::path::Path;

/// How many runs that had not drifted make a baseline together, where no run was accepted as one.
const LAST: usize = 8;

pub(super) fn run(args: &RunArgs, told: Told) -> Result<u8, Failure> {
    let (record, replay) = (args.record.as_deref(), args.replay.as_deref());
    go((&args.what, &args.how), record, replay, told)
}

pub(super) fn record(args: &RecordArgs, told: Told) -> Result<u8, Failure> {
    let cassette = args.cassette.as_path();
    go((&args.what, &args.how), Some(cassette), None, told)
}

fn go(
    (what, how): (&WhatArgs, &HowArgs),
    record: Option<&Path>,
    replay: Option<&Path>,
    told: Told,
) -> Result<u8, Failure> {
    let targets = tell::targets(how)?;
    let ground = Ground::load(what.root.as_deref(), told)?;
    let asked = asked(&ground, what, told)?;
    let Some(environment) = &asked.environment else {
        return Err(Failure::usage(
            "nothing says which environment is asked",
            "name one with --environment",
        ));
    };
    possible(&asked, what.seed, told)?;
    let kept = files::history(&ground, &environment.name, told)?;
    let accepted = files::acceptances(&ground, told)?.accepted;
    let mut opened = open(
        &ground,
        &asked,
        environment,
        (what, how),
        (record.is_some(), replay),
        told,
    )?;
    let about = opened.about.clone();
    let run = Run::new(about.seed, opened.way.started);
    let today = match (&what.today, opened.way.live) {
        (None, false) => opened.way.started.to_zoned(TimeZone::UTC).date(),
        (given, _) => today(given.as_deref())?,
    };
    quiet_writers(&asked, about.writes, told);
    let baseline = earlier(&kept.history, &run.id).baseline(LAST);
    let read: Vec<Contract<'_>> = asked
        .contracts
        .list
        .iter()
        .map(|one| spec::read(&one.bundle))
        .collect();
    opened.way.served = served(&opened, &read);
    let promised = Promised::read(&ground, &asked.contracts, &read, today);
    let course = Course {
        contracts: asked
            .contracts
            .list
            .iter()
            .map(|one| (one.id.as_str(), &one.bundle))
            .collect(),
        usages: asked
            .contracts
            .list
            .iter()
            .zip(&read)
            .map(|(one, contract)| ground.usages(&one.id, contract))
            .collect(),
        jobs: jobs(&asked, environment),
        selection: &asked.selection,
        way: &opened.way,
        run: run.clone(),
        today,
        writes: about.writes,
        samples: about.samples,
        variables: opened.variables.clone(),
        promised: &promised,
        baseline: &baseline,
        beside: usize::try_from(environment.concurrency).unwrap_or(1),
    };
    let ran = course.run();
    told.progress("");
    let by = By {
        ground: &ground,
        contracts: &asked.contracts,
        baseline: &baseline,
        accepted: &accepted,
        run: run.id.clone(),
        environment: environment.name.clone(),
        today,
        tolerated: how.tolerate,
    };
    let mut judged = judged(&by, &read, &ran);
    if opened.way.stopped() {
        stopped(&mut judged.summary);
    }
    let redactor = opened.way.session.redactor();
    let failed = keep(
        &ground,
        (&kept, &judged, today),
        (&opened, record, how),
        &redactor,
        told,
    );
    let unwritten = tell::reports(&targets, &judged.summary, &redactor, told);
    let code = tell::code(&judged.summary, how.fail_on);
    Ok(match failed.or(unwritten) {
        Some(failure) if code != Exit::Leak.code() => failure.code,
        Some(_) | None => code,
    })
}

/// What is done, in order: scenarios, then what contracts let us ask, in as many parts as may be under way.
fn jobs<'c>(asked: &'c Asked, environment: &Environment) -> Vec<Job<'c>> {
    let written = asked.scenarios.iter().map(|item| Job::Written {
        scenario: &item.found.scenario,
        contracts: &item.contracts,
        inputs: &item.inputs,
    });
    let of = usize::try_from(environment.concurrency).unwrap_or(1);
    let own = asked.generated.iter().flat_map(|contract| {
        (0..of).map(move |part| Job::Own {
            contract: *contract,
            part,
            of,
        })
    });
    written.chain(own).collect()
}

/// Where the contracts may be served, where the base does not say it.
fn served(opened: &Opened, read: &[Contract<'_>]) -> Served {
    let base = opened.way.session.base();
    let bare = base
        .split_once("://")
        .is_some_and(|(_, rest)| !rest.contains('/'));
    let paths = read.iter().filter(|_| bare).flat_map(base_paths).collect();
    Served::new(base, paths, opened.way.live)
}

/// The history before a run: a replay is compared with what the run itself was compared with.
fn earlier(history: &History, run: &str) -> History {
    let mut earlier = history.clone();
    earlier.runs.retain(|one| one.run != run);
    earlier
        .seen
        .retain(|seen| !(seen.runs.len() == 1 && seen.runs.contains(run)));
    earlier.pins.retain(|pin| pin.run != run);
    earlier
}

/// Says that scenarios write and may not, before they are skipped step by step.
fn quiet_writers(asked: &Asked, writes: bool, told: Told) {
    if writes {
        return;
    }
    let writers = asked.scenarios.iter().map(|item| &item.found.scenario);
    let writers: Vec<&str> = writers
        .filter(|scenario| scenario.mode == Mode::Write)
        .map(|scenario| scenario.id.as_str())
        .collect();
    if !writers.is_empty() {
        told.note(&format!(
            "{} may write, and only reads in this run: --allow-writes is not given",
            writers.join(", ")
        ));
    }
}

/// A run that was cut short says nothing of what it did not get to.
fn stopped(summary: &mut Summary) {
    summary.reason = Some("the run was interrupted".to_owned());
    if summary.exit < Exit::Inconclusive {
        summary.exit = Exit::Inconclusive;
    }
    if summary.verdict < Verdict::Inconclusive {
        summary.verdict = Verdict::Inconclusive;
    }
}

/// Writes everything but the reports; the last failure is told again by the exit code.
fn keep(
    ground: &Ground,
    (kept, judged, today): (&Kept, &Judged, Date),
    (opened, record, how): (&Opened, Option<&Path>, &HowArgs),
    redactor: &Redactor,
    told: Told,
) -> Option<Failure> {
    if !opened.way.live {
        return None;
    }
    let summary = &judged.summary;
    let leaks = files::leaks(
        ground,
        &summary.environment,
        today,
        &summary.leaks,
        redactor,
    );
    let leaked = match leaks {
        Ok(Some(file)) => {
            told.warning(
                &format!("something that this run created is left: see {file}"),
                "remove it by hand, then its line",
            );
            None
        }
        Ok(None) => None,
        Err(failure) => Some(failure),
    };
    let taped = record.and_then(|file| {
        let bytes = opened.way.session.recording();
        world::write_file_atomically(file, &bytes)
            .err()
            .map(Failure::from)
    });
    let told_of = (!how.no_history)
        .then(|| remember(ground, kept, judged, today, redactor, told))
        .and_then(Result::err);
    let mut last = None;
    for failure in [leaked, taped, told_of].into_iter().flatten() {
        told.failure(&failure);
        last = Some(failure);
    }
    last
}

/// Adds the run to the history of its environment.
fn remember(
    ground: &Ground,
    kept: &Kept,
    judged: &Judged,
    today: Date,
    redactor: &Redactor,
    told: Told,
) -> Result<(), Failure> {
    let Judged { summary, shapes } = judged;
    // A run over several contracts tells them apart by their operations.
    let contract = |scenario: &crate::probe::summary::Scenario| {
        let steps = scenario
            .steps
            .iter()
            .filter_map(|step| step.operation.as_ref());
        let known = steps.flat_map(|operation| {
            let of = shapes.keys().filter(move |key| key.operation == *operation);
            of.map(|key| key.contract.clone())
        });
        known.into_iter().next().unwrap_or_default()
    };
    let run = summary.record(&contract);
    let seen = shapes
        .values()
        .map(|shape| {
            Seen::new(
                &summary.run,
                today,
                summary.is_clean(&shape.of),
                shape.clone(),
            )
        })
        .collect();
    let text = History::append(&kept.bytes, run, seen)
        .map_err(|faults| files::broken(ground, &kept.file, faults, told))?;
    let mut clean = Vec::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let line = redactor.document(line.as_bytes());
        clean.extend_from_slice(&line);
        if !line.ends_with(b"\n") {
            clean.push(b'\n');
        }
    }
    files::write(ground, &kept.file, &clean)
}
