//! Whether a document accepts a payload: the last word on every witness, by another engine than the prover's.

mod bare;
mod chains;
mod error;
mod keywords;
mod members;
mod names;
mod place;
mod reach;
mod translate;

#[cfg(test)]
mod tests;

use super::{
    bundle::{At, Bundle},
    dialect::Draft,
    schemas::Key,
};
use crate::tree::{Kind, Tree};
use crate::variance::Direction;
use bare::Documents;
use chains::Chains;
use foldhash::HashMap;
use jsonschema::{PatternOptions, ValidationOptions, Validator};
use reach::Reach;
use serde_json::Value;
use std::{
    cell::{OnceCell, RefCell},
    rc::Rc,
    thread,
};

/// What the referee says of a payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// Whether the document accepts it.
    pub valid: bool,
    /// The keyword that refuses it.
    pub keyword: Option<String>,
    /// JSON Pointer to the refused part of the payload.
    pub at: Option<String>,
    /// The member that is missing or one too many, where the keyword is about one.
    pub member: Option<String>,
}

/// What is asked of a payload.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Question {
    nodes: Vec<At>,
    or_null: bool,
    form: bool,
    direction: Option<Direction>,
}

/// A question made ready, and the payloads it is good for.
#[derive(Debug)]
struct Prepared {
    validator: Validator,
    reach: Reach,
    /// How many schemas may apply to one value, one inside the other.
    nesting: usize,
}

/// Judges payloads by the documents of one side as they are written.
#[derive(Debug)]
pub struct Referee<'d> {
    bundle: &'d Bundle,
    assert_format: bool,
    chains: Chains,
    documents: OnceCell<Option<Documents>>,
    anchors: OnceCell<HashMap<String, usize>>,
    prepared: RefCell<HashMap<Question, Rc<Prepared>>>,
}

/// The most schemas within schemas that are tried on one payload.
const NESTING: usize = 20_000;
/// The most that fits on any stack.
const SHALLOW: usize = 100;
/// The stack for the rest: a schema takes less than 10 KB of it without optimisation.
const STACK: usize = 256 << 20;
/// The most questions to remember.
const REMEMBERED: usize = 512;

impl<'d> Referee<'d> {
    /// A referee for one side; `assert_format` is what a bare JSON Schema's `format` means.
    #[must_use]
    pub fn new(bundle: &'d Bundle, assert_format: bool) -> Self {
        Self {
            bundle,
            assert_format,
            chains: Chains::default(),
            documents: OnceCell::new(),
            anchors: OnceCell::new(),
            prepared: RefCell::default(),
        }
    }

    /// Whether the nodes together accept a payload that travels in `direction`, `or_null` beside them.
    ///
    /// `None` when the referee cannot tell: something they need is missing, or is no schema.
    #[must_use]
    pub fn judge(
        &self,
        nodes: &[At],
        or_null: bool,
        direction: Option<Direction>,
        payload: &Value,
    ) -> Option<Ruling> {
        let question = Question {
            nodes: nodes.to_vec(),
            or_null,
            form: false,
            direction,
        };
        self.answer(question, payload)
    }

    /// The same for a schema of [`Schemas`](super::Schemas), forms included.
    #[must_use]
    pub fn judge_key(
        &self,
        key: &Key,
        direction: Option<Direction>,
        payload: &Value,
    ) -> Option<Ruling> {
        let loud = key.atoms.iter().filter(|atom| !atom.quiet);
        let question = Question {
            nodes: loud.map(|atom| atom.at).collect(),
            or_null: key.or_null,
            form: key.form,
            direction,
        };
        self.answer(question, payload)
    }

    fn answer(&self, mut question: Question, payload: &Value) -> Option<Ruling> {
        if !self.bundle.dialect.is_api() {
            question.direction = None;
        }
        let reach = Reach::of(payload)?;
        let known = self.prepared.borrow().get(&question).cloned();
        let ready = match known.filter(|known| known.reach.covers(&reach)) {
            Some(ready) => ready,
            None => self.prepare(question, reach.clone())?,
        };
        let validator = &ready.validator;
        on_a_stack(ready.nesting.saturating_mul(reach.depth + 1), || {
            error::ruling(validator, payload)
        })?
    }

