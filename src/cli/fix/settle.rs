//! Proposals are tried, and only what helps is kept: what it is about goes, and nothing new fails.

use super::{
    Files, Found, Proposal, Run,
    change::{self, Change, Step},
    problems::{Problem, failing, problems},
};
use crate::cli::failure::Failure;
use crate::spec::Level;
use crate::world::Snapshot;
use std::{collections::BTreeMap, sync::Arc};

/// What helps.
pub(super) struct Settled {
    /// The files as they are to be.
    pub(super) files: Files,
    /// What was done, with the file, by its path in head.
    pub(super) kept: Vec<(String, String)>,
    /// How much fails with it.
    pub(super) left: usize,
    /// Whether anything fails without it.
    pub(super) failed: bool,
}

/// A proposal, and one of its ways.
type Choice<'p, 'b> = (&'p Proposal<'b>, usize);

/// Tries all of it at once, and halves of it where that does not help.
pub(super) fn settle(
    run: &mut Run<'_>,
    found: &Found<'_>,
    proposals: &[Proposal<'_>],
) -> Result<Settled, Failure> {
    let before = problems(found);
    let mut trial = Trial {
        tree: Arc::clone(&run.sides.head.snapshot),
        run,
        before: &before,
        files: Files::new(),
        kept: Vec::new(),
        left: failing(found),
    };
    let all: Vec<Choice<'_, '_>> = proposals.iter().map(|one| (one, 0)).collect();
    trial.add(&all)?;
    let Trial {
        files, kept, left, ..
    } = trial;
    Ok(Settled {
        files,
        kept,
        left,
        failed: failing(found) > 0,
    })
}

/// What is told, and how much of it fails.
type Told = (BTreeMap<Problem, Level>, usize);

struct Trial<'t, 'r> {
    run: &'t mut Run<'r>,
    /// Head as it is.
    tree: Arc<Snapshot>,
    before: &'t BTreeMap<Problem, Level>,
    files: Files,
    kept: Vec<(String, String)>,
    left: usize,
}

impl Trial<'_, '_> {
    fn add(&mut self, choices: &[Choice<'_, '_>]) -> Result<(), Failure> {
        if choices.is_empty() || self.helps(choices)? {
            return Ok(());
        }
        if let [(proposal, way)] = choices {
            if way + 1 < proposal.ways.len() {
                self.add(&[(proposal, way + 1)])?;
            }
            return Ok(());
        }
        let (first, second) = choices.split_at(choices.len() / 2);
        self.add(first)?;
        self.add(second)
    }

    /// Keeps changes that help.
    fn helps(&mut self, choices: &[Choice<'_, '_>]) -> Result<bool, Failure> {
        let mut files = self.files.clone();
        let mut kept = Vec::new();
        for (proposal, way) in choices {
            let (what, steps) = &proposal.ways[*way];
            for step in steps {
                if !self.apply(step, &mut files) {
                    return Ok(false);
                }
            }
            let file = steps.first().map(|step| step.file.clone());
            kept.push((file.unwrap_or_default(), what.clone()));
        }
        let Some((after, left)) = self.looked_at(&files)? else {
            return Ok(false);
        };
        let gone = choices
            .iter()
            .all(|(proposal, _)| !after.contains_key(&proposal.problem));
        let fails = |level: Option<&Level>| level.is_some_and(|level| *level >= Level::Error);
        let worse = after
            .iter()
            .any(|(problem, level)| fails(Some(level)) && !fails(self.before.get(problem)));
        if !gone || worse {
            return Ok(false);
        }
        self.left = left;
        self.files = files;
        self.kept.extend(kept);
        Ok(true)
    }

    fn apply(&self, step: &Step<'_>, files: &mut Files) -> bool {
        if matches!(step.change, Change::Delete) {
            files.insert(step.file.clone(), None);
            return true;
        }
        let bytes = match files.get(&step.file) {
            Some(known) => known.clone(),
            None => self.tree.read(&step.file).ok(),
        };
        let after = bytes.and_then(|bytes| change::apply(&step.file, bytes, &step.change));
        let Some(after) = after else {
            return false;
        };
        files.insert(step.file.clone(), Some(after));
        true
    }

    /// What is told of a tree with these files, and how much of it fails; `None` where a contract cannot be read any more.
    fn looked_at(&mut self, files: &Files) -> Result<Option<Told>, Failure> {
        let tree = Snapshot::changed(Arc::clone(&self.tree), files.clone());
        self.run.sides.head.snapshot = Arc::new(tree);
        let looked = self.look();
        self.run.sides.head.snapshot = Arc::clone(&self.tree);
        looked
    }

    fn look(&self) -> Result<Option<Told>, Failure> {
        let loaded = self.run.load()?;
        if loaded.failures() > 0 {
            return Ok(None);
        }
        let found = loaded.found(&self.run.sides)?;
        Ok(Some((problems(&found), failing(&found))))
    }
}
