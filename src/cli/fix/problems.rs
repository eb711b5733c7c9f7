//! What is wrong, in a form that survives a second look.

use super::Found;
use crate::judge::Finding;
use crate::policy::Notice;
use crate::report::Compared;
use crate::spec::Level;
use std::collections::BTreeMap;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Problem {
    contract: String,
    rule: &'static str,
    what: String,
}

impl Problem {
    pub(super) fn of(compared: &Compared<'_>, finding: &Finding) -> Self {
        Self {
            contract: compared.contract.clone(),
            rule: finding.rule.id,
            what: format!("{} {}", finding.pointer, finding.message),
        }
    }

    /// A notice by what it is about; its sentence may count.
    pub(super) fn told(notice: &Notice) -> Self {
        let about = notice.element.as_ref().or(notice.file.as_ref());
        Self {
            contract: notice.contract.clone().unwrap_or_default(),
            rule: notice.rule.id,
            what: about.unwrap_or(&notice.message).clone(),
        }
    }
}

/// Everything that is told, and how loud.
pub(super) fn problems(found: &Found<'_>) -> BTreeMap<Problem, Level> {
    let mut all: BTreeMap<Problem, Level> = BTreeMap::new();
    let mut tell = |problem: Problem, level: Level| {
        let known = all.entry(problem).or_insert(level);
        *known = (*known).max(level);
    };
    for compared in &found.contracts {
        for finding in &compared.findings {
            tell(Problem::of(compared, finding), finding.level);
        }
        for complaint in &compared.complaints {
            let problem = Problem {
                contract: compared.contract.clone(),
                rule: complaint.rule,
                what: complaint.message.clone(),
            };
            tell(problem, complaint.level);
        }
    }
    for notice in found.governance.iter().flat_map(|it| &it.notices) {
        tell(Problem::told(notice), notice.level);
    }
    all
}

/// How many things fail; what is said about a change counts as the change.
pub(super) fn failing(found: &Found<'_>) -> usize {
    let fails = |level: Level| usize::from(level >= Level::Error);
    let contracts = found.contracts.iter().map(|one| {
        let changes = one.findings.iter().map(|it| fails(it.level));
        let faults = one.complaints.iter().map(|it| fails(it.level));
        changes.chain(faults).sum::<usize>()
    });
    let notices = found.governance.iter().flat_map(|it| &it.notices);
    let alone = notices.filter(|notice| notice.fingerprint.is_none());
    contracts.sum::<usize>() + alone.map(|notice| fails(notice.level)).sum::<usize>()
}
