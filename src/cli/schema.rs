//! `contract schema`: the form of what this tool reads and writes.

use super::{
    args::{SchemaArgs, SchemaOf},
    failure::Failure,
    output, render,
};
use crate::policy::{self, files::FileKind};
use crate::probe::scenario::SCHEMA;
use crate::report::probe::probe_report_schema;

pub(super) fn run(args: &SchemaArgs) -> Result<u8, Failure> {
    let text = match args.of {
        SchemaOf::Report => render::report_schema(),
        SchemaOf::Policy => policy::schema(FileKind::Policy),
        SchemaOf::Consumers => policy::schema(FileKind::Consumers),
        SchemaOf::Usage => policy::schema(FileKind::Usage),
        SchemaOf::Deprecations => policy::schema(FileKind::Deprecations),
        SchemaOf::Signoff => policy::schema(FileKind::Signoff),
        SchemaOf::Waiver => policy::schema(FileKind::Waiver),
        SchemaOf::Request => policy::schema(FileKind::Request),
        SchemaOf::Baseline => policy::schema(FileKind::Baseline),
        SchemaOf::Scenario => SCHEMA,
        SchemaOf::ProbeReport => probe_report_schema(),
    };
    output::print(text.as_bytes())?;
    Ok(0)
}
