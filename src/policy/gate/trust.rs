//! What head does to the governance files themselves: nothing of it counts before it has landed, and all of it is told.

use crate::judge::{self, Finding};
use crate::policy::compare::{
    PolicyChange, compare, compare_consumers, compare_ledgers, compare_usage,
};
use crate::policy::files::Accepted;
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
        if let Some(after) = &head.policy {
            let changes = compare(before, after);
            notices.extend(changes.iter().map(|change| setting(change, &policy)));
        } else if !head.files.contains(&policy) {
            let words = ["the policy", "a file", "none"];
            let notice = changed("policy-loosened", Level::Warning, words);
            notices.push(notice.in_file(&policy, None));
        }
    }
    let registry = format!("{FOLDER}/consumers.yaml");
    for change in compare_consumers(&base.consumers, &head.consumers) {
        notices.extend(consumer(&change, &registry));
    }
    for (file, before) in &base.usage {
        let Some(after) = head.usage.get(file) else {
            continue;
        };
        for change in compare_usage(before, after).iter().filter(|it| it.loosens) {
            // `usage.CONSUMER.CONTRACT. ...`, and the message names the consumer.
            let path = change.setting.splitn(3, '.').nth(2);
            let setting = path.unwrap_or(&change.setting);
            let what = format!("{setting} ({} to {})", change.before, change.after);
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
            // `deprecations.CONTRACT.ELEMENT`.
            let path = change.setting.splitn(3, '.').nth(2);
            let holes = [("element", path.unwrap_or(&change.setting))];
            let notice = Notice::new("record-dropped", Level::Note, &holes);
            notices.push(notice.in_file(&ledger, change.place));
        }
    }
    notices.extend(baseline(base, head));
    if base.signers != head.signers || base.revoked != head.revoked {
        let file = format!("{FOLDER}/allowed_signers");
        let what = "the keys of approvers";
        let notice = Notice::new("signers-changed", Level::Note, &[("what", what)]);
        notices.push(notice.in_file(&file, None));
    }
    notices
}

/// A baseline that grows, where there is anything that it could weaken.
fn baseline(base: &State, head: &State) -> Option<Notice> {
    if base.files.is_empty() {
        return None;
    }
    let (before, after) = (&base.baseline, &head.baseline);
    let longer = |one: &&Accepted| {
        let was = before.of(&one.contract, &one.fingerprint);
        was.is_none_or(|was| was.expires < one.expires)
    };
    let first = after.list.iter().find(longer)?;
    let count = |list: &[Accepted]| match list.len() {
        1 => "1 change".to_owned(),
        many => format!("{many} changes"),
    };
    let words = (count(&before.list), count(&after.list));
    let notice = changed(
        "policy-loosened",
        Level::Warning,
        ["baseline", &words.0, &words.1],
    );
    let file = format!("{FOLDER}/baseline.yaml");
    let notice = notice.in_file(&file, Some(first.place));
    Some(notice.help("it takes effect after it has landed; this run is judged by the base"))
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

/// What head takes from the consumers of a contract beside the contract itself: its place in the policy, and theirs in the
/// registry. Each of them agrees, or it stays. `leaves` says that head's policy no longer governs the contract, which is
/// still there.
///
/// # Panics
/// Never: the catalogue has the rule.
#[must_use]
pub fn dropped(base: &State, head: &State, contract: &str, leaves: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    if leaves {
        let rule = Rule::find("contract-dropped").expect("the catalogue has it");
        let before = serde_json::Value::from(contract).to_string();
        findings.push(judge::raised(
            contract,
            rule,
            vec![format!("contract:{contract}")],
            &[("contract", contract.to_owned())],
            (Some(before), None),
        ));
    }
    let rule = Rule::find("consumer-dropped").expect("the catalogue has it");
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
