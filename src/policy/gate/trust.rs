//! What head does to the governance files themselves: nothing of it counts before it has landed, and all of it is told.

use crate::judge::{self, Finding};
use crate::policy::compare::{
    PolicyChange, compare, compare_consumers, compare_ledgers, compare_usage,
};
use crate::policy::outcome::Notice;
use crate::policy::state::{FOLDER, State};
use crate::rules::Rule;
use crate::spec::Level;

/// What changed between the governance of the base and that of head.
#[must_use]
pub fn changed_governance(base: &State, head: &State) -> Vec<Notice> {
    let mut notices = Vec::new();
    let policy = format!("{FOLDER}/contract.yaml");
    // A first policy loosens nothing: without one, nothing that breaks may land at all.
    if let Some(before) = &base.policy {
        let after = head.policy.clone().unwrap_or_default();
        if head.policy.is_none() && !head.files.contains(&policy) {
            notices.push(
                changed(
                    "policy-loosened",
                    Level::Warning,
                    ["the policy", "a file", "none"],
                )
                .in_file(&policy, None),
            );
        } else {
            for change in compare(before, &after) {
                notices.push(setting(&change, &policy));
            }
        }
    }
    notices.extend(dropped_contracts(base, head));
    let registry = format!("{FOLDER}/consumers.yaml");
    for change in compare_consumers(&base.consumers, &head.consumers) {
        notices.extend(consumer(&change, &registry));
    }
    for (file, before) in &base.usage {
        let Some(after) = head.usage.get(file) else {
            continue;
        };
        for change in compare_usage(before, after).iter().filter(|it| it.loosens) {
            let what = format!("{} ({} to {})", change.setting, change.before, change.after);
            let holes = [
                ("consumer", before.consumer.as_str()),
                ("what", what.as_str()),
            ];
            let notice = Notice::new("usage-narrowed", Level::Warning, &holes);
            notices.push(notice.in_file(file, change.place));
        }
    }
    let ledger = format!("{FOLDER}/deprecations.yaml");
    for change in compare_ledgers(&base.ledger, &head.ledger) {
        // What dates do is judged with the contract; only a record that vanishes is told here.
        if change.loosens && change.after == "none" {
            let holes = [("element", change.setting.as_str())];
            let notice = Notice::new("record-dropped", Level::Note, &holes);
            notices.push(notice.in_file(&ledger, change.place));
        }
    }
    if base.signers != head.signers || base.revoked != head.revoked {
        let file = format!("{FOLDER}/allowed_signers");
        let what = "the keys of approvers";
        let notice = Notice::new("signers-changed", Level::Note, &[("what", what)]);
        notices.push(notice.in_file(&file, None));
    }
    notices
}

fn changed(rule: &'static str, level: Level, [setting, before, after]: [&str; 3]) -> Notice {
    let holes = [("setting", setting), ("before", before), ("after", after)];
    Notice::new(rule, level, &holes)
}

fn setting(change: &PolicyChange, file: &str) -> Notice {
    let (rule, level) = if change.loosens {
        ("policy-loosened", Level::Warning)
    } else {
        ("policy-changed", Level::Note)
    };
    let words = [change.setting.as_str(), &change.before, &change.after];
    let mut notice = changed(rule, level, words).in_file(file, change.place);
    if change.loosens {
        notice = notice.help("it takes effect after it has landed; this run is judged by the base");
    }
    notice
}

fn dropped_contracts(base: &State, head: &State) -> Vec<Notice> {
    let ids = |state: &State| -> Vec<String> {
        let policy = state.policy.as_ref();
        let entries = policy.and_then(|policy| policy.contracts.as_ref());
        let ids = entries.into_iter().flatten();
        ids.filter_map(|entry| entry.id.clone()).collect()
    };
    let kept = ids(head);
    if head
        .policy
        .as_ref()
        .is_some_and(|policy| policy.contracts.is_none())
    {
        return Vec::new();
    }
    ids(base)
        .into_iter()
        .filter(|id| !kept.contains(id))
        .map(|id| {
            Notice::new("contract-dropped", Level::Error, &[("contract", &id)])
                .about(&id, &format!("contract:{id}"))
                .in_file(&format!("{FOLDER}/contract.yaml"), None)
                .help("deprecate the contract in the ledger, and drop it after its sunset")
        })
        .collect()
}

/// A registry that asks for less; a consumer that is dropped is a change that it signs, and told there.
fn consumer(change: &PolicyChange, file: &str) -> Option<Notice> {
    let path = change.setting.strip_prefix("consumers.")?;
    let (consumer, setting) = path.split_once('.')?;
    let (rule, level) = if change.loosens {
        ("consumer-loosened", Level::Warning)
    } else {
        return None;
    };
    let holes = [
        ("consumer", consumer),
        ("setting", setting),
        ("before", change.before.as_str()),
        ("after", change.after.as_str()),
    ];
    Some(Notice::new(rule, level, &holes).in_file(file, change.place))
}

/// Consumers of a contract that head's registry no longer has: each of them agrees, or stays.
///
/// # Panics
/// Never: the catalogue has the rule.
#[must_use]
pub fn dropped(base: &State, head: &State, contract: &str) -> Vec<Finding> {
    let rule = Rule::find("consumer-dropped").expect("the catalogue has it");
    let mut findings = Vec::new();
    for consumer in &base.consumers.list {
        let uses = |state: &State| {
            let found = state.consumers.get(&consumer.id);
            found.is_some_and(|consumer| consumer.uses.iter().any(|it| it.contract == contract))
        };
        if uses(base) && !uses(head) {
            let before = serde_json::Value::from(consumer.id.as_str()).to_string();
            findings.push(judge::raised(
                contract,
                rule,
                vec![format!("contract:{contract}")],
                &[("consumer", consumer.id.clone())],
                (Some(before), None),
            ));
        }
    }
    findings
}