    fn prepare(&self, question: Question, reach: Reach) -> Option<Rc<Prepared>> {
        let (validator, nesting, reach) = if self.bundle.dialect.is_api() {
            let translated = translate::translate(self, &question, &reach)?;
            let written: Vec<At> = [&question.nodes[..], &translated.nodes].concat();
            let nesting = self.chains.longest(self.bundle, &written);
            let validator = on_a_stack(nesting, || {
                options(Draft::D2020)
                    .should_validate_formats(true)
                    .build(&translated.schema)
                    .ok()
            })??;
            (validator, nesting, reach)
        } else {
            let documents = self
                .documents
                .get_or_init(|| Documents::read(self.bundle, self.is_settled()));
            let (bundle, documents) = (self.bundle, documents.as_ref()?);
            let assert_format = self.assert_format;
            let nesting = self.chains.longest_of_all(bundle);
            let validator = on_a_stack(nesting, || {
                documents.validator(bundle, &question, assert_format)
            })??;
            (validator, nesting, Reach::everything())
        };
        let prepared = Rc::new(Prepared {
            validator,
            reach,
            nesting,
        });
        let mut all = self.prepared.borrow_mut();
        if all.len() >= REMEMBERED {
            all.clear();
        }
        all.insert(question, Rc::clone(&prepared));
        Some(prepared)
    }

    /// Whether a `$dynamicRef` to this anchor leads to the same place from everywhere.
    fn is_one_anchor(&self, name: &str) -> bool {
        self.anchors().get(name).is_none_or(|count| *count == 1)
    }

    /// Whether every reference leads to the same place from everywhere.
    fn is_settled(&self) -> bool {
        let files = &self.bundle.files;
        let recursive = |tree: &Tree| tree.sym("$recursiveAnchor").is_some();
        !files.iter().any(|file| recursive(&file.tree))
            && self.anchors().values().all(|count| *count == 1)
    }

    /// How often each `$dynamicAnchor` stands somewhere.
    fn anchors(&self) -> &HashMap<String, usize> {
        self.anchors.get_or_init(|| {
            let mut found = HashMap::default();
            for document in &self.bundle.files {
                let tree = &document.tree;
                let Some(keyword) = tree.sym("$dynamicAnchor") else {
                    continue;
                };
                for node in tree.nodes().filter(|node| tree.kind(*node) == Kind::Map) {
                    let named = tree.entry_of(node, keyword);
                    if let Some(name) = named.and_then(|named| tree.str(named.value)) {
                        *found.entry(name.to_owned()).or_default() += 1;
                    }
                }
            }
            found
        })
    }
}

/// Both engines under one set of limits: a pattern that backtracks without end is given up.
fn options<'i>(draft: Draft) -> ValidationOptions<'i> {
    let draft = match draft {
        Draft::D4 => jsonschema::Draft::Draft4,
        Draft::D6 => jsonschema::Draft::Draft6,
        Draft::D7 => jsonschema::Draft::Draft7,
        Draft::D2019 => jsonschema::Draft::Draft201909,
        Draft::D2020 => jsonschema::Draft::Draft202012,
    };
    let patterns = PatternOptions::fancy_regex()
        .backtrack_limit(100_000)
        .size_limit(10 << 20)
        .dfa_size_limit(10 << 20);
    jsonschema::options()
        .with_draft(draft)
        .offline()
        .with_pattern_options(patterns)
}

/// Runs what recurses `nesting` deep where there is room for it; `None` when there is no such place.
fn on_a_stack<T: Send>(nesting: usize, work: impl FnOnce() -> T + Send) -> Option<T> {
    if nesting <= SHALLOW {
        return Some(work());
    }
    if nesting > NESTING {
        return None;
    }
    thread::scope(|scope| {
        let handle = thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, work);
        handle.ok()?.join().ok()
    })
}
