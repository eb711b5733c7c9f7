//! The course of a run: every scenario, as many beside each other as the environment allows.

use super::{promised::Promised, way::Way};
use crate::probe::{
    check::Verdict,
    expression::Run,
    generate::Sampler,
    history::Baseline,
    plan::{Selection, Usage, of_contract, read_by},
    steps::{self, Outcome, Settings, Source},
    workflow::{Mode, Scenario},
};
use crate::spec::{self, Bundle, Contract};
use jiff::civil::Date;
use serde_json::Value;
use std::{
    collections::BTreeMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// Enough for the deepest document that `tree` reads.
const STACK: usize = 8 << 20;

/// What is to be done.
pub(super) enum Job<'c> {
    /// A scenario.
    Written {
        scenario: &'c Scenario,
        contracts: &'c [usize],
        inputs: &'c BTreeMap<String, Value>,
    },
    /// A part of what a contract lets us ask.
    Own {
        contract: usize,
        part: usize,
        of: usize,
    },
}

/// A scenario, and what came of it.
pub(super) struct Ran {
    pub(super) scenario: Scenario,
    pub(super) contracts: Vec<usize>,
    pub(super) outcome: Outcome,
}

/// All that a run needs.
pub(super) struct Course<'c> {
    /// Contracts by id.
    pub(super) contracts: Vec<(&'c str, &'c Bundle)>,
    /// What consumers declare to use of each.
    pub(super) usages: Vec<Vec<Usage>>,
    pub(super) jobs: Vec<Job<'c>>,
    pub(super) selection: &'c Selection,
    pub(super) way: &'c Way,
    pub(super) run: Run,
    pub(super) today: Date,
    pub(super) writes: bool,
    /// How often the contract's own operations are asked.
    pub(super) samples: u32,
    /// The variables that the environment allows.
    pub(super) variables: BTreeMap<String, String>,
    pub(super) promised: &'c Promised,
    pub(super) baseline: &'c Baseline,
    /// How many scenarios may be under way.
    pub(super) beside: usize,
}

impl Course<'_> {
    /// Does everything; what came of it is in the order of the jobs, whatever ran beside what.
    pub(super) fn run(&self) -> Vec<Ran> {
        let next = AtomicUsize::new(0);
        let done = Mutex::new(BTreeMap::new());
        let work = || {
            loop {
                let place = next.fetch_add(1, Ordering::Relaxed);
                let Some(job) = self.jobs.get(place) else {
                    return;
                };
                let ran = self.one(job);
                let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
                done.insert(place, ran);
            }
        };
        let beside = self.beside.min(self.jobs.len());
        thread::scope(|scope| {
            for _ in 1..beside {
                // Without room for another thread, those that are there do its work.
                let _ = thread::Builder::new()
                    .stack_size(STACK)
                    .spawn_scoped(scope, work);
            }
            work();
        });
        let done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        self.joined(done.into_values())
    }

    /// What was asked in parts is one again.
    fn joined(&self, done: impl Iterator<Item = Ran>) -> Vec<Ran> {
        let mut all: Vec<Ran> = Vec::new();
        for (job, ran) in self.jobs.iter().zip(done) {
            match (job, all.last_mut()) {
                (Job::Own { part, .. }, Some(last)) if *part > 0 => {
                    for (own, more) in last
                        .scenario
                        .workflows
                        .iter_mut()
                        .zip(ran.scenario.workflows)
                    {
                        own.steps.extend(more.steps);
                    }
                    last.outcome.steps.extend(ran.outcome.steps);
                }
                (Job::Own { .. } | Job::Written { .. }, _) => all.push(ran),
            }
        }
        all
    }

    fn one(&self, job: &Job<'_>) -> Ran {
        match job {
            Job::Written {
                scenario,
                contracts,
                inputs,
            } => {
                let mut scenario = (*scenario).clone();
                let names: Vec<String> = scenario
                    .sources
                    .iter()
                    .map(|source| source.name.clone())
                    .collect();
                let outcome = self.with_sources(&names, contracts, |sources| {
                    let usages = |name: &str| {
                        let at = names.iter().position(|one| one == name);
                        at.map_or(&[][..], |at| self.usages[contracts[at]].as_slice())
                    };
                    read_by(&mut scenario, sources, usages);
                    self.once(&scenario, inputs, sources)
                });
                Ran {
                    scenario,
                    contracts: contracts.to_vec(),
                    outcome,
                }
            }
            Job::Own { contract, part, of } => {
                let (scenario, outcome) =
                    self.with_sources(&[String::new()], &[*contract], |sources| {
                        self.own(*contract, (*part, *of), sources)
                    });
                Ran {
                    scenario,
                    contracts: vec![*contract],
                    outcome,
                }
            }
        }
    }

    /// A part of what a contract lets us ask, as often as samples are wanted.
    fn own(
        &self,
        contract: usize,
        (part, of): (usize, usize),
        sources: &[Source<'_, '_>],
    ) -> (Scenario, Outcome) {
        let id = self.contracts[contract].0;
        let (mut scenario, _) =
            of_contract(id, &sources[0], self.selection, &self.usages[contract]);
        for workflow in &mut scenario.workflows {
            let size = workflow.steps.len().div_ceil(of).max(1);
            let steps = std::mem::take(&mut workflow.steps);
            workflow.steps = steps.into_iter().skip(part * size).take(size).collect();
        }
        let none = BTreeMap::new();
        let mut outcome = self.once(&scenario, &none, sources);
        for _ in 1..self.samples {
            // What is down stays down, and what was cut short is not repeated.
            let silent = |done: &steps::Done| done.verdict() == Verdict::Inconclusive;
            if self.way.stopped() || outcome.steps.iter().all(silent) {
                break;
            }
            outcome.again(self.once(&scenario, &none, sources));
        }
        (scenario, outcome)
    }

    fn once(
        &self,
        scenario: &Scenario,
        inputs: &BTreeMap<String, Value>,
        sources: &[Source<'_, '_>],
    ) -> Outcome {
        let promise = |operation: &spec::Operation<'_>| self.promised.of(operation);
        let usual = |operation: &str| self.baseline.p95(operation);
        let settings = Settings {
            run: self.run.clone(),
            today: self.today,
            writes: self.writes,
            env: self.variables.clone(),
            promise: &promise,
            baseline: &usual,
        };
        let mode = if self.writes {
            scenario.mode
        } else {
            Mode::Read
        };
        let flow = self.way.flow(mode);
        steps::run(scenario, inputs, sources, &settings, &flow)
    }

    /// Reads contracts, each thread for itself, and hands them on by the names of their sources.
    fn with_sources<T>(
        &self,
        names: &[String],
        contracts: &[usize],
        then: impl FnOnce(&[Source<'_, '_>]) -> T,
    ) -> T {
        let bundles: Vec<&Bundle> = contracts
            .iter()
            .map(|index| self.contracts[*index].1)
            .collect();
        let read: Vec<Contract<'_>> = bundles.iter().map(|bundle| spec::read(bundle)).collect();
        let seed = self.run.seed;
        let samplers: Vec<Sampler<'_>> = bundles
            .iter()
            .map(|bundle| Sampler::new(bundle, seed))
            .collect();
        let sources: Vec<Source<'_, '_>> = names
            .iter()
            .zip(read.iter().zip(&samplers))
            .map(|(name, (contract, sampler))| Source {
                name,
                contract,
                sampler,
                base: self.way.session.base(),
            })
            .collect();
        then(&sources)
    }
}
