//! From an opened document to a bundle, with errors that show the line at fault.

use super::{
    excerpt::Excerpt,
    failure::{Failure, Place},
};
use crate::diff::{self, Options};
use crate::judge;
use crate::report::Compared;
use crate::spec::{self, Alike, Assume, Bundle, LoadError, Unavailable};
use crate::text::Position;
use crate::tree;
use crate::world::{ReadError, Snapshot, Wire};
use std::{cell::RefCell, sync::Mutex, thread};

/// Enough for the deepest document that `tree` reads.
const STACK: usize = 8 << 20;

/// One document to load.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'w> {
    pub(super) snapshot: &'w Snapshot,
    /// Its path in the snapshot.
    pub(super) entry: &'w str,
    /// What people call it.
    pub(super) name: &'w str,
}

/// Loads two documents, at the same time unless one can be read beside the other, and looks only where they differ for what
/// is wrong with both.
pub(super) fn load_both(
    old: Wanted<'_>,
    new: Wanted<'_>,
    assume: Assume,
    wire: &Wire,
) -> (Result<Bundle, Failure>, Result<Bundle, Failure>) {
    let entry = |side: Wanted<'_>| fetch(side.snapshot, wire, side.entry);
    let (before, after) = both(|| entry(old), || entry(new));
    let (mut old, mut new) = match (&before, &after) {
        (Ok(older), Ok(newer)) if tree::overlap(older, newer) => {
            let old = open(old, before, assume, wire, None);
            let new = open(new, after, assume, wire, old.as_ref().ok());
            (old, new)
        }
        _ => both(
            || open(old, before, assume, wire, None),
            || open(new, after, assume, wire, None),
        ),
    };
    let alike = match (&old, &new) {
        (Ok(old), Ok(new)) => Alike::of(old, new),
        _ => None,
    };
    let check =
        |side: &Result<Bundle, Failure>| side.as_ref().map_or_else(|_| Vec::new(), Bundle::check);
    let (before, after) = match alike {
        Some(alike) => {
            let before = check(&old);
            let after = alike.moved(&before).unwrap_or_else(|| check(&new));
            (before, after)
        }
        None => both(|| check(&old), || check(&new)),
    };
    for (side, found) in [(&mut old, before), (&mut new, after)] {
        if let Ok(bundle) = side {
            bundle.diagnostics.extend(found);
        }
    }
    (old, new)
}

/// Does two things at the same time.
fn both<T: Send>(one: impl FnOnce() -> T + Send, other: impl FnOnce() -> T) -> (T, T) {
    let waiting = Mutex::new(Some(one));
    let run = || {
        let one = waiting.lock().ok().and_then(|mut one| one.take());
        one.map(|one| one())
    };
    thread::scope(|scope| {
        let beside = thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, run);
        let other = other();
        let one = match beside.map(thread::ScopedJoinHandle::join) {
            Ok(joined) => joined.unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            // A system without room for a thread still has room for the work.
            Err(_) => run(),
        };
        (
            one.expect("a thread that was not started took nothing"),
            other,
        )
    })
}

/// Loads a document and everything it refers to, and finds what is wrong with it.
pub(super) fn load(wanted: Wanted<'_>, assume: Assume, wire: &Wire) -> Result<Bundle, Failure> {
    let entry = fetch(wanted.snapshot, wire, wanted.entry);
    let mut bundle = open(wanted, entry, assume, wire, None)?;
    let found = bundle.check();
    bundle.diagnostics.extend(found);
    Ok(bundle)
}

/// Loads a document from bytes that are at hand; what it refers to is read around its place in the snapshot.
pub(super) fn load_bytes(
    wanted: Wanted<'_>,
    bytes: Vec<u8>,
    assume: Assume,
    wire: &Wire,
) -> Result<Bundle, Failure> {
    let mut bundle = open(wanted, Ok(bytes), assume, wire, None)?;
    let found = bundle.check();
    bundle.diagnostics.extend(found);
    Ok(bundle)
}

/// Loads a document, whose own bytes are there, and everything it refers to.
fn open(
    wanted: Wanted<'_>,
    entry: Result<Vec<u8>, Unavailable>,
    assume: Assume,
    wire: &Wire,
    older: Option<&Bundle>,
) -> Result<Bundle, Failure> {
    let last = RefCell::new(String::new());
    let entry = RefCell::new(Some(entry));
    let fetch = |path: &str| {
        path.clone_into(&mut last.borrow_mut());
        // What is asked for first is the document itself.
        let entry = entry.borrow_mut().take();
        entry.unwrap_or_else(|| fetch(wanted.snapshot, wire, path))
    };
    Bundle::open(wanted.name, wanted.entry, assume, &fetch, older)
        .map_err(|error| explained(&error, wanted, &last.borrow()))
}

