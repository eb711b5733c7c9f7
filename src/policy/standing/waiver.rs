//! Whether a change is waived.

use super::{
    ballot::{Count, Table},
    outcome::{Waived, Word},
    paper::Says,
    question::Asked,
    uncounted::SetAside,
};
use crate::policy::files::WaiverKind;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Whether enough people of the team waive every site of the change.
pub(super) fn waived(table: &Table<'_>, asked: &Asked) -> Waived {
    let counts: Vec<Count<'_>> = asked
        .sites
        .iter()
        .map(|site| table.count(None, asked, site))
        .collect();
    let need = table.question.waiver_rules.count.max(1);
    let need_many = usize::try_from(need).unwrap_or(usize::MAX);
    let all = |day: &dyn Fn(&Count<'_>) -> Option<Date>| -> Option<Date> {
        let days: Option<Vec<Date>> = counts.iter().map(day).collect();
        days?.into_iter().min()
    };
    if let Some(until) = all(&|count| count.accepted_until(need_many)) {
        let by: BTreeSet<&Word> = counts
            .iter()
            .flat_map(|count| count.accepts.values())
            .collect();
        let by: Vec<Word> = by.into_iter().cloned().collect();
        let kinds = kinds(table, &by);
        return Waived::Yes { by, kinds, until };
    }
    if let Some(on) = all(&|count| count.once_until(need_many)) {
        return Waived::Expired { on };
    }
    let have = counts
        .iter()
        .map(|count| count.accepts.len())
        .min()
        .unwrap_or(0);
    let have = u32::try_from(have).unwrap_or(u32::MAX);
    let files: BTreeSet<&SetAside> = counts.iter().flat_map(|count| &count.set_aside).collect();
    if !files.is_empty() {
        let files = files.into_iter().cloned().collect();
        return Waived::NotCounted { have, need, files };
    }
    if counts.iter().all(|count| count.accepts.is_empty()) {
        Waived::No
    } else {
        Waived::Missing { have, need }
    }
}

/// The kinds of the waivers that were counted, each once.
fn kinds(table: &Table<'_>, by: &[Word]) -> Vec<WaiverKind> {
    let files: BTreeSet<&str> = by.iter().map(|word| word.file.as_str()).collect();
    let kinds: BTreeSet<WaiverKind> = table
        .papers
        .iter()
        .filter(|(paper, _)| files.contains(paper.file))
        .filter_map(|(paper, _)| match paper.says {
            Says::Waives(kind) => Some(kind),
            Says::Decides { .. } => None,
        })
        .collect();
    kinds.into_iter().collect()
}
