//! What a run says: reports to where they were asked for, all through one redactor.

use super::super::{
    args::{FailAt, HowArgs, ProbeFormat, ProbeTarget},
    failure::Failure,
    output, render,
    told::Told,
};
use crate::probe::{
    check::Verdict,
    redact::Redactor,
    summary::{Exit, Summary},
};
use crate::world::{self, Stream};

/// What to write: files first, so that whoever reads standard output finds them there.
pub(super) fn targets(how: &HowArgs) -> Result<Vec<ProbeTarget>, Failure> {
    let printed = ProbeTarget {
        format: how.format,
        file: None,
    };
    output::arranged(
        &how.output,
        |target| target.file.as_deref(),
        printed,
        "junit:probe.xml",
    )
}

/// Writes all reports that can be written; the failure of the last one that cannot.
pub(super) fn reports(
    targets: &[ProbeTarget],
    summary: &Summary,
    redactor: &Redactor,
    told: Told,
) -> Option<Failure> {
    let mut last = None;
    for target in targets {
        if let Err(failure) = one(target, summary, redactor, told) {
            told.failure(&failure);
            last = Some(failure);
        }
    }
    last
}

fn one(
    target: &ProbeTarget,
    summary: &Summary,
    redactor: &Redactor,
    told: Told,
) -> Result<(), Failure> {
    let stream = target.file.is_none().then_some(Stream::Out);
    let text = render::probe(target.format, summary, told, stream);
    let mut bytes = redactor.document(text.as_bytes());
    if target.format == ProbeFormat::Json && !bytes.ends_with(b"\n") {
        bytes.push(b'\n');
    }
    match &target.file {
        Some(path) => Ok(world::write_file_atomically(path, &bytes)?),
        None => output::print(&bytes),
    }
}

/// How the program ends.
pub(super) fn code(summary: &Summary, fail_on: FailAt) -> u8 {
    let drifts = summary.drifts.iter().map(|drift| drift.verdict);
    let steps = summary.scenarios.iter().flat_map(|one| &one.steps);
    let mut all = drifts.chain(steps.map(|step| step.verdict));
    let fails = match fail_on {
        FailAt::Fail => summary.exit == Exit::Broken,
        FailAt::Drift => all.any(|one| one >= Verdict::Drift),
        FailAt::Warn => all.any(|one| one >= Verdict::Drift || one == Verdict::Warn),
        FailAt::Never => false,
    };
    match summary.exit {
        Exit::Leak => Exit::Leak.code(),
        _ if fails => Exit::Broken.code(),
        Exit::Broken => Exit::Pass.code(),
        exit @ (Exit::Pass | Exit::Inconclusive | Exit::Configuration) => exit.code(),
    }
}
