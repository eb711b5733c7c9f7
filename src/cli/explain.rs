//! `contract explain`: one rule, offline.

use super::{args::ExplainArgs, failure::Failure, output, render, told::Told};
use crate::rules::{self, Rule};
use similar::TextDiff;

/// How alike two ids must be for one to be taken for the other.
const ALIKE: f32 = 0.6;

pub(super) fn run(args: &ExplainArgs, told: Told) -> Result<u8, Failure> {
    let Some(rule) = Rule::find(&args.rule) else {
        return Err(unknown(&args.rule));
    };
    output::print(render::explain(rule, args.format, told).as_bytes())?;
    Ok(0)
}

fn unknown(typed: &str) -> Failure {
    let nearest = rules::all()
        .map(|rule| (TextDiff::from_chars(typed, rule.id).ratio(), rule.id))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let help = match nearest {
        Some((ratio, id)) if ratio >= ALIKE => format!("a similar rule is `{id}`"),
        _ => "`contract rules` lists all of them".to_owned(),
    };
    Failure::usage(format!("there is no rule `{typed}`"), help)
}
