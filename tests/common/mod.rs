//! What several test files need.

#![allow(dead_code, reason = "each test file uses its own part")]

use contract::{
    diff::{self, Options},
    judge,
    spec::{self, Assume, Bundle, Unavailable},
};
use std::fmt::Write;

/// A bundle of one file.
pub(crate) fn bundle(name: &str, text: &str) -> Bundle {
    let name = format!("{name}.yaml");
    Bundle::load(&name, &name, Assume::default(), &|path: &str| {
        if path == name {
            return Ok(text.as_bytes().to_vec());
        }
        Err(Unavailable {
            message: format!("no such file: {path}"),
            help: None,
            refused: false,
            exit: 2,
        })
    })
    .unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The findings and diagnostics of a comparison, a line each: verdict, direction, rule, elements, and message.
pub(crate) fn findings(old: &Bundle, new: &Bundle, options: Options) -> String {
    let (before, after) = (spec::read(old), spec::read(new));
    let comparison = diff::compare(&before, &after, options);
    let mut out = String::new();
    for finding in judge::judge(&comparison) {
        let words = |verdict: Option<contract::variance::Verdict>| {
            verdict.map_or("-", contract::variance::Verdict::word)
        };
        let _ = writeln!(
            out,
            "{} {}/{} {} {} :: {}",
            finding.verdict.word(),
            words(finding.input),
            words(finding.output),
            finding.rule.id,
            finding.sites[0].element,
            finding.message
        );
    }
    for complaint in judge::complaints(old, new) {
        let side = match complaint.side {
            Some(judge::Side::Old) => "old",
            Some(judge::Side::New) => "new",
            None => "both",
        };
        let _ = writeln!(
            out,
            "{} {side} {} :: {}",
            complaint.level.word(),
            complaint.rule,
            complaint.message
        );
    }
    out
}
