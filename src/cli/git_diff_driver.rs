//! `contract git-diff-driver`: what `git diff` shows of a contract.

use super::{
    args::GitDiffDriverArgs,
    check,
    failure::Failure,
    find::{Tree, id},
    load::{Wanted, load_bytes},
    output,
    pairs::Paired,
    render,
    sides::working_tree,
    sniff::is_contract,
    told::Told,
};
use crate::diff::Options;
use crate::report::{Report, Version};
use crate::spec::{Assume, Level};
use crate::world::{self, Wire};
use similar::TextDiff;
use std::{fmt::Write, path::Path};

/// Larger files are no contracts that anybody reads.
const MOST: u64 = 256 * 1024 * 1024;

/// How many lines stand around a change.
const AROUND: usize = 3;

/// One side, as git hands it over.
struct Side {
    /// Its path in the repository.
    path: String,
    /// `None` where the side has no such file.
    bytes: Option<Vec<u8>>,
    mode: String,
}

pub(super) fn run(args: &GitDiffDriverArgs, told: Told) -> Result<u8, Failure> {
    let (old, new, about) = match args.words.as_slice() {
        // What git says of a path with conflicts.
        [path] => {
            output::print(format!("* Unmerged path {path}\n").as_bytes())?;
            return Ok(0);
        }
        [path, old, _, old_mode, new, _, new_mode] => {
            let old = side(path, old, old_mode)?;
            (old, side(path, new, new_mode)?, "")
        }
        [path, old, _, old_mode, new, _, new_mode, other, about] => {
            let old = side(path, old, old_mode)?;
            (old, side(other, new, new_mode)?, about.as_str())
        }
        words => {
            return Err(Failure::usage(
                format!(
                    "git hands over 7 or 9 words for a file, and here are {}",
                    words.len()
                ),
                "this command is for git: `git config diff.contract.command \"contract git-diff-driver\"`",
            ));
        }
    };
    let mut text = head(&old, &new, about);
    match told_as_contract(&old, &new, told) {
        Some(Ok(report)) => text.push_str(&report),
        Some(Err(failure)) => {
            told.failure(&failure);
            text.push_str(&plain(&old, &new));
        }
        None => text.push_str(&plain(&old, &new)),
    }
    output::print(text.as_bytes())?;
    Ok(0)
}

fn side(path: &str, file: &str, mode: &str) -> Result<Side, Failure> {
    let is_there = file != "/dev/null" && mode != ".";
    let read = || world::read_file(Path::new(file), MOST);
    Ok(Side {
        path: path.to_owned(),
        bytes: is_there.then(read).transpose()?,
        mode: mode.to_owned(),
    })
}

/// The report on a contract; `None` for what is none.
fn told_as_contract(old: &Side, new: &Side, told: Told) -> Option<Result<String, Failure>> {
    let mut sides = [old, new]
        .into_iter()
        .filter_map(|side| side.bytes.as_ref());
    let named = super::find::may_be(&old.path) && super::find::may_be(&new.path);
    if !named || !sides.all(|bytes| is_contract(bytes)) {
        return None;
    }
    Some(report(old, new, told))
}

fn report(old: &Side, new: &Side, told: Told) -> Result<String, Failure> {
    let tree = working_tree(None)?;
    let wire = Wire::new(&[])?;
    let load = |side: &Side| -> Result<Option<_>, Failure> {
        let Some(bytes) = &side.bytes else {
            return Ok(None);
        };
        let bundle = load_bytes(wanted(&tree, side), bytes.clone(), Assume::default(), &wire)?;
        Ok(Some((side.path.clone(), bundle)))
    };
    let pair = Paired {
        key: new.path.clone(),
        old: load(old)?,
        new: load(new)?,
        options: Options {
            contract: id(&new.path),
            ..Options::default()
        },
    };
    let label = |side: &Side, letter: &str| Version {
        label: match side.bytes {
            Some(_) => format!("{letter}/{}", side.path),
            None => "/dev/null".to_owned(),
        },
        commit: None,
    };
    let report = Report {
        base: label(old, "a"),
        head: label(new, "b"),
        today: world::today().to_string(),
        fail_on: Some(Level::Error),
        contracts: vec![check::compared(&pair)?],
        governance: None,
    };
    let mut out = Vec::new();
    let mut told = told;
    if told.verbosity == 0 {
        // A diff shows what was added, too.
        told.verbosity = 1;
    }
    render::text(&report, told, &mut out)
        .map_err(|error| Failure::incomplete(format!("the report cannot be written: {error}")))?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// What a file refers to is read beside it in the working tree: git hands over one file only.
fn wanted<'w>(tree: &'w Tree, side: &'w Side) -> Wanted<'w> {
    Wanted {
        snapshot: &tree.snapshot,
        entry: &side.path,
        name: &side.path,
    }
}

/// The lines that git itself begins with.
fn head(old: &Side, new: &Side, about: &str) -> String {
    let mut text = format!("diff --git a/{} b/{}\n", old.path, new.path);
    match (&old.bytes, &new.bytes) {
        (None, _) => drop(writeln!(text, "new file mode {}", new.mode)),
        (_, None) => drop(writeln!(text, "deleted file mode {}", old.mode)),
        (Some(_), Some(_)) if old.mode != new.mode => {
            let _ = writeln!(text, "old mode {}\nnew mode {}", old.mode, new.mode);
        }
        (Some(_), Some(_)) => {}
    }
    let about = about.lines().filter(|line| !line.starts_with("index "));
    for line in about {
        let _ = writeln!(text, "{line}");
    }
    text
}

/// A unified diff of two texts.
fn plain(old: &Side, new: &Side) -> String {
    let label = |side: &Side, letter: &str| match side.bytes {
        Some(_) => format!("{letter}/{}", side.path),
        None => "/dev/null".to_owned(),
    };
    let (before, after) = (label(old, "a"), label(new, "b"));
    let bytes = |side: &Side| side.bytes.clone().unwrap_or_default();
    let (Ok(was), Ok(is)) = (String::from_utf8(bytes(old)), String::from_utf8(bytes(new))) else {
        return format!("Binary files {before} and {after} differ\n");
    };
    if was.contains('\0') || is.contains('\0') {
        return format!("Binary files {before} and {after} differ\n");
    }
    let diff = TextDiff::from_lines(&was, &is);
    let mut unified = diff.unified_diff();
    unified.context_radius(AROUND).header(&before, &after);
    unified.to_string()
}
