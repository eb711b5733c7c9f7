//! What several test files need.

#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(clippy::disallowed_methods, reason = "tests read their fixtures")]

pub(crate) mod corpus;
pub(crate) mod governed;
pub(crate) mod sets;

use contract::{
    diff::{self, Options},
    judge::{self, Finding},
    spec::{self, Assume, Bundle, LoadError, Unavailable},
    tree::{self, Tree},
};
use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

pub(crate) fn absent(path: &str) -> Unavailable {
    Unavailable {
        message: format!("no such file: {path}"),
        help: None,
        refused: false,
        exit: 2,
    }
}

/// A bundle of one file.
pub(crate) fn bundle(name: &str, text: &str) -> Bundle {
    let name = format!("{name}.yaml");
    Bundle::load(&name, &name, Assume::default(), &|path: &str| {
        if path == name {
            Ok(text.as_bytes().to_vec())
        } else {
            Err(absent(path))
        }
    })
    .unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A bundle from disk, with the files it references below its own folder.
pub(crate) fn load(path: &Path) -> Bundle {
    load_with(path, &|_, bytes| bytes)
}

/// A bundle from disk, each of its files written anew.
pub(crate) fn load_as(path: &Path, rewrite: &dyn Fn(&Tree) -> String) -> Bundle {
    load_with(path, &|name, bytes| {
        let tree = tree::parse_bytes(name, bytes).unwrap_or_else(|error| panic!("{error}"));
        rewrite(&tree).into_bytes()
    })
}

fn load_with(path: &Path, rewrite: &dyn Fn(&str, Vec<u8>) -> Vec<u8>) -> Bundle {
    let folder = path.parent().expect("a file has a folder");
    let entry = path
        .file_name()
        .and_then(|name| name.to_str())
        .expect("UTF-8");
    // Bare schemas without `$schema` are schemas, too.
    let assume = Assume {
        schema: true,
        draft: None,
    };
    // Written anew, everything is JSON, which YAML readers read as well; the name must not promise otherwise.
    Bundle::load(
        entry,
        entry,
        assume,
        &|wanted: &str| match fs::read(folder.join(wanted)) {
            Ok(bytes) => Ok(rewrite(wanted, bytes)),
            Err(_) => Err(absent(wanted)),
        },
    )
    .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The pairs below a folder: `NAME/{old,new}.*`, `NAME/{old,new}/<entry>`, or `NAME/{base,head}/<entry>`.
pub(crate) fn pairs(root: &Path) -> Vec<(PathBuf, PathBuf)> {
    let mut folders: Vec<PathBuf> = fs::read_dir(root)
        .unwrap_or_else(|error| panic!("{}: {error}", root.display()))
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
        .iter()
        .filter_map(|folder| {
            let side = |names: [&str; 2]| names.iter().find_map(|name| entry(folder, name));
            let sides = (side(["old", "base"]), side(["new", "head"]));
            assert!(
                sides != (None, None),
                "{} has no contract",
                folder.display()
            );
            // A contract that came or went has nothing to be compared with.
            Some((sides.0?, sides.1?))
        })
        .collect()
}

fn entry(folder: &Path, side: &str) -> Option<PathBuf> {
    for name in [
        ".yaml",
        ".json",
        ".schema.json",
        "/openapi.yaml",
        "/DigitalOcean-public.v2.yaml",
    ] {
        let path = PathBuf::from(format!("{}/{side}{name}", folder.display()));
        if path.is_file() {
            return Some(path);
        }
    }
    None
}

/// Hands every finding of a comparison to `look`.
pub(crate) fn each(old: &Bundle, new: &Bundle, options: Options, look: &mut dyn FnMut(&Finding)) {
    let (before, after) = (spec::read(old), spec::read(new));
    let comparison = diff::compare(&before, &after, options);
    for finding in judge::judge(&comparison) {
        look(&finding);
    }
}

/// The findings of a comparison, a line each: verdict, verdicts by direction, rule, element, and message.
pub(crate) fn changes(old: &Bundle, new: &Bundle, options: Options) -> String {
    let mut out = String::new();
    each(old, new, options, &mut |finding| {
        out += &line(finding, &finding.sites.first_element());
    });
    out
}

/// The findings and diagnostics of a comparison, a line each, with the number of places beside the first.
pub(crate) fn counted(old: &Bundle, new: &Bundle, options: Options) -> String {
    let mut out = String::new();
    each(old, new, options, &mut |finding| {
        let place = format!(
            "{} ({})",
            finding.sites.first_element(),
            finding.sites.len()
        );
        out += &line(finding, &place);
    });
    out + &complaints(old, new)
}

/// A finding, in a line.
pub(crate) fn line(finding: &Finding, place: &str) -> String {
    let words = |verdict: Option<contract::variance::Verdict>| {
        verdict.map_or("-", contract::variance::Verdict::word)
    };
    format!(
        "{} {}/{} {} {place} :: {}\n",
        finding.verdict.word(),
        words(finding.input),
        words(finding.output),
        finding.rule.id,
        finding.message
    )
}

/// The findings and diagnostics of a comparison, a line each.
pub(crate) fn findings(old: &Bundle, new: &Bundle, options: Options) -> String {
    changes(old, new, options) + &complaints(old, new)
}

fn complaints(old: &Bundle, new: &Bundle) -> String {
    let mut out = String::new();
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

/// Everything a comparison says, down to the last site.
pub(crate) fn everything(old: &Bundle, new: &Bundle) -> String {
    let mut out = String::new();
    each(old, new, Options::default(), &mut |finding| {
        let _ = writeln!(out, "{finding:?}");
    });
    let _ = writeln!(out, "{:?}", judge::complaints(old, new));
    out
}

/// A bundle of several files; the first is the entry.
pub(crate) fn files(files: &[(&str, &str)]) -> Result<Bundle, LoadError> {
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
pub(crate) fn diagnostics(bundle: &Bundle) -> String {
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

/// The whole contracts of fixtures/contracts by name, each side a bundle.
pub(crate) fn contracts() -> Vec<(String, Bundle)> {
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
pub(crate) fn contract_file(path: &str) -> Bundle {
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

/// A bare schema in a request and in a response, so that one pair shows both directions; a contract as it is.
pub(crate) fn mounted(text: &str) -> String {
    let root = text
        .lines()
        .find(|line| !line.starts_with('#') && !line.trim().is_empty())
        .unwrap_or_default();
    if root.starts_with("openapi:") || root.starts_with("swagger:") || root.starts_with('{') {
        return text.to_owned();
    }
    let mut out = String::from(
        "openapi: 3.1.0\ninfo: {title: Fixture, version: '1'}\npaths:\n  /fixture:\n    post:\n      requestBody:\n        required: true\n        content: {application/json: {schema: {$ref: '#/components/schemas/Fixture'}}}\n      responses:\n        '200':\n          description: Done\n          content: {application/json: {schema: {$ref: '#/components/schemas/Fixture'}}}\ncomponents:\n  schemas:\n    Fixture:\n",
    );
    for line in text.lines() {
        let _ = writeln!(out, "      {line}");
    }
    out
}
