//! What a policy says of one file, and of one change.

use super::{ContractEntry, LevelOverride, Policy, Where};
use crate::policy::files::glob::PathGlobs;
use crate::variance::Direction;

impl Policy {
    /// How loud a rule is at an element of a contract, if this policy says it: the last word counts, and that of the
    /// contract's entry after that of all.
    #[must_use]
    pub fn level<'p>(
        &'p self,
        entry: Option<&'p ContractEntry>,
        rule: &str,
        direction: Option<Direction>,
        contract: &str,
        element: &str,
    ) -> Option<&'p LevelOverride> {
        let own = entry.map(|entry| entry.levels.as_slice());
        let all = self.levels.iter().chain(own.unwrap_or_default());
        all.rev()
            .find(|level| level.applies(rule, direction, contract, element))
    }

    /// The entry that governs the file at a path, written from the root of the repository: one that names it as its
    /// `path`, else the first whose `paths` do.
    #[must_use]
    pub fn entry(&self, path: &str) -> Option<&ContractEntry> {
        let entries = self.contracts.as_deref().unwrap_or_default();
        let named =
            |entry: &&ContractEntry| matches!(&entry.files, Where::File(file) if file == path);
        let mut governing = entries.iter().filter(|entry| entry.governs(path));
        let named = entries.iter().find(named);
        named.or_else(|| governing.next())
    }
}

impl ContractEntry {
    /// Whether it governs the file at this path, written from the root of the repository.
    #[must_use]
    pub fn governs(&self, path: &str) -> bool {
        match &self.files {
            Where::File(file) => file == path,
            // The reader refuses what is no glob.
            Where::Globs(globs) => PathGlobs::new(globs.iter().map(String::as_str))
                .is_ok_and(|globs| globs.matches(path)),
        }
    }

    /// The id of the contract at one of its paths: the one that is written, else the path without its extension.
    #[must_use]
    pub fn id_of(&self, path: &str) -> String {
        if let Some(id) = &self.id {
            return id.clone();
        }
        let name = path.rfind('/').map_or(0, |slash| slash + 1);
        match path.rfind('.').filter(|dot| *dot > name) {
            Some(dot) => path[..dot].to_owned(),
            None => path.to_owned(),
        }
    }
}
