//! Reports to where they were asked for, and then the verdict.

use super::{
    args::{ReportArgs, Target},
    failure::Failure,
    render,
    told::Told,
};
use crate::report::Report;
use crate::world::{self, Stream};
use std::{io, path::Path};

/// What to write: files first, so that whoever reads standard output finds them there.
pub(super) fn targets(args: &ReportArgs) -> Result<Vec<Target>, Failure> {
    let printed = Target {
        format: args.format,
        file: None,
    };
    arranged(
        &args.output,
        |target| target.file.as_deref(),
        printed,
        "json:report.json",
    )
}

/// Targets in the order in which they are written, `printed` last unless one goes to standard output already; an error where
/// two would go to the same place.
pub(super) fn arranged<T: Clone>(
    asked: &[T],
    file: impl Fn(&T) -> Option<&Path>,
    printed: T,
    example: &str,
) -> Result<Vec<T>, Failure> {
    let (mut targets, mut shown): (Vec<T>, Vec<T>) = asked
        .iter()
        .cloned()
        .partition(|target| file(target).is_some());
    if shown.len() > 1 {
        return Err(Failure::usage(
            "two reports cannot both go to standard output",
            format!("give one of them a file, such as --output {example}"),
        ));
    }
    for (number, target) in targets.iter().enumerate() {
        let twice = targets[..number]
            .iter()
            .any(|one| file(one) == file(target));
        if let (true, Some(path)) = (twice, file(target)) {
            return Err(Failure::usage(
                format!("two reports cannot both go to {}", path.display()),
                "give each a file of its own",
            ));
        }
    }
    targets.push(shown.pop().unwrap_or(printed));
    Ok(targets)
}

/// Writes all reports that can be written, and returns the exit code.
pub(super) fn write(
    targets: &[Target],
    reports: &[Report<'_>],
    transitive: bool,
    told: Told,
) -> u8 {
    let mut code = u8::from(!reports.iter().all(Report::passes));
    for target in targets {
        if let Err(failure) = write_one(target, reports, transitive, told) {
            code = failure.code;
            told.failure(&failure);
        }
    }
    code
}

fn write_one(
    target: &Target,
    reports: &[Report<'_>],
    transitive: bool,
    told: Told,
) -> Result<(), Failure> {
    let unwritable =
        |error: io::Error| Failure::incomplete(format!("the report cannot be written: {error}"));
    let Some(path) = &target.file else {
        // Straight through: a report may be larger than both documents.
        let mut out = world::stdout();
        render::reports(
            target.format,
            reports,
            transitive,
            told,
            Some(Stream::Out),
            &mut out,
        )
        .map_err(unwritable)?;
        return finished(out.finish());
    };
    let mut bytes = Vec::new();
    render::reports(target.format, reports, transitive, told, None, &mut bytes)
        .map_err(unwritable)?;
    Ok(world::write_file_atomically(path, &bytes)?)
}

/// Writes to standard output; a reader that left is no error.
pub(super) fn print(bytes: &[u8]) -> Result<(), Failure> {
    finished(world::write_stdout(bytes))
}

fn finished(written: io::Result<world::Written>) -> Result<(), Failure> {
    match written {
        Ok(world::Written::All | world::Written::ReaderGone) => Ok(()),
        Err(error) => Err(Failure::incomplete(format!(
            "standard output cannot be written: {error}"
        ))),
    }
}
