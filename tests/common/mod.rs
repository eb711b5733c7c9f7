//! What several test files need.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test file uses its own part"
)]

use contract::{
    diff::{self, Options},
    judge,
    spec::{self, Assume, Bundle, LoadError, Unavailable},
};
use std::{fmt::Write, fs, path::Path};

/// A bundle of several files; the first is the entry.
pub fn files(files: &[(&str, &str)]) -> Result<Bundle, LoadError> {
    let (entry, _) = files[0];
    Bundle::load(entry, entry, Assume::default(), &|path: &str| {
        if let Some((_, text)) = files.iter().find(|(name, _)| *name == path) {
            return Ok(text.as_bytes().to_vec());
        }
        // As `world` refuses them.
        let refused = path.contains("://") || path.starts_with("..") || path.starts_with('/');
        Err(Unavailable {
            message: if refused {
                format!("{path} is outside")
            } else {
                format!("no such file: {path}")
            },
            help: None,
            refused,
            exit: 2,
        })
    })
}

/// What is wrong with one document: level, rule, place, and message, a line each, in the order of the text.
pub fn diagnostics(bundle: &Bundle) -> String {
    let mut lines: Vec<_> = bundle.diagnostics.iter().collect();
    lines.sort_by_key(|diagnostic| (diagnostic.file, diagnostic.offset, diagnostic.rule));
    let mut out = String::new();
    for diagnostic in lines {
        let source = bundle.tree(diagnostic.file).source();
        let _ = writeln!(
            out,
            "{} {} {}:{} {}",
            diagnostic.level.word(),
            diagnostic.rule,
            source.name(),
            source.locate(diagnostic.offset),
            diagnostic.message
        );
    }
    out
}

/// A bundle of one file.
pub fn bundle(name: &str, text: &str) -> Bundle {
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
pub fn findings(old: &Bundle, new: &Bundle, options: Options) -> String {
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

/// The whole contracts of fixtures/contracts by name, each side a bundle.
pub fn contracts() -> Vec<(String, Bundle)> {
    [
        "payments/base/openapi.yaml",
        "payments/head/openapi.yaml",
        "order-events/old.schema.json",
        "order-events/new.schema.json",
        "legacy-orders/old.yaml",
        "legacy-orders/new.yaml",
        "catalogue/old/openapi.yaml",
        "catalogue/new/openapi.yaml",
    ]
    .into_iter()
    .map(|path| (path.to_owned(), contract_file(path)))
    .collect()
}

/// A contract of fixtures/contracts, with the files it references.
#[allow(clippy::disallowed_methods, reason = "tests read their fixtures")]
pub fn contract_file(path: &str) -> Bundle {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/contracts");
    Bundle::load(path, path, Assume::default(), &|wanted: &str| {
        fs::read(root.join(wanted)).map_err(|error| Unavailable {
            message: error.to_string(),
            help: None,
            refused: false,
            exit: 2,
        })
    })
    .unwrap_or_else(|error| panic!("{path}: {error}"))
}
