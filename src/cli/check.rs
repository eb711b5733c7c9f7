//! `contract check`: every contract of a tree against its base.

use super::{
    args::{CheckArgs, Target},
    ci::Step,
    diff::today,
    failure::Failure,
    gate::{Gate, Judged},
    load, output,
    pairs::{Paired, Pairs, pairs},
    sides::{Sides, sides},
    told::Told,
};
use crate::diff::Reading;
use crate::judge::{self, Side};
use crate::report::{Compared, Report};
use crate::spec;
use crate::world::Wire;

/// How many contracts are named in one line.
const NAMED: usize = 5;

pub(super) fn run(args: &CheckArgs, told: Told) -> Result<u8, Failure> {
    let step = Step::of(args)?;
    let mut targets = output::targets(&args.report)?;
    if let Some(step) = &step {
        targets = step.targets(targets)?;
    }
    let wire = Wire::new(&args.reading.allow_host)?;
    let sides = sides(args)?;
    if let Some(gate) = Gate::load(&sides, args, &wire)? {
        return governed(&gate, &sides, args, (&targets, step.as_ref()), told);
    }
    let Pairs {
        list: pairs,
        mut failures,
        base_is_empty,
        unread,
        lost: _,
    } = pairs(&sides, args, &wire)?;
    if pairs.is_empty() && unread == 0 && failures.is_empty() && !args.allow_empty {
        return Err(Failure::usage(
            format!("there is no contract in {}", sides.place()),
            "a contract has `openapi` or `swagger`, or the `$schema` of a known draft, at its root; --allow-empty passes without one",
        ));
    }
    tell(&pairs, &sides, base_is_empty && unread == 0, told);
    if !pairs.is_empty() {
        told.note(
            "there is no policy: one adds deprecation windows and sign-offs of consumers (`contract init` writes one)",
        );
    }
    let mut contracts = Vec::new();
    for pair in &pairs {
        match compared(pair) {
            Ok(compared) => contracts.push(compared),
            Err(failure) => failures.push(failure),
        }
    }
    for failure in &failures {
        told.failure(failure);
    }
    let lost = unread + pairs.len() - contracts.len();
    let code = failures.iter().map(|failure| failure.code).max();
    if contracts.is_empty()
        && let Some(code) = code
    {
        return Ok(code);
    }
    contracts.sort_by(|a, b| a.name.cmp(&b.name));
    let report = Report {
        base: sides.base_version,
        head: sides.head_version,
        today: today(&args.report),
        fail_on: args.report.fail_on.level(),
        contracts,
        governance: None,
    };
    let verdict = written(&targets, step.as_ref(), &report, told);
    if let Some(code) = code {
        told.note(&format!(
            "{} could not be compared; the verdict is that of all others",
            counted(lost.max(1))
        ));
        return Ok(code.max(verdict));
    }
    Ok(verdict)
}

/// Writes every report, and what the CI system asks for; the exit code.
fn written(targets: &[Target], step: Option<&Step>, report: &Report<'_>, told: Told) -> u8 {
    let code = output::write(targets, std::slice::from_ref(report), false, told);
    let Some(step) = step else {
        return code;
    };
    match step.finish(report, code, told) {
        Ok(()) => code,
        Err(failure) => {
            told.failure(&failure);
            code.max(failure.code)
        }
    }
}

/// The same with a policy: what it governs goes through the gate.
fn governed(
    gate: &Gate,
    sides: &Sides,
    args: &CheckArgs,
    (targets, step): (&[Target], Option<&Step>),
    told: Told,
) -> Result<u8, Failure> {
    let pairs = &gate.pairs;
    let nothing = pairs.list.is_empty() && pairs.unread == 0 && pairs.failures.is_empty();
    if nothing && !args.allow_empty {
        return Err(Failure::usage(
            format!("the policy governs no contract in {}", sides.place()),
            "name contracts in `contracts` of .contract/contract.yaml; --allow-empty passes without one",
        ));
    }
    tell(
        &pairs.list,
        sides,
        pairs.base_is_empty && pairs.unread == 0,
        told,
    );
    for failure in &pairs.failures {
        told.failure(failure);
    }
    let Judged {
        contracts,
        governance,
    } = gate.judge(&|guide| sides.has_guide(guide));
    let report = Report {
        base: sides.base_version.clone(),
        head: sides.head_version.clone(),
        today: gate.today.to_string(),
        fail_on: args.report.fail_on.level(),
        contracts,
        governance: Some(governance),
    };
    let verdict = written(targets, step, &report, told);
    let code = pairs.failures.iter().map(|failure| failure.code).max();
    Ok(code.map_or(verdict, |code| code.max(verdict)))
}

/// Says which contracts were found, and what was made of them.
fn tell(pairs: &[Paired], sides: &Sides, base_is_empty: bool, told: Told) {
    let names: Vec<&str> = pairs.iter().map(name).collect();
    let shown = if told.verbosity > 0 {
        names.len()
    } else {
        NAMED
    };
    let mut listed = names[..names.len().min(shown)].join(", ");
    if names.len() > shown {
        listed = format!("{listed}, and {} more", names.len() - shown);
    }
    if !names.is_empty() {
        told.note(&format!(
            "{} in {}, compared with {}: {listed}",
            counted(names.len()),
            sides.place(),
            sides.base_version.label
        ));
    }
    for pair in pairs {
        if let (Some((old, _)), Some((new, _))) = (&pair.old, &pair.new)
            && sides.base.name(&pair.key) != *old
        {
            told.note(&format!("{old} moved to {new}, and is compared with it"));
        }
    }
    if base_is_empty && !pairs.is_empty() {
        told.warning(
            &format!(
                "the base {} has no contract, so all are new",
                sides.base_version.label
            ),
            "check that --base is what is published",
        );
    }
}

fn counted(contracts: usize) -> String {
    match contracts {
        1 => "1 contract".to_owned(),
        many => format!("{many} contracts"),
    }
}

fn name(pair: &Paired) -> &str {
    let side = pair.new.as_ref().or(pair.old.as_ref());
    side.map_or(pair.key.as_str(), |(name, _)| name)
}

/// Both sides of a contract, or the one that there is, as without a policy.
pub(super) fn compared(pair: &Paired) -> Result<Compared<'_>, Failure> {
    let options = &pair.options;
    let one_sided = |bundle, side: Side| {
        let finding = judge::one_sided(bundle, side, &options.contract, &pair.key);
        let (old, new) = match side {
            Side::Old => (Some(bundle), None),
            Side::New => (None, Some(bundle)),
        };
        Compared {
            name: name(pair).to_owned(),
            contract: options.contract.clone(),
            old,
            new,
            operations: spec::read(bundle).operations().len(),
            reading: Reading::default(),
            findings: vec![finding],
            complaints: judge::complaints_of(bundle, side),
            rulings: Vec::new(),
        }
    };
    match (&pair.old, &pair.new) {
        (Some((old_name, old)), Some((new_name, new))) => {
            load::compare(new_name, (old_name, old), new, options.clone())
        }
        (Some((_, old)), None) => Ok(one_sided(old, Side::Old)),
        (None, Some((_, new))) => Ok(one_sided(new, Side::New)),
        (None, None) => Err(Failure::incomplete("a contract is on neither side")),
    }
}
