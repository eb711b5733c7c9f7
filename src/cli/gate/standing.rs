//! The contracts of one tree as they stand, with what governs them: nothing is compared.

use super::{
    super::{args::CheckArgs, failure::Failure, find::Tree, pairs::Pairs, sides::Sides},
    contracts, fault_failure,
};
use crate::diff::{self, Elements, Options};
use crate::judge::{self, Marked};
use crate::policy::{State, files::Policy, gate::Terms};
use crate::report::Version;
use crate::spec::{self, Bundle, Contract};
use crate::world::Wire;
use std::collections::BTreeMap;

/// One tree.
pub(in crate::cli) struct Standing {
    pub(in crate::cli) state: State,
    /// Its policy, or what holds without one.
    pub(in crate::cli) policy: Policy,
    pub(in crate::cli) version: Version,
    /// By id.
    pub(in crate::cli) terms: BTreeMap<String, Terms>,
    /// The contracts, on the new side alone.
    pub(in crate::cli) pairs: Pairs,
}

impl Standing {
    /// Loads what a policy governs, or every contract that is found.
    pub(in crate::cli) fn load(tree: Tree, wire: &Wire) -> Result<Self, Failure> {
        let state = State::load(&tree.snapshot, &tree.prefix)?;
        if let Some(fault) = state.faults.first() {
            let message = format!("{} cannot be read: {}", fault.file, fault.message);
            return Err(fault_failure(fault, message, "mend the file first"));
        }
        let roots = vec![String::new()];
        let sides = Sides::between(Tree::empty(), tree, roots);
        let args = CheckArgs::of(None, None);
        let planned = contracts::planned(&sides, &state, &state, &args, wire)?;
        Ok(Self {
            policy: state.rules(),
            state,
            version: sides.head_version,
            terms: planned.terms,
            pairs: planned.pairs,
        })
    }

    /// Every contract, by its id.
    pub(in crate::cli) fn contracts(&self) -> impl Iterator<Item = (&Options, &Bundle)> {
        let pairs = self.pairs.list.iter();
        pairs.filter_map(|pair| {
            let (_, bundle) = pair.new.as_ref()?;
            Some((&pair.options, bundle))
        })
    }
}

/// Everything that a contract marks, found by comparing it with itself.
pub(in crate::cli) fn marked(contract: &Contract<'_>, options: &Options) -> Vec<Marked> {
    let options = Options {
        thorough: true,
        ..options.clone()
    };
    judge::marked(&diff::compare(contract, contract, options))
}

/// Reads a contract, and finds its elements; `look` is handed both.
pub(in crate::cli) fn with_elements<T>(
    bundle: &Bundle,
    id: &str,
    look: impl FnOnce(&Contract<'_>, &Elements<'_, '_>) -> T,
) -> T {
    let contract = spec::read(bundle);
    let elements = Elements::new(&contract, id);
    look(&contract, &elements)
}
