//! `contract waiver add`: the gate is opened for a change, by those whom the policy trusts with it.

use super::{
    args::{WaiverAddArgs, WaiverArgs, WaiverCommand},
    excerpt::escaped,
    failure::Failure,
    output,
    signoff::{
        Change, Here, Made, by_contract, changes, expires, one_of, select, show, unprotected, worth,
    },
    told::Told,
};
use crate::policy::{
    FOLDER,
    files::{Waiver, WaiverRules},
    gate::{Laid, present},
};
use std::fmt::Write;

pub(super) fn run(args: &WaiverArgs, told: Told) -> Result<u8, Failure> {
    match &args.command {
        WaiverCommand::Add(args) => add(args, told),
    }
}

fn add(args: &WaiverAddArgs, told: Told) -> Result<u8, Failure> {
    let mut here = Here::load(&args.trees, told)?;
    if let Some(contract) = &args.chosen.contract {
        here.contract(contract)?;
    }
    let today = here.gate.today;
    let rules = &here.gate.policy.waivers;
    let approver = approver(&here, args)?;
    let expires = expires(args.chosen.expires.as_deref(), today, rules.max_age)?;
    let all = changes(&here.judged());
    let chosen = chosen(&all, args)?;
    let folder = format!("{FOLDER}/waivers");
    let on_disk = here.on_disk(&folder);
    let mut made = Vec::new();
    for (contract, changes) in by_contract(&chosen) {
        let waiver = Waiver {
            kind: args.kind,
            approver: approver.clone(),
            contract: contract.to_owned(),
            changes: changes.iter().flat_map(|change| change.signed()).collect(),
            reason: args.chosen.reason.clone(),
            issued: today,
            expires,
        };
        made.push(Made::new(
            waiver.yaml(),
            (today, &format!("-{}", args.kind.word())),
            &changes,
            args.chosen.sign.as_deref(),
            |name| !on_disk.join(name).exists(),
            Waiver::read,
        )?);
    }
    for made in &made {
        made.is_by(&approver, &here.gate.keys())?;
    }
    let mut text = String::new();
    for change in &chosen {
        text.push_str(&show(change, told));
        text.push('\n');
    }
    let what = match chosen.len() {
        1 => "this".to_owned(),
        many => format!("these {many} changes"),
    };
    let _ = writeln!(
        text,
        "{} waives {what} ({}), until {expires}: {}",
        escaped(&approver),
        args.kind.word(),
        escaped(&args.chosen.reason)
    );
    let need = rules.count;
    let mut files = Vec::new();
    for made in &made {
        for name in made.write(&on_disk)? {
            let name = here.name(&format!("{folder}/{name}"));
            let _ = writeln!(text, "wrote {}", escaped(&name));
        }
        let file = format!("{folder}/{}", made.name);
        let laid = Laid {
            file: &file,
            bytes: &made.bytes,
            signature: made.signature.as_deref().map(str::as_bytes),
            on_base: false,
        };
        let presented = present(here.gate.keys(), laid, Waiver::read, |it| &it.approver);
        here.gate.papers.waivers.extend(presented.ok());
        files.push(file);
    }
    text.push_str(&worth(&here, &files));
    if need > 1 {
        let _ = writeln!(text, "{need} people of the team have to waive it");
    }
    output::print(text.as_bytes())?;
    unprotected(&here, &files, told);
    Ok(0)
}

/// Who waives: one of the team that the policy names.
fn approver(here: &Here, args: &WaiverAddArgs) -> Result<String, Failure> {
    let policy = &here.gate.policy;
    let WaiverRules { kinds, team, .. } = &policy.waivers;
    if !kinds.contains(&args.kind) {
        let words: Vec<&str> = kinds.iter().map(|kind| kind.word()).collect();
        return Err(Failure::usage(
            format!(
                "the base's policy does not allow waivers of the kind {}",
                args.kind.word()
            ),
            format!("it allows {}", words.join(", ")),
        ));
    }
    let Some(team) = team else {
        return Err(Failure::usage(
            "the base's policy names no team that waives",
            "write `waivers: {approvers: {team: NAME}}` into .contract/contract.yaml, and land that first",
        ));
    };
    let people = policy.teams.get(team);
    let people = people.map_or(&[][..], |team| &team.principals);
    one_of(args.chosen.approver.as_deref(), people, team)
}

fn chosen<'c>(all: &'c [Change], args: &WaiverAddArgs) -> Result<Vec<&'c Change>, Failure> {
    let contract = args.chosen.contract.as_deref();
    let is_of = |change: &&Change| contract.is_none_or(|contract| change.contract == contract);
    let refused: Vec<&Change> = all
        .iter()
        .filter(is_of)
        .filter(|change| !change.authorised)
        .collect();
    if refused.is_empty() {
        return Err(Failure::usage(
            "there is no change that the gate refuses, so none to waive",
            "is --base what is published?",
        ));
    }
    if args.chosen.all {
        return Ok(refused);
    }
    select(&refused, &args.chosen.change, "that the gate refuses")
}
