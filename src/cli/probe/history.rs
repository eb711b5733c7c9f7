//! `contract probe history`: how the operations of a vendor fared, run by run.

use super::{
    super::{
        args::{HistoryArgs, ToldAs},
        failure::Failure,
        output, render,
        told::Told,
    },
    files,
    ground::Ground,
    plan::today,
};
use crate::probe::history::trends;
use crate::text::nearest;
use serde_json::json;

pub(super) fn run(args: &HistoryArgs, told: Told) -> Result<u8, Failure> {
    let ground = Ground::load(args.root.as_deref(), told)?;
    let environment = environment(&ground, args.environment.as_deref())?;
    let mut kept = files::history(&ground, &environment, told)?;
    if args.merge {
        kept.history = kept.history.merged(today(args.today.as_deref())?);
        let text = kept.history.text();
        if text.as_bytes() != kept.bytes.as_slice() {
            files::write(&ground, &kept.file, text.as_bytes())?;
        }
    }
    let trends = trends(&kept.history, args.last);
    let text = match args.format {
        ToldAs::Text => render::probe_history(&environment, &trends, told),
        ToldAs::Json => {
            let value = json!({
                "schema_version": 1,
                "environment": environment,
                "file": ground.tree.name(&kept.file),
                "operations": trends,
            });
            format!("{value:#}\n")
        }
    };
    output::print(text.as_bytes())?;
    Ok(0)
}

/// The environment that is named, or the only one.
pub(super) fn environment(ground: &Ground, named: Option<&str>) -> Result<String, Failure> {
    let known = || ground.environments.keys().map(String::as_str);
    match (named, known().count()) {
        (Some(name), _) if known().any(|one| one == name) => Ok(name.to_owned()),
        (Some(name), _) => Err(Failure::usage(
            format!("there is no environment `{name}`"),
            match nearest(name, known()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "environments stand in .contract/contract.yaml".to_owned(),
            },
        )),
        (None, 1) => Ok(known().next().unwrap_or_default().to_owned()),
        (None, 0) => Err(Failure::usage(
            "there is no environment",
            "write one below `environments` in .contract/contract.yaml",
        )),
        (None, _) => Err(Failure::usage(
            "there are several environments",
            format!(
                "name one with --environment: {}",
                known().collect::<Vec<_>>().join(", ")
            ),
        )),
    }
}