fn fetch(snapshot: &Snapshot, wire: &Wire, path: &str) -> Result<Vec<u8>, Unavailable> {
    if path.contains("://") {
        return wire.fetch(path).map_err(|error| Unavailable {
            message: error.to_string(),
            help: error.help(),
            refused: true,
            exit: error.exit_code(),
        });
    }
    snapshot.read(path).map_err(|error| Unavailable {
        message: error.to_string(),
        help: error.help(),
        // What is not there is a fault of the contract; what must not be read ends the run.
        refused: !matches!(
            error,
            ReadError::Absent { .. }
                | ReadError::Folder { .. }
                | ReadError::Special { .. }
                | ReadError::NotAPath { .. }
        ),
        exit: error.exit_code(),
    })
}

fn explained(error: &LoadError, wanted: Wanted<'_>, last: &str) -> Failure {
    let at = |name: &str, path: &str, position: Position| {
        Box::new(Place {
            file: name.to_owned(),
            position: Some(position),
            excerpt: excerpt(wanted.snapshot, path, position),
        })
    };
    let mut failure = Failure {
        message: error.to_string(),
        place: None,
        also: None,
        help: error.help(),
        code: error.exit_code(),
    };
    match error {
        LoadError::Parse(error) => {
            // The file at fault is the one that was read last.
            failure.place = Some(at(&error.name, last, error.position));
            failure.also = error.also.as_ref().map(|(position, what)| {
                Box::new((*at(&error.name, last, *position), what.clone()))
            });
        }
        LoadError::UnknownKind {
            name,
            position,
            message,
            ..
        } => {
            failure.message.clone_from(message);
            failure.place = Some(at(name, wanted.entry, *position));
        }
        LoadError::Unavailable { asked, cause, .. } => {
            failure.message.clone_from(&cause.message);
            failure.help.clone_from(&cause.help);
            failure.place = Some(match asked.as_deref().and_then(split) {
                Some((name, position)) if name == wanted.name => at(name, wanted.entry, position),
                Some((name, position)) => Box::new(Place {
                    file: name.to_owned(),
                    position: Some(position),
                    excerpt: None,
                }),
                None => Box::new(Place::file(wanted.name)),
            });
        }
    }
    failure
}

/// `file:line:column`.
fn split(asked: &str) -> Option<(&str, Position)> {
    let (rest, column) = asked.rsplit_once(':')?;
    let (file, line) = rest.rsplit_once(':')?;
    let position = Position {
        line: line.parse().ok()?,
        column: column.parse().ok()?,
    };
    Some((file, position))
}

fn excerpt(snapshot: &Snapshot, path: &str, position: Position) -> Option<Excerpt> {
    if path.contains("://") {
        return None;
    }
    Excerpt::of(snapshot.read(path).ok()?, position)
}

/// One contract that both sides have.
///
/// An API and a bare schema share nothing that could be compared.
pub(super) fn compare<'b>(
    name: &str,
    old: (&str, &'b Bundle),
    new: &'b Bundle,
    options: Options,
) -> Result<Compared<'b>, Failure> {
    let (old_name, old) = old;
    if old.dialect.is_api() != new.dialect.is_api() {
        let kind = |bundle: &Bundle| {
            let dialect = bundle.dialect.name();
            if bundle.dialect.is_api() {
                format!("an API ({dialect})")
            } else {
                format!("a bare schema ({dialect})")
            }
        };
        return Err(Failure::usage(
            format!(
                "`{old_name}` is {}, and `{name}` is {}: they cannot be compared",
                kind(old),
                kind(new)
            ),
            "compare two versions of one contract; for a schema that an API uses, name the schema's own file on both sides",
        ));
    }
    let (before, after) = (spec::read(old), spec::read(new));
    let (contract, reading) = (options.contract.clone(), options.reading);
    let findings = judge::judge(&diff::compare(&before, &after, options));
    Ok(Compared {
        name: name.to_owned(),
        contract,
        old: Some(old),
        new: Some(new),
        operations: after.operations().len(),
        reading,
        findings,
        complaints: judge::complaints(old, new),
        rulings: Vec::new(),
    })
}
