//! What is written where, and what fails.

use crate::spec::Level;
use crate::world::parse_date;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// What is written where, and what fails.
#[derive(Debug, Args)]
#[command(next_help_heading = "Report")]
pub(in crate::cli) struct ReportArgs {
    /// The format of the report on standard output.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(in crate::cli) format: Format,
    /// Also write a report to a file, or to standard output as -, such as `json:report.json`; may be repeated.
    #[arg(long, value_name = "FORMAT:PATH", value_parser = target)]
    pub(in crate::cli) output: Vec<Target>,
    /// Exit with 1 when something is as loud as this: breaking and undecided changes are errors, risky ones warnings, all others
    /// notes.
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = FailOn::Error)]
    pub(in crate::cli) fail_on: FailOn,
    /// The date that windows are counted from, YYYY-MM-DD [default: today in UTC].
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(in crate::cli) today: Option<String>,
}

/// A format of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Format {
    /// For people.
    Text,
    /// Everything, for machines; `contract schema report` prints its schema.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations of a pull request: workflow commands of GitHub Actions.
    Github,
    /// JUnit XML, for what shows test results.
    Junit,
    /// For a comment on a pull request, or the summary of a step.
    Markdown,
    /// One page with everything, which needs no network.
    Html,
    /// GitLab's Code Quality report.
    Gitlab,
    /// Logging commands of Azure Pipelines.
    Azure,
}

/// A report to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Target {
    pub(in crate::cli) format: Format,
    /// `None` is standard output.
    pub(in crate::cli) file: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum FailOn {
    Error,
    Warning,
    Note,
    Never,
}

impl FailOn {
    pub(in crate::cli) const fn level(self) -> Option<Level> {
        match self {
            Self::Error => Some(Level::Error),
            Self::Warning => Some(Level::Warning),
            Self::Note => Some(Level::Note),
            Self::Never => None,
        }
    }
}

fn target(text: &str) -> Result<Target, String> {
    let Some((format, path)) = text.split_once(':') else {
        return Err("write FORMAT:PATH, such as json:report.json".to_owned());
    };
    let format = Format::from_str(format, false)
        .map_err(|_| format!("`{format}` is not a format; known ones are {}", formats()))?;
    match path {
        "" => Err("the path is empty; write - for standard output".to_owned()),
        "-" => Ok(Target { format, file: None }),
        path => Ok(Target {
            format,
            file: Some(PathBuf::from(path)),
        }),
    }
}

fn formats() -> String {
    let names = Format::value_variants().iter();
    let names = names.filter_map(ValueEnum::to_possible_value);
    let names: Vec<String> = names.map(|name| name.get_name().to_owned()).collect();
    names.join(", ")
}

pub(super) fn date(text: &str) -> Result<String, String> {
    match parse_date(text) {
        Ok(date) => Ok(date.to_string()),
        Err(error) => Err(error.help().unwrap_or_else(|| error.to_string())),
    }
}
