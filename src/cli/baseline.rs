//! `contract baseline`: what fails today is let through for a while.

use super::{
    args::{BaselineArgs, CheckArgs},
    check,
    excerpt::escaped,
    failure::Failure,
    gate::Gate,
    output,
    pairs::pairs,
    sides::{Sides, sides},
    told::Told,
};
use crate::policy::{
    FOLDER,
    files::{Accepted, Baseline, Place},
};
use crate::report::Compared;
use crate::spec::Level;
use crate::world::{self, Wire};
use jiff::{ToSpan as _, civil::Date};
use std::{collections::BTreeSet, fmt::Write, path::Path};

/// How long an entry counts that says nothing else.
const DAYS: i64 = 180;

pub(super) fn run(args: &BaselineArgs, told: Told) -> Result<u8, Failure> {
    let today = day(args.today.as_deref())?.unwrap_or_else(world::today);
    let expires = match day(args.expires.as_deref())? {
        Some(last) if last < today => {
            return Err(Failure::usage(
                format!("--expires {last} is over: today is {today}"),
                "write a later day, or leave it out",
            ));
        }
        Some(last) => last,
        None => today.checked_add(DAYS.days()).unwrap_or(Date::MAX),
    };
    if args.reason.trim().is_empty() {
        return Err(Failure::usage(
            "--reason is empty",
            "say why the changes may stay, or leave it out",
        ));
    }
    let wanted = CheckArgs::of(args.base.as_deref(), args.today.as_deref());
    let sides = sides(&wanted)?;
    let wire = Wire::new(&[])?;
    let gate = Gate::load(&sides, &wanted, &wire)?;
    let found;
    let (contracts, notices, failures, known) = if let Some(gate) = &gate {
        if let Some(fault) = gate.head.faults.iter().find(|fault| fault.file == file()) {
            return Err(Failure::fault(fault));
        }
        let judged = gate.judge(&|guide| sides.has_guide(guide));
        let known = gate.head.baseline.clone();
        let notices = judged.governance.notices;
        (judged.contracts, notices, &gate.pairs.failures, known)
    } else {
        found = pairs(&sides, &wanted, &wire)?;
        let compared = found.list.iter().map(check::compared);
        let compared = compared.collect::<Result<Vec<_>, _>>()?;
        (compared, Vec::new(), &found.failures, Baseline::default())
    };
    // A baseline that knows half of what fails would be taken for a whole one.
    if let Some(failure) = failures.first() {
        return Err(failure.clone());
    }
    let (baseline, kept) = baseline(&contracts, &known, (&args.reason, expires));
    let gone = known.list.len() - kept;
    let path = sides.head.path(&file());
    if baseline.list.is_empty() && known.list.is_empty() {
        output::print(b"nothing fails that a baseline could take; nothing was written\n")?;
    } else {
        let root = sides.head.snapshot.root().unwrap_or(Path::new("."));
        let path = root.join(path);
        if let Some(folder) = path.parent() {
            world::make_folder(folder)?;
        }
        world::write_file_atomically(&path, baseline.yaml().as_bytes())?;
        let new = baseline.list.len() - kept;
        told_of(&sides, (new, kept, gone), expires)?;
    }
    rest(&contracts, &notices, told);
    Ok(0)
}

fn file() -> String {
    format!("{FOLDER}/baseline.yaml")
}

fn day(text: Option<&str>) -> Result<Option<Date>, Failure> {
    match text.map(world::parse_date) {
        None => Ok(None),
        Some(Ok(date)) => Ok(Some(date)),
        Some(Err(error)) => Err(Failure::usage(error.to_string(), "write YYYY-MM-DD")),
    }
}

/// Everything that fails, and what is listed already and still there; and how many of the latter there are.
fn baseline(
    contracts: &[Compared<'_>],
    known: &Baseline,
    (reason, expires): (&str, Date),
) -> (Baseline, usize) {
    let mut there: BTreeSet<(&str, String)> = BTreeSet::new();
    let mut list = Vec::new();
    for compared in contracts {
        for finding in &compared.findings {
            let fails = finding.level >= Level::Error;
            for site in finding.sites.spelled() {
                let id = compared.contract.as_str();
                let is_new = there.insert((id, site.fingerprint.clone()));
                if fails && is_new && known.of(id, &site.fingerprint).is_none() {
                    list.push(Accepted {
                        contract: id.to_owned(),
                        fingerprint: site.fingerprint,
                        rule: finding.rule.id.to_owned(),
                        element: site.element,
                        reason: reason.trim().to_owned(),
                        expires,
                        place: Place::default(),
                    });
                }
            }
        }
    }
    let stays = |one: &&Accepted| there.contains(&(one.contract.as_str(), one.fingerprint.clone()));
    let kept: Vec<Accepted> = known.list.iter().filter(stays).cloned().collect();
    let count = kept.len();
    list.extend(kept);
    list.sort_by(|a, b| {
        let key = |one: &Accepted| (one.contract.clone(), one.element.clone(), one.rule.clone());
        key(a)
            .cmp(&key(b))
            .then_with(|| a.fingerprint.cmp(&b.fingerprint))
    });
    (Baseline { list }, count)
}

fn told_of(
    sides: &Sides,
    (new, kept, gone): (usize, usize, usize),
    expires: Date,
) -> Result<(), Failure> {
    let mut text = format!("wrote {}: ", escaped(&sides.head.name(&file())));
    let _ = match new {
        0 => write!(text, "nothing new"),
        1 => write!(text, "1 new entry, until {expires}"),
        many => write!(text, "{many} new entries, until {expires}"),
    };
    if kept > 0 {
        let _ = write!(text, "; {kept} kept");
    }
    if gone > 0 {
        let _ = write!(text, "; {gone} gone, for they match nothing");
    }
    text.push_str("\nit counts once it has landed on the base; read it before\n");
    output::print(text.as_bytes())
}

/// What fails besides, and no baseline takes.
fn rest(contracts: &[Compared<'_>], notices: &[crate::policy::Notice], told: Told) {
    let complaints = contracts.iter().flat_map(|one| &one.complaints);
    let faults = complaints.filter(|it| it.level >= Level::Error).count();
    // What is said about a change that is in the baseline goes with it.
    let own = notices.iter().filter(|it| it.fingerprint.is_none());
    let own = own.filter(|it| it.level >= Level::Error).count();
    if faults + own > 0 {
        told.warning(
            &format!(
                "{} besides that no baseline takes",
                match faults + own {
                    1 => "1 thing fails".to_owned(),
                    many => format!("{many} things fail"),
                }
            ),
            "`contract check` tells what is wrong with documents and governance files; mend that",
        );
    }
}
