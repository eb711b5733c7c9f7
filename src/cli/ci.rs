//! What a CI system reads besides a report: every format in one folder, outputs of the step, its summary, and annotations.

use super::{
    args::{CheckArgs, Ci, CiPart, Format, Target},
    failure::Failure,
    render,
    told::Told,
};
use crate::policy::{ObligationKind, Status};
use crate::report::Report;
use crate::world::{self, Stream};
use std::{
    collections::BTreeSet,
    fmt::Write as _,
    path::{Path, PathBuf},
};

/// The reports that every run leaves, by name.
const REPORTS: [(Format, &str); 5] = [
    (Format::Json, "report.json"),
    (Format::Sarif, "report.sarif"),
    (Format::Markdown, "report.md"),
    (Format::Html, "report.html"),
    (Format::Junit, "junit.xml"),
];

/// The longest summary of a step that GitHub shows, in bytes.
const SUMMARY: usize = 1_000_000;

/// A run inside of a step of GitHub Actions.
pub(super) struct Step {
    folder: PathBuf,
    /// `GITHUB_OUTPUT`.
    outputs: Option<PathBuf>,
    /// `GITHUB_STEP_SUMMARY`, unless the step wants none.
    summary: Option<PathBuf>,
    annotations: bool,
}

impl Step {
    /// The step around this run; `None` without `--ci`.
    pub(super) fn of(args: &CheckArgs) -> Result<Option<Self>, Failure> {
        let Some(Ci::Github) = args.ci else {
            return Ok(None);
        };
        let wants = |part: CiPart| !args.ci_skip.contains(&part);
        let folder = args.report_dir.clone().or_else(|| {
            let temporary = world::variable("RUNNER_TEMP")?;
            Some(Path::new(&temporary).join("contract-report"))
        });
        let Some(folder) = folder else {
            return Err(Failure::usage(
                "--ci github does not know where to leave its reports",
                "give --report-dir; on a runner RUNNER_TEMP says it",
            ));
        };
        let file = |name: &str| world::variable(name).map(PathBuf::from);
        Ok(Some(Self {
            folder,
            outputs: file("GITHUB_OUTPUT"),
            summary: file("GITHUB_STEP_SUMMARY").filter(|_| wants(CiPart::Summary)),
            annotations: wants(CiPart::Annotations),
        }))
    }

    /// The reports of the folder, and annotations in the log after what is there for people.
    pub(super) fn targets(&self, mut asked: Vec<Target>) -> Result<Vec<Target>, Failure> {
        world::make_folder(&self.folder)?;
        let mut targets: Vec<Target> = REPORTS
            .iter()
            .map(|(format, name)| Target {
                format: *format,
                file: Some(self.folder.join(name)),
            })
            .collect();
        targets.append(&mut asked);
        if self.annotations {
            targets.push(Target {
                format: Format::Github,
                file: None,
            });
        }
        Ok(targets)
    }

    /// Appends the outputs and the summary.
    pub(super) fn finish(&self, report: &Report<'_>, code: u8, told: Told) -> Result<(), Failure> {
        if let Some(file) = &self.summary {
            let mut markdown = Vec::new();
            let one = std::slice::from_ref(report);
            render::reports(
                Format::Markdown,
                one,
                false,
                told,
                None::<Stream>,
                &mut markdown,
            )
            .map_err(|error| Failure::incomplete(error.to_string()))?;
            if markdown.len() > SUMMARY {
                markdown =
                    b"The report is too long for a summary; it is in the folder of reports.\n"
                        .to_vec();
            }
            world::append_file(file, &markdown)?;
        }
        if let Some(file) = &self.outputs {
            world::append_file(file, self.outputs(report, code).as_bytes())?;
        }
        Ok(())
    }

    fn outputs(&self, report: &Report<'_>, code: u8) -> String {
        let summary = report.summary();
        let status = match code {
            0 => "pass",
            1 => "fail",
            _ => "error",
        };
        let folder = self.folder.display();
        let sarif = self.folder.join("report.sarif");
        let mut out = String::new();
        for (name, value) in [
            ("status", status.to_owned()),
            (
                "breaking",
                (summary.breaking + summary.undecided).to_string(),
            ),
            ("risky", summary.risky.to_string()),
            ("additive", summary.additive.to_string()),
            ("missing-sign-offs", missing(report)),
            ("report-dir", folder.to_string()),
            ("sarif-file", sarif.display().to_string()),
        ] {
            // A line break in a value would be another output.
            let value = value.replace(['\r', '\n'], " ");
            let _ = writeln!(out, "{name}={value}");
        }
        out
    }
}

/// The consumers who have not agreed yet, separated by commas.
fn missing(report: &Report<'_>) -> String {
    let rulings = report.contracts.iter().flat_map(|one| &one.rulings);
    let obligations = rulings.flat_map(|ruling| &ruling.obligations);
    let open = obligations
        .filter(|it| it.kind == ObligationKind::Signoff && it.status != Status::Met)
        .map(|it| it.who.as_str());
    let open: BTreeSet<&str> = open.collect();
    open.into_iter().collect::<Vec<_>>().join(",")
}
