//! `contract probe accept`: somebody decides to live with a drift for a while, or with a run for good.

use super::{
    super::{args::AcceptArgs, failure::Failure, told::Told},
    files::{self, Acceptances, Kept},
    ground::{Ground, faulty},
    plan::today,
};
use crate::probe::{
    drift::{AcceptError, Entry, accept},
    environment::Surroundings,
    history::{History, Pin},
};
use crate::world;
use jiff::civil::Date;
use std::collections::BTreeMap;

pub(super) fn run(args: &AcceptArgs, told: Told) -> Result<u8, Failure> {
    let ground = Ground::load(args.root.as_deref(), told)?;
    let today = today(args.today.as_deref())?;
    let who = who(&ground, args)?;
    let mut histories = Vec::new();
    for name in ground.environments.keys() {
        histories.push(files::history(&ground, name, told)?);
    }
    if args.id.starts_with("cp-") {
        return baseline(&ground, args, &histories, (today, &who), told);
    }
    let Some(until) = args.until.as_deref() else {
        return Err(Failure::usage(
            "nothing says until when the drift is accepted",
            "give its last day with --until YYYY-MM-DD; to accept for good, accept the run: cp-…",
        ));
    };
    let until = world::parse_date(until)
        .map_err(|error| Failure::usage(error.to_string(), "write YYYY-MM-DD"))?;
    let (finding, what) = finding(&args.id, &histories)?;
    let entry = Entry {
        finding,
        what,
        until,
        reason: args.reason.clone(),
        who,
        date: today,
    };
    let Acceptances { file, bytes, .. } = files::acceptances(&ground, told)?;
    let text = accept(&file, bytes.as_deref(), &entry).map_err(|error| match error {
        AcceptError::File(faults) => {
            let name = ground.tree.name(&file);
            faulty(&name, &bytes.unwrap_or_default(), faults, told)
        }
        AcceptError::NoFinding(_) | AcceptError::Over { .. } | AcceptError::NoLine { .. } => {
            Failure::usage(error.to_string(), "see `contract probe accept --help`")
        }
    })?;
    files::write(&ground, &file, text.as_bytes())?;
    told.note(&format!(
        "accepted {} until {until} in {}: {}",
        entry.finding,
        ground.tree.name(&file),
        entry.what
    ));
    Ok(0)
}

/// A run as what later ones are compared with.
fn baseline(
    ground: &Ground,
    args: &AcceptArgs,
    histories: &[Kept],
    (today, who): (Date, &str),
    told: Told,
) -> Result<u8, Failure> {
    let has = |kept: &&Kept| kept.history.runs.iter().any(|run| run.run == args.id);
    let Some(kept) = histories.iter().find(has) else {
        return Err(Failure::usage(
            format!("no history has a run `{}`", args.id),
            "`contract probe history` tells them",
        ));
    };
    let pin = Pin::new(&args.id, today, who, &args.reason);
    let text = History::pin(&kept.bytes, pin)
        .map_err(|faults| files::broken(ground, &kept.file, faults, told))?;
    files::write(ground, &kept.file, text.as_bytes())?;
    told.note(&format!(
        "{} is the baseline from now on, by {}",
        args.id,
        ground.tree.name(&kept.file)
    ));
    Ok(0)
}

/// The whole id of a drift that some run saw, and what it is; a whole fingerprint is taken as it is.
fn finding(id: &str, histories: &[Kept]) -> Result<(String, String), Failure> {
    let mut known: BTreeMap<&str, &str> = BTreeMap::new();
    let runs = histories.iter().flat_map(|kept| kept.history.ordered());
    for drift in runs.flat_map(|run| &run.drifts) {
        known.insert(&drift.id, &drift.message);
    }
    let mut fits = known.iter().filter(|(known, _)| known.starts_with(id));
    match (fits.next(), fits.next()) {
        (Some((id, message)), None) => Ok(((*id).to_owned(), (*message).to_owned())),
        (Some((one, _)), Some((other, _))) => Err(Failure::usage(
            format!("`{id}` begins several ids"),
            format!("write more of it: {one}, {other}"),
        )),
        (None, _) if id.starts_with("cf1:") => {
            Ok((id.to_owned(), "a change by its fingerprint".to_owned()))
        }
        (None, _) => Err(Failure::usage(
            format!("no run has seen a drift `{id}`"),
            "`contract probe run` and `contract probe history` tell their ids: df1:…",
        )),
    }
}

fn who(ground: &Ground, args: &AcceptArgs) -> Result<String, Failure> {
    if let Some(who) = &args.who {
        return Ok(who.clone());
    }
    let from = ground.surroundings();
    let names = ["GIT_AUTHOR_EMAIL", "EMAIL", "USER"];
    let found = names.iter().find_map(|name| {
        let value = from.variable(name).ok()?;
        (!value.trim().is_empty()).then_some(value)
    });
    found.ok_or_else(|| {
        Failure::usage(
            "nothing says who decides",
            "name them with --who, such as --who pat@example.com",
        )
    })
}
