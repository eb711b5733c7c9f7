//! `contract signoff verify`: whether all that is needed is signed, or whether files count.

use super::{Here, changes, list::open};
use crate::cli::{
    args::VerifyArgs,
    excerpt::escaped,
    failure::{Failure, USAGE},
    output,
    told::Told,
};
use crate::policy::{
    FOLDER, Governance,
    files::{Fault, FileKind, Signoff, Waiver},
    gate::{Laid, present},
};
use crate::world::{Opener, Snapshot};
use std::{fmt::Write, sync::Arc};

pub(super) fn run(args: &VerifyArgs, told: Told) -> Result<u8, Failure> {
    let mut here = Here::load(&args.trees, told)?;
    if args.files.is_empty() {
        return all(&here, told);
    }
    let mut names = Vec::new();
    let mut malformed = false;
    for typed in &args.files {
        match laid(&mut here, typed)? {
            Ok(file) => names.push((typed, file)),
            Err(faults) => {
                malformed = true;
                for fault in &faults {
                    told.failure(&Failure::fault(fault));
                }
            }
        }
    }
    let governance = here.judged().governance;
    let mut text = String::new();
    let mut counts = true;
    for (typed, file) in names {
        let (line, good) = state(&governance, &file);
        counts &= good;
        let _ = writeln!(text, "{}: {}", escaped(typed), escaped(&line));
    }
    output::print(text.as_bytes())?;
    Ok(if malformed { USAGE } else { u8::from(!counts) })
}

/// Everything that is needed.
fn all(here: &Here, told: Told) -> Result<u8, Failure> {
    for fault in &here.gate.papers.faults {
        told.failure(&Failure::fault(fault));
    }
    let mut text = String::new();
    for change in changes(&here.judged()) {
        for asked in change.asked.iter().filter(|asked| asked.is_open()) {
            text.push_str(&open(&change, asked));
        }
    }
    let unmet = !text.is_empty();
    if !unmet {
        text.push_str("every word that is needed is there\n");
    }
    output::print(text.as_bytes())?;
    Ok(if here.gate.papers.faults.is_empty() {
        u8::from(unmet)
    } else {
        USAGE
    })
}

/// What a file is worth, and whether that is enough.
fn state(governance: &Governance, file: &str) -> (String, bool) {
    let Some(paper) = governance.papers.iter().find(|paper| paper.file == file) else {
        return ("is not in this run".to_owned(), false);
    };
    match &paper.until {
        Ok(until) if paper.matches => (format!("counts until {until}"), true),
        Ok(_) => ("matches no change between base and head".to_owned(), false),
        Err(why) => (why.to_string(), false),
    }
}

/// Lays a file on the table as if it lay where its kind belongs; what it is called there.
fn laid(here: &mut Here, typed: &str) -> Result<Result<String, Vec<Fault>>, Failure> {
    let area = Opener::here()?.area(typed)?;
    let head = &here.sides.head;
    if is_same(&area.snapshot, &head.snapshot) {
        let papers = &here.gate.papers;
        let key = crate::cli::find::stripped(&area.below, &head.prefix).unwrap_or_default();
        let files = papers.signoffs.iter().map(|it| &it.file);
        let files = files.chain(papers.waivers.iter().map(|it| &it.file));
        if let Some(file) = files.into_iter().find(|file| *file == key) {
            return Ok(Ok(file.clone()));
        }
    }
    let bytes = area.snapshot.read(&area.below)?;
    let signature = area.snapshot.read(&format!("{}.sig", area.below)).ok();
    let name = area.below.rsplit('/').next().unwrap_or_default();
    let signoff = Signoff::read(typed, &bytes);
    let is_waiver = signoff.is_err()
        && String::from_utf8_lossy(&bytes).contains(FileKind::Waiver.schema_name());
    if is_waiver {
        let file = format!("{FOLDER}/waivers/{name}");
        let laid = Laid {
            file: &file,
            bytes: &bytes,
            signature: signature.as_deref(),
            on_base: false,
        };
        let read = |_: &str, bytes: &[u8]| Waiver::read(typed, bytes);
        let paper = match present(here.gate.keys(), laid, read, |it| &it.approver) {
            Ok(paper) => paper,
            Err(faults) => return Ok(Err(faults)),
        };
        here.gate.papers.waivers.push(paper);
        return Ok(Ok(file));
    }
    let consumer = match signoff {
        Ok(signoff) => signoff.consumer,
        Err(faults) => return Ok(Err(faults)),
    };
    let file = format!("{FOLDER}/signoffs/{consumer}/{name}");
    let laid = Laid {
        file: &file,
        bytes: &bytes,
        signature: signature.as_deref(),
        on_base: false,
    };
    let read = |_: &str, bytes: &[u8]| Signoff::read(typed, bytes);
    match present(here.gate.keys(), laid, read, |it| &it.approver) {
        Ok(paper) => {
            here.gate.papers.signoffs.push(paper);
            Ok(Ok(file))
        }
        Err(faults) => Ok(Err(faults)),
    }
}

fn is_same(one: &Arc<Snapshot>, other: &Arc<Snapshot>) -> bool {
    one.root().is_some() && one.root() == other.root()
}
