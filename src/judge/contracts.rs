//! Contracts that only one side has.

use super::{
    canon::digest_of,
    finding::{Finding, Mark, Proof, Reach, Side},
    fingerprint::Prefix,
    merge::level,
    sites::Sites,
};
use crate::rules::Rule;
use crate::spec::{Bundle, FileId};
use crate::variance::{Direction, Verdict};
use serde_json::Value;

/// The finding for a contract that one side lacks: it is gone when the old side has it, and new when the new one does.
///
/// `contract` is its id, and `name` what people call it where it has none.
///
/// # Panics
/// Never: the catalogue has both rules.
#[must_use]
pub fn one_sided(bundle: &Bundle, side: Side, contract: &str, name: &str) -> Finding {
    let (id, proof) = match side {
        Side::Old => ("contract-removed", Proof::Removed),
        Side::New => ("contract-added", Proof::Rule),
    };
    let rule = Rule::find(id).expect("the catalogue has both rules");
    let called = if contract.is_empty() { name } else { contract };
    // What the contract calls itself stands for its content, which may be megabytes.
    let content = identity(bundle).map(|title| Value::from(title).to_string());
    let digest = content.as_deref().map(digest_of);
    let (before, after, digests) = match side {
        Side::Old => (content, None, (digest.as_deref(), None)),
        Side::New => (None, content, (None, digest.as_deref())),
    };
    let element = format!("contract:{called}");
    let prefix = Prefix::new(contract, rule.id, digests.0, digests.1, None);
    let sites = Sites::whole(element, prefix, format!("contract `{called}`"));
    let mark = Some(start(bundle));
    let (old, new) = match side {
        Side::Old => (mark, None),
        Side::New => (None, mark),
    };
    // Nothing travels where a whole contract comes or goes, so either direction says the same.
    let verdict = rule.effect.verdict(Direction::Input);
    Finding {
        rule,
        verdict,
        level: level(verdict),
        reach: Reach::None,
        input: None,
        output: None,
        message: rule.message.replace("{contract}", called),
        pointer: String::new(),
        old,
        new,
        before,
        after,
        proof,
        sites,
    }
}

/// What a contract calls itself, wherever its file lies: a schema's `$id`, else the title.
#[must_use]
pub fn identity(bundle: &Bundle) -> Option<&str> {
    let root = bundle.root();
    let title = if bundle.dialect.is_api() {
        bundle.text(bundle.get(root, "info")?, "title")
    } else {
        ["$id", "id", "title"]
            .into_iter()
            .find_map(|key| bundle.text(root, key))
    };
    title.filter(|title| !title.is_empty())
}

/// The line that says what the document is, or its first character.
fn start(bundle: &Bundle) -> Mark {
    let root = bundle.root();
    let tree = bundle.tree(root.file);
    let said = ["openapi", "swagger", "$schema", "$id"]
        .into_iter()
        .find_map(|key| tree.entry(root.node, key));
    let (start, end) = if let Some(entry) = said {
        (entry.key_span.start, tree.span(entry.value).end)
    } else {
        let start = tree.span(root.node).start;
        (start, start + 1)
    };
    Mark {
        file: FileId(0),
        start,
        end,
        absent: false,
    }
}

/// A change that the policy of a repository sees, and no comparison of documents: breaking, for those who have to sign it.
///
/// `elements` are what it is about, `holes` fill the rule's sentence, and `content` is before and after as JSON text.
#[must_use]
pub fn raised(
    contract: &str,
    rule: &'static Rule,
    elements: Vec<String>,
    holes: &[(&'static str, String)],
    content: (Option<String>, Option<String>),
) -> Finding {
    let (before, after) = content;
    let digests = (
        before.as_deref().map(digest_of),
        after.as_deref().map(digest_of),
    );
    let prefix = Prefix::new(
        contract,
        rule.id,
        digests.0.as_deref(),
        digests.1.as_deref(),
        None,
    );
    let mut message = rule.message.to_owned();
    for (hole, value) in holes {
        message = message.replace(&format!("{{{hole}}}"), value);
    }
    Finding {
        rule,
        verdict: Verdict::Breaking,
        level: level(Verdict::Breaking),
        reach: Reach::None,
        input: None,
        output: None,
        message,
        pointer: String::new(),
        old: None,
        new: None,
        before,
        after,
        proof: Proof::Rule,
        sites: Sites::raised(elements, prefix),
    }
}
