//! `contract explain`: one rule, offline.

use super::{args::ExplainArgs, failure::Failure, output, render, told::Told};
use crate::rules::Rule;

pub(super) fn run(args: &ExplainArgs, told: Told) -> Result<u8, Failure> {
    let Some(rule) = Rule::find(&args.rule) else {
        return Err(unknown(&args.rule));
    };
    output::print(render::explain(rule, args.format, told).as_bytes())?;
    Ok(0)
}

fn unknown(typed: &str) -> Failure {
    let help = match render::nearest(typed).as_slice() {
        [] => "`contract rules` lists all of them".to_owned(),
        [id] => format!("a similar rule is `{id}`"),
        ids => format!(
            "similar rules are {}",
            ids.iter()
                .map(|id| format!("`{id}`"))
                .collect::<Vec<_>>()
                .join(", ")
        ),
    };
    Failure::usage(format!("there is no rule `{typed}`"), help)
}
