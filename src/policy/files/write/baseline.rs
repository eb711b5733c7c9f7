//! The baseline.

use super::{Day, Text, yaml};
use crate::policy::files::{Accepted, Baseline, FileKind};
use serde::Serialize;

impl Baseline {
    /// The file.
    #[must_use]
    pub fn yaml(&self) -> String {
        let changes = self.list.iter().map(|one| {
            let Accepted {
                contract,
                fingerprint,
                rule,
                element,
                reason,
                expires,
                place: _,
            } = one;
            Change {
                contract: Text(contract),
                fingerprint: Text(fingerprint),
                rule: Text(rule),
                element: Text(element),
                reason: Text(reason),
                expires: Day(*expires),
            }
        });
        yaml(&BaselineFile {
            schema: FileKind::Baseline.schema_name(),
            changes: changes.collect(),
        })
    }
}

#[derive(Serialize)]
struct BaselineFile<'a> {
    schema: &'static str,
    changes: Vec<Change<'a>>,
}

#[derive(Serialize)]
struct Change<'a> {
    contract: Text<'a>,
    fingerprint: Text<'a>,
    rule: Text<'a>,
    element: Text<'a>,
    reason: Text<'a>,
    expires: Day,
}
